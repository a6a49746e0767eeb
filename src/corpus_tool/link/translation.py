"""The beads of a translation: lengths as Gale and Church (1993) have them, and what the sentences have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.link.gale_church import Bead, band, best_beads
from corpus_tool.link.same_passages import CHARACTERS, TERMS

if TYPE_CHECKING:
    from corpus_tool.link.gale_church import Bonus
    from corpus_tool.link.sentences import Likeness, Part

MISSING = 1.5
"""What a sentence without a counterpart costs, in nats: chosen on en-de and de-fr, some of their sentences missing."""

_BESIDE = 2  # columns beside the band that a bead may reach
_BLOCK = 64


class Translated(NamedTuple):
    """A bead with sentences on both sides, and how alike these are, in nats."""

    bead: Bead
    likeness: float


def translated(likeness: Likeness, lengths_a: Sequence[int], lengths_b: Sequence[int]) -> list[Translated]:
    """The beads of two texts, neither of them empty, as if one were a translation of the other; in order."""
    import numpy as np

    bonus = _bonus(likeness, lengths_a, lengths_b)
    found = []
    for bead in best_beads(lengths_a, lengths_b, bonus, MISSING):
        of_a, of_b = bead.a_end - bead.a, bead.b_end - bead.b
        if of_a and of_b:
            alike = bonus(of_a, of_b, np.array([bead.a]), np.array([bead.b]))
            found.append(Translated(bead, float(alike[0])))
    return found


def _bonus(likeness: Likeness, lengths_a: Sequence[int], lengths_b: Sequence[int]) -> Bonus:
    """How alike the sentences of beads are: as much as in `same_passages`, those of one side taken together."""
    starts, ends = _columns(lengths_a, lengths_b)
    parts = [
        (part, weight, _products(part, starts, ends))
        for part, weight in zip(likeness, (TERMS, CHARACTERS), strict=True)
    ]

    def bonus(of_a: int, of_b: int, at: Any, beside: Any) -> Any:
        import numpy as np

        total = np.zeros(len(at))
        for part, weight, products in parts:
            common = sum(products[at + n, beside + m - starts[at + n]] for n in range(of_a) for m in range(of_b))
            squares = _squares(part, 0, at, of_a) * _squares(part, 1, beside, of_b)
            total += weight * common / np.sqrt(np.where(squares > 0, squares, 1))
        return total

    return bonus


def _columns(lengths_a: Sequence[int], lengths_b: Sequence[int]) -> tuple[Any, Any]:
    """For each sentence of the first text the first sentence of the second in the band, and the one behind the last."""
    import numpy as np

    first, last = band(lengths_a, lengths_b)
    places = np.arange(len(lengths_a))
    starts = np.searchsorted(last, places) - places - _BESIDE
    ends = np.searchsorted(first, places, side="right") - places + _BESIDE
    return np.maximum(starts, 0), np.minimum(ends, len(lengths_b))


def _products(part: Part, starts: Any, ends: Any) -> Any:
    """The products of the sentences in the band: one row a sentence of the first text, from its first column on."""
    import numpy as np

    products = np.zeros((len(starts), int((ends - starts).max())))
    for block in range(0, len(starts), _BLOCK):
        rows = slice(block, block + _BLOCK)
        first, last = int(starts[rows].min()), int(ends[rows].max())
        dense = (part.a[rows] @ part.b[first:last].T).toarray()
        for at, row in enumerate(dense, block):
            width = int(ends[at] - starts[at])
            products[at, :width] = row[starts[at] - first : starts[at] - first + width]
    return products


def _squares(part: Part, side: int, places: Any, count: int) -> Any:
    """The squared length of so many sentences taken together."""
    squares = part.squares[side]
    if count == 1:
        return squares[places]
    return squares[places] + squares[places + 1] + 2 * part.beside[side][places]
