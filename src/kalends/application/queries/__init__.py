"""Questions about the record, answered for the person at the machine."""
