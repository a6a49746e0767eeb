"""Sentences of two articles that likely say the same, in whatever order: what comparable articles share.

Three steps, each a logistic regression (its constants are fitted, see below): how alike two sentences are by linked
terms, characters and lengths; how far that stands above the next best of either sentence; and whether the pair fits
in the order of the other likely pairs, so far as these have one. Then the likeliest pairs are taken one by one, each
sentence once. Only the likeliest counterparts of a sentence are kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from corpus_tool.link.sentences import Likeness, Part

# Fitted on the halves of en-de and de-fr, with their sentences in order and shuffled (`benchmarks/fit_alignment.py`).
TERMS, CHARACTERS, LENGTHS, ALIKE = 12.6, 20.9, -1.86, -5.23
"""What cosine of terms, cosine of 4-grams, and the logarithm of the ratio of lengths give; and what any pair has."""

HEIGHT, MARGIN, OTHER_MARGIN, LIKELY = 0.313, 0.393, 0.358, -2.58
"""What likeness gives, how far it stands above the next best on the side that is nearer, and on the other side."""

ORDER = 2.62
"""What it gives to fit in the order of the other pairs."""

THRESHOLD = 0.5
"""A pair is given from this chance on that it says the same."""

VOTE = 0.2
"""Pairs from this chance on have a say in the order."""

_LEAST = -6.0  # likeness below this is none
_FLOOR = -4.0  # likeness from which a pair is looked at again
_NEAREST = 8  # counterparts of a sentence that are looked at again
_MOST_VOTES = 1000
_BLOCK = 256


class Match(NamedTuple):
    """Two sentences by their places, and the chance that they say the same."""

    a: int
    b: int
    chance: float


class Candidate(NamedTuple):
    """Two sentences worth a second look: how alike they are, in nats, and how far above the next best of either."""

    a: int
    b: int
    alike: float
    margin: float
    other_margin: float


def chance_of(evidence: float) -> float:
    """The chance that goes with so much evidence, in nats.

    >>> chance_of(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-60.0, min(60.0, evidence))))


def cosines(part: Part, rows: slice, columns: slice) -> Any:
    """How alike some sentences of one side are to some of the other, from 0 to 1."""
    import numpy as np

    product = (part.a[rows] @ part.b[columns].T).toarray()
    lengths = np.sqrt(np.outer(part.squares[0][rows], part.squares[1][columns]))
    return product / np.where(lengths > 0, lengths, 1)


def same_passages(
    likeness: Likeness, lengths_a: Sequence[int], lengths_b: Sequence[int], least: float = THRESHOLD
) -> list[Match]:
    """The pairs of sentences that likely say the same, the likeliest first, each sentence once."""
    found = candidates(likeness, lengths_a, lengths_b)
    orders = order_of(found, voters(found))
    return list(_taken([_judged(one, order) for one, order in zip(found, orders, strict=True)], least))


def voters(found: Sequence[Candidate]) -> list[Match]:
    """The pairs that have a say in the order: the likeliest of each sentence, as yet by themselves."""
    return list(islice(_taken(map(_judged, found), VOTE), _MOST_VOTES))


def _judged(one: Candidate, order: float = 0.0) -> Match:
    evidence = HEIGHT * one.alike + MARGIN * one.margin + OTHER_MARGIN * one.other_margin + ORDER * order + LIKELY
    return Match(one.a, one.b, chance_of(round(evidence, 6)))


def candidates(likeness: Likeness, lengths_a: Sequence[int], lengths_b: Sequence[int]) -> list[Candidate]:
    """The pairs worth a second look, in order."""
    import numpy as np

    logs_a, logs_b = np.log(lengths_a), np.log(lengths_b)
    best_b = np.full((2, len(lengths_b)), _LEAST)
    blocks: list[tuple[Any, Any, Any, Any]] = []
    for start in range(0, len(lengths_a), _BLOCK):
        alike = _alike(likeness, logs_a, logs_b, slice(start, start + _BLOCK))
        best_a = _two_best(alike)
        best_b = _two_best(np.concatenate((best_b.T, alike.T), axis=1))
        least = np.full((len(alike), 1), _FLOOR)
        if alike.shape[1] > _NEAREST:
            least = np.partition(alike, -_NEAREST, axis=1)[:, -_NEAREST, None]
        rows, columns = np.nonzero((alike > _FLOOR) & (alike >= least))
        values = alike[rows, columns]
        blocks.append((rows + start, columns, values, values - _rival(values, best_a[:, rows])))
    rows, columns, values, above_a = (np.concatenate([block[n] for block in blocks]) for n in range(4))
    above_b = values - _rival(values, best_b[:, columns])
    cells = rows, columns, values, np.minimum(above_a, above_b), np.maximum(above_a, above_b)
    return [Candidate(*cell) for cell in zip(*(column.tolist() for column in cells), strict=True)]


def _alike(likeness: Likeness, logs_a: Any, logs_b: Any, rows: slice) -> Any:
    """How alike some sentences of one side are to all of the other, in nats."""
    import numpy as np

    terms, characters = (cosines(part, rows, slice(None)) for part in likeness)
    ratio = np.abs(logs_a[rows, None] - logs_b[None, :])
    return np.maximum(TERMS * terms + CHARACTERS * characters + LENGTHS * ratio + ALIKE, _LEAST)


def _two_best(values: Any) -> Any:
    """The best and the second best of each row, as two rows."""
    import numpy as np

    padded = np.pad(values, ((0, 0), (0, 1)), constant_values=_LEAST)
    return np.partition(padded, (-2, -1), axis=1)[:, [-1, -2]].T


def _rival(values: Any, best: Any) -> Any:
    """The best that is not the value itself."""
    import numpy as np

    return np.where(values >= best[0], best[1], best[0])


def order_of(found: Sequence[Candidate], votes: Sequence[Match]) -> list[float]:
    """How well each candidate fits in the order of the votes, from -1 to 1.

    The order counts as much as the votes agree about it among themselves (Kendall's tau, each pair of votes by the
    product of its chances): where passages stand in another order, it counts for nothing.
    """
    import numpy as np

    if len(votes) < 2:
        return [0.0] * len(found)
    at, beside, chances = (np.array([vote[n] for vote in votes]) for n in range(3))
    among = np.outer(chances, chances) * (1 - np.eye(len(votes)))
    agreed = float((among * _turns(at, beside, at, beside)).sum() / (among.sum() + 1))
    orders: list[float] = []
    for start in range(0, len(found), _BLOCK):
        rows, columns = (np.array([one[n] for one in found[start : start + _BLOCK]]) for n in (0, 1))
        turns = _turns(rows, columns, at, beside)
        fits = (turns * chances).sum(axis=1) / ((np.abs(turns) * chances).sum(axis=1) + 1)
        orders += (agreed * fits).tolist()
    return orders


def _turns(rows: Any, columns: Any, at: Any, beside: Any) -> Any:
    """1 where two pairs stand in the same order on both sides, -1 where they cross, 0 where they share a sentence."""
    import numpy as np

    return np.sign(rows[:, None] - at) * np.sign(columns[:, None] - beside)


def _taken(matches: Iterable[Match], least: float) -> Iterator[Match]:
    """The likeliest pairs, each sentence once."""
    of_a: set[int] = set()
    of_b: set[int] = set()
    for match in sorted(matches, key=lambda match: (-match.chance, match.a, match.b)):
        if match.chance < least:
            return
        if match.a not in of_a and match.b not in of_b:
            of_a.add(match.a)
            of_b.add(match.b)
            yield match
