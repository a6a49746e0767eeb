"""Reading bytes as the pipeline does, down to raw records: shared by the tests of this room."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

from corpus_tool.errors import Diagnostic
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord
from corpus_tool.readers import registry
from corpus_tool.readers.base import Head, Item, LineInput, TextInput
from corpus_tool.text.decode import decode
from corpus_tool.text.stream import LineStream


class Read(NamedTuple):
    """What a reader gave: the format that was recognized, its records and its diagnostics."""

    format: str
    records: list[RawRecord]
    diagnostics: list[Diagnostic]

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics, in order."""
        return [diagnostic.code for diagnostic in self.diagnostics]


def read_bytes(data: bytes, name: str = "a.txt", options: ReadOptions | None = None) -> Read:
    """Recognize and read one file."""
    options = options or ReadOptions()
    if options.input_format or options.effective_split():
        chosen = options.input_format or "delimited"
    else:
        head = Head(name.lower(), decode(data[: 1 << 16], options.encoding).text, len(data) < 1 << 16)
        choice = registry.by_head(head) or registry.by_text(TextInput(name, decode(data), options))
        chosen = choice.name
    items = list(_items(chosen, data, name, options))
    records = [item for item in items if isinstance(item, RawRecord)]
    return Read(chosen, records, [item for item in items if isinstance(item, Diagnostic)])


def read_text(text: str, name: str = "a.txt", options: ReadOptions | None = None) -> Read:
    """The same for text, written in UTF-8."""
    return read_bytes(text.encode(), name, options)


def _items(chosen: str, data: bytes, name: str, options: ReadOptions) -> Iterator[Item]:
    wants = registry.READERS[chosen].wants
    if wants == "lines":
        reader = registry.line_reader(chosen)
        stream = LineStream(
            io.BytesIO(data), options.encoding, options.max_record_bytes, getattr(reader, "CR_ENDS", False)
        )
        return reader.read_lines(LineInput(name, stream, options))
    source = TextInput(name, decode(data, options.encoding), options)
    return (registry.headed_reader if wants == "json" else registry.text_reader)(chosen).read(source)
