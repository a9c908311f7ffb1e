"""The pages: each reads what it shows, and says with which template."""
