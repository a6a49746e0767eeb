"""Bytes to text: which encoding, how we know, and where each character's bytes stand.

The order: an encoding that was named → byte order mark → NUL parity (UTF-16 and UTF-32 without a mark) → UTF-8,
line by line → a guess from the letters. A byte that no encoding explains stays visible as `\\udcXX`.
"""

from __future__ import annotations

import codecs
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from corpus_tool.patterns import lazy

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
    *(b"\x89PNG\r\n", b"\x7fELF", b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xff\xd8\xff"),
    *(b"GIF87a", b"GIF89a", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0"),
    *(b"7z\xbc\xaf", b"Rar!\x1a", b"OggS\0", b"\0\0\x01\0", b"MZ\x90"),
    *(b"BZh%d1AY&SY" % level for level in range(1, 10)),
)
_MARKS = tuple(bom for bom, _ in _BOMS)
WIDE = ("utf-16", "utf-32")
_CUT_CHARACTER = lazy(rb"[\xc0-\xff][\x80-\xbf]{0,2}\Z")


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
    if text.isascii() and not encoding.startswith(WIDE):
        return len(text)
    return len(text.encode(encoding, "surrogatepass" if encoding.startswith(WIDE) else "surrogateescape"))


def errors_for(encoding: str) -> str:
    """The codec error handler that keeps undecodable bytes: escapes, or U+FFFD where units are wider than a byte."""
    return "replace" if encoding.startswith(WIDE) else "surrogateescape"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a whole file; a named encoding always wins. Raises NotText for what is binary.

    >>> decode("Liège".encode("cp1252")).encoding
    'cp1252'
    """
    if encoding is not None:
        name = _canonical(encoding, data)
        return _decode_as(data, name, "named", _mark_length(data, name))
    for bom, name in _BOMS:
        if data.startswith(bom):
            skip = _mark_length(data, name)
            return _decode_utf8(data, skip) if name == "utf-8" else _decode_as(data, name, "bom", skip)
    if data.startswith(_MAGIC):
        raise NotText
    if b"\0" in data[:HEAD_BYTES]:
        if wide := _nul_parity(data):
            return _decode_as(data, wide, "nul-parity", 0)
        zeros = data.count(b"\0", 0, HEAD_BYTES)
        if zeros > 1 and zeros * 10 > min(len(data), HEAD_BYTES):
            raise NotText
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_line(data)
    if _mostly_controls(data):
        raise NotText
    return Decoded(text, "utf-8", "ascii" if text.isascii() else "utf-8", runs=(Run(0, 0, "utf-8"),))


def decode_head(head: bytes, encoding: str | None = None, *, whole: bool) -> Decoded:
    """Decode the head of a file; unless it is the `whole` file, what is cut at its end decides nothing.

    A head that is text only as far as it goes gives latin-1 text without a decision: method "undecided".
    Raises NotText for what is binary.
    """
    shown = head
    if not whole and encoding is None and not head.startswith(_MARKS) and b"\0" not in head:
        shown = head[: head.rfind(b"\n") + 1] or _CUT_CHARACTER.sub(b"", head)
    try:
        return decode(shown, encoding)
    except NotText:
        if whole or head.startswith(_MAGIC) or b"\0" in head or _mostly_controls(head):
            raise
        return Decoded(head.decode("latin-1"), "utf-8", "undecided", runs=(Run(0, 0, "latin-1"),))


def _canonical(encoding: str, data: bytes) -> str:
    """The codec's own name, with the byte order where the name leaves it to the data."""
    name = codecs.lookup(encoding).name
    if name == "utf-8-sig":
        return "utf-8"
    if name not in WIDE:
        return name
    for bom, family in _BOMS:
        if family.startswith(name) and data.startswith(bom):
            return family
    guess = _nul_parity(data)
    return guess if guess is not None and guess.startswith(name) else f"{name}-le"


def _mark_length(data: bytes, encoding: str) -> int:
    """Bytes of the byte order mark, doubled marks of UTF-8 included."""
    bom = next((bom for bom, name in _BOMS if name == encoding), None)
    length = 0
    while bom and data.startswith(bom, length) and (length == 0 or encoding == "utf-8"):
        length += len(bom)
    return length


def _decode_as(data: bytes, encoding: str, method: str, skip: int) -> Decoded:
    text = data[skip:].decode(encoding, errors_for(encoding))
    wide = encoding.startswith(WIDE)
    replaced = text.count("\ufffd") if wide else len(ESCAPED.findall(text))
    # A unit that the end of the data cuts short is one U+FFFD, of fewer bytes than others.
    surplus = encoded_length(text, encoding) - (len(data) - skip) if wide and text else 0
    patched = ((len(text) - 1, surplus),) if surplus else ()
    return Decoded(text, encoding, method, replaced=replaced, runs=(Run(0, skip, encoding, patched),))


def _decode_utf8(data: bytes, skip: int) -> Decoded:
    """A file whose mark says UTF-8; lines that are not are read by themselves all the same."""
    try:
        text = data[skip:].decode("utf-8")
    except UnicodeDecodeError:
        return _join_lines(_split_lines(data[skip:]), skip, "bom")
    return Decoded(text, "utf-8", "bom", runs=(Run(0, skip, "utf-8"),))


ESCAPED = lazy("[\udc80-\udcff]")


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
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        if _is_wide(head[high::2], head[1 - high :: 2]) and _reads_as_text(head, name):
            return name
    return None


def _is_wide(high: bytes, low: bytes) -> bool:
    """Whether high bytes are those of UTF-16: mostly zero, or of two or three blocks, that of blanks among them."""
    zeros = high.count(0)
    if low.count(0) * 20 > len(low):
        return False
    if zeros * 10 > len(high) * 3:
        return True
    most = sum(sorted(map(high.count, set(high)))[-2:])
    return len(high) >= 16 and zeros * 50 > len(high) and most * 10 > len(high) * 9


def _reads_as_text(head: bytes, encoding: str) -> bool:
    """Whether hardly a character of the first ones is a control or unassigned."""
    text = head[:4096].decode(encoding, "replace")
    odd = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and not char.isspace() for char in text)
    return odd * 20 <= len(text)


