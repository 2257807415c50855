"""The review queue as a workspace: what is due, with its evidence, and what can be decided."""
