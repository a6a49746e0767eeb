"""Which of a few languages a single word looks like: hashed letter n-grams under a logistic regression.

The weights are in ``data/language/letters.bin``; ``docs/tools/make_language_model.py`` fits and writes them.
They weigh Dutch, French, English and German against each other and say nothing of other languages.

A feature has one unsigned number of 64 bits, little-endian: a lane of 16 bits a language, the first the lowest, each
with its weight + 128. So one addition adds the weights of all four, and the lanes cannot run into each other.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

LANGUAGES = ("nl", "fr", "en", "de")
FEATURES = 1 << 15
SCALE = 24.0  # steps in a nat
BIAS = 128
LONGEST_GRAM = 5
LONGEST_WORD = 40  # letters that are looked at: a longer run is no word of these languages, and a lane holds 512 grams


def features(word: str) -> list[int]:
    """The hashed n-grams of 1 to 5 letters of a word in lower case, with its borders.

    >>> len(features("de"))  # <de>: four of one sign, three of two, two of three, one of four
    10
    """
    framed = f"<{word[:LONGEST_WORD]}>".encode("cp1252", "replace")
    size = len(framed)
    return [
        crc32(framed[start : start + length]) % FEATURES
        for length in range(1, min(LONGEST_GRAM, size) + 1)
        for start in range(size - length + 1)
    ]


@cache
def _weights() -> array[int]:
    path = Path(__file__).parents[2] / "data" / "language" / "letters.bin"
    weights = array("Q", path.read_bytes())
    if sys.byteorder == "big":
        weights.byteswap()
    return weights


def letter_evidence(words: Iterable[str]) -> dict[str, float]:
    """Log-odds, in nats, of each of the four languages from the spelling of words in lower case.

    Only differences between the four mean anything.
    """
    sums = [0] * len(LANGUAGES)
    for word in words:
        for position, weight in enumerate(_word_weights(word)):
            sums[position] += weight
    return {tag: total / SCALE for tag, total in zip(LANGUAGES, sums, strict=True)}


@lru_cache(maxsize=1 << 15)
def _word_weights(word: str) -> list[int]:
    """The sums of a word; frequent words come again and again."""
    found = features(word)
    lanes = sum(map(_weights().__getitem__, found))
    return [(lanes >> 16 * position & 0xFFFF) - BIAS * len(found) for position in range(len(LANGUAGES))]
