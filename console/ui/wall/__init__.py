"""The wall: a tile for every call."""
