"""The terms of the articles in one language: in how many articles each stands, what it is worth, and in which.

The worth of a term is its inverse document frequency (Spärck Jones 1972), smoothed by what is known of the
language at large: `BACKGROUND_ARTICLES` articles in which it would stand as often as in print. So a corpus of two
articles has weights as well, and one of a thousand has its own.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_tool.errors import MissingExtra, UsageError
from corpus_tool.link.terms import romanized

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_tool.link.features import Features, Listed

BACKGROUND_ARTICLES = 50
WORDS_OF_AN_ARTICLE = 400
NAME_SHARE = 0.5
"""A term is a name where it is one in at least this share of its articles."""

# The chance that an article has a term of which nothing is known, by what it begins with.
_UNLISTED = 0.002
_KNOWN = {"@month": 0.05, "@weekda": 0.1}
_CONCEPT, _NUMBER, _SMALL_NUMBER = 0.01, 0.004, 0.1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one language in some articles, each with its place, and its document frequency."""

    language: str
    articles: int
    terms: list[str]
    places: dict[str, int]
    frequency: list[int]
    named: list[int]
    _worth: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, language: str, features: Iterable[Features]) -> Vocabulary:
        """The vocabulary of these articles; terms in alphabetical order, so that it is the same for any order."""
        counts: Counter[str] = Counter()
        names: Counter[str] = Counter()
        articles = 0
        for item in features:
            counts.update(item.counts.keys())
            names.update(item.names)
            articles += 1
        terms = sorted(counts)
        places = {term: place for place, term in enumerate(terms)}
        return cls(language, articles, terms, places, [counts[t] for t in terms], [names[t] for t in terms])

    def is_name(self, term: str) -> bool:
        """Whether the term is a name in most of its articles."""
        place = self.places[term]
        return self.named[place] >= NAME_SHARE * self.frequency[place]

    def worth(self, term: str) -> float:
        """The smoothed inverse document frequency of a term, in nats."""
        known = self._worth.get(term)
        if known is None:
            expected = BACKGROUND_ARTICLES * document_chance(term, self.language)
            frequency = self.frequency[self.places[term]]
            known = log((self.articles + BACKGROUND_ARTICLES) / (frequency + expected))
            self._worth[term] = known = max(0.0, known)
        return known


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """The articles of one language in the order of their ids, and how often each has each term.

    It holds what a comparison needs to know of articles in a tenth of the memory of their features, which may be
    read one by one and let go.
    """

    articles: tuple[Listed, ...]
    vocabulary: Vocabulary
    counts: Any
    """Articles × terms, in the order of their places: 1 + ln of the count (Salton and Buckley 1988)."""

    @classmethod
    def of(cls, features: Iterable[Features]) -> TermMatrix:
        """The matrix of these articles.

        UsageError where they are none or of two languages; MissingExtra where numpy and scipy are not installed.
        """
        try:
            import numpy as np
            from scipy.sparse import csr_matrix
        except ImportError:
            raise MissingExtra("finding twins", "links") from None
        number: defaultdict[str, int] = defaultdict(count().__next__)  # of each term, in the order of coming
        articles: list[Listed] = []
        came: list[Any] = []
        counts: list[Any] = []
        named = array("i")
        languages = set()
        for item in features:
            size = len(item.counts)
            came.append(np.fromiter(map(number.__getitem__, item.counts), np.int32, size))
            counts.append(np.fromiter(item.counts.values(), np.float32, size))
            named.extend(map(number.__getitem__, item.names))
            articles.append(item.listed)
            languages.add(item.language)
        if len(languages) != 1:
            told = ", ".join(sorted(languages)) or "none"
            raise UsageError(f"one side must be of one language; this one has {told}", "see `list --by language`")
        ends = np.cumsum([0, *map(len, came)])
        columns, values = np.concatenate(came), np.concatenate(counts)
        del came, counts
        frequency = np.bincount(columns, minlength=len(number))
        names = np.bincount(np.frombuffer(named, np.int32), minlength=len(number))
        terms = sorted(term for term, at in number.items() if frequency[at])  # a name may have no count
        numbers = np.fromiter(map(number.__getitem__, terms), np.int32, len(terms))
        place = np.empty(len(number), np.int32)
        place[numbers] = np.arange(len(terms), dtype=np.int32)
        np.take(place, columns, out=columns)
        np.log(values, out=values)
        values += 1
        matrix = csr_matrix((values, columns, ends), (len(articles), len(terms)))
        order = sorted(range(len(articles)), key=lambda at: articles[at].id)
        if order != list(range(len(articles))):
            matrix, articles = matrix[order], [articles[at] for at in order]
        matrix.sort_indices()
        places = {term: at for at, term in enumerate(terms)}
        vocabulary = Vocabulary(
            languages.pop(), len(articles), terms, places, frequency[numbers].tolist(), names[numbers].tolist()
        )
        return cls(tuple(articles), vocabulary, matrix)


def document_chance(term: str, language: str) -> float:
    """The chance that an article of usual length has the term, as far as the language at large tells.

    >>> document_chance("maar", "nl") > 0.5, document_chance("microsoft", "nl") < 0.01
    (True, True)
    """
    if term[0] == "@":
        return _KNOWN.get(term[:7], _KNOWN.get(term[:6], _CONCEPT))
    if term[0] in "#%":
        return _SMALL_NUMBER if len(term) <= 2 else _NUMBER
    return _chances(language).get(term, _UNLISTED)


@cache
def _chances(language: str) -> dict[str, float]:
    """Frequent word, as a key → the chance that an article has it (words drawn independently)."""
    path = Path(__file__).parent.parent / "data" / "language" / "words.json"
    data: dict[str, dict[str, dict[str, int]]] = json.loads(path.read_bytes())
    rates: Counter[str] = Counter()
    for lists in (data["counted"], data["by hand"]):
        for word, per_million in lists.get(language, {}).items():
            rates[romanized(word)] += per_million
    return {key: 1 - exp(-rate * 1e-6 * WORDS_OF_AN_ARTICLE) for key, rate in rates.items() if key}
