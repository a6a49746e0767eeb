"""How well the frequent words of each language explain a text, against a language that we do not know.

A text is taken as a bag of words. For each language that ``data/language/words.json`` has, a word is drawn from
its list with the frequency there, or is not listed at all with the rest of the probability; a word of another
language's list has a small chance. A language that we do not know has each listed word with a part of its average
frequency. The logarithm of the ratio of the two, in nats, is the evidence (naive Bayes; Mosteller and Wallace,
1964, weigh function words in this way).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from corpus_tool.patterns import lazy

RARE = 1e-5  # chance of a word that only lists of other languages have
FAMILIARITY = 0.3  # how much of the average frequency of a listed word an unknown language has
UNLISTED = 0.85  # chance of a word that no list has, in an unknown language


# When frequent words decide alone: so many different words, and so many nats for the best language, against an unknown
# one and against the next best: a base, and more for each word. Languages without a list that resemble a listed one
# (Friulian and Italian, Aragonese and Catalan) reach 0.65 a word for that one, texts in listed languages 1 to 2.
SURE_WORDS = 10
SURE_NATS = (12.0, 0.75)
SURE_MARGIN = (10.0, 0.3)

VERSION = "words 1"

_WORD = lazy(r"[^\W\d_]+")


class _Tables(NamedTuple):
    """The languages, and for each listed word what it adds to which language beyond a rare word."""

    tags: tuple[str, ...]
    common: frozenset[str]
    gains: dict[str, list[tuple[int, float]]]
    unlisted: tuple[float, ...]


class WordEvidence(NamedTuple):
    """The evidence in nats for each language, in the order of `listed_languages`; the words: all, and different."""

    nats: list[float]
    words: int
    different: int

    def of(self, tag: str) -> float:
        """The evidence for a language; none for one without a list."""
        place = _places().get(tag)
        return 0.0 if place is None else self.nats[place]

    def best(self) -> tuple[str, float]:
        """The listed language with the most evidence."""
        most = max(self.nats)
        return listed_languages()[self.nats.index(most)], most


def listed_languages() -> tuple[str, ...]:
    """The languages that have a list of frequent words."""
    return _tables().tags


def common_languages() -> frozenset[str]:
    """The languages of Latin script with so much printed text that their words were counted, not remembered."""
    return _tables().common


@cache
def _places() -> dict[str, int]:
    return {tag: place for place, tag in enumerate(listed_languages())}


@cache
def _tables() -> _Tables:
    path = Path(__file__).parents[2] / "data" / "language" / "words.json"
    data: dict[str, dict[str, dict[str, int]]] = json.loads(path.read_bytes())
    lists = data["counted"] | data["by hand"]
    gains: dict[str, list[tuple[int, float]]] = {}
    for number, words in enumerate(lists.values()):
        for word, per_million in words.items():
            gains.setdefault(word, []).append((number, log(per_million * 1e-6 / RARE)))
    rare = RARE * len(gains)
    unlisted = [log(max(0.2, 1 - rare - sum(words.values()) * 1e-6)) - log(UNLISTED) for words in lists.values()]
    return _Tables(tuple(lists), frozenset(data["counted"]), gains, tuple(unlisted))


@cache
def _unknown(word: str) -> float:
    """The logarithm of the chance of a listed word in an unknown language, against that of a rare word."""
    tags, _, gains, _ = _tables()
    average = (sum(exp(gain) for _, gain in gains[word]) + len(tags) - len(gains[word])) / len(tags)
    return log(FAMILIARITY * average)


def word_evidence(words: Sequence[str]) -> WordEvidence:
    """The evidence of words in lower case for each listed language.

    >>> word_evidence("de raad keurde het voorstel niet goed".split()).best()[0]
    'nl'
    """
    _, _, gains, unlisted = _tables()
    nats = [0.0] * len(unlisted)
    base, others = 0.0, 0
    for word in words:
        found = gains.get(word)
        if found is None:
            others += 1
            continue
        base -= _unknown(word)
        for place, gain in found:
            nats[place] += gain
    evidence = [base + own + others * rest for own, rest in zip(nats, unlisted, strict=True)]
    return WordEvidence(evidence, len(words), len(set(words)))


def words_of(text: str) -> list[str]:
    """The runs of letters of a text, in lower case."""
    return _WORD.findall(text.lower())


def certain_language(evidence: WordEvidence) -> str | None:
    """The language of a text whose frequent words leave no doubt; None where there is any."""
    if evidence.different < SURE_WORDS:
        return None
    most, next_most = sorted(evidence.nats, reverse=True)[:2]
    enough, apart = (base + each * evidence.words for base, each in (SURE_NATS, SURE_MARGIN))
    return evidence.best()[0] if most >= enough and most - next_most >= apart else None
