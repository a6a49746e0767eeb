"""A stream of bytes as decoded lines, in constant memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from corpus_tool.text.decode import (
    ESCAPED,
    HEAD_BYTES,
    WIDE,
    LineText,
    decode_head,
    decode_line,
    encoded_length,
    errors_for,
)


class Line(NamedTuple):
    """One line of a stream with its line end; text is None where it was longer than the limit."""

    text: str | None
    number: int
    byte_start: int
    byte_end: int
    encoding: str


@dataclass(slots=True)
class LineStream:
    """A stream of bytes as decoded lines in constant memory; its encoding is decided on the first 64 KiB.

    Lines end at LF, or at CR where the head has no LF and `cr_ends` says that the format may. Raises NotText
    for what is binary. `mixed` and `replaced` count as in `Decoded`, up to the line last given.
    """

    stream: BinaryIO
    encoding_named: str | None = None
    limit: int = 64 << 20
    cr_ends: bool = False
    encoding: str = "utf-8"
    method: str = "utf-8"
    confidence: float = 1.0
    mixed: int = 0
    replaced: int = 0

    def __iter__(self) -> Iterator[Line]:
        head = read_head(self.stream)
        skip, start = self._decide(head)
        cr = self.cr_ends and "\n" not in start and "\r" in start
        source = _Prefixed(head[skip:], self.stream)
        if self.encoding.startswith(WIDE):
            yield from self._wide_lines(source, skip, "\r" if cr else "\n")
            return
        by_line = self.encoding == "utf-8" and self.encoding_named is None
        byte = skip
        for number, (line, size) in enumerate(source.lines(b"\r" if cr else b"\n", self.limit), start=1):
            if line is None:
                yield Line(None, number, byte, byte + size, self.encoding)
            else:
                text, encoding, patched = decode_line(line) if by_line else self._single(line)
                if not text.isascii():
                    self.mixed += by_line and (encoding != "utf-8" or bool(patched))
                    self.replaced += len(ESCAPED.findall(text))
                yield Line(text, number, byte, byte + size, encoding)
            byte += size

    def _single(self, line: bytes) -> LineText:
        return LineText(line.decode(self.encoding, errors_for(self.encoding)), self.encoding)

    def _decide(self, head: bytes) -> tuple[int, str]:
        """Decide the encoding on the head; the bytes of a mark to skip, and the head's text."""
        decoded = decode_head(head, self.encoding_named, whole=len(head) < HEAD_BYTES)
        if decoded.method == "undecided":
            return 0, decoded.text
        self.encoding, self.method, self.confidence = decoded.encoding, decoded.method, decoded.confidence
        return decoded.runs[0].byte, decoded.text

    def _wide_lines(self, source: _Prefixed, byte: int, ends: str) -> Iterator[Line]:
        """Lines of UTF-16 or UTF-32: decoded first, for the bytes of a line end may stand in other characters."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        number, end = 0, byte
        pending = _Pending(self.limit)
        while True:
            chunk = source.read(1 << 16)
            end += len(chunk)
            *lines, rest = decoder.decode(chunk, final=not chunk).split(ends)
            for line in lines:
                pending.add(line + ends, self.encoding)
                number += 1
                yield self._wide_line(pending, number, byte, byte + pending.size)
                byte += pending.size
                pending = _Pending(self.limit)
            pending.add(rest, self.encoding)
            if not chunk:
                break
        if pending.size:
            # To the end of the stream: a character that is cut short there has fewer bytes than its U+FFFD.
            yield self._wide_line(pending, number + 1, byte, end)

    def _wide_line(self, pending: _Pending, number: int, start: int, end: int) -> Line:
        text = pending.text()
        self.replaced += 0 if text is None else text.count("\ufffd")
        return Line(text, number, start, end, self.encoding)


class _Pending:
    """The pieces of a line whose end has not come yet; over the limit they are counted and let go."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self.size = 0

    def add(self, piece: str, encoding: str) -> None:
        self.size += encoded_length(piece, encoding)
        if self.size <= self._limit:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    def text(self) -> str | None:
        return "".join(self._pieces) if self.size <= self._limit else None


def read_head(stream: BinaryIO) -> bytes:
    """Up to `HEAD_BYTES` from a stream, also from a pipe that gives less at a time."""
    pieces, left = [], HEAD_BYTES
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class _Prefixed:
    """A stream whose first bytes were already read."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int) -> bytes:
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._stream.read(size)

    def lines(self, ends: bytes, limit: int) -> Iterator[tuple[bytes | None, int]]:
        """Lines with their ends and sizes; None for the bytes of one that is longer than `limit`."""
        pending: list[bytes] = []  # pieces of a line whose end has not come yet
        held = 0  # its bytes so far; over the limit they are counted and let go
        while chunk := self.read(1 << 18):
            *lines, rest = chunk.split(ends)
            for line in lines:
                size = held + len(line) + 1
                yield (b"".join([*pending, line, ends]) if size <= limit else None), size
                pending, held = [], 0
            held += len(rest)
            if held <= limit:
                pending.append(rest)
            else:
                pending.clear()
        if held:
            yield (b"".join(pending) if held <= limit else None), held
