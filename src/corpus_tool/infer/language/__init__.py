"""Which language a text is in, by a backend from a table."""
