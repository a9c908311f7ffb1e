"""A campaign whose log a server keeps: asks it, keeps a copy of the log, sends commands to it."""
