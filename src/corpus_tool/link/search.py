"""The nearest articles of the other language, exactly: every pair within the days is compared, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from corpus_tool.link.features import Features
    from corpus_tool.link.space import Side, Space

NEIGHBORS = 5
ROWS, COLUMNS = 512, 4096
"""Articles of one side, and of the other, that are compared at once: memory is bounded by their product."""

SAMPLE = 300
"""Articles of the other side, evenly spaced, whose scores tell how near anybody is."""

_DECIMALS = 4  # scores are rounded, so that the order of sums does not show
_TIE = 1e-10  # what a place costs among equal scores
_NEVER = -1e6
_FAR = 10**7  # days


class Neighbors(NamedTuple):
    """For each article its nearest ones, the best first, with their scores; and how many there were to choose from.

    `around` are the highest scores of each article among these and a sample of all, whatever their days: with a
    window there may be a few articles to choose from, and the best of a few is near without being a twin.
    """

    places: list[list[int]]
    scores: list[list[float]]
    candidates: list[int]
    around: list[list[float]]


def nearest(space: Space, one: Side, other: Side, window_days: int | None) -> Neighbors:
    """The nearest articles of `other` for each article of `one`; ties in the order of the list."""
    import numpy as np

    size, width = len(one.articles), len(other.articles)
    found = Neighbors([[] for _ in range(size)], [[] for _ in range(size)], [0] * size, [[] for _ in range(size)])
    sample = np.arange(0, width, max(1, width // SAMPLE)) if window_days is not None else np.arange(0)
    anyone = space.rows(other, sample) if len(sample) else None
    ours, theirs = _days(one.articles), _days(other.articles)
    order = np.lexsort((np.arange(size), ours[0], ours[1] - ours[0]))  # alike spans together, then by day
    for start in range(0, size, ROWS):
        rows = order[start : start + ROWS]
        span = ours[0, rows].min(), ours[1, rows].max()
        columns = np.arange(width) if window_days is None else _within(span, theirs, window_days)
        choice = np.full(len(rows), 0)
        left = space.rows(one, rows)
        best: list[tuple[Any, Any]] = [(np.full((len(rows), 1), width), np.full((len(rows), 1), _NEVER))]
        for at in range(0, len(columns), COLUMNS):
            block = columns[at : at + COLUMNS]
            scores = (left @ space.rows(other, block).T).toarray()
            if window_days is not None:
                near = _near(ours[:, rows], theirs[:, block], window_days)
                scores[~near] = _NEVER
                choice += near.sum(axis=1)
            best.append(_top(scores, block))
        places, scores = (np.concatenate([part[n] for part in best], axis=1) for n in (0, 1))
        elsewhere = None if anyone is None else _top((left @ anyone.T).toarray(), sample)
        for at, row in enumerate(rows.tolist()):
            ranked = _ranked(places[at], scores[at])
            found.places[row] = [place for _, place in ranked]
            found.scores[row] = [-score for score, _ in ranked]
            if elsewhere is not None:
                ranked = sorted({*ranked, *_ranked(elsewhere[0][at], elsewhere[1][at])})[:NEIGHBORS]
            found.around[row] = [-score for score, _ in ranked]
            found.candidates[row] = width if window_days is None else int(choice[at])
    return found


def _ranked(places: Any, scores: Any) -> list[tuple[float, int]]:
    """The best of some places as (negative score, place), the best first."""
    ranked = sorted(zip((-scores).tolist(), places.tolist(), strict=True))[:NEIGHBORS]
    return [(score, place) for score, place in ranked if -score > _NEVER]


def _top(scores: Any, block: Any) -> tuple[Any, Any]:
    """The places and scores of the best columns of each row; of equal ones the earlier column."""
    import numpy as np

    rounded = np.round(scores.astype(np.float64), _DECIMALS)
    count = min(NEIGHBORS, rounded.shape[1])
    ranks = rounded - np.arange(rounded.shape[1]) * _TIE
    chosen = np.argpartition(-ranks, count - 1, axis=1)[:, :count]
    return block[chosen], np.take_along_axis(rounded, chosen, axis=1)


def _days(articles: Sequence[Features]) -> Any:
    """First and last day of each article as two rows of ordinals; an undated article may be of any day."""
    import numpy as np

    always = (-_FAR, _FAR)
    spans = [(a.earliest, a.latest) if a.earliest is not None and a.latest is not None else always for a in articles]
    return np.array(spans, dtype=np.int64).reshape(-1, 2).T


def _within(span: tuple[Any, Any], days: Any, window_days: int) -> Any:
    """The articles that may lie within the window of one whose days are somewhere in this span."""
    import numpy as np

    return np.flatnonzero((span[0] - days[1] <= window_days) & (days[0] - span[1] <= window_days))


def _near(ours: Any, theirs: Any, window_days: int) -> Any:
    """Which pairs lie within the window, rows by columns."""
    after = ours[0][:, None] - theirs[1][None, :]
    before = theirs[0][None, :] - ours[1][:, None]
    return (after <= window_days) & (before <= window_days)


def gap_days(one: Features, other: Features) -> int | None:
    """The days between two dates: 0 where their spans touch, None where one is not known."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return None
    return max(0, one.earliest - other.latest, other.earliest - one.latest)
