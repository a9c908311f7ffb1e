"""What is sent to those who asked for it: feeds, webhooks and digests."""
