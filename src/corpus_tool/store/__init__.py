"""The corpus file: one SQLite file with its full-text index. The only room that speaks SQL."""
