"""Which articles are worth comparing: those whose sketches share enough.

Articles meet in lists. Each sampled shingle has the list of its articles, and so has each run of three shingles that
are neighbors in the order of a sketch. A passage that few articles have makes the first kind short; where many articles
share a passage (a footer, an agency report in forty papers), only those that share most of their shingles also share
runs of them, as in the bands of locality-sensitive hashing (P. Indyk and R. Motwani, 1998). In a short list everyone
is paired with everyone; in a long list of runs, ordered by length, each with the few next to it, which a near-duplicate
is (the sorted neighborhood of M. Hernández and S. Stolfo, 1995). So the pairs grow with the articles and not with their
square.

Pairs whose sketches share less than is asked for by two standard deviations are left out; the others are proposed.
Only the full sets of shingles decide.

A longer corpus makes lists longer and never shorter: a pair that is proposed when all articles are added at once is
proposed as well when they are added in parts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.errors import MissingExtra, UsageError
from corpus_tool.link.shingles import SAMPLED, Sketch, changes, mixed

try:
    import numpy as np
except ImportError:
    raise MissingExtra("Comparing articles", "links") from None

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

SHORT_LIST = 12
"""In a list of so many articles at most, all are paired."""

RUN = 3
"""So many sampled shingles next to each other have a list of their own."""

NEXT_IN_LENGTH = 3
"""In a longer list of a run each article is paired with so many after it; in one of a single shingle with none."""

DEVIATIONS = 2.0
"""A pair is left out where its sketches share less than asked for by more than so many standard deviations."""

_PLACES = 1 << 17  # places in lists that are sorted at once, more where that would take many rounds
_MOST_ROUNDS = 32
_ROWS = 1 << 13  # articles whose sketches are copied at once
_VALUES = 1 << 18  # sampled shingles that are looked up at once
_LOW = np.uint64((1 << 32) - 1)
_HIGH = np.uint64(32)
_FOREVER = 1 << 30  # days


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pairs are looked for: of at least that Jaccard, or with at least that share of the shorter in the longer.

    `window_days` is how many days may lie between the possible dates of the two; None for any number.
    """

    jaccard: float = 0.5
    containment: float = 0.9
    window_days: int | None = None

    def __post_init__(self) -> None:
        for name in ("jaccard", "containment"):
            if not 0 < getattr(self, name) <= 1:
                raise UsageError(f"{name} {getattr(self, name):g} is not above 0 and at most 1")
        if self.window_days is not None and self.window_days < 0:
            raise UsageError(f"a window of {self.window_days} days is none", "0 asks for the same day")


class Proposals(NamedTuple):
    """Pairs of ids, each with the smaller id first, sorted.

    `equal`: the words are the same; enough pairs to join all who are. `near`: to be decided; of several articles with
    the same words it names the smallest id.
    """

    equal: list[tuple[str, str]]
    near: list[tuple[str, str]]


