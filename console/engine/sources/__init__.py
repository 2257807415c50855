"""What turns events of a call into content that is judged."""
