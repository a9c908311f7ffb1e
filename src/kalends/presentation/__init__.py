"""Texts, JSON shapes, tables and error answers, the same for the command line and a web page."""
