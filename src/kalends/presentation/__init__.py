"""What people and programs are shown: texts, JSON shapes, errors. It takes words, not a call."""
