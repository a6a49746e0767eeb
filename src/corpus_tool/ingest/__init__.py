"""The one pipeline: sources to articles, each record counted once, each file in the receipt."""
