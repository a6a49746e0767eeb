"""Opening one source: bytes with their checksum, read whole or as a stream, and who changed meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections import deque
from dataclasses import dataclass
from typing import BinaryIO

from corpus_tool.errors import Diagnostic
from corpus_tool.ingest.walk import STDIN, Found
from corpus_tool.store.recognize import is_held
from corpus_tool.text.decode import HEAD_BYTES
from corpus_tool.text.stream import read_head


class Unreadable(Exception):
    """A file cannot be opened or read; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class OpenFile:
    """An opened source with its head read; `rest` gives the bytes after the head."""

    found: Found
    head: bytes
    rest: BinaryIO
    size: int | None
    before: tuple[int, int] | None

    @property
    def whole(self) -> bool:
        """Whether the head is the whole file."""
        return len(self.head) < HEAD_BYTES

    def read_all(self, limit: int) -> bytes:
        """The whole content; Unreadable where it is longer than `limit` bytes."""
        if self.whole:
            return self.head
        data = self.head + self.rest.read(limit + 1 - len(self.head) if limit >= len(self.head) else 0)
        if len(data) > limit:
            raise Unreadable(Diagnostic("too-large", f"more than {limit:,} bytes", self.found.path))
        return data

    def changed(self) -> bool:
        """Whether the file's size or time is another than when it was opened."""
        if self.before is None:
            return False
        try:
            return self.before != _stamp(os.stat(self.found.path))
        except OSError:
            return True

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.found.path != STDIN:
            self.rest.close()


def open_file(found: Found, limit: int) -> OpenFile:
    """Open a source that `walk` found. Raises Unreadable."""
    if found.path == STDIN:
        if sys.stdin is None:
            raise Unreadable(Diagnostic("read-error", "standard input is closed", STDIN))
        stream = sys.stdin.buffer
        return OpenFile(found, read_head(stream), stream, None, None)
    if is_held(found.path):
        raise Unreadable(Diagnostic("database", "the corpus file that this command has open", found.path))
    try:
        # O_NONBLOCK: a pipe that took the file's name since it was listed must not hang us.
        handle = os.open(found.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        stream = os.fdopen(handle, "rb")
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            stream.close()
            raise Unreadable(Diagnostic("not-a-regular-file", "no longer a regular file", found.path))
        if status.st_size > limit:
            stream.close()
            raise Unreadable(Diagnostic("too-large", f"{status.st_size:,} bytes; the limit is {limit:,}", found.path))
        return OpenFile(found, read_head(stream), stream, status.st_size, _stamp(status))
    except FileNotFoundError:
        raise Unreadable(Diagnostic("missing", "it is not there any more", found.path)) from None
    except PermissionError:
        raise Unreadable(Diagnostic("permission", "the file may not be read", found.path)) from None
    except OSError as error:
        raise Unreadable(Diagnostic("read-error", f"cannot be read: {error.strerror or error}", found.path)) from None


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def hash_rest(opened: OpenFile) -> str:
    """SHA-256 of the whole file, the file then being back right after its head."""
    digest = hashlib.sha256(opened.head)
    if not opened.whole:
        while chunk := opened.rest.read(1 << 20):
            digest.update(chunk)
        opened.rest.seek(len(opened.head))
    return digest.hexdigest()


class Hashing:
    """A stream that hashes what is read from it: how standard input gets its checksum for the receipt."""

    def __init__(self, opened: OpenFile) -> None:
        self._stream = opened.rest
        self.digest = hashlib.sha256(opened.head)

    def read(self, size: int = -1) -> bytes:
        """As a binary stream reads."""
        data = self._stream.read(size)
        self.digest.update(data)
        return data


class Rewound:
    """A stream that gives the head again, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO | Hashing) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        """As a binary stream reads."""
        if self._head:
            if size < 0:
                data, self._head = self._head + self._rest.read(), b""
                return data
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._rest.read(size)


class Window:
    """A stream that keeps what was read of it until it is taken: how a record's very bytes come to be stored.

    Spans are taken in growing order; what lies before a span taken is let go, so that the window holds one record
    and what was read ahead.
    """

    def __init__(self, stream: BinaryIO | Rewound | None) -> None:
        self._stream = stream
        self._pieces: deque[bytes] = deque()
        self._start = 0

    @classmethod
    def of(cls, data: bytes) -> Window:
        """The window over a file that was read whole."""
        window = cls(None)
        window._pieces.append(data)
        return window

    def read(self, size: int = -1) -> bytes:
        """As a binary stream reads."""
        data = self._stream.read(size) if self._stream is not None else b""
        if data:
            self._pieces.append(data)
        return data

    def forget(self, before: int) -> None:
        """Let go of the pieces that end before an offset."""
        while self._pieces and self._start + len(self._pieces[0]) <= before:
            self._start += len(self._pieces.popleft())

    def take(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        self.forget(start)
        found: list[bytes] = []
        at = self._start
        for piece in self._pieces:
            if at >= end:
                break
            found.append(piece[max(start - at, 0) : end - at])
            at += len(piece)
        return b"".join(found)
