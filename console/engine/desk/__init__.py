"""The moderator's desk: what is to be done about what was raised."""
