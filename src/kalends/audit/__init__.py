"""Proves that nothing recorded was changed, to anyone who kept one small file."""
