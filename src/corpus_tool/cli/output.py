"""Where results go: bytes to a pipe or a file, a table or a text to a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import BinaryIO, cast

from corpus_tool.cli.streams import silence
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.files import check_free
from corpus_tool.writers.registry import load_writer

TERMINAL_ROWS = 50
"""Rows of a table on a terminal where no limit is given."""


class Output:
    """Standard output as bytes: buffered, its errors told apart from those of the sources.

    On a terminal whatever it would act on is shown as an escape; with `each` every write goes out at once, for
    a reader that waits.
    """

    def __init__(self, *, each: bool = False) -> None:
        sys.stdout.flush()
        self._out = _stdout_bytes()
        self._each = each
        self._escape = to_terminal()

    def write(self, data: bytes) -> int:
        """Write bytes; CorpusToolError where they cannot be written, BrokenPipeError where nobody reads."""
        if self._escape:
            from corpus_tool.cli.visible import visible

            data = visible(data.decode(errors="backslashreplace"), lines=True).encode(errors="backslashreplace")
        try:
            written = self._out.write(data)
            if self._each:
                self._out.flush()
        except OSError as error:
            raise _unwritable(error) from None
        return written

    def flush(self) -> None:
        """Send on what is buffered."""
        try:
            self._out.flush()
        except OSError as error:
            raise _unwritable(error) from None


def _stdout_bytes() -> BinaryIO:
    try:
        handle = sys.stdout.fileno()
    except (OSError, io.UnsupportedOperation):  # replaced by a test or a notebook
        return sys.stdout.buffer
    return open(handle, "wb", closefd=False)  # buffered also where Python was told not to buffer


def _unwritable(error: OSError) -> OSError | CorpusToolError:
    """A closed pipe as it is; any other error in words, with what is still buffered sent nowhere."""
    if isinstance(error, BrokenPipeError):
        return error
    silence(sys.stdout)
    return CorpusToolError(f"standard output cannot be written: {error.strerror or error}")


def write_stdout(articles: Iterable[Article], name: str, options: WriteOptions, *, each: bool = False) -> None:
    """Write articles to standard output in a format; with `each` every one goes out at once."""
    stream_stdout(lambda out: load_writer(name).write(articles, out, options), each=each)


def stream_stdout(write: Callable[[BinaryIO], None], *, each: bool = False) -> None:
    """Have something written to standard output as to a file."""
    out = Output(each=each)
    write(cast("BinaryIO", out))
    out.flush()


def write_text(text: str) -> None:
    """Write what was drawn for a person, with its colors, to standard output."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    out = _stdout_bytes()
    sys.stdout.flush()
    try:
        out.write(text.encode(encoding, errors="backslashreplace"))
        out.flush()
    except OSError as error:
        raise _unwritable(error) from None


def check_target(path: str, *, force: bool) -> None:
    """Refuse a file that exists, or one whose folder does not, before anything is read."""
    check_free(path, force=force)
    folder = os.path.dirname(path.rstrip("/")) or "."
    if not os.path.isdir(folder):
        raise CorpusToolError(f"{path!r} cannot be written: {folder!r} is no folder", hint="make the folder first")


def check_apart(*paths: str | None) -> None:
    """Refuse to write two results under one name."""
    named = [os.path.abspath(path) for path in paths if path is not None and not os.path.exists(f"{path}/.")]
    regular = [path for path in named if not path.startswith("/dev/")]
    twice = next((path for path in regular if regular.count(path) > 1), None)
    if twice is not None:
        raise UsageError(f"{os.path.basename(twice)!r} is named for two results", "give each a name of its own")


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
