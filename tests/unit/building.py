"""Articles made by hand, and small runs of the whole pipeline: shared by the unit tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus_tool.corpus import read
from corpus_tool.model.article import Article, Block, Normalization, Source
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.options import ReadOptions

PROSE = "De raad keurde gisteren het plan voor de oude haven goed. Het debat duurde tot na middernacht."


def source(**values: Any) -> Source:
    """A place in a file, with defaults for what a test does not care about."""
    defaults: dict[str, Any] = {
        "path": "pers/a.txt",
        "record": 1,
        "byte_start": 0,
        "byte_end": 10,
        "sha256": "0" * 64,
        "encoding": "utf-8",
        "encoding_method": "ascii",
        "format": "plain",
    }
    return Source(**{**defaults, **values})


def article(**values: Any) -> Article:
    """An article with defaults for what a test does not care about; bounds follow from `date`."""
    text = values.get("text", PROSE)
    date = EdtfDate.parse(values["date"]) if values.get("date") else None
    defaults: dict[str, Any] = {
        "id": "0123456789abcdef",
        "name": "a",
        "title": "Raad keurt plan goed",
        "date": None,
        "date_earliest": str(date.earliest) if date and date.earliest else None,
        "date_latest": str(date.latest) if date and date.latest else None,
        "date_modified": None,
        "language": "nl",
        "languages": {},
        "authors": (),
        "outlet": None,
        "section": None,
        "url": None,
        "words": len(text.split()),
        "characters": len(text),
        "paragraphs": 1,
        "text": text,
        "extra": {},
        "normalization": Normalization(blocks=(Block("paragraph", 0, len(text)),)),
        "source": source(),
        "inference": {
            "date": None,
            "language": Inferred("langdetect 1.0.9", 0.99, (Evidence(text[:10], "text", 0, 10, "opening"),)),
            "title": None,
        },
    }
    return Article(**{**defaults, **values})


def numbered(count: int, **values: Any) -> list[Article]:
    """So many articles that differ in their ids and names only."""
    return [article(id=f"{n:016x}", name=f"n{n}", **values) for n in range(1, count + 1)]


def run(*sources: Path | str, **options: Any) -> tuple[list[Article], ReadOptions]:
    """The articles of some sources, and the options with the receipt on them."""
    chosen = ReadOptions(**options)
    return list(read([str(path) for path in sources], options=chosen)), chosen


def write_jsonl(path: Path, *records: dict[str, Any]) -> Path:
    """Foreign JSON Lines of these records."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
