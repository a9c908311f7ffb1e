"""Proof that the record is what it was: anyone who kept one small file can tell."""
