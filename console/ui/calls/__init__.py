"""The list of active calls."""
