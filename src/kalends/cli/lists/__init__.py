"""Lists, reports and findings, as a terminal shows them or as files."""
