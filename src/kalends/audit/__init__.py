"""What lets an outsider check that the record is as it was signed."""
