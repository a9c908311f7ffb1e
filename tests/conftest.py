"""What all tests share."""

from hypothesis import settings

# The same examples on every machine, each time; a slow machine is no failure.
settings.register_profile("kalends", deadline=None, derandomize=True, database=None)
settings.load_profile("kalends")
