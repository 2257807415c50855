"""Sanctions in force over all calls, the clocks that end them, and mutes that hold."""
