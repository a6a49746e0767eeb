"""What the files of a folder teach about the dates in its articles, before any of them is concluded.

A first pass looks at the names of all files and at the openings of some: those whose paths have the smallest checksums,
so that the choice, and with it every date, depends on which files there are and not on their order.
"""

from __future__ import annotations

import heapq
import os
from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.infer.date.names import date_in_name
from corpus_tool.infer.date.order import PATTERN, agreed, order_of
from corpus_tool.ingest.walk import STDIN, Found, walk
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy
from corpus_tool.store.recognize import is_held
from corpus_tool.text.furniture import YEARS

SAMPLE_FILES = 100
"""How many files of a folder are looked into."""
HEAD_BYTES = 32 << 10
"""How much of each is."""
LEAST_FILES = 3
"""A year is the folder's where so many files state it, and none another."""

_NUMERIC = lazy(PATTERN.encode())
_HINTS = (lazy(rb"/\d\d?/[12]\d\d\d"), lazy(rb"-\d\d?-[12]\d\d\d"))  # found at once where there are none
_MARKER = lazy(
    rb"(?im)^[ \t\"'{]{0,8}(?:date|datum|fecha|data)[\"']?[ \t]{0,4}[:=]?[ \t\"']{0,4}"
    rb"((?:1[6-9]|20)\d\d)(?=[-/.\s\"',;]|$)"
)
_FOLDER_YEAR = lazy(r"(?:^|/)((?:1[6-9]|20)\d\d)(?=/)")


class Habits:
    """The habits of each folder of some sources, learned when its first file is met."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._files: dict[str, list[tuple[int, str, str]]] = {}
        self._learned: dict[str, DateHabits | None] = {}
        for source in sources:
            if source != STDIN:
                for found in walk(source):
                    self._add(found)

    def _add(self, found: Found) -> None:
        """Keep a file as one of the few of its folder that are looked into."""
        if found.code is not None:
            return
        files = self._files.setdefault(os.path.dirname(found.path), [])
        item = (-crc32(os.fsencode(found.path)), found.path, found.below)
        if len(files) < SAMPLE_FILES:
            heapq.heappush(files, item)
        else:
            heapq.heappushpop(files, item)

    def of(self, found: Found) -> DateHabits | None:
        """What the folder of a file teaches; None where it is its only file, or nothing is to be learned."""
        folder = os.path.dirname(found.path)
        if folder not in self._learned:
            files = self._files.pop(folder, [])
            self._learned[folder] = _learn(folder, files) if len({path for _, path, _ in files}) > 1 else None
        return self._learned[folder]


def _learn(folder: str, files: list[tuple[int, str, str]]) -> DateHabits | None:
    """The order of numeric dates and the year that some files of a folder show."""
    orders: Counter[DayOrder] = Counter()
    years: Counter[int] = Counter()
    for path, below in sorted({(path, below) for _, path, below in files}):
        head = _head(path)
        for match in _NUMERIC.finditer(head) if any(hint.search(head) for hint in _HINTS) else ():
            if (order := order_of(int(match[1]), int(match[3]))) is not None:
                orders[order] += 1
        years.update(_years(head, below))
    order = agreed(orders)
    [year] = years if len(years) == 1 and years.total() >= LEAST_FILES else [None]
    if order is None and year is None:
        return None
    return DateHabits(folder, order, year)


def _years(head: bytes, below: str) -> set[int]:
    """The years that a file's name, its folders and its markers state."""
    years = {int(match[1]) for match in _MARKER.finditer(head)}
    years |= {int(match[1]) for match in _FOLDER_YEAR.finditer(below)}
    named = date_in_name(below)
    if named is not None and named.date.earliest is not None:
        years.add(named.date.earliest.year)
    return {year for year in years if year in YEARS}


def _head(path: str) -> bytes:
    """The opening of a file; nothing where it cannot be read, which is told of when it is its turn."""
    if is_held(path):
        return b""
    try:
        # O_NONBLOCK: a pipe without a writer must not stop the first pass.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            return file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return b""
