"""Bytes to text, text to clean text: every character accounted for."""
