"""Near-duplicates: pairs of articles by what they share, their clusters, and which article of a cluster is kept.

What two texts share is counted on their full sets of shingles (Jaccard: what both have, of what any has; containment:
what both have, of what the shorter has; A. Broder, 1997). A pair is

    equal       the words are the same, in the same order
    near        Jaccard of the threshold or more (0.8)
    contained   not near, but nearly all of the shorter (0.9) stands in the longer
    edited      neither, and a Jaccard of 0.5 or more: half of what any has, two thirds of each of two equally long ones

Equal and near articles are clusters. A contained one is not the same article as the longer one, and two articles that
hold the same agency report are not each other's duplicates: containment and edited copies are links beside the
clusters. Texts of fewer than 16 different shingles (20 words) are equal or nothing: a notice with another day in it
is another notice.

Memory: the full sets are made for articles that stand in proposed pairs, some thousands of texts at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.link.groups import Groups
from corpus_tool.link.proposals import Asked, Index, Proposals
from corpus_tool.link.shingles import shingle_sets

if TYPE_CHECKING:
    from corpus_tool.link.shingles import Hashes

Keep = Literal["first", "longest"]
Kind = Literal["equal", "near", "contained", "edited"]
Texts = Callable[[Sequence[str]], Iterable[str]]
"""Gives the texts of articles by id, in the order asked."""

BATCH_ARTICLES = 4_000
"""Texts whose full sets are held at once."""

JOINED: tuple[Kind, ...] = ("equal", "near")
"""The pairs that make clusters."""

LEAST_OF_OUTLET = 4
"""A cluster is reported as too large for an outlet only from so many of its articles on."""


@dataclass(frozen=True, slots=True)
class Options:
    """What counts as a duplicate, and which article of a cluster is kept.

    `keep`: "first" is the earliest, "longest" the one of most words. Outlets named in `outlets` come before all others,
    in that order, whatever `keep` says. What remains equal is settled by date, then `Facts.order`, then id.
    """

    threshold: float = 0.8
    edited: float = 0.5
    containment: float = 0.9
    window_days: int | None = None
    keep: Keep = "first"
    outlets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.keep not in ("first", "longest"):
            raise UsageError(f"--keep {self.keep!r} is not known", "it is first or longest")
        if self.window_days is not None and self.window_days < 0:
            raise UsageError(f"a window of {self.window_days} days is none", "0 asks for the same day")
        if not 0 < self.threshold <= 1:
            raise UsageError(f"a threshold of {self.threshold:g} is not above 0 and at most 1", "the usual one is 0.8")

    @property
    def asked(self) -> Asked:
        """The pairs to look for."""
        return Asked(min(self.threshold, self.edited), self.containment, self.window_days)


class Facts(NamedTuple):
    """What clusters need to know of an article; `order` is its place in the corpus, where that is to count.

    `latest` is the last day that the date may mean, the first one where it is not given.
    """

    id: str
    earliest: date | None = None
    words: int = 0
    outlet: str | None = None
    order: int = 0
    latest: date | None = None

    def days_from(self, other: Facts) -> int:
        """The days between two articles: 0 where their dates touch, or one is not known.

        >>> Facts("a", date(2018, 6, 1), latest=date(2018, 6, 30)).days_from(Facts("b", date(2018, 7, 3)))
        3
        """
        if self.earliest is None or other.earliest is None:
            return 0
        ends = self.latest or self.earliest, other.latest or other.earliest
        return max(0, (self.earliest - ends[1]).days, (other.earliest - ends[0]).days)


class Pair(NamedTuple):
    """Two articles and what they share, counted in different shingles; `equal` where the words are the same."""

    first: str
    second: str
    shared: int = 0
    first_size: int = 0
    second_size: int = 0
    equal: bool = False

    @property
    def jaccard(self) -> float:
        """What both have, of what any has.

        >>> Pair("a", "b", 8, 9, 9).jaccard
        0.8
        """
        return 1.0 if self.equal else self.shared / max(1, self.first_size + self.second_size - self.shared)

    @property
    def containment(self) -> float:
        """What both have, of what the shorter has."""
        return 1.0 if self.equal else self.shared / max(1, min(self.first_size, self.second_size))

    @property
    def shorter(self) -> str:
        """The article with fewer shingles: the one that is contained, if one is."""
        return self.second if self.second_size < self.first_size else self.first

    def kind(self, options: Options) -> Kind | None:
        """What the pair is; None where it is nothing that was asked for."""
        if self.equal:
            return "equal"
        if self.jaccard >= options.threshold:
            return "near"
        if self.containment >= options.containment:
            return "contained"
        return "edited" if self.jaccard >= options.edited else None


class Cluster(NamedTuple):
    """Articles that are one: `id` is the smallest id; each member but the kept one has an edge to that.

    An edge may share less than the threshold, where a chain of near articles leads from one to the other.
    """

    id: str
    kept: str
    edges: tuple[Pair, ...]

    @property
    def members(self) -> list[str]:
        """The ids of all members, sorted."""
        return sorted({self.kept, *(name for edge in self.edges for name in edge[:2])})


class Link(NamedTuple):
    """The best pair, of those contained or edited, that leads from an article or its cluster to another one."""

    kind: Kind
    pair: Pair


class Heavy(NamedTuple):
    """A warning: a cluster has more than half of the articles of an outlet, so that it is rather a form or a footer."""

    cluster: str
    outlet: str
    articles: int
    of: int


class Duplicates(NamedTuple):
    """What was found: pairs as they are stored to be added to later, and what they come to."""

    pairs: list[Pair]
    clusters: list[Cluster]
    links: list[Link]
    heavy: list[Heavy]


def find_duplicates(
    index: Index,
    facts: Iterable[Facts],
    texts: Texts,
    options: Options | None = None,
    known: Iterable[Pair] = (),
) -> Duplicates:
    """All duplicates of the articles in the index; the same for any order of articles and pairs.

    `known` are pairs of earlier calls, between articles that the index has as not new.
    """
    options = options or Options()
    proposals = index.propose(options.asked)
    found = {pair[:2]: pair for pair in known}
    found.update((pair[:2], pair) for pair in decide(proposals, texts, options))
    pairs = [found[names] for names in sorted(found)]
    return arrange(pairs, {each.id: each for each in facts}, texts, options)


def decide(proposals: Proposals, texts: Texts, options: Options) -> Iterator[Pair]:
    """Those of the proposed pairs that are what was asked for, with what they share."""
    for one, other in proposals.equal:
        yield Pair(one, other, equal=True)
    for pair in compared(proposals.near, texts):
        if pair.kind(options) is not None:
            yield pair


def compared(pairs: Iterable[tuple[str, str]], texts: Texts) -> Iterator[Pair]:
    """Each pair with what its texts share; a text is asked for once, seldom more often."""
    for batch in _batches(pairs):
        names = sorted({name for pair in batch for name in pair})
        sets = dict(zip(names, shingle_sets(texts(names)), strict=True))
        for one, other in batch:
            shared = _count_shared(sets[one], sets[other])
            yield Pair(one, other, shared, len(sets[one]), len(sets[other]))


def _batches(pairs: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The pairs in parts of so many articles. Articles that are paired with the same ones stand together."""
    smallest: dict[str, str] = {}
    pairs = list(pairs)
    for one, other in pairs:
        least = min(smallest.get(one, one), smallest.get(other, other))
        smallest[one] = smallest[other] = least
    pairs.sort(key=lambda pair: (smallest[pair[0]], pair))
    batch: list[tuple[str, str]] = []
    articles: set[str] = set()
    for pair in pairs:
        articles.update(pair)
        if len(articles) > BATCH_ARTICLES and batch:
            yield batch
            batch, articles = [], set(pair)
        batch.append(pair)
    if batch:
        yield batch


