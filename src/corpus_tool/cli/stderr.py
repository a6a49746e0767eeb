"""Talking to the user beside the data."""

from __future__ import annotations

import sys
from contextlib import suppress


def tell(text: str) -> None:
    """Text on stderr; where that cannot be written there is nobody to tell, and the work goes on."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)
