"""The record as the public and the owners of tokens may read it."""
