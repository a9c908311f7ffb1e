"""Registers, names, merges and closes departments."""
