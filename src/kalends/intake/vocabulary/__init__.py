"""The words, names and signs that sentences are made of; knows no date and no role."""
