"""The command line: reads arguments, calls the use cases, prints what they return."""
