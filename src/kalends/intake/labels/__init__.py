"""Takes headings, labels and prefaces off the beginning of a sentence."""
