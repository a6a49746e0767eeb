"""One file per format: what it says, and nothing that it does not say."""
