"""Pages for those who record: logging in with a token, and what they do then."""
