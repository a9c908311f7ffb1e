"""Decodes tables, JSON lines and lines of sentences into rows; knows no campaign."""
