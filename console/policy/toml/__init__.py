"""Changes single values of a TOML text and keeps the rest as its author wrote it."""
