"""The index of everything that was ever kept, and searching in it."""
