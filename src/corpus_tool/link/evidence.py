"""What the score of a pair is made of: each shared term with its share, the parts adding up to the whole.

A pair of terms has what its link gives, and what the 4-grams that it shares give. What unlinked words give by their
4-grams alone is one part without words (`characters`), since most of these likenesses are chance; what an encoder
gives is another. Parts below `LEAST_SHARE` are added up in `rest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.link.features import places_of_terms
from corpus_tool.model.langtag import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_tool.link.features import Place
    from corpus_tool.link.space import Side, Space

LEAST_SHARE = 0.01
PAIRS = 256
"""Pairs whose contributions are worked out at once."""

CHARACTERS, ENCODER, REST = "characters", "encoder", "rest"
_WORDLESS = (CHARACTERS, ENCODER, REST)


class Found(NamedTuple):
    """One side of a piece of evidence: the term as the text has it, and where; empty for a part without words."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """The side as it stands in JSON."""
        return {"text": self.text, "spans": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class Shared:
    """A piece of evidence: its kind, what stands for it on either side, and its share of the score."""

    kind: str
    a: Found
    b: Found
    share: float

    def to_dict(self) -> dict[str, Any]:
        """The piece as it stands in JSON."""
        return {"kind": self.kind, "a": self.a.to_dict(), "b": self.b.to_dict(), "share": self.share}


class Part(NamedTuple):
    """A piece of evidence without places: its terms as the articles are searched by, and its share of the score.

    It needs no text, and in JSON it is a list of four.
    """

    kind: str
    a: str
    b: str
    share: float


class Contribution(NamedTuple):
    """What a pair of terms adds to the score; terms are empty for a part without words."""

    kind: str
    a: str
    b: str
    amount: float


def contributions(space: Space, a: int, b: int) -> list[Contribution]:
    """What the score of two articles, by their places, is made of; the largest first. They add up to the score."""
    return next(contributions_of(space, [(a, b)]))


def contributions_of(space: Space, pairs: Iterable[tuple[int, int]]) -> Iterator[list[Contribution]]:
    """The contributions of each of many pairs, some worked out at a time: that is several times faster."""
    import numpy as np

    waiting = iter(pairs)
    common = np.zeros(space.a.to_grams.shape[1], dtype=np.float32)
    while some := list(islice(waiting, PAIRS)):
        ones, others = _Rows.of(space.a, [a for a, _ in some]), _Rows.of(space.b, [b for _, b in some])
        for at, (a, b) in enumerate(some):
            parts = _of_words(space, ones.row(at), others.row(at), common)
            if space.a.vectors is not None and space.b.vectors is not None:
                amount = float(space.a.vectors[a] @ space.b.vectors[b]) * space.scales.factors[2]
                parts.append(Contribution(ENCODER, "", "", amount))
            yield sorted(parts, key=lambda part: (-part.amount, part))


def shown_parts(space: Space, a: int, b: int) -> tuple[Part, ...]:
    """What is shown of a pair: its parts as shares of the score, the largest first, small ones together in `rest`."""
    return parts_of(contributions(space, a, b))


def shown_parts_of(space: Space, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[Part, ...]]:
    """What is shown of each of many pairs, which is faster than one by one."""
    return map(parts_of, contributions_of(space, pairs))


def parts_of(amounts: Sequence[Contribution]) -> tuple[Part, ...]:
    """Contributions as shares of their sum; of all amounts, whatever their sign, where the sum is not above zero.

    >>> parts_of([Contribution("same", "ajax", "ajax", 3.984), Contribution("characters", "", "", 0.016)])
    (Part(kind='same', a='ajax', b='ajax', share=0.996), Part(kind='rest', a='', b='', share=0.004))
    """
    score = sum(part.amount for part in amounts)
    scale = score if score > 0 else sum(abs(part.amount) for part in amounts) or 1.0
    shown = [
        Part(part.kind, part.a, part.b, round(part.amount / scale, 4))
        for part in amounts
        if part.amount / scale >= LEAST_SHARE
    ]
    rest = round(score / scale - sum(part.share for part in shown), 4)
    return (*shown, Part(REST, "", "", rest)) if rest else tuple(shown)


def placed(parts: Iterable[Part], text_a: str, language_a: str, text_b: str, language_b: str) -> tuple[Shared, ...]:
    """The parts of a pair with the places of their terms in the two texts: parts can be kept, and placed later."""
    parts = tuple(parts)
    places_a = _places(text_a, language_a, {part.a for part in parts})
    places_b = _places(text_b, language_b, {part.b for part in parts})
    return tuple(
        Shared(
            part.kind,
            _found(part.a, places_a, text_a, part.kind),
            _found(part.b, places_b, text_b, part.kind),
            part.share,
        )
        for part in parts
    )


def evidence(space: Space, a: int, b: int, text_a: str, text_b: str) -> tuple[float, tuple[Shared, ...]]:
    """The score of two articles and its parts, with the places of each term in the texts."""
    amounts = contributions(space, a, b)
    languages = space.a.vocabulary.language, space.b.vocabulary.language
    pieces = placed(parts_of(amounts), text_a, languages[0], text_b, languages[1])
    return sum(part.amount for part in amounts), pieces


class _Row(NamedTuple):
    """An article: its terms with their weights and counts, and its 4-grams."""

    terms: dict[str, tuple[float, float]]
    grams: Any
    weights: Any
    length: float


class _Rows(NamedTuple):
    """Some articles of a side, as their scores are made of them."""

    terms: list[str]
    counts: Any
    weights: Any
    grams: Any

    @classmethod
    def of(cls, side: Side, places: list[int]) -> _Rows:
        counts = side.counts[places]
        return cls(side.vocabulary.terms, counts, counts.data * side.worth[counts.indices], counts @ side.to_grams)

    def row(self, at: int) -> _Row:
        own = slice(*self.counts.indptr[at : at + 2])
        terms = [self.terms[place] for place in self.counts.indices[own].tolist()]
        weights = self.weights[own] / _length(self.weights[own])
        values = zip(weights.tolist(), self.counts.data[own].tolist(), strict=True)
        grams = slice(*self.grams.indptr[at : at + 2])
        of_grams = self.grams.data[grams]
        return _Row(dict(zip(terms, values, strict=True)), self.grams.indices[grams], of_grams, _length(of_grams))


def _length(weights: Any) -> float:
    return float((weights**2).sum()) ** 0.5 or 1.0


def _of_words(space: Space, one: _Row, other: _Row, common: Any) -> list[Contribution]:
    """What links give, each with the 4-grams that its terms share, and what the 4-grams of other words give.

    `common` is an empty row of 4-grams to work in.
    """
    of_links, of_grams = space.scales.factors[0], space.scales.factors[1] / (one.length * other.length)
    parts, spelled = [], 0.0
    for term, (weight, count) in one.terms.items():
        for link, characters in space.links_of.get(term, ()):
            found = other.terms.get(link.b)
            if found is not None:
                alike = of_grams * (count * found[1]) * characters
                spelled += alike
                amount = of_links * weight * link.weight * found[0] + alike
                parts.append(Contribution(link.kind, link.a, link.b, amount))
    common[other.grams] = other.weights
    sums = (one.weights * common[one.grams]).cumsum()  # one after the other, as a product of matrices adds them up
    common[other.grams] = 0
    whole = of_grams * float(sums[-1]) if len(sums) else 0.0
    parts.append(Contribution(CHARACTERS, "", "", whole - spelled))
    return parts


def _places(text: str, language: str, terms: set[str]) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {}
    for place in places_of_terms(text, primary(language), terms):
        places.setdefault(place.term, []).append(place)
    return places


def _found(term: str, places: dict[str, list[Place]], text: str, kind: str) -> Found:
    """The term as the text most often has it, the earliest of equals; the key itself where only the title has it."""
    if kind in _WORDLESS:
        return Found("", ())
    spans = tuple((place.start, place.end) for place in places.get(term, ()))
    forms = [text[start:end] for start, end in spans]
    return Found(max(forms, key=forms.count) if forms else term.lstrip("@#%"), spans)
