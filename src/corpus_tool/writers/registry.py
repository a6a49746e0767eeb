"""The writers in a table, and which one a file name asks for."""

from __future__ import annotations

from importlib import import_module

from corpus_tool.errors import UsageError
from corpus_tool.writers.base import Writer

WRITERS: dict[str, str] = {
    "json": "json_list",
    "jsonl": "jsonl",
    "csv": "csv_file",
    "tsv": "tsv_file",
    "md": "markdown",
    "ids": "ids",
    "parquet": "parquet_parts",
}
"""Format name → its module, imported when first used."""

FOLDER_FORMATS = ("txt", "md")
"""What can be written as one file per article."""

PART_FORMATS = ("parquet",)
"""What can be written as a folder of parts, each of many articles."""

PAIR_FORMATS = {
    "tmx": "`export`, `align`: twins that are translations, sentence by sentence (TMX 1.4b)",
    "html": "`show --twin`, `show --diff-with`, `align`: two articles side by side, one page",
}
"""What only pairs of articles are written as, and by which commands."""

CORPUS = "`filter -o NAME.db` makes a corpus file"
_ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".md": "md",
    ".markdown": "md",
    ".ids": "ids",
    ".parquet": "parquet",
}


def load_writer(name: str) -> Writer:
    """The writer of a format; UsageError with the names there are."""
    if name not in WRITERS:
        raise UsageError(f"no output format is named {name!r}", f"the formats are: {', '.join(WRITERS)}")
    module: Writer = import_module(f"corpus_tool.writers.{WRITERS[name]}")
    return module


def format_of(path: str) -> str:
    """The format that a file's ending asks for; UsageError where it asks for none."""
    dot = path.rfind(".")
    name = _ENDINGS.get(path[dot:].lower()) if dot > path.rfind("/") else None
    if name is None:
        raise UsageError(
            f"the ending of {path!r} names no format",
            f"name one with --format: {', '.join(WRITERS)}; `filter -o NAME.db` makes a corpus file",
        )
    return name
