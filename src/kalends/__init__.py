"""A shared record and calendar for a campaign run by many departments."""
