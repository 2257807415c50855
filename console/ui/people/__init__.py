"""The people of a call, and the card of one person."""
