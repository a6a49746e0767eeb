"""What the score of a pair is made of: each shared term with its share, the parts adding up to the whole.

A pair of terms has what its link gives, and what the 4-grams that it shares give. What unlinked words give by their
4-grams alone is one part without words (`characters`), since most of these likenesses are chance; what an encoder
gives is another. Parts below `LEAST_SHARE` are added up in `rest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.link.features import places_of_terms, primary
from corpus_tool.link.terms import grams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_tool.link.features import Place
    from corpus_tool.link.space import Side, Space
    from corpus_tool.link.table import Link

LEAST_SHARE = 0.01
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
    one, other = space.a.articles[a], space.b.articles[b]
    linked = [link for term in one.counts for link in space.links_of.get(term, ()) if link.b in other.counts]
    amounts: dict[tuple[str, str, str], float] = dict.fromkeys(((x.kind, x.a, x.b) for x in linked), 0.0)
    for link, amount in zip(linked, _of_links(space, a, b, linked), strict=True):
        amounts[link.kind, link.a, link.b] += amount
    whole, of_pairs = _of_grams(space, a, b, linked)
    for link, amount in zip(linked, of_pairs, strict=True):
        amounts[link.kind, link.a, link.b] += amount
    amounts[CHARACTERS, "", ""] = whole - sum(of_pairs)
    if space.a.vectors is not None and space.b.vectors is not None:
        amounts[ENCODER, "", ""] = float(space.a.vectors[a] @ space.b.vectors[b]) * space.scales.factors[2]
    parts = [Contribution(*key, amount) for key, amount in amounts.items()]
    return sorted(parts, key=lambda part: (-part.amount, part))


def shown_parts(space: Space, a: int, b: int) -> tuple[Part, ...]:
    """What is shown of a pair: its parts as shares of the score, the largest first, small ones together in `rest`."""
    return parts_of(contributions(space, a, b))


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


def _of_links(space: Space, a: int, b: int, linked: list[Link]) -> list[float]:
    if not linked:
        return []
    ours, theirs = (_term_weights(side, place) for side, place in ((space.a, a), (space.b, b)))
    factor = space.scales.factors[0]
    return [factor * ours[link.a] * link.weight * theirs[link.b] for link in linked]


def _term_weights(side: Side, place: int) -> dict[str, float]:
    """The weight of each linked term of an article in its row, which is of length one."""
    row = side.counts[place].multiply(side.worth).tocsr()
    length = float((row.data**2).sum()) ** 0.5 or 1.0
    weights = dict(zip(row.indices.tolist(), (row.data / length).tolist(), strict=True))
    places = side.vocabulary.places
    return {term: weights.get(places[term], 0.0) for term in side.articles[place].counts}


def _of_grams(space: Space, a: int, b: int, linked: list[Link]) -> tuple[float, list[float]]:
    """What the 4-grams give in all, and for each link what those that its two terms share give."""
    rows, totals, lengths = [], [], []
    for side, place in ((space.a, a), (space.b, b)):
        total = side.counts[place] @ side.to_grams
        rows.append(side.counts[place])
        totals.append(total)
        lengths.append(float((total.data**2).sum()) ** 0.5 or 1.0)
    factor = space.scales.factors[1] / (lengths[0] * lengths[1])
    whole = factor * float((totals[0] @ totals[1].T).sum())
    amounts = []
    for link in linked:
        if not (link.a.isalpha() and link.b.isalpha()) or not set(grams(link.a)) & set(grams(link.b)):
            amounts.append(0.0)
            continue
        place_a, place_b = space.a.vocabulary.places[link.a], space.b.vocabulary.places[link.b]
        count = float(rows[0][0, place_a]) * float(rows[1][0, place_b])
        product = (space.a.to_grams[place_a] @ space.b.to_grams[place_b].T).sum()
        amounts.append(factor * count * float(product))
    return whole, amounts


def _places(text: str, language: str, terms: set[str]) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {}
    for place in places_of_terms(text, primary(language)):
        if place.term in terms:
            places.setdefault(place.term, []).append(place)
    return places


def _found(term: str, places: dict[str, list[Place]], text: str, kind: str) -> Found:
    """The term as the text most often has it, the earliest of equals; the key itself where only the title has it."""
    if kind in _WORDLESS:
        return Found("", ())
    spans = tuple((place.start, place.end) for place in places.get(term, ()))
    forms = [text[start:end] for start, end in spans]
    return Found(max(forms, key=forms.count) if forms else term.lstrip("@#%"), spans)
