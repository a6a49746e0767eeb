"""Bytes to text: which encoding, how we know, and where each character's bytes stand.

The order: an encoding that was named → byte order mark → NUL parity (UTF-16 and UTF-32 without a mark) → UTF-8,
line by line → a guess from the letters. A byte that no encoding explains stays visible as `\\udcXX`.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

HEAD_BYTES = 1 << 16
"""How much of a stream is looked at to decide its encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"\x89PNG", b"\x7fELF", b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF8", b"BZh", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"7z\xbc\xaf", b"Rar!", b"OggS", b"\x00\x00\x01\x00",
    b"MZ\x90",
)  # fmt: skip
_WIDE = ("utf-16", "utf-32")


class Run(NamedTuple):
    """Characters from `char` on that were decoded alike; `patched` are (character, surplus bytes) read as cp1252."""

    char: int
    byte: int
    encoding: str
    patched: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text with its encoding, how that was decided, and what did not fit.

    `method` is one of "named", "bom", "nul-parity", "ascii", "utf-8", "guessed". `confidence` is 1 but for a
    guess. `replaced` counts bytes that no encoding explains; `mixed` counts lines read in another encoding.
    """

    text: str
    encoding: str
    method: str
    confidence: float = 1.0
    replaced: int = 0
    mixed: int = 0
    runs: tuple[Run, ...] = ()

    def byte_at(self, position: int, after: tuple[int, int] | None = None) -> int:
        """The offset in the source of the byte where the character at `position` begins.

        `after` is a (position, byte) already known before it in the same text, so that a walk is linear.
        """
        run = self.runs[bisect_right(self.runs, (position, 1 << 62)) - 1]
        start, byte = run.char, run.byte
        if after is not None and start <= after[0] <= position:
            start, byte = after
        byte += encoded_length(self.text[start:position], run.encoding)
        return byte - sum(surplus for char, surplus in run.patched if start <= char < position)


class NotText(Exception):
    """The bytes are no text in any encoding we know."""


def encoded_length(text: str, encoding: str) -> int:
    """How many bytes a decoded text took in its source."""
    if text.isascii() and not encoding.startswith(_WIDE):
        return len(text)
    return len(text.encode(encoding, "surrogatepass" if encoding.startswith(_WIDE) else "surrogateescape"))


def errors_for(encoding: str) -> str:
    """The codec error handler that keeps undecodable bytes: escapes, or U+FFFD where units are wider than a byte."""
    return "replace" if encoding.startswith(_WIDE) else "surrogateescape"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a whole file; a named encoding always wins. Raises NotText for what is binary.

    >>> decode("Liège".encode("cp1252")).encoding
    'cp1252'
    """
    if encoding is not None:
        return _decode_as(data, encoding, "named", _bom_length(data, encoding))
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, name, "bom", _bom_length(data, name))
    if data.startswith(_MAGIC):
        raise NotText
    if b"\0" in data[:HEAD_BYTES]:
        if name := _nul_parity(data):
            return _decode_as(data, name, "nul-parity", 0)
        if data.count(b"\0", 0, HEAD_BYTES) * 10 > min(len(data), HEAD_BYTES):
            raise NotText
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_line(data)
    if _mostly_controls(data):
        raise NotText
    return Decoded(text, "utf-8", "ascii" if text.isascii() else "utf-8", runs=(Run(0, 0, "utf-8"),))


def _bom_length(data: bytes, encoding: str) -> int:
    """Bytes of the mark, doubled marks of UTF-8 included."""
    name = codecs.lookup(encoding).name
    length = 0
    for bom, family in _BOMS:
        if name.startswith(family[:6].rstrip("-")) or family == name:
            while data.startswith(bom, length) and (length == 0 or family == "utf-8"):
                length += len(bom)
            if length:
                break
    return length


def _decode_as(data: bytes, encoding: str, method: str, skip: int) -> Decoded:
    text = data[skip:].decode(encoding, errors_for(encoding))
    wide = encoding.startswith(_WIDE)
    replaced = text.count("\ufffd") if wide else len(_ESCAPED.findall(text))
    return Decoded(text, encoding, method, replaced=replaced, runs=(Run(0, skip, encoding),))


_ESCAPED = re.compile("[\udc80-\udcff]")


