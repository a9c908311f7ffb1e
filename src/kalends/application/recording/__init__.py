"""Records, changes and undoes activities, one by one or from a file."""
