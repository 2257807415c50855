"""Automation in the window: what rules propose, and the rules themselves."""
