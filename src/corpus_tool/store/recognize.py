"""Telling a corpus file by its first bytes, without SQLite: every command asks this of every source."""

from __future__ import annotations

import os
from collections import Counter

MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
APPLICATION_ID = 0x436F7254
"""`CorT` in ASCII: stands at byte 68 of the file, where `file` and we look for it."""


_held: Counter[tuple[int, int]] = Counter()


def hold(path: str) -> tuple[int, int] | None:
    """Note that this process has a database open, and what to give to `release` when it is closed.

    POSIX locks belong to a process: were the file opened once more as a plain file, closing that would drop the locks
    of the database, and another program could delete the log that is being written.
    """
    key = _key(path)
    if key is not None:
        _held[key] += 1
    return key


def release(key: tuple[int, int] | None) -> None:
    """The reverse of `hold`."""
    if key is not None:
        _held[key] -= 1


def is_held(path: str) -> bool:
    """Whether this process has this file open as a database: nothing else may open it."""
    key = _key(path)
    return key is not None and _held[key] > 0


def _key(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def is_corpus_file(path: str) -> bool:
    """Whether a path leads to a corpus file, by the first bytes of what stands there."""
    if is_held(path):
        return True
    head = _head(path)
    return head.startswith(MAGIC) and application_id(head) == APPLICATION_ID


def _head(path: str) -> bytes:
    try:
        # O_NONBLOCK: a pipe without a writer must not stop us.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            return file.read(HEADER_BYTES) if os.path.isfile(path) else b""
    except (OSError, ValueError):
        return b""


def application_id(head: bytes) -> int:
    """The number by which an SQLite file says whose it is."""
    return int.from_bytes(head[68:72], "big")