class Index:
    """The sketches of a corpus, about 200 bytes an article."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._prints = array("Q")
        self._sizes = array("I")
        self._ends = array("Q")
        self._samples = bytearray()
        self._days = array("i")
        self._new = bytearray()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ident: str, sketch: Sketch, earliest: date | None, latest: date | None, *, new: bool = True) -> None:
        """Add an article with the bounds of its date; pairs of two that are not new are not proposed.

        An article without words is left out: it is no copy of anything.
        """
        if not sketch.words:
            return
        self._ids.append(ident)
        self._prints.append(sketch.print)
        self._sizes.append(sketch.size)
        self._samples += sketch.sample
        self._ends.append(len(self._samples) // 4)
        self._days.append(earliest.toordinal() if earliest else -_FOREVER)
        self._days.append(latest.toordinal() if latest else _FOREVER)
        self._new.append(new)

    def propose(self, asked: Asked | None = None) -> Proposals:
        """The pairs to look at; the same for any order in which articles were added."""
        asked = asked or Asked()
        new, single = np.array(self._new, bool), np.ones(len(self), bool)
        equal: list[tuple[str, str]] = []
        for rows in self._same_words():
            texts = self._by_date(rows) if asked.window_days is not None else [sorted(rows, key=self._ids.__getitem__)]
            for text in texts:
                equal += [self._pair(text[0], row) for row in text[1:] if self._new[row] or self._new[text[0]]]
                single[text[1:]] = False
                new[text[0]] = new[text].any()
            equal += self._chain([text[0] for text in texts], asked.window_days)
        sketches = self._ordered(np.flatnonzero(single), new)
        pairs = sketches.pairs(asked)
        near: list[tuple[str, str]] = []
        for one, other in zip(*(sketches.rows[side].tolist() for side in pairs), strict=True):
            same = self._prints[one] == self._prints[other]  # of several dates: equal ones meet as near ones do
            (equal if same else near).append(self._pair(one, other))
        return Proposals(sorted(set(equal)), sorted(near))

    def _same_words(self) -> Iterator[list[int]]:
        """The rows of each text that stands in several."""
        prints = np.array(self._prints, np.uint64)
        order = np.argsort(prints, kind="stable")
        edges = np.flatnonzero(changes(prints[order])).tolist()
        for start, end in pairwise([*edges, len(order)]):
            if end - start > 1:
                yield order[start:end].tolist()

    def _by_date(self, rows: list[int]) -> list[list[int]]:
        """The rows of each date, ordered by date and then by id."""
        found: dict[tuple[int, int], list[int]] = {}
        for row in sorted(rows, key=self._ids.__getitem__):
            found.setdefault((self._days[2 * row], self._days[2 * row + 1]), []).append(row)
        return [found[days] for days in sorted(found)]

    def _chain(self, rows: list[int], window_days: int | None) -> Iterator[tuple[str, str]]:
        """Rows of the same words by date: each with the one before it, and the one before it that ends last.

        The first keeps together what is near in time where the second, a month or no date, is of another cluster.
        """
        longest = rows[0]
        for before, row in pairwise(rows):
            for other in {before, longest}:
                near = self._days[2 * row] - self._days[2 * other + 1] <= (window_days or 0)
                if near and (self._new[row] or self._new[other]):
                    yield self._pair(other, row)
            longest = max(longest, row, key=lambda each: self._days[2 * each + 1])

    def _pair(self, one: int, other: int) -> tuple[str, str]:
        first, second = sorted((self._ids[one], self._ids[other]))
        return first, second

    def _ordered(self, rows: Numbers, new: NDArray[np.bool_]) -> _Sketches:
        """The sketches of these rows by length; dates and hashes only settle ties."""
        days = np.array(self._days, np.int64).reshape(-1, 2)[rows]
        order = np.lexsort((np.array(self._prints)[rows], days[:, 1], days[:, 0], np.array(self._sizes)[rows]))
        rows = rows[order]
        ends = np.array(self._ends, np.int64)
        starts = np.append(np.zeros(1, np.int64), ends)[rows]
        lengths = ends[rows] - starts
        ends = np.cumsum(lengths)
        values = np.zeros(lengths.sum(), np.uint32)
        samples = np.frombuffer(self._samples, "<u4")
        for low in range(0, len(rows), _ROWS):
            part = slice(low, low + _ROWS)
            spans = _spans(starts[part], lengths[part])
            first = int(ends[low] - lengths[low])
            values[first : first + len(spans)] = samples[spans]
        return _Sketches(rows, values, ends, days[order], new[rows])


class _Sketches(NamedTuple):
    """Sketches in an order: their rows, their values one after the other and where each ends, days, whether new."""

    rows: Numbers
    values: NDArray[np.uint32]
    ends: Numbers
    days: Numbers
    new: NDArray[np.bool_]

    def pairs(self, asked: Asked) -> tuple[Numbers, Numbers]:
        """The places of the pairs to propose, the shorter article first."""
        owners = np.repeat(np.arange(len(self.rows), dtype=np.uint32), np.diff(self.ends, prepend=0))
        found = list(self._meetings(self.values, owners, 0, asked.window_days))
        places = max(0, len(owners) - RUN + 1)
        whole = owners[:places] == owners[len(owners) - places :]
        found += self._meetings(_runs(self.values), owners[:places], NEXT_IN_LENGTH, asked.window_days, whole)
        del owners, whole
        codes = self._enough(_distinct(np.concatenate(found)), asked)
        return (codes >> _HIGH).astype(np.int64), (codes & _LOW).astype(np.int64)

    def _meetings(
        self,
        keys: NDArray[np.uint32],
        owners: NDArray[np.uint32],
        beyond: int,
        window_days: int | None,
        used: NDArray[np.bool_] | None = None,
    ) -> Iterator[Hashes]:
        """Codes of pairs that meet in the list of some key: the place of the first times 2^32 and the other's."""
        rounds = min(_MOST_ROUNDS, 1 + len(keys) // _PLACES)
        of_round = (keys % np.uint32(rounds)).astype(np.uint8)
        if used is not None:
            of_round[~used] = rounds
        for number in range(rounds):
            at = np.flatnonzero(of_round == number)
            places = _code(keys[at], owners[at])
            places.sort()
            first = changes(places >> _HIGH)
            alone = first & np.append(first[1:], True)[: len(first)]
            places, first = places[~alone], first[~alone]  # most shingles of news stand in one article
            starts = np.flatnonzero(first)
            lengths = np.diff(starts, append=len(places))
            yield self._allowed(_in_lists(places & _LOW, lengths, beyond), window_days)

    def _allowed(self, codes: Hashes, window_days: int | None) -> Hashes:
        """Each code once, without pairs that are known or too far apart in time."""
        first, second = (codes >> _HIGH).astype(np.int64), (codes & _LOW).astype(np.int64)
        allowed = self.new[first] | self.new[second]
        if window_days is not None:
            latest_start = np.maximum(self.days[first, 0], self.days[second, 0])
            allowed &= latest_start - np.minimum(self.days[first, 1], self.days[second, 1]) <= window_days
        return _distinct(codes[allowed])

    def _enough(self, codes: Hashes, asked: Asked) -> Hashes:
        """The codes of pairs whose sketches share as much as what is asked may leave them."""
        if not len(codes):
            return codes
        codes = np.sort(_turned(codes))  # by the longer article, whose values are looked up
        sums = np.cumsum(np.diff(self.ends, prepend=0)[(codes & _LOW).astype(np.int64)])
        cuts = np.unique([0, *np.searchsorted(sums, np.arange(_VALUES, sums[-1], _VALUES)).tolist(), len(codes)])
        parts = (codes[low:high] for low, high in pairwise(cuts.tolist()))
        return np.sort(_turned(np.concatenate([part[self._share(part, asked)] for part in parts])))

    def _share(self, codes: Hashes, asked: Asked) -> NDArray[np.bool_]:
        """Of which pairs the sketches share enough; `codes` has the longer one first, ascending."""
        long, short = (codes >> _HIGH).astype(np.int64), (codes & _LOW).astype(np.int64)
        starts = self.ends - np.diff(self.ends, prepend=0)
        # Beyond its last value (or the limit of sampling) a sketch says nothing: compared is what lies below both.
        limit = np.minimum(*(np.maximum(self.values[self.ends[side] - 1], SAMPLED - 1) for side in (long, short)))
        lengths = (self.ends - starts)[short]
        pair = np.repeat(np.arange(len(codes)), lengths)
        values = self.values[_spans(starts[short], lengths)]
        below = values <= limit[pair]
        pair, values = pair[below], values[below]
        first, last = int(long[0]), int(long[-1])
        owners = np.repeat(np.arange(first, last + 1), (self.ends - starts)[first : last + 1])
        places = _code(owners, self.values[starts[first] : self.ends[last]])  # ascending, as the values of a sketch are
        wanted = _code(long[pair], values)
        found = places[np.minimum(np.searchsorted(places, wanted), len(places) - 1)] == wanted
        common = np.bincount(pair[found], minlength=len(codes))
        of_short = np.bincount(pair, minlength=len(codes))
        of_long = np.searchsorted(places, _code(long, limit), "right") - (starts[long] - starts[first])
        enough = _may_be(common, of_short + of_long - common, asked.jaccard)
        enough |= _may_be(common, np.minimum(of_short, of_long), asked.containment)
        return enough & (common > 0)


def _runs(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A key for each run of neighbors."""
    places = max(0, len(values) - RUN + 1)
    keys = np.zeros(places, np.uint32)
    for start in range(0, places, _PLACES):
        end = min(start + _PLACES, places)
        run = values[start:end].astype(np.uint64)
        for step in range(1, RUN):
            run = mixed(run) + values[start + step : end + step]
        keys[start:end] = mixed(run) & _LOW
    return keys


def _code(high: NDArray[Any], low: NDArray[np.uint32]) -> Hashes:
    return (high.astype(np.uint64) << _HIGH) | low


def _turned(codes: Hashes) -> Hashes:
    """The codes of the same pairs, the other article first."""
    return (codes << _HIGH) | (codes >> _HIGH)


def _distinct(codes: Hashes) -> Hashes:
    """Each code once, sorted; the codes given are sorted in their place."""
    codes.sort()
    return codes[changes(codes)]


def _may_be(common: Numbers, size: Numbers, share: float) -> NDArray[np.bool_]:
    """Whether samples of that size with so much in common may come from sets that share as much."""
    result: NDArray[np.bool_] = common >= share * size - DEVIATIONS * np.sqrt(size * share * (1 - share))
    return result


def _in_lists(owners: Hashes, lengths: Numbers, beyond: int) -> Hashes:
    """The pairs of each list: all of a short one; in a longer one each with so many after it."""
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(owners))  # places up to the end of the list
    short = np.repeat(lengths <= SHORT_LIST, lengths)
    found = []
    for step in range(1, max(SHORT_LIST, beyond + 1)):
        at = np.flatnonzero((left > step) & (short if step > beyond else True))
        found.append((owners[at] << _HIGH) | owners[at + step])
    return np.concatenate(found)


def _spans(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers of all spans, one after the other.

    >>> _spans(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    result: Numbers = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    return result
