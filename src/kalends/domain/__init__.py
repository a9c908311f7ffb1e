"""The rules: events, commands, and what may happen when."""
