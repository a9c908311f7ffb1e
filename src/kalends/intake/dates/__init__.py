"""Finds the days and times of a sentence, and what looks like a piece of one."""
