"""Evidence as files: a page, the data behind it, pictures, and a list of their hashes."""
