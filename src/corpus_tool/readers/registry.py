"""The readers in a table, and how one is chosen: by name and head first, then by the whole text."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.model.fields import field_of
from corpus_tool.readers.base import FileReader, Head, HeadedTextReader, LineReader, Sniff, TextInput, TextReader

_ROOM = "corpus_tool.readers"


class Entry(NamedTuple):
    """A reader's module, imported when it is first asked; `wants` tells what it reads."""

    module: str
    wants: str  # "lines": a stream; "json": the whole text, known by its head; "text": the whole text; "file": the file


READERS: dict[str, Entry] = {
    "jsonl": Entry("jsonl", "lines"),
    "json": Entry("json_file", "json"),
    "csv": Entry("csv_file", "lines"),
    "tsv": Entry("tsv_file", "lines"),
    "alceste": Entry("alceste", "text"),
    "front-matter": Entry("frontmatter", "text"),
    "labeled": Entry("labeled", "text"),
    "delimited": Entry("delimited", "text"),
    "plain": Entry("plain", "text"),
    "parquet": Entry("parquet_file", "file"),
}

ENTRY_POINTS = "corpus_tool.readers"
"""Outside packages register a module under this entry-point group; it is looked up only for unknown names."""


class Tie(Exception):
    """Two formats fit a file equally well."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second} fit equally well")


class Choice(NamedTuple):
    """The reader chosen, and why."""

    name: str
    reasons: tuple[str, ...]


@cache
def _module(name: str) -> Any:
    module = READERS[name].module
    return import_module(module if "." in module else f"{_ROOM}.{module}")


def line_reader(name: str) -> LineReader:
    """The module of a reader that reads a stream."""
    module: LineReader = _module(name)
    return module


def text_reader(name: str) -> TextReader:
    """The module of a reader that reads a whole text."""
    module: TextReader = _module(name)
    return module


def headed_reader(name: str) -> HeadedTextReader:
    """The module of a reader that is known by its head and reads a whole text."""
    module: HeadedTextReader = _module(name)
    return module


def file_reader(name: str) -> FileReader:
    """The module of a reader that goes about in a file."""
    module: FileReader = _module(name)
    return module


def check_format(name: str) -> str:
    """The name of a reader, or UsageError with the names there are."""
    if name not in READERS and not _register_outside(name):
        raise UsageError(f"no format is named {name!r}", f"the formats are: {', '.join(READERS)}")
    return name


def _register_outside(name: str) -> bool:
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        module = point.load()
        streams = hasattr(module, "read_lines")
        wants = "lines" if streams else "json" if hasattr(module, "sniff_head") else "text"
        wants = "file" if hasattr(module, "read_file") else wants
        READERS[name] = Entry(module.__name__, wants)
        return True
    return False


# What is no text is known by its first bytes or its ending, and its readers need not be imported to say so.
_NO_TEXT = (".parquet",)
_MAGIC = (b"PAR1",)
# A structured head begins with a bracket or with a row that names the text; everything else is text, and none of
# the structured readers need be imported to say so.
_STRUCTURED = (".json", ".jsonl", ".ndjson", ".jsonlines", ".csv", ".tsv", ".tab")


def by_bytes(head: bytes, name: str) -> Choice | None:
    """The format that is no text whose first bytes or ending these are; None where it is text."""
    if not (name.endswith(_NO_TEXT) or head.startswith(_MAGIC)):
        return None
    return _best({n: file_reader(n).sniff_bytes(head, name) for n, e in READERS.items() if e.wants == "file"})


def by_head(head: Head) -> Choice | None:
    """The structured format (JSON, JSON Lines, CSV, TSV) whose head this is; None where it is text.

    Raises Tie where two fit equally well.
    """
    text = head.text.lstrip("\ufeff \t\r\n")
    first = text.split("\n", 1)[0]
    if not (head.name.endswith(_STRUCTURED) or text[:1] in ("{", "[") or _names_text(first)):
        return None
    scores = {
        name: (line_reader(name) if entry.wants == "lines" else headed_reader(name)).sniff_head(head)
        for name, entry in READERS.items()
        if entry.wants in ("lines", "json")
    }
    return _best(scores)


def _names_text(row: str) -> bool:
    """Whether one cell of a first row, cut at any sign that delimits cells, is a known name of the text."""
    cells = row.replace(";", ",").replace("\t", ",").replace("|", ",").split(",")
    return len(cells) > 1 and any(len(cell) <= 40 and field_of(cell.strip(' "')) == "text" for cell in cells)


def by_text(source: TextInput) -> Choice:
    """The text format that fits best; plain text at the least. Raises Tie where two fit equally well."""
    scores = {name: text_reader(name).sniff(source) for name, entry in READERS.items() if entry.wants == "text"}
    return _best(scores) or Choice("plain", ())


def _best(scores: dict[str, Sniff]) -> Choice | None:
    fitting = sorted(((sniff.score, name) for name, sniff in scores.items() if sniff.score > 0), reverse=True)
    if not fitting:
        return None
    if len(fitting) > 1 and fitting[0][0] == fitting[1][0]:
        raise Tie(*sorted((fitting[0][1], fitting[1][1])))
    name = fitting[0][1]
    return Choice(name, scores[name].reasons)


def describe(name: str) -> dict[str, str]:
    """The file endings and the one line of a reader, for the table of formats."""
    module = _module(name)
    return {"endings": " ".join(module.ENDINGS), "about": module.SUMMARY}
