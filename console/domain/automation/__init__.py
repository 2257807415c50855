"""Automation: rules from a verdict to a response, decided in pure functions."""
