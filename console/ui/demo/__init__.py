"""The demo: the real window, a real engine, a sandbox with people in it, and a summary."""
