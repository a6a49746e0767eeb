"""The three standard streams where something is wrong with them, and talking to the user beside the data."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any


def tell(text: str) -> None:
    """Text on stderr; where that cannot be written there is nobody to tell, and the work goes on."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def open_closed_streams() -> None:
    """A stream that was closed before we started reads as empty and swallows what is written.

    Text for a terminal that cannot show it is escaped rather than refused.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115 — open as long as the process
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 — as above
        else:
            stream.reconfigure(errors="backslashreplace")


def silence(stream: Any) -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain at its end."""
    with suppress(OSError, ValueError):  # a stand-in without a descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
