"""The API: what the command line does, over HTTP, for whoever has a token."""