def _count_shared(one: Hashes, other: Hashes) -> int:
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if not len(short):
        return 0
    places = long.searchsorted(short)
    places[places == len(long)] = 0  # greater than all: the first is not its equal
    return int((long[places] == short).sum())


def arrange(pairs: Sequence[Pair], facts: Mapping[str, Facts], texts: Texts, options: Options) -> Duplicates:
    """Clusters, links and warnings of decided pairs; texts are asked for where an edge to the kept is not decided."""
    kinds = [pair.kind(options) for pair in pairs]
    members = _clusters([pair[:2] for pair, kind in zip(pairs, kinds, strict=True) if kind in JOINED], facts, options)
    joined = Groups((name, one) for name, each in members.items() for one in each)
    kept = {name: _best(each, facts, options) for name, each in members.items()}
    same = Groups(pair[:2] for pair in pairs if pair.equal)
    scores = {(same.of(pair.first), same.of(pair.second)): pair for pair in pairs if not pair.equal}
    scores |= {(other, one): pair for (one, other), pair in scores.items()}
    wanted = {(same.of(one), same.of(kept[name])) for name, each in members.items() for one in each}
    missing = {tuple(sorted(names)) for names in wanted - scores.keys() if names[0] != names[1]}
    for pair in compared(sorted((one, other) for one, other in missing), texts):
        scores[pair.first, pair.second] = scores[pair.second, pair.first] = pair
    clusters = [
        Cluster(name, kept[name], tuple(_edge(one, kept[name], same, scores) for one in each if one != kept[name]))
        for name, each in members.items()
    ]
    links = _links(zip(pairs, kinds, strict=True), joined)
    return Duplicates(list(pairs), clusters, links, list(_heavy(members, facts)))


