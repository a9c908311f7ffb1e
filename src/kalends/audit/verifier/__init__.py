"""The two small verifiers in every pack, in Python and JavaScript; each works alone."""
