"""Signs and verifies the log, and proves single events."""
