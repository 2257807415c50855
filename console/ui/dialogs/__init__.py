"""Dialogs. Opened with ``open()``, never with a nested event loop."""
