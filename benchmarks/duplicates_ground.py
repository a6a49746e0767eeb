"""Articles with planted copies, and which pairs are near-duplicates in truth: the ground of `duplicates.py`.

Of N articles, 80 % are those of `grow.py`, 10 % exact copies of them, 10 % near copies: as many with 3 to 10 % of the
words replaced here and there, with as many replaced in one run, shortened by a fifth to a half, and put inside another
article. Copies come in any order, from another outlet, up to three days later.

The truth has nothing to do with what was planted: it is every pair of articles, by the exact sets of their runs of five
words, words being those of `text.fold` found by a regular expression, and shingles the words themselves.
"""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from grow import DUTCH_OUTLETS, FRENCH_OUTLETS, grow, load_sources, made_up_word

from corpus_tool.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARE_EXACT, SHARE_NEAR = 0.1, 0.1
KINDS = ("scattered", "contiguous", "shortened", "inside")
EDITED = (0.03, 0.10)
SHORTENED = (0.5, 0.8)
WORDS = 5
WORD = re.compile(r"[^\W_]+")


class Truth(NamedTuple):
    """A pair of articles by number, with what their sets of shingles share."""

    first: int
    second: int
    jaccard: float
    containment: float


def write_ground(data: Path, count: int, target: Path, seed: int = 7) -> None:
    """Write so many articles as JSON Lines, each with its number in that file as `id` and how it was made as `kind`."""
    chance = random.Random(seed)
    base = round(count * (1 - SHARE_EXACT - SHARE_NEAR))
    articles: list[dict[str, str]] = list(islice(grow(load_sources(data), seed), base))
    copies = []
    for number in range(count - base):
        original = chance.choice(articles)
        kind = "exact" if number < round(count * SHARE_EXACT) else KINDS[number % len(KINDS)]
        copies.append(_copy(original, kind, articles, chance))
    ground = [*({**article, "kind": "base"} for article in articles), *copies]
    chance.shuffle(ground)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with target.open("w", encoding="utf-8") as out:
        for number, article in enumerate(ground):
            out.write(encode({"id": f"{number:08}", **article}) + "\n")


def _copy(original: dict[str, str], kind: str, articles: list[dict[str, str]], chance: random.Random) -> dict[str, str]:
    copy = {**original, "kind": kind, "text": _changed(original["text"], kind, articles, chance)}
    outlets = DUTCH_OUTLETS if original["outlet"] in DUTCH_OUTLETS else FRENCH_OUTLETS
    copy["outlet"] = chance.choice(outlets)
    if len(original.get("date", "")) == len("2018-06-18"):
        copy["date"] = str(date.fromisoformat(original["date"]) + timedelta(chance.randrange(4)))
    return copy


def _changed(text: str, kind: str, articles: list[dict[str, str]], chance: random.Random) -> str:
    if kind == "exact":
        return text
    if kind == "inside":
        around = chance.choice(articles)["text"].split("\n\n")
        at = chance.randrange(len(around) + 1)
        return "\n\n".join([*around[:at], text, *around[at:]])
    words = list(WORD.finditer(text))
    if kind == "shortened":
        return text[: words[int(len(words) * chance.uniform(*SHORTENED))].start()].rstrip()
    count = max(1, round(len(words) * chance.uniform(*EDITED)))
    first = chance.randrange(len(words) - count + 1)
    at = range(first, first + count) if kind == "contiguous" else sorted(chance.sample(range(len(words)), count))
    pieces, end = [], 0
    for number in at:
        pieces += [text[end : words[number].start()], made_up_word(chance.randrange(1_000_000))]
        end = words[number].end()
    return "".join(pieces) + text[end:]


def read_ground(source: Path) -> Iterator[dict[str, str]]:
    """The articles of the file, in order."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def plain_shingles(text: str) -> set[str]:
    """The runs of five words of a text, as plainly as can be."""
    words = WORD.findall(fold(text))
    return {" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}


def true_pairs(source: Path, least_jaccard: float = 0.5, least_containment: float = 0.9) -> list[Truth]:
    """Every pair that shares as much, from an inverted index of all shingles: memory and time grow with the square."""
    import numpy as np
    from scipy.sparse import csr_array

    known: dict[str, int] = {}
    columns, ends = [], [0]
    for article in read_ground(source):
        found = [known.setdefault(shingle, len(known)) for shingle in plain_shingles(article["text"])]
        columns.append(np.array(found, np.int32))
        ends.append(ends[-1] + len(found))
    total = len(columns)
    ones = np.ones(ends[-1], np.int32)
    sets = csr_array((ones, np.concatenate(columns), np.array(ends)), shape=(total, len(known)))
    turned = sets.T.tocsr()
    sizes = np.diff(ends)
    pairs = []
    for start in range(0, total, 500):
        common = (sets[start : start + 500] @ turned).tocoo()
        first, second, shared = common.row + start, common.col, common.data
        upper = first < second
        first, second, shared = first[upper], second[upper], shared[upper]
        jaccard = shared / (sizes[first] + sizes[second] - shared)
        containment = shared / np.minimum(sizes[first], sizes[second])
        kept = (jaccard >= least_jaccard) | (containment >= least_containment)
        columns_kept = (first[kept], second[kept], jaccard[kept], containment[kept])
        pairs += [Truth(*row) for row in zip(*(column.tolist() for column in columns_kept), strict=True)]
    return pairs
