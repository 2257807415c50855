"""Asking Stream what it says of each line, without losing or hurrying one."""