def _nul_parity(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by where the zero bytes of Latin letters stand; None where they stand anywhere."""
    head = data[: min(len(data) & ~3, HEAD_BYTES)] or data[: len(data) & ~1]
    zeros = [head[phase::4].count(0) for phase in range(4)]
    quarter = max(1, len(head) // 4)
    shares = [count / quarter for count in zeros]
    if min(shares[1:]) > 0.8 and shares[0] < 0.3:
        return "utf-32-le"
    if min(shares[:3]) > 0.8 and shares[3] < 0.3:
        return "utf-32-be"
    even, odd = (shares[0] + shares[2]) / 2, (shares[1] + shares[3]) / 2
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


_CONTROL_BYTES = bytes(range(0x01, 0x09)) + bytes(range(0x0E, 0x1B)) + bytes(range(0x1C, 0x20)) + b"\x7f"


def _mostly_controls(data: bytes) -> bool:
    head = data[:HEAD_BYTES]
    return (len(head) - len(head.translate(None, _CONTROL_BYTES))) * 20 > len(head)


_LINES = re.compile(rb"[^\n\r]*(?:\r\n|\n|\r|\Z)")


def _decode_by_line(data: bytes) -> Decoded:
    """A file that is not all UTF-8: UTF-8 if any line holds a valid multi-byte sequence, otherwise a guess."""
    lines = [m.group() for m in _LINES.finditer(data) if m.group()]
    if any(_holds_multibyte(line) for line in lines) and not _mostly_controls(data):
        return _join_lines(lines)
    from corpus_tool.text.charset import guess_charset

    guess = guess_charset(data)
    if guess is None or _mostly_controls(data):
        raise NotText
    if guess.method == "fallback":
        return _join_lines(lines)
    text = data.decode(guess.encoding, "surrogateescape")
    return Decoded(
        text,
        guess.encoding,
        "guessed",
        guess.confidence,
        len(_ESCAPED.findall(text)),
        runs=(Run(0, 0, guess.encoding),),
    )


def _holds_multibyte(line: bytes) -> bool:
    """Whether the line is valid UTF-8 beyond ASCII."""
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _join_lines(lines: list[bytes]) -> Decoded:
    pieces: list[str] = []
    runs = [Run(0, 0, "utf-8")]
    char = byte = mixed = replaced = 0
    for line in lines:
        piece = decode_line(line)
        if piece.encoding != runs[-1].encoding or piece.patched or runs[-1].patched:
            runs.append(
                Run(char, byte, piece.encoding, tuple((char + at, surplus) for at, surplus in piece.patched))
            )
        mixed += piece.encoding != "utf-8" or bool(piece.patched)
        replaced += len(_ESCAPED.findall(piece.text)) if not piece.text.isascii() else 0
        pieces.append(piece.text)
        char += len(piece.text)
        byte += len(line)
    return Decoded("".join(pieces), "utf-8", "utf-8", replaced=replaced, mixed=mixed, runs=tuple(runs))


class LineText(NamedTuple):
    """One decoded line; `patched` as in `Run`, counted from the line's start."""

    text: str
    encoding: str
    patched: tuple[tuple[int, int], ...] = ()


def decode_line(line: bytes) -> LineText:
    """One line of a file that is otherwise UTF-8, read by itself.

    A line without any valid multi-byte sequence is read in its own encoding; in any other, single bytes are
    read as cp1252 where that gives a letter inside a word. What is left stays escaped.
    """
    try:
        return LineText(line.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        escaped = line.decode("utf-8", "surrogateescape")
    if not any(c > "\x7f" and not "\udc80" <= c <= "\udcff" for c in escaped):
        from corpus_tool.text.charset import guess_charset

        guess = guess_charset(line)
        if guess is not None and guess.method != "fallback":
            text = line.decode(guess.encoding, "surrogateescape")
            if _LETTER_IN_WORD.search(text):
                return LineText(text, guess.encoding)
    return _patch(escaped)


_LETTER_IN_WORD = re.compile(r"[a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]")


def _patch(escaped: str) -> LineText:
    """Read escaped bytes as cp1252 where that makes a letter that touches an ASCII letter, or an apostrophe in a word."""
    chars = list(escaped)
    patched: list[tuple[int, int]] = []
    for match in _ESCAPED.finditer(escaped):
        at = match.start()
        char = bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace")
        before, after = escaped[at - 1 : at], escaped[at + 1 : at + 2]
        touches = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        inside = touches and (char.isalpha() or (char in "’‘" and before.isalpha()))
        if inside:
            chars[at] = char
            patched.append((at, len(char.encode("utf-8")) - 1))
    return LineText("".join(chars), "utf-8", tuple(patched))


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
        skip = self._decide(head)
        ends = b"\r" if self.cr_ends and b"\n" not in head and b"\r" in head else b"\n"
        source = _Prefixed(head, self.stream)
        source.skip(skip)
        if self.encoding.startswith(_WIDE):
            yield from self._wide_lines(source, skip)
            return
        by_line = self.encoding == "utf-8" and self.encoding_named is None
        byte = skip
        for number, (line, size) in enumerate(source.lines(ends, self.limit), start=1):
            if line is None:
                yield Line(None, number, byte, byte + size, self.encoding)
            else:
                text, encoding, patched = decode_line(line) if by_line else self._single(line)
                if not text.isascii():
                    self.mixed += by_line and (encoding != "utf-8" or bool(patched))
                    self.replaced += len(_ESCAPED.findall(text))
                yield Line(text, number, byte, byte + size, encoding)
            byte += size

    def _single(self, line: bytes) -> LineText:
        return LineText(line.decode(self.encoding, errors_for(self.encoding)), self.encoding)

    def _decide(self, head: bytes) -> int:
        """Decide the encoding on whole lines of the head; the bytes of a mark to skip."""
        whole = head if len(head) < HEAD_BYTES else head[: head.rfind(b"\n") + 1] or head
        if self.encoding_named is None and not head.startswith(tuple(bom for bom, _ in _BOMS)):
            try:
                decoded = decode(whole)
            except NotText:
                if head.startswith(_MAGIC) or b"\0" in head or _mostly_controls(head):
                    raise
                return 0
        else:
            decoded = decode(head[: len(head) & ~3] if len(head) >= 4 else head, self.encoding_named)
        self.encoding, self.method, self.confidence = decoded.encoding, decoded.method, decoded.confidence
        return decoded.runs[0].byte

    def _wide_lines(self, source: _Prefixed, byte: int) -> Iterator[Line]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        rest, number = "", 0
        while True:
            chunk = source.read(1 << 16)
            rest += decoder.decode(chunk, final=not chunk)
            *lines, rest = rest.split("\n")
            for text in [line + "\n" for line in lines] + ([rest] if rest and not chunk else []):
                number += 1
                size = encoded_length(text, self.encoding)
                self.replaced += text.count("\ufffd")
                yield Line(text if size <= self.limit else None, number, byte, byte + size, self.encoding)
                byte += size
            if not chunk:
                return


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

    def skip(self, count: int) -> None:
        self._head = self._head[count:]

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
            pending = [*pending, rest] if held <= limit else []
        if held:
            yield (b"".join(pending) if held <= limit else None), held
