"""Articles of two languages as rows of two sparse matrices whose product is the score of each pair.

The columns stand in blocks, one for each part of the score: linked terms, character 4-grams, and what a user's
encoder gives. Within a block each row has length one; then the block is scaled, so that the product of two rows
is the sum of the parts in units of their deviation. Rows are built when they are asked for, a block of articles at
a time: what is kept for all articles is their terms alone.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.link.scales import Scales, scales_of
from corpus_tool.link.table import Link
from corpus_tool.link.terms import grams
from corpus_tool.link.vocabulary import BACKGROUND_ARTICLES, TermMatrix, Vocabulary

if TYPE_CHECKING:
    from corpus_tool.link.features import Listed

ROWS = 2000
"""Articles whose rows are built at once."""

COMMON_GRAM = 0.1
"""4-grams in more than this share of the articles of a language tell nothing, and cost the most."""

FEW_ARTICLES = 8
"""As many articles of the other language make it half as telling that none of them has a term."""

LINKED_WORDS = 0.3
"""The share of words, names apart, that have a link once there are many articles."""

MANY_ARTICLES = 1000
MIN_COMMON = 10
_USUAL_CHANCE = 0.02  # that an article has a 4-gram of which nothing is known

Vectors = Mapping[str, Sequence[float]]
"""What an encoder gives for each article, by its id."""


@dataclass(frozen=True, slots=True)
class Side:
    """The articles of one language: their vocabulary, and what each term has in the columns of each block."""

    articles: Sequence[Listed]
    vocabulary: Vocabulary
    counts: Any  # articles × terms: 1 + ln of the count
    worth: Any  # terms: inverse document frequency, 0 for terms without a link
    to_links: Any  # terms × columns of linked terms
    to_grams: Any  # terms × 4-grams, each with its own inverse document frequency
    vectors: Any | None = None

    def parts(self, rows: Any) -> Iterator[Any]:
        """The blocks of some rows, one after another, each row of length one before links are followed."""
        from scipy.sparse import csr_matrix

        counts = self.counts[rows]
        weights = csr_matrix((counts.data * self.worth[counts.indices], counts.indices, counts.indptr), counts.shape)
        yield _unit(weights) @ self.to_links
        yield _unit(counts @ self.to_grams)
        if self.vectors is not None:
            yield csr_matrix(self.vectors[rows])


class Telling(NamedTuple):
    """A link, and what the 4-grams that its two terms share give, before the lengths of articles are known."""

    link: Link
    characters: float


@dataclass(frozen=True)
class Space:
    """Two sides with common columns, the links between them, and the scale of each block."""

    a: Side
    b: Side
    links: tuple[Link, ...]
    scales: Scales

    @cached_property
    def links_of(self) -> dict[str, list[Telling]]:
        """The links of each term of side a; made when the first pair is explained."""
        import numpy as np

        ones = self.a.to_grams[[self.a.vocabulary.places[link.a] for link in self.links]]
        others = self.b.to_grams[[self.b.vocabulary.places[link.b] for link in self.links]]
        shared = np.asarray(ones.multiply(others).sum(axis=1)).ravel().tolist()
        found: dict[str, list[Telling]] = {}
        for link, characters in zip(self.links, shared, strict=True):
            found.setdefault(link.a, []).append(Telling(link, characters))
        return found

    def rows(self, side: Side, rows: Any) -> Any:
        """Some articles as rows of one matrix: products of rows of the two sides are scores."""
        from scipy.sparse import hstack

        weights = self.scales.factors
        blocks = [part * factor**0.5 for part, factor in zip(side.parts(rows), weights, strict=False)]
        return hstack(blocks, format="csr", dtype="float32")


def space_of(a: TermMatrix, b: TermMatrix, links: Sequence[Link], vectors: Vectors | None = None) -> Space:
    """The space of the articles of two languages."""
    import numpy as np
    from scipy.sparse import csr_matrix

    one, other = a.vocabulary, b.vocabulary
    rows = [one.places[link.a] for link in links]
    columns = [other.places[link.b] for link in links]
    weights = np.array([link.weight for link in links], dtype=np.float32)
    table = csr_matrix((weights, (rows, columns)), shape=(len(one.terms), len(other.terms)))
    linked = np.unique(np.array(columns, dtype=np.int32))
    own = csr_matrix((np.ones(len(linked), np.float32), (linked, linked)), shape=(len(other.terms), len(other.terms)))
    gram_matrices = _gram_matrices([a, b])
    side_a, side_b = (
        Side(
            side.articles,
            side.vocabulary,
            side.counts,
            _worth(side.vocabulary, set(with_links), across),
            to_links,
            to_grams,
            _vector_matrix(side.articles, vectors),
        )
        for side, with_links, across, to_links, to_grams in (
            (a, rows, len(b.articles), table, gram_matrices[0]),
            (b, columns, len(a.articles), own, gram_matrices[1]),
        )
    )
    return Space(side_a, side_b, tuple(links), scales_of(side_a, side_b))


def _worth(vocabulary: Vocabulary, linked: set[int], across: int) -> Any:
    """The worth of each term; of a term without a link, what it counts for in the length of a row.

    In many articles of the other language a term that could have a link has one. In a few it has none because
    nobody there wrote of it, and that tells against a pair.
    """
    import numpy as np

    silent = np.sqrt(FEW_ARTICLES / (FEW_ARTICLES + across))
    worth = np.empty(len(vocabulary.places), dtype=np.float32)
    for term, place in vocabulary.places.items():
        factor = 1.0
        if place not in linked:
            certain = not term.isalpha() or vocabulary.is_name(term)
            factor = silent * (1.0 if certain else LINKED_WORDS**0.5)
        worth[place] = factor * vocabulary.worth(term)
    return worth


def _gram_matrices(sides: Sequence[TermMatrix]) -> list[Any]:
    """For each side, terms × 4-grams, each by the worth of the term and its own.

    A 4-gram is worth the more, the fewer articles of its side have it; what frequent words share is worth nothing.
    One that the other side lacks counts in the length of a row alone, as terms without a link do.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    number: defaultdict[str, int] = defaultdict(count().__next__)  # of each 4-gram, in the order of coming
    spelled = [_spelled(side.vocabulary, number) for side in sides]
    came = np.fromiter(map(number.__getitem__, sorted(number)), np.int32, len(number))
    place = np.empty(len(number), np.int32)
    place[came] = np.arange(len(number), dtype=np.int32)
    spelled = [(rows, place[columns]) for rows, columns in spelled]
    shared = np.all([np.bincount(columns, minlength=len(number)) > 0 for _, columns in spelled], axis=0)
    matrices = []
    for side, (rows, columns) in zip(sides, spelled, strict=True):
        counts = side.counts
        has = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(side.vocabulary.terms), len(number)))
        frequency = sum(
            np.bincount((counts[at : at + ROWS] @ has).tocsr().indices, minlength=len(number))
            for at in range(0, max(1, counts.shape[0]), ROWS)
        )
        matrices.append((has, frequency, counts.shape[0]))
    useful = np.all([frequency <= max(COMMON_GRAM * n, MIN_COMMON) for _, frequency, n in matrices], axis=0)
    weighted = []
    for side, (has, frequency, n), across in zip(sides, matrices, (matrices[1][2], matrices[0][2]), strict=True):
        own = np.log((n + BACKGROUND_ARTICLES) / (frequency + BACKGROUND_ARTICLES * _USUAL_CHANCE))
        silent = (FEW_ARTICLES / (FEW_ARTICLES + across)) ** 0.5 if across <= MANY_ARTICLES else 0.0
        own = np.maximum(own, 0) * useful * np.where(shared, 1.0, silent)
        worth = np.array([side.vocabulary.worth(term) for term in side.vocabulary.terms], dtype=np.float32)
        matrix = (diags(worth) @ has @ diags(own.astype(np.float32))).tocsr()
        matrix.eliminate_zeros()
        weighted.append(matrix)
    return weighted


