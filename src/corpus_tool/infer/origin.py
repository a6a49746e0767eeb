"""Where the records of one file come from: what is the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as its articles name it.

    `path` as given, `stem` for names, `below` the path below the source (where dates may stand in names),
    `sha256` of the whole file, None for standard input (`stream`).
    """

    path: str
    stem: str
    below: str
    format: str
    sha256: str | None
    stream: bool
