"""What is done to people and calls: one row, one request, one proof."""
