"""Techniques of corpus linguistics on articles, one file each under its textbook name."""
