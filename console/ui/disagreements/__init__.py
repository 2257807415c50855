"""Lines for which this policy and Stream recommend different actions."""
