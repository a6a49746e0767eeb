"""What twins are measured on: halves of line-aligned documents, some without a twin, with noise and with dates.

A folder of the form of NTREX-128 gives the same documents in each language. *Share s*: each side keeps half of the
lines of a document, chosen at random; of these, s exist on both sides. At share 0 the two tell one event in no
common sentence. *Whole*: all lines on both sides, translations.

- `alone`: every document on both sides; all others are what it can be mistaken for.
- `noise`: a third of the documents on both sides; of the second third six different halves each on the first side,
  of the last third on the second side. The folder has no other documents, so these halves overlap by chance.
- `missing`: every document on the first side, every second one on the second.
- `apart`: a third on both sides, a third on each side alone; two stories about one event then find each other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from articles import IDS
from language_items import load_corpora

from corpus_tool.link.features import Features, features_of_text

KINDS = ("alone", "noise", "missing", "apart")
SHARES: tuple[float | None, ...] = (None, 0.5, 0.3, 0.0)
COPIES = 6
DAYS = 60
SPREAD_DAYS = 2
FIRST_DAY = date(2018, 9, 1)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a folder: their names, and for each language the lines of each."""

    names: list[str]
    lines: dict[str, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Articles of two sides, and for each of the first side that has a twin its id on the second side."""

    a: list[Features]
    b: list[Features]
    gold: dict[str, str]
    document: dict[str, int]


def load(folder: Path) -> Documents:
    """The documents of a folder of line-aligned files."""
    names = list(dict.fromkeys(filter(None, (folder / IDS).read_text(encoding="utf-8").split("\n"))))
    return Documents(names, {corpus.language: corpus.documents for corpus in load_corpora(folder)})


def load_stories(path: Path | None, names: Sequence[str]) -> set[frozenset[int]]:
    """The pairs of documents that tell the same story, from a table with the names of such documents on a line."""
    if path is None:
        return set()
    number = {name: n for n, name in enumerate(names)}
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return {frozenset((number[x], number[y])) for row in rows for x in row for y in row if x < y}


def halves(count: int, share: float | None, chance: random.Random) -> tuple[list[int], list[int]]:
    """The lines that each side keeps of so many."""
    if share is None:
        return list(range(count)), list(range(count))
    kept = count // 2
    common = round(share * kept)
    order = list(range(count))
    chance.shuffle(order)
    return sorted(order[:kept]), sorted(order[:common] + order[kept : 2 * kept - common])


def build(
    documents: Documents, pair: tuple[str, str], kind: str, share: float | None, draw: int, dated: bool = False
) -> Variant:
    """One draw of a variant; the same for the same arguments."""
    chance = random.Random(f"{kind} {share} {draw}")
    order = list(range(len(documents.names)))
    chance.shuffle(order)
    third, variant = len(order) // 3, Variant([], [], {}, {})
    only: tuple[list[int], list[int]] = ([], [])
    if kind in ("noise", "apart"):
        order, *only = order[:third], order[third : 2 * third], order[2 * third :]  # type: ignore[assignment]
    for place, number in enumerate(order):
        day = FIRST_DAY + timedelta(chance.randrange(DAYS))
        missing = kind == "missing" and place % 2 == 1
        kept = halves(len(documents.lines[pair[0]][number]), share, chance)
        ids = f"a{number:04}", f"b{number:04}"
        sides = (variant.a, variant.b)
        for side, id_, language, lines in list(zip(sides, ids, pair, kept, strict=True))[: 1 if missing else 2]:
            near = day + timedelta(chance.randint(-SPREAD_DAYS // 2, SPREAD_DAYS // 2)) if dated else None
            side.append(_article(documents, language, number, lines, id_, near))
            variant.document[id_] = number
        if not missing:
            variant.gold[ids[0]] = ids[1]
    for side, name, language, numbers in zip((variant.a, variant.b), "ab", pair, only, strict=True):
        for number in numbers:
            for copy in range(COPIES if kind == "noise" else 1):
                day = FIRST_DAY + timedelta(chance.randrange(DAYS)) if dated else None
                lines = halves(len(documents.lines[language][number]), share, chance)[0]
                id_ = f"{name}{number:04}.{copy}"
                side.append(_article(documents, language, number, lines, id_, day))
                variant.document[id_] = number
    return variant


def _article(
    documents: Documents, language: str, number: int, lines: list[int], id_: str, day: date | None
) -> Features:
    text = "\n".join(documents.lines[language][number][line] for line in lines)
    iso = day.isoformat() if day else None
    return features_of_text(id_, language, text, (iso, iso))


def draws(
    documents: Documents, pair: tuple[str, str], kind: str, share: float | None, count: int, dated: bool = False
) -> Iterator[Variant]:
    """So many draws of a variant; just one where nothing in it is left to chance."""
    for draw in range(1 if share is None and kind == "alone" and not dated else count):
        yield build(documents, pair, kind, share, draw, dated)
