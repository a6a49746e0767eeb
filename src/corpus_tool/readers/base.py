"""What a reader is: a module with a name, a way to recognize its format, and a way to read it.

A text reader gets the whole decoded file, because what separates its records can only be judged once per
file. A line reader gets a stream and runs in constant memory. A file reader gets an open file and goes about in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from corpus_tool.errors import Diagnostic
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord
from corpus_tool.text.decode import Decoded
from corpus_tool.text.lines import with_lf
from corpus_tool.text.stream import LineStream

if TYPE_CHECKING:
    from corpus_tool.readers.layout import Layout

Item = RawRecord | Diagnostic


class Sniff(NamedTuple):
    """How well a format fits, 0 to 1, and why; 0 is not at all."""

    score: float
    reasons: tuple[str, ...] = ()


NO = Sniff(0.0)


class Head(NamedTuple):
    """What a line or JSON reader is recognized by: the file's name, lower case, and its first text."""

    name: str
    text: str
    whole: bool


@dataclass
class TextInput:
    """A decoded file for a text reader; `shape` is the text with every line end as LF, at the same length."""

    name: str
    decoded: Decoded
    options: ReadOptions

    @cached_property
    def shape(self) -> str:
        """The text with every line end as LF."""
        return with_lf(self.decoded.text)

    @cached_property
    def layout(self) -> Layout:
        """Where its records are: judged once for all readers that ask."""
        from corpus_tool.readers.layout import lay_out

        return lay_out(self.shape, self.options, self.decoded.text)


@dataclass
class LineInput:
    """A stream of lines for a line reader, with the head that was sniffed."""

    name: str
    lines: LineStream
    options: ReadOptions
    notes: list[Diagnostic] = field(default_factory=list)


@dataclass
class FileInput:
    """An open file that can be read at any place; the reader sets `declared`, how many records the file says it has."""

    name: str
    file: BinaryIO
    options: ReadOptions
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class CarriedRecord(RawRecord):
    """A record of a format that is no text: `data` are the bytes to keep of it, in an export those of the first source.

    `facts` are what the export carries beside them (see `infer/kept.py`).
    """

    data: bytes | None = None
    facts: str | None = None


class TextReader(Protocol):
    """A module that reads a whole decoded text."""

    NAME: str
    SUMMARY: str
    ENDINGS: tuple[str, ...]

    def sniff(self, source: TextInput) -> Sniff:
        """How well the format fits."""

    def read(self, source: TextInput) -> Iterator[Item]:
        """The records and what was noticed, in the order of the file."""


class LineReader(Protocol):
    """A module that reads a stream line by line."""

    NAME: str
    SUMMARY: str
    ENDINGS: tuple[str, ...]

    def sniff_head(self, head: Head) -> Sniff:
        """How well the format fits."""

    def read_lines(self, source: LineInput) -> Iterator[Item]:
        """The records and what was noticed, in the order of the file."""


class HeadedTextReader(Protocol):
    """A module that is recognized by its head but reads the whole decoded text."""

    NAME: str
    SUMMARY: str
    ENDINGS: tuple[str, ...]

    def sniff_head(self, head: Head) -> Sniff:
        """How well the format fits."""

    def read(self, source: TextInput) -> Iterator[Item]:
        """The records and what was noticed, in the order of the file."""


class FileReader(Protocol):
    """A module that reads a file by going about in it."""

    NAME: str
    SUMMARY: str
    ENDINGS: tuple[str, ...]

    def sniff_bytes(self, head: bytes, name: str) -> Sniff:
        """How well the format fits a file of these first bytes and this name, lower case."""

    def read_file(self, source: FileInput) -> Iterator[Item]:
        """The records and what was noticed, in the order of the file."""


class Places:
    """Line and byte of growing positions in one decoded text, each counted once."""

    def __init__(self, decoded: Decoded) -> None:
        self._decoded = decoded
        self._at = (0, 0)
        self._line_at = (0, 1)
        self._line_end = "\n" if "\n" in decoded.text else "\r"

    def byte(self, position: int) -> int:
        """The byte offset; 0 for the very start, so that a byte order mark belongs to the first record."""
        if position == 0:
            return 0
        value = self._decoded.byte_at(position, self._at if self._at[0] else None)
        self._at = (position, value)
        return value

    def line(self, position: int) -> int:
        """The 1-based line number."""
        start, number = self._line_at
        if position < start:
            start, number = 0, 1
        number += self._decoded.text.count(self._line_end, start, position)
        self._line_at = (position, number)
        return number
