"""What tells a moderator of raised lines that they are not looking at."""
