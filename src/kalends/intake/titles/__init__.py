"""Makes the title of what was not read as anything else, or asks about it."""
