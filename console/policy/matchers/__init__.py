"""What finds the entries of lists, and what seed phrases mean, in texts."""
