"""How events are kept: as bytes in a store, and as lines of text that anyone can read."""
