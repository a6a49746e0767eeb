"""What is known of an article when its twin is looked for: its terms with their counts, and its days.

Features depend on the article alone, so they can be kept beside it (`to_bytes`). A term is a romanized word, or
begins with `#` (a number), `%` (a share of a hundred) or `@` (a concept of the gazetteer). Kept features are a byte
for the version, then compressed (zlib): how many terms there are, how often each of them stands in the article, and a
line for each thing else. Terms that are names come first, so that one number says which these are.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_tool.link.gazetteer import Name, gazetteer
from corpus_tool.link.numbers import Number, number_words, numbers
from corpus_tool.link.terms import MIN_LETTERS, name_forms, romanized, word_forms, word_spans
from corpus_tool.model.langtag import primary

if TYPE_CHECKING:
    from corpus_tool.model.article import Article

VERSION = 2
"""Changes whenever the same article gives other features, or other bytes."""

_SIZES = struct.Struct("<BI")  # bytes of a count, number of counts
_WIDTHS = {1: "B", 4: "I"}
_COMPRESSION = 1  # the others save two bytes in a hundred

_REMEMBERED = 300_000
STATED_METHODS = ("field", "header", "user")
TWIN_METHOD = "twin"


class Listed(NamedTuple):
    """An article without its terms: its id, and the days it may be of, as ordinals of `datetime.date`."""

    id: str
    earliest: int | None
    latest: int | None
    inferred: bool

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day that the article may be of; None where one is not known."""
        if self.earliest is None or self.latest is None:
            return None
        return date.fromordinal(self.earliest).isoformat(), date.fromordinal(self.latest).isoformat()


