"""Twins: which article of another language tells the same story, and why.

The way is the same for two articles and for a hundred thousand: features of each article, one table of links, one
score for each pair within the days, mutual best, one threshold. Nothing depends on the order of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corpus_tool.errors import UsageError
from corpus_tool.link.evidence import Part, Shared, placed, shown_parts, shown_parts_of
from corpus_tool.link.features import Features
from corpus_tool.link.lexicon import Lexicon
from corpus_tool.link.scoring import HEIGHTS, Ranking, Scored, Tier, rank, tier_of
from corpus_tool.link.search import gap_days, nearest
from corpus_tool.link.space import Space, Vectors, space_of
from corpus_tool.link.table import Link, link_table
from corpus_tool.link.vocabulary import TermMatrix


@dataclass(frozen=True, slots=True)
class TwinOptions:
    """How twins are looked for: days between dated articles, several twins a story, dictionaries, links, vectors."""

    window_days: int | None = None
    many: bool = False
    lexicons: tuple[Lexicon, ...] = ()
    links: tuple[Link, ...] = ()
    vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class TwinDates:
    """The dates of a pair: first and last day of each, the days between them, and whether one was inferred."""

    a: tuple[str, str] | None
    b: tuple[str, str] | None
    gap_days: int | None
    inferred: bool

    def to_dict(self) -> dict[str, Any]:
        """The dates as they stand in JSON."""
        return {
            "a": None if self.a is None else list(self.a),
            "b": None if self.b is None else list(self.b),
            "gap_days": self.gap_days,
            "inferred": self.inferred,
        }


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two articles, how surely they are twins, and why; or why not, in `reasons`.

    `score` is how far the pair stands above the surroundings of both, `margin` how far above the next best of
    either; both in units of the deviation among articles that are no twins. `mode` and `passages` are filled when
    the two are aligned.
    """

    a: str
    b: str
    score: float
    tier: Tier | None
    mutual: bool
    margin: float
    candidates: int
    dates: TwinDates
    evidence: tuple[Shared, ...] = ()
    mode: str | None = None
    passages: tuple[dict[str, Any], ...] = ()
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The pair as it stands in JSON; `reasons` only for a pair that is none."""
        data: dict[str, Any] = {
            "a": self.a,
            "b": self.b,
            "score": self.score,
            "tier": self.tier,
            "mutual": self.mutual,
            "margin": self.margin,
            "mode": self.mode,
            "candidates": self.candidates,
            "dates": self.dates.to_dict(),
            "evidence": [piece.to_dict() for piece in self.evidence],
            "passages": list(self.passages),
        }
        if self.reasons:
            data["reasons"] = list(self.reasons)
        return data


@dataclass(frozen=True, slots=True)
class Comparison:
    """All articles of two languages compared with each other; made by `compare`."""

    space: Space
    ranking: Ranking
    options: TwinOptions
    places_a: dict[str, int] = field(repr=False)
    places_b: dict[str, int] = field(repr=False)

    def twins(self) -> list[Scored]:
        """The pairs that are twins, the surest first; with `many` also those that are not each other's best."""
        found = self.ranking.above(HEIGHTS["possible"], self.options.many)
        return sorted(found, key=lambda pair: (-pair.height, self._ids(pair)))

    def tier(self, pair: Scored) -> Tier | None:
        """The tier of a pair; None below the threshold."""
        return tier_of(pair.height, pair.margin, self.space)

    def scored(self, pair: Scored) -> TwinPair:
        """A pair by the ids of its articles, without evidence: no text is needed."""
        id_a, id_b = self._ids(pair)
        return TwinPair(
            a=id_a,
            b=id_b,
            score=round(pair.height, 2),
            tier=self.tier(pair),
            mutual=pair.mutual,
            margin=round(pair.margin, 2),
            candidates=pair.candidates,
            dates=self._dates(pair),
        )

    def parts(self, pair: Scored) -> tuple[Part, ...]:
        """What the evidence of a pair is made of, without texts; `evidence.placed` finds its places in them."""
        return shown_parts(self.space, pair.a, pair.b)

    def parts_of(self, pairs: Iterable[Scored]) -> Iterator[tuple[Part, ...]]:
        """The parts of each of many pairs, which is faster than one by one."""
        return shown_parts_of(self.space, ((pair.a, pair.b) for pair in pairs))

    def explained(self, pair: Scored, texts: Mapping[str, str]) -> TwinPair:
        """A pair with its evidence; `texts` has the texts of both by their ids."""
        found = self.scored(pair)
        one, other = self.space.a.vocabulary.language, self.space.b.vocabulary.language
        return replace(found, evidence=placed(self.parts(pair), texts[found.a], one, texts[found.b], other))

    def why_not(self, id_a: str, id_b: str, texts: Mapping[str, str]) -> TwinPair:
        """The same for any two articles, with the reasons why they are no twins; without reasons where they are.

        UsageError where an article is not among those compared, or on the other side.
        """
        pair = self._scored(self._place(self.places_a, id_a), self._place(self.places_b, id_b))
        found = self.explained(pair, texts)
        reasons = tuple(self._reasons(pair))
        if not reasons:
            return found
        return replace(found, tier=None, reasons=reasons)

    def _reasons(self, pair: Scored) -> Iterable[str]:
        gap, window = self._dates(pair).gap_days, self.options.window_days
        if gap is not None and window is not None and gap > window:
            yield f"dates too far: {gap} days apart, the window is {window}"
        elif not pair.mutual and not self.options.many:
            for side, rival in enumerate((self.ranking.best(a=pair.a), self.ranking.best(b=pair.b))):
                if rival is not None and (rival.a, rival.b) != (pair.a, pair.b) and rival.height >= pair.height:
                    better = self._ids(rival)[1 - side]
                    yield f"not mutual: {self._ids(pair)[side]} is nearer to {better}"
        if pair.height < HEIGHTS["possible"]:
            yield f"below the threshold: {pair.height:.1f} of {HEIGHTS['possible']:.1f}"

    def _scored(self, a: int, b: int) -> Scored:
        pair = self.ranking.pair(a, b)
        if pair is not None:
            return pair
        left, right = self.space.rows(self.space.a, [a]), self.space.rows(self.space.b, [b])
        score = round(float((left @ right.T).sum()), 4)
        height = self.ranking.height(a, b, score)
        rivals = [best.height for best in (self.ranking.best(a=a), self.ranking.best(b=b)) if best is not None]
        candidates = int(self.ranking.candidates[a])
        return Scored(a, b, score, height, height - max(rivals, default=0.0), False, candidates)

    def _place(self, places: Mapping[str, int], id_: str) -> int:
        if id_ not in places:
            raise UsageError(
                f"{id_} is not among the articles compared in this place",
                "name first the article of the first language",
            )
        return places[id_]

    def _ids(self, pair: Scored) -> tuple[str, str]:
        return self.space.a.articles[pair.a].id, self.space.b.articles[pair.b].id

    def _dates(self, pair: Scored) -> TwinDates:
        one, other = self.space.a.articles[pair.a], self.space.b.articles[pair.b]
        inferred = any(side.inferred and side.days is not None for side in (one, other))
        return TwinDates(one.days, other.days, gap_days(one, other), inferred)


def compare(
    a: Iterable[Features] | TermMatrix, b: Iterable[Features] | TermMatrix, options: TwinOptions | None = None
) -> Comparison:
    """Compare the articles of one language with those of another.

    Features are read once and let go: an iterator will do. A side that is compared several times is better given as
    its `TermMatrix`.

    UsageError where one side is empty or has two languages; MissingExtra where the libraries are not installed.
    """
    options = options or TwinOptions()
    one, other = (side if isinstance(side, TermMatrix) else TermMatrix.of(side) for side in (a, b))
    listed = [*one.articles, *other.articles]
    missing = [article.id for article in listed if options.vectors is not None and article.id not in options.vectors]
    if missing:
        raise UsageError(
            f"{len(missing)} articles have no vector, {missing[0]} first", "encode the articles of both sides"
        )
    links = link_table(one.vocabulary, other.vocabulary, options.lexicons, options.links)
    space = space_of(one, other, links, options.vectors)
    ranking = rank(*nearest(space, options.window_days))
    places_a, places_b = ({article.id: place for place, article in enumerate(side.articles)} for side in (one, other))
    return Comparison(space, ranking, options, places_a, places_b)
