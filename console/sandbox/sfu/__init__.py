"""The media server that joins point to: signalling, peers, and people who speak and show.

It needs the extra ``media``; console/sandbox/signalling.py answers where that is missing. What is
known of Stream's servers stands in STREAM.md 11.
"""
