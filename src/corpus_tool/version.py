"""The version of the package: receipts, runs and exports say which one made them."""

__version__ = "0.1.0"