@dataclass(frozen=True, slots=True)
class Features:
    """The terms of an article, which of them are names, and the days it may be of.

    `earliest` and `latest` are ordinals of `datetime.date`, None where unknown; `inferred` says that the date
    was not stated.
    """

    id: str
    language: str
    counts: dict[str, int]
    names: frozenset[str] = frozenset()
    earliest: int | None = None
    latest: int | None = None
    inferred: bool = False

    @property
    def listed(self) -> Listed:
        """The article without its terms."""
        return Listed(self.id, self.earliest, self.latest, self.inferred)

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day that the article may be of; None where one is not known."""
        return self.listed.days

    def to_bytes(self) -> bytes:
        """The features in a form to be kept, the same for the same features. No term or id may have a line break."""
        uncounted = sorted(self.names - self.counts.keys())
        names = sorted(self.names & self.counts.keys())
        terms = [*names, *sorted(self.counts.keys() - self.names)]
        counts = [self.counts[term] for term in terms]
        width = 1 if max(counts, default=0) <= 0xFF else 4
        numbers = (self.earliest or 0, self.latest or 0, int(self.inferred), len(uncounted), len(names))
        lines = [self.id, self.language, " ".join(map(str, numbers)), *uncounted, *terms]
        sizes = _SIZES.pack(width, len(counts)) + struct.pack(f"<{len(counts)}{_WIDTHS[width]}", *counts)
        return bytes([VERSION]) + zlib.compress(sizes + "\n".join(lines).encode(), _COMPRESSION)

    @classmethod
    def from_bytes(cls, data: bytes) -> Features | None:
        """The reverse of `to_bytes`; None for features of another version, which must be made again."""
        if data[:1] != bytes([VERSION]):
            return None
        raw = zlib.decompress(memoryview(data)[1:])
        width, size = _SIZES.unpack_from(raw)
        end = _SIZES.size + width * size
        id_, language, numbers, *terms = raw[end:].decode().split("\n")
        earliest, latest, inferred, uncounted, named = map(int, numbers.split())
        names = frozenset(terms[: uncounted + named])
        counts = struct.unpack_from(f"<{size}{_WIDTHS[width]}", raw, _SIZES.size)
        terms = terms[uncounted:] if uncounted else terms
        return cls(
            id_, language, dict(zip(terms, counts, strict=True)), names, earliest or None, latest or None, inferred == 1
        )


class Place(NamedTuple):
    """Where a term stands in a text."""

    term: str
    start: int
    end: int


class _Scan(NamedTuple):
    """A text read once: its numbers, its words, and the names of several words among these.

    The words stand in runs between numbers, each with its offset; an empty form closes a run, for no name goes on
    behind a number.
    """

    runs: list[tuple[int, str]]
    numbers: list[Number]
    forms: list[str]
    names: list[Name]


class _Terms(dict[str, str]):
    """The term of each word of a language, found when it is first met; empty for a word that is none."""

    def __init__(self, language: str) -> None:
        self._gazetteer = gazetteer(language)
        self._numbers = number_words(language)

    def __missing__(self, form: str) -> str:
        key = romanized(form)
        term = self._gazetteer.concept(form, key) if key else None
        if term is None and key in self._numbers:
            term = f"#{self._numbers[key]}"
        if term is None:
            term = key if len(key) >= MIN_LETTERS else ""
        if len(self) >= _REMEMBERED:
            self.clear()
        self[form] = term
        return term


class _Keys(dict[str, str]):
    """The key of each word, found when it is first met."""

    def __missing__(self, form: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[form] = key = romanized(form)
        return key


_keys = _Keys()


@cache
def _terms(language: str) -> _Terms:
    return _Terms(language)


def _scan(text: str, language: str) -> _Scan:
    found: list[Number] = []
    for number in numbers(text, language):
        if not found or number.start >= found[-1].end:
            found.append(number)
    edges = [0, *(edge for number in found for edge in (number.start, number.end)), len(text)]
    runs = [(start, text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    forms = [form for _, run in runs for form in (*word_forms(run), "")]
    names = list(gazetteer(language).names(forms, list(map(_keys.__getitem__, forms))))
    return _Scan(runs, found, forms, names)


def count_terms(text: str, language: str) -> dict[str, int]:
    """The terms of a text and how often each stands there.

    >>> count_terms("De Amerikaanse president zag 20 miljoen in de VS.", "nl")
    {'de': 2, 'president': 1, 'zag': 1, 'in': 1, '@US': 2, '#20000000': 1}
    """
    scan = _scan(text, language)
    forms = Counter(scan.forms)
    for name in scan.names:
        forms.subtract(scan.forms[name.at : name.at + name.length])
    known = _terms(language)
    counts: dict[str, int] = {}
    concepts: dict[str, int] = {}
    for form, count in forms.items():
        term = known[form]
        if term and count > 0:
            into = counts if term[0] not in "#@" else concepts
            into[term] = into.get(term, 0) + count
    for term in (*(name.concept for name in scan.names), *(number.term for number in scan.numbers)):
        concepts[term] = concepts.get(term, 0) + 1
    return counts | concepts


def places_of_terms(text: str, language: str, only: Container[str] | None = None) -> list[Place]:
    """The terms of a text where they stand, in order; as many of each as `count_terms` counts.

    With `only` the places of these terms alone.
    """
    scan = _scan(text, language)
    spans = [(at + start, at + end) for at, run in scan.runs for start, end in (*word_spans(run), (0, 0))]
    taken = {at for name in scan.names for at in range(name.at, name.at + name.length)}
    known = _terms(language)
    terms = ((at, known[form]) for at, form in enumerate(scan.forms) if at not in taken)
    found = [(term, *spans[at]) for at, term in terms if term]
    found += [(name.concept, spans[name.at][0], spans[name.at + name.length - 1][1]) for name in scan.names]
    places = [Place(*row) for row in (*found, *scan.numbers) if only is None or row[0] in only]
    return sorted(places, key=lambda place: (place.start, place.end))


def features_of(article: Article) -> Features:
    """The features of an article: title and text together, in its language.

    A date that came from a twin is passed over: it may not vouch for that twin.
    """
    text = article.text if not article.title or article.title in article.text else f"{article.title}\n{article.text}"
    dated = article.inference.get("date")
    method = dated.method if dated is not None else None
    days = (article.date_earliest, article.date_latest) if method != TWIN_METHOD else (None, None)
    inferred = method is not None and method not in STATED_METHODS
    return features_of_text(article.id, primary(article.language), text, days, inferred)


def features_of_text(
    id_: str,
    language: str,
    text: str,
    days: tuple[str | None, str | None] = (None, None),
    inferred: bool = False,
) -> Features:
    """The features of a text; `days` are the first and the last day it may be of, in ISO form."""
    known = _terms(language)
    names = frozenset(term for form in name_forms(text) if (term := known[form]) and term[0] not in "#@%")
    earliest, latest = map(_ordinal, days)
    return Features(id_, language, count_terms(text, language), names, earliest, latest, inferred)


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
