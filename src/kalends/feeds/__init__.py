"""The calendars that people subscribe to, made from the record and from nothing else."""
