"""Reads date phrases in Chinese and English into a `When`."""
