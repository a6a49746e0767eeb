"""Where the records of one file come from: what is the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_tool.infer.date.inference import DateHabits


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as its articles name it.

    `path` as given, `stem` for names, `below` the path below the source (where dates may stand in names),
    `sha256` of the whole file, None for standard input (`stream`); `habits` are what its folder teaches about dates.
    """

    path: str
    stem: str
    below: str
    format: str
    sha256: str | None
    stream: bool
    habits: DateHabits | None = None
