"""The board of everything in force over all calls."""
