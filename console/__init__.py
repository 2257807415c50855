"""Moderator Console: watch live Stream video calls, judge what is said, act, get a receipt."""

__version__ = "0.1.0"
