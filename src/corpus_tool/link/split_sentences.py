"""Sentences that are two over there: a pair takes in a neighbor of either sentence if that makes it more alike.

In articles that are no translations; beads do the same for those that are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.link.same_passages import CHARACTERS, LENGTHS, TERMS, Match

if TYPE_CHECKING:
    from corpus_tool.link.sentences import Likeness, Part

GAIN = 0.75
"""How much more alike, in nats, a neighbor must make a pair; chosen on en-de and de-fr."""


class Group(NamedTuple):
    """One or two sentences of each text, by their places, and the chance that they say the same."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    chance: float


class _Neighbor(NamedTuple):
    """A sentence beside one of a match, on side 0 or 1: its place, and that of the sentence it stands beside."""

    side: int
    place: int
    beside: int
    match: Match

    @property
    def cell(self) -> tuple[int, int]:
        """The neighbor and the sentence that it would go with."""
        return (self.place, self.match.b) if self.side == 0 else (self.match.a, self.place)


def with_neighbors(
    matches: Sequence[Match], likeness: Likeness, lengths_a: Sequence[int], lengths_b: Sequence[int]
) -> list[Group]:
    """The matches in order, each with the neighbor that goes with it on either side, if there is one."""
    lengths = lengths_a, lengths_b
    taken: tuple[set[int], set[int]] = {match.a for match in matches}, {match.b for match in matches}
    neighbors = [
        _Neighbor(side, place, beside, match)
        for match in matches
        for side, beside in enumerate((match.a, match.b))
        for place in (beside - 1, beside + 1)
        if 0 <= place < len(lengths[side]) and place not in taken[side]
    ]
    groups = {match: Group((match.a,), (match.b,), match.chance) for match in matches}
    gains = _gains(neighbors, likeness, lengths) if neighbors else []
    for gain, one in sorted(zip(gains, neighbors, strict=True), key=lambda item: (-item[0], item[1])):
        group = groups[one.match]
        if gain < GAIN or one.place in taken[one.side] or len(group.a) + len(group.b) > 2:
            continue
        taken[one.side].add(one.place)
        both = tuple(sorted((one.beside, one.place)))
        groups[one.match] = group._replace(a=both) if one.side == 0 else group._replace(b=both)
    return sorted(groups.values())


def _gains(
    neighbors: Sequence[_Neighbor], likeness: Likeness, lengths: tuple[Sequence[int], Sequence[int]]
) -> list[float]:
    """How much more alike each neighbor makes its pair, in nats; rounded, so that equal gains are equal."""
    import numpy as np

    pairs = np.array([(one.match.a, one.match.b) for one in neighbors]).T
    cells = np.array([one.cell for one in neighbors]).T
    gain = np.zeros(len(neighbors))
    for part, weight in zip(likeness, (TERMS, CHARACTERS), strict=True):
        before, more = _products(part, pairs), _products(part, cells)
        squares = part.squares[0][pairs[0]], part.squares[1][pairs[1]]
        edges = [(one.side, one.place, min(one.place, one.beside)) for one in neighbors]
        wider = np.array([part.squares[side][place] + 2 * part.beside[side][edge] for side, place, edge in edges])
        second = np.array([one.side for one in neighbors]) == 1
        after = np.where(second, squares[0] * (squares[1] + wider), (squares[0] + wider) * squares[1])
        gain += weight * (_over(before + more, after) - _over(before, squares[0] * squares[1]))
    for at, (side, place, beside, match) in enumerate(neighbors):
        mine, theirs = lengths[side][beside], lengths[1 - side][match.b if side == 0 else match.a]
        apart = abs(np.log((mine + lengths[side][place]) / theirs)) - abs(np.log(mine / theirs))
        gain[at] += LENGTHS * apart
    rounded: list[float] = np.round(gain, 6).tolist()
    return rounded


def _products(part: Part, cells: Any) -> Any:
    """The numerators of some pairs of sentences."""
    import numpy as np

    return np.asarray(part.a[cells[0]].multiply(part.b[cells[1]]).sum(axis=1)).ravel()


def _over(product: Any, squares: Any) -> Any:
    import numpy as np

    return product / np.sqrt(np.where(squares > 0, squares, 1))
