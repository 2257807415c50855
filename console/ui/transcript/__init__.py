"""What is said and what happens in a call, line by line."""
