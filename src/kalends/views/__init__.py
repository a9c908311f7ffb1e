"""What the events look like to readers, as known at any position of the log."""
