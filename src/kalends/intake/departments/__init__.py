"""Finds the departments of a sentence and the part that each takes."""
