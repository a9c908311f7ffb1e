"""The ledger and the calendar of a campaign that many departments carry."""
