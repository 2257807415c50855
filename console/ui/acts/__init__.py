"""The buttons that act, what they ask first, and the log of what was done."""
