"""Past calls: a list of every session that the store knows, and one of them, read only."""
