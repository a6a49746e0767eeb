"""Dates that never claim more than is known."""
