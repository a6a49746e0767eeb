"""Turn piles of raw news text into a corpus."""

__version__ = "0.1.0"
