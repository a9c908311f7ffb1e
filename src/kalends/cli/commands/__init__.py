"""The commands: a noun a file, each loaded when it is called."""
