"""`kalends dept`: the departments of the roster."""
