"""The acts a moderator can do: one module a family, and the table of all of them."""