def _clusters(pairs: Sequence[tuple[str, str]], facts: Mapping[str, Facts], options: Options) -> dict[str, list[str]]:
    """The members of each cluster, sorted, under its smallest.

    With a window no member is further than it from the kept one: what a chain of days, or an undated article, brought
    together is taken apart again, the best first.
    """
    found: dict[str, list[str]] = {}
    waiting = [pairs]
    while waiting:
        part = waiting.pop()
        groups = Groups(part)
        of_group: dict[str, list[tuple[str, str]]] = {}
        for pair in part:
            of_group.setdefault(groups.of(pair[0]), []).append(pair)
        for name, each in groups.members().items():
            best = facts[_best(each, facts, options)]
            near = [one for one in each if _is_near(facts[one], best, options.window_days)]
            if len(near) > 1:
                found[near[0]] = near
            left = set(each).difference(near)
            if left:
                waiting.append([pair for pair in of_group[name] if left.issuperset(pair)])
    return dict(sorted(found.items()))


def _is_near(one: Facts, other: Facts, window_days: int | None) -> bool:
    return window_days is None or one.days_from(other) <= window_days


def _best(members: Sequence[str], facts: Mapping[str, Facts], options: Options) -> str:
    """The member that is kept."""
    return min(members, key=lambda name: _rank(facts[name], options))


def _edge(one: str, kept: str, same: Groups, scores: Mapping[tuple[str, str], Pair]) -> Pair:
    """What a member shares with the kept article, which is what the texts of the same words share."""
    names = same.of(one), same.of(kept)
    if names[0] == names[1]:
        return Pair(one, kept, equal=True)
    pair = scores[names]
    in_order = same.of(pair.first) == names[0]
    sizes = (pair.first_size, pair.second_size) if in_order else (pair.second_size, pair.first_size)
    return Pair(one, kept, pair.shared, *sizes)


def _rank(facts: Facts, options: Options) -> tuple[int, int, date, int, str]:
    """The smallest is kept."""
    try:
        outlet = options.outlets.index(facts.outlet or "")
    except ValueError:
        outlet = len(options.outlets)
    length = -facts.words if options.keep == "longest" else 0
    return outlet, length, facts.earliest or date.max, facts.order, facts.id


def _links(pairs: Iterable[tuple[Pair, Kind | None]], joined: Groups) -> list[Link]:
    """For each cluster or single article the best longer one that contains it, and the best edited copy of it."""
    best: dict[tuple[Kind, str], tuple[float, float, Pair]] = {}
    for pair, kind in pairs:
        if kind not in ("contained", "edited") or joined.of(pair.first) == joined.of(pair.second):
            continue
        for name in (pair.shorter,) if kind == "contained" else pair[:2]:
            key, value = (kind, joined.of(name)), (-pair.containment, -pair.jaccard, pair)
            if kind == "edited":
                value = (-pair.jaccard, -pair.containment, pair)
            best[key] = min(best.get(key, value), value)
    return sorted({Link(kind, value[2]) for (kind, _), value in best.items()})


def _heavy(members: Mapping[str, Sequence[str]], facts: Mapping[str, Facts]) -> Iterator[Heavy]:
    totals = Counter(each.outlet for each in facts.values())
    for name, each in members.items():
        counts = Counter(facts[one].outlet for one in each)
        for outlet, count in sorted((outlet, count) for outlet, count in counts.items() if outlet):
            if count >= LEAST_OF_OUTLET and 2 * count > totals[outlet]:
                yield Heavy(name, outlet, count, totals[outlet])
