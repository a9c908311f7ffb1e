"""A log in an SQLite file, and how Kalends opens such files."""
