"""The two small verifiers that every pack carries; they lean on nothing else of Kalends."""
