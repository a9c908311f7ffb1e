"""The web: pages, feeds, data and proofs of the public record; an API and pages to record by."""
