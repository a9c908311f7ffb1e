"""The use cases: what Kalends does, callable without a terminal or a browser."""
