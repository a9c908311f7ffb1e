"""The commands that read and change nothing."""
