"""The commands, one file for each noun; each is imported when it is called."""
