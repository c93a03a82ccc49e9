"""The result archive: results kept in a database, SQLite or PostgreSQL, over the years."""
