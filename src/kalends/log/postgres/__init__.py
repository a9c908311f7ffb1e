"""The log in a PostgreSQL schema; loaded only where one is configured."""
