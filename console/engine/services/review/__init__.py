"""The review queue: reading it, holding items, what stands around one."""
