"""Requests and answers: addresses, bodies, headers, encodings, conditions."""
