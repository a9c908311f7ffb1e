"""The calendars that people subscribe to, made only from the record."""
