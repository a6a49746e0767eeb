"""Where results go: bytes to a pipe or a file, a table or a text to a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import BinaryIO, cast

from corpus_tool.model.article import Article
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.registry import load_writer


def stdout_bytes() -> BinaryIO:
    """Standard output as buffered bytes, also where Python was told not to buffer."""
    try:
        handle = sys.stdout.fileno()
    except (OSError, io.UnsupportedOperation):  # replaced by a test or a notebook
        return cast("BinaryIO", sys.stdout.buffer)
    sys.stdout.flush()
    return cast("BinaryIO", open(handle, "wb", closefd=False))


def write_stdout(articles: Iterable[Article], name: str, options: WriteOptions, *, lines: bool = False) -> None:
    """Write articles to standard output in a format; with `lines` each goes out at once, for a reader that waits."""
    out = stdout_bytes()
    target = cast("BinaryIO", _EachLine(out)) if lines else out
    load_writer(name).write(articles, target, options)
    out.flush()


class _EachLine:
    """A stream that is flushed after each write."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        written = self._out.write(data)
        self._out.flush()
        return written


def to_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def color_wanted(color: str) -> bool:
    """Whether to color: as told, else NO_COLOR, FORCE_COLOR, TERM=dumb and the terminal decide."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return to_terminal() and os.environ.get("TERM") != "dumb"