def _spelled(vocabulary: Vocabulary, number: Mapping[str, int]) -> tuple[Any, Any]:
    """The places of words and the numbers of their 4-grams, a pair for each 4-gram of each word."""
    import numpy as np

    places = [place for place, term in enumerate(vocabulary.terms) if term.isalpha()]
    columns, lengths = array("i"), array("i")
    for place in places:
        own = grams(vocabulary.terms[place])
        columns.extend(map(number.__getitem__, own))
        lengths.append(len(own))
    return np.repeat(np.array(places, np.int32), lengths), np.array(columns, np.int32)


ENOUGH_TO_CENTER = 20


def _vector_matrix(articles: Sequence[Listed], vectors: Vectors | None) -> Any | None:
    """The vectors of an encoder, each of length one; what all articles of a language have in common is taken off."""
    if vectors is None:
        return None
    import numpy as np

    matrix = np.array([vectors[article.id] for article in articles], dtype=np.float32)
    if len(matrix) >= ENOUGH_TO_CENTER:
        matrix = matrix - matrix.mean(axis=0)
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(length > 0, length, 1)


def _unit(matrix: Any) -> Any:
    """The matrix with each row of length one, but for empty ones."""
    import numpy as np
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags((1 / np.where(length > 0, length, 1)).astype(np.float32)) @ matrix
