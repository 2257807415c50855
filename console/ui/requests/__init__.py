"""The inbox of permission requests of all calls."""
