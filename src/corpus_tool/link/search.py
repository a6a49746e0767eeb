"""The nearest articles of the other language, exactly: every pair within the days is compared, group by group.

Both ways in one go, for to make the rows of an article costs as much as to compare it. Articles stand in groups of
like days. Two groups meet where some of their articles may lie within the window, and then in strips, so narrow that
most of what is multiplied is within it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from corpus_tool.link.space import Side, Space

NEIGHBORS = 5
NOBODY = -1
"""The place of a neighbor where there are fewer; its score is minus infinity."""

GROUP = 4096
"""Articles whose rows are made at once."""

STRIP = 128
"""Articles that are compared at once with those of a group: memory is bounded by the product of both."""

SAMPLE = 300
"""Articles of the other side, evenly spaced, whose scores tell how near anybody is."""

_AT_HAND = 8  # groups whose rows are kept
_UNITS = 10**4  # of a score: scores are rounded, so that the order of sums does not show
_FAR = 10**7  # days
_NEVER = -(2**62)


class Days(Protocol):
    """An article that may be of some days, as ordinals; None where they are not known."""

    @property
    def earliest(self) -> int | None:
        """The first day."""

    @property
    def latest(self) -> int | None:
        """The last day."""


class Neighbors(NamedTuple):
    """For each article its nearest ones, the best first, with their scores; and how many there were to choose from.

    Arrays with a row for each article. `around` are the highest scores of each article among these and a sample of
    all, whatever their days: with a window there may be a few articles to choose from, and the best of a few is near
    without being a twin.
    """

    places: Any
    scores: Any
    candidates: Any
    around: Any


def nearest(space: Space, window_days: int | None) -> tuple[Neighbors, Neighbors]:
    """The nearest articles of b for each of a, and the nearest of a for each of b; ties in the order of the list."""
    halves = one, other = _Half.of(space.a, window_days), _Half.of(space.b, window_days)
    samples = [half.sample(space) for half in halves if window_days is not None]

    @lru_cache(maxsize=_AT_HAND)
    def rows(which: int, number: int) -> Any:
        half = halves[which]
        made = space.rows(half.side, half.groups[number])
        if window_days is not None and number not in half.looked:
            half.look_around(number, made, halves[1 - which], samples[1 - which], window_days)
        return made

    for at, group in enumerate(one.groups):
        for across, others in enumerate(other.groups):
            if window_days is None or one.may_meet(group, other, others, window_days).any():
                left, right = rows(0, at), rows(1, across)
                one.meet(group, left, other, others, right, window_days)
                other.meet(others, right, one, group, left, window_days)
    for which, half in enumerate(halves):
        for number in range(len(half.groups)):
            if window_days is not None and number not in half.looked:
                rows(which, number)
    return one.neighbors(other), other.neighbors(one)


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of the search: its articles in groups, and the nearest that were found so far.

    A neighbor is one number, its score in units and then how far its place is from the end: the higher, the nearer,
    and of equal ones the earlier.
    """

    side: Side
    days: Any  # first and last day of each article
    groups: list[Any]  # places of articles
    best: Any
    around: Any
    candidates: Any
    looked: set[int] = field(default_factory=set)  # groups that looked around

    @classmethod
    def of(cls, side: Side, window_days: int | None) -> _Half:
        import numpy as np

        size = len(side.articles)
        days = _days(side.articles)
        order = np.arange(size)
        if window_days is not None:
            order = np.lexsort((order, days[0], days[1] - days[0]))  # alike spans together, then by day
        groups = [order[start : start + GROUP] for start in range(0, size, GROUP)]
        best, around = (np.full((size, NEIGHBORS), _NEVER) for _ in range(2))
        return cls(side, days, groups, best, around, np.zeros(size, dtype=np.int64))

    def sample(self, space: Space) -> tuple[Any, Any]:
        """Some articles, and their rows as columns."""
        import numpy as np

        size = len(self.side.articles)
        places = np.arange(0, size, max(1, size // SAMPLE))
        return places, space.rows(self.side, places).T.tocsr()

    def may_meet(self, group: Any, other: _Half, others: Any, window_days: int) -> Any:
        """Which of the others may lie within the window of one whose days are somewhere in those of the group."""
        first, last = self.days[0, group].min(), self.days[1, group].max()
        days = other.days[:, others]
        return (first - days[1] <= window_days) & (days[0] - last <= window_days)

    def far(self, rows: Any, other: _Half, columns: Any, window_days: int) -> Any:
        """Which pairs do not lie within the window, rows by columns."""
        ours, theirs = self.days[:, rows, None], other.days[:, None, columns]
        return (ours[0] - theirs[1] > window_days) | (theirs[0] - ours[1] > window_days)

    def meet(self, group: Any, left: Any, other: _Half, others: Any, right: Any, window_days: int | None) -> None:
        """Compare the articles of a group with those of one of the other side, all given with their rows."""
        import numpy as np

        columns = right.T.tocsr() if window_days is None else None
        for start in range(0, len(group), STRIP):
            strip, rows = group[start : start + STRIP], left[start : start + STRIP]
            if window_days is None:
                self._keep(strip, (rows @ columns).toarray(), other, others)
                continue
            chosen = np.flatnonzero(self.may_meet(strip, other, others, window_days))
            if len(chosen):
                far = self.far(strip, other, others[chosen], window_days)
                self._keep(strip, (rows @ right[chosen].T).toarray(), other, others[chosen], far)

    def _keep(self, rows: Any, scores: Any, other: _Half, places: Any, far: Any | None = None) -> None:
        """Keep the best of what was found before and of these scores, rows by places."""
        import numpy as np

        width = len(other.side.articles)
        found = _in_units(scores) * width + (width - 1 - places)
        if far is not None:
            found[far] = _NEVER
        self.candidates[rows] += len(places) - (0 if far is None else far.sum(axis=1))
        self.best[rows] = _highest(np.concatenate([self.best[rows], _highest(found)], axis=1))

    def look_around(self, number: int, rows: Any, other: _Half, sample: tuple[Any, Any], window_days: int) -> None:
        """Compare a group with a sample of the other side, but for those within the window, which it meets anyway."""
        group, (places, columns) = self.groups[number], sample
        found = _in_units((rows @ columns).toarray())
        found[~self.far(group, other, places, window_days)] = _NEVER
        highest = _highest(found)
        self.around[group, : highest.shape[1]] = highest
        self.looked.add(number)

    def neighbors(self, other: _Half) -> Neighbors:
        """What was found, in order."""
        import numpy as np

        width = max(1, len(other.side.articles))
        best = -np.sort(-self.best, axis=1)
        units = np.where(best > _NEVER, best // width, _NEVER)
        places = np.where(best > _NEVER, width - 1 - best % width, NOBODY)
        around = -np.sort(-_highest(np.concatenate([units, self.around], axis=1)), axis=1)
        return Neighbors(places, _scores(units), self.candidates, _scores(around))


def _highest(rows: Any) -> Any:
    """The highest numbers of each row, in no order."""
    import numpy as np

    return np.partition(rows, -NEIGHBORS, axis=1)[:, -NEIGHBORS:] if rows.shape[1] > NEIGHBORS else rows


def _in_units(scores: Any) -> Any:
    import numpy as np

    return np.rint(scores.astype(np.float64) * _UNITS).astype(np.int64)


def _scores(units: Any) -> Any:
    import numpy as np

    return np.where(units > _NEVER, units / _UNITS, -np.inf)


def _days(articles: Sequence[Days]) -> Any:
    """First and last day of each article as two rows of ordinals; an undated article may be of any day."""
    import numpy as np

    always = (-_FAR, _FAR)
    spans = [(a.earliest, a.latest) if a.earliest is not None and a.latest is not None else always for a in articles]
    return np.array(spans, dtype=np.int32).reshape(-1, 2).T


def gap_days(one: Days, other: Days) -> int | None:
    """The days between two dates: 0 where their spans touch, None where one is not known."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return None
    return max(0, one.earliest - other.latest, other.earliest - one.latest)
