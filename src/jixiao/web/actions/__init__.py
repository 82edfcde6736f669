"""动作: what changes something; each is one transaction that holds the change and its audit entry, or nothing."""
