"""The open items of all calls: what was raised and waits for a decision."""
