"""Policies taken from a Stream app and put there."""
