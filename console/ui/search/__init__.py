"""Searching everything that was ever kept, as a workspace of the window."""
