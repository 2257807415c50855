"""Checks the log of what was done, and exports it. docs/AUDIT.md has the format.

The check shares no code with what writes the log: it would else make the same mistakes.
"""
