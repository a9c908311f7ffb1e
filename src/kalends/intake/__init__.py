"""Words in, drafts out; nothing here appends."""
