"""Articles of two languages as rows of two sparse matrices whose product is the score of each pair.

The columns stand in blocks, one for each part of the score: linked terms, character 4-grams, and what a user's
encoder gives. Within a block each row has length one; then the block is scaled, so that the product of two rows
is the sum of the parts in units of their deviation. Rows are built when they are asked for, a block of articles at
a time: what is kept for all articles is their terms alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from corpus_tool.errors import MissingExtra
from corpus_tool.link.scales import Scales, scales_of
from corpus_tool.link.table import Link
from corpus_tool.link.terms import grams
from corpus_tool.link.vocabulary import BACKGROUND_ARTICLES, Vocabulary

if TYPE_CHECKING:
    from corpus_tool.link.features import Features

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

    articles: Sequence[Features]
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
        yield _unit(counts.multiply(self.worth).tocsr()) @ self.to_links
        yield _unit(counts @ self.to_grams)
        if self.vectors is not None:
            yield csr_matrix(self.vectors[rows])


@dataclass(frozen=True, slots=True)
class Space:
    """Two sides with common columns, the links between them, and the scale of each block."""

    a: Side
    b: Side
    links: tuple[Link, ...]
    scales: Scales
    links_of: dict[str, list[Link]] = field(repr=False)

    def rows(self, side: Side, rows: Any) -> Any:
        """Some articles as rows of one matrix: products of rows of the two sides are scores."""
        from scipy.sparse import hstack

        weights = self.scales.factors
        blocks = [part * factor**0.5 for part, factor in zip(side.parts(rows), weights, strict=False)]
        return hstack(blocks, format="csr", dtype="float32")


def space_of(
    a: Sequence[Features],
    b: Sequence[Features],
    vocabularies: tuple[Vocabulary, Vocabulary],
    links: Sequence[Link],
    vectors: Vectors | None = None,
) -> Space:
    """The space of two lists of articles; MissingExtra where numpy and scipy are not installed."""
    try:
        import numpy as np
        from scipy.sparse import csr_matrix, identity
    except ImportError:
        raise MissingExtra("finding twins", "links") from None
    one, other = vocabularies
    rows = [one.places[link.a] for link in links]
    columns = [other.places[link.b] for link in links]
    weights = np.array([link.weight for link in links], dtype=np.float32)
    table = csr_matrix((weights, (rows, columns)), shape=(len(one.places), len(other.places)))
    sides = []
    for articles, vocabulary, linked, to_links in (
        (a, one, rows, table),
        (b, other, columns, identity(len(other.places), dtype=np.float32, format="csr")),
    ):
        across = len(b) if articles is a else len(a)
        worth = _worth(vocabulary, set(linked), across)
        counts = _count_matrix(vocabulary, articles)
        sides.append((articles, vocabulary, counts, worth, to_links))
    gram_matrices = _gram_matrices([(vocabulary, counts) for _, vocabulary, counts, _, _ in sides])
    encoded = [_vector_matrix(articles, vectors) for articles in (a, b)]
    side_a, side_b = (
        Side(*parts, to_grams, vector) for parts, to_grams, vector in zip(sides, gram_matrices, encoded, strict=True)
    )
    links_of: dict[str, list[Link]] = {}
    for link in links:
        links_of.setdefault(link.a, []).append(link)
    return Space(side_a, side_b, tuple(links), scales_of(side_a, side_b), links_of)


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


def _count_matrix(vocabulary: Vocabulary, articles: Sequence[Features]) -> Any:
    """One row an article, one column a term: 1 + ln of the count (Salton and Buckley 1988)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    places = vocabulary.places
    lengths = [len(article.counts) for article in articles]
    size = sum(lengths)
    terms = chain.from_iterable(article.counts for article in articles)
    columns = np.fromiter(map(places.__getitem__, terms), np.int32, size)
    counts = np.fromiter(chain.from_iterable(article.counts.values() for article in articles), np.float32, size)
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    matrix = csr_matrix((1 + np.log(counts), columns, starts), shape=(len(articles), len(places)))
    matrix.sort_indices()
    return matrix


def _gram_matrices(sides: Sequence[tuple[Vocabulary, Any]]) -> list[Any]:
    """For each side, terms × 4-grams, each by the worth of the term and its own.

    A 4-gram is worth the more, the fewer articles of its side have it; what frequent words share is worth nothing.
    One that the other side lacks counts in the length of a row alone, as terms without a link do.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    spelled = [
        [(place, gram) for term, place in vocabulary.places.items() if term.isalpha() for gram in grams(term)]
        for vocabulary, _ in sides
    ]
    of_side = [{gram for _, gram in pairs} for pairs in spelled]
    number = {gram: column for column, gram in enumerate(sorted(of_side[0] | of_side[1]))}
    shared = np.array([gram in of_side[0] and gram in of_side[1] for gram in number], dtype=bool)
    matrices = []
    for (vocabulary, counts), pairs in zip(sides, spelled, strict=True):
        rows, columns = [place for place, _ in pairs], [number[gram] for _, gram in pairs]
        has = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(vocabulary.places), len(number)))
        frequency = sum(
            np.bincount((counts[at : at + ROWS] @ has).tocsr().indices, minlength=len(number))
            for at in range(0, max(1, counts.shape[0]), ROWS)
        )
        matrices.append((has, frequency, counts.shape[0]))
    useful = np.all([frequency <= max(COMMON_GRAM * n, MIN_COMMON) for _, frequency, n in matrices], axis=0)
    weighted = []
    for (vocabulary, _), (has, frequency, n), across in zip(
        sides, matrices, (matrices[1][2], matrices[0][2]), strict=True
    ):
        own = np.log((n + BACKGROUND_ARTICLES) / (frequency + BACKGROUND_ARTICLES * _USUAL_CHANCE))
        silent = (FEW_ARTICLES / (FEW_ARTICLES + across)) ** 0.5 if across <= MANY_ARTICLES else 0.0
        own = np.maximum(own, 0) * useful * np.where(shared, 1.0, silent)
        worth = np.array([vocabulary.worth(term) for term in vocabulary.places], dtype=np.float32)
        matrix = (diags(worth) @ has @ diags(own.astype(np.float32))).tocsr()
        matrix.eliminate_zeros()
        weighted.append(matrix)
    return weighted


ENOUGH_TO_CENTER = 20


def _vector_matrix(articles: Sequence[Features], vectors: Vectors | None) -> Any | None:
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
