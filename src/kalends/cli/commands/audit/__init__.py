"""`kalends audit`: proof that the record is what it was, and the record as it was."""
