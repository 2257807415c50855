"""The team: who is there, what they did, and the sheet for the next shift."""