_CONTROL_BYTES = bytes(range(0x01, 0x09)) + bytes(range(0x0E, 0x1B)) + bytes(range(0x1C, 0x20)) + b"\x7f"


def _mostly_controls(data: bytes) -> bool:
    """Whether more than a twentieth are control characters; a few do not make even a short text binary."""
    head = data[:HEAD_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > 8 and controls * 20 > len(head)


_LINES = lazy(rb"[^\n\r]*(?:\r\n|\n|\r|\Z)")


def _split_lines(data: bytes) -> list[bytes]:
    return [m.group() for m in _LINES.finditer(data) if m.group()]


def _decode_by_line(data: bytes) -> Decoded:
    """A file that is not all UTF-8: UTF-8 if any line holds a valid multi-byte sequence, otherwise a guess."""
    if _mostly_controls(data):
        raise NotText
    lines = _split_lines(data)
    if any(map(_holds_multibyte, lines)):
        return _join_lines(lines)
    from corpus_tool.text.charset import guess_charset

    guess = guess_charset(data)
    if guess is None:
        raise NotText
    if guess.method == "fallback":
        return _join_lines(lines)
    text = data.decode(guess.encoding, "surrogateescape")
    replaced = len(ESCAPED.findall(text))
    runs = (Run(0, 0, guess.encoding),)
    return Decoded(text, guess.encoding, "guessed", guess.confidence, replaced, runs=runs)


def _holds_multibyte(line: bytes) -> bool:
    """Whether the line is valid UTF-8 beyond ASCII."""
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _join_lines(lines: list[bytes], byte: int = 0, method: str = "utf-8") -> Decoded:
    """Lines read each by itself, the first of which stands at `byte`."""
    pieces: list[str] = []
    runs = [Run(0, byte, "utf-8")]
    char = mixed = replaced = 0
    for line in lines:
        piece = decode_line(line)
        if piece.encoding != runs[-1].encoding or piece.patched or runs[-1].patched:
            runs.append(Run(char, byte, piece.encoding, tuple((char + at, surplus) for at, surplus in piece.patched)))
        mixed += piece.encoding != "utf-8" or bool(piece.patched)
        replaced += len(ESCAPED.findall(piece.text)) if not piece.text.isascii() else 0
        pieces.append(piece.text)
        char += len(piece.text)
        byte += len(line)
    return Decoded("".join(pieces), "utf-8", method, replaced=replaced, mixed=mixed, runs=tuple(runs))


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


_LETTER_IN_WORD = lazy(r"[a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]")


def _patch(escaped: str) -> LineText:
    """Read escaped bytes as cp1252 where that makes a letter beside an ASCII letter, or an apostrophe in a word."""
    from corpus_tool.text.charset import weigh

    chars = list(escaped)
    patched: list[tuple[int, int]] = []
    for match in ESCAPED.finditer(escaped):
        at = match.start()
        char = bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace")
        before, after = escaped[at - 1 : at] if at else "", escaped[at + 1 : at + 2]
        in_word = _is_ascii_letter(before) or (_is_ascii_letter(after) and char.isalpha())
        if (
            in_word
            and (char.isalpha() or char in "’‘")
            and weigh(before or "\n", char, after or "\n", escaped[at + 2 : at + 3] or "\n") > 0
        ):
            chars[at] = char
            patched.append((at, len(char.encode("utf-8")) - 1))
    return LineText("".join(chars), "utf-8", tuple(patched))


def _is_ascii_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
