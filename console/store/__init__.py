"""The database: the only user of sqlite3."""
