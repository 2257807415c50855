"""Finds what is missing on this machine. Works when everything else does not."""
