"""Telling a corpus file by its first bytes, without SQLite: every command asks this of every source."""

from __future__ import annotations

import os

MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
APPLICATION_ID = 0x436F7254
"""`CorT` in ASCII: stands at byte 68 of the file, where `file` and we look for it."""


def is_corpus_file(path: str) -> bool:
    """Whether a path leads to a corpus file, by the first bytes of what stands there."""
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
