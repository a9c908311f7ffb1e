"""The web: the public record as pages, feeds, data and proofs. Nothing is written here."""
