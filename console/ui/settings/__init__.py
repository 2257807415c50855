"""The dialog in which the table of settings can be searched and changed."""
