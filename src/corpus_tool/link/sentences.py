"""How alike the sentences of two articles are: by linked terms, and by the characters of words without a link.

A sentence is the set of its terms. Their links come from the table of twins (`link/table`); what a term weighs is how
rare it is in its language, and less where many sentences of its own article have it. A term without a link counts in
the length of its sentence alone, for it may have a counterpart that nobody knows of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.errors import MissingExtra
from corpus_tool.link.features import features_of_text, places_of_terms
from corpus_tool.link.frequent_words import FrequentWords
from corpus_tool.link.table import Link, link_table
from corpus_tool.link.terms import grams
from corpus_tool.link.vocabulary import Vocabulary
from corpus_tool.text.segment import sentences

if TYPE_CHECKING:
    from corpus_tool.link.lexicon import Lexicon

UNLINKED = 0.6
"""What a term without a link weighs in the length of its sentence."""

OWN_FREQUENCY = 0.3
"""How much it tells that few sentences of the article have a term: the exponent of that part of its weight."""

_COMMON, _SMOOTH = 0.05, 0.5


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text: their spans in code points, their lengths, and the terms of each."""

    language: str
    spans: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]
    terms: tuple[frozenset[str], ...]
    vocabulary: Vocabulary


class Part(NamedTuple):
    """One way in which sentences are alike, as two sparse matrices: products of their rows are the numerators.

    `squares` are the squared lengths of the sentences of each side, `beside` the product of each with the next.
    """

    a: Any
    b: Any
    squares: tuple[Any, Any]
    beside: tuple[Any, Any]


class Likeness(NamedTuple):
    """What the sentences of two articles have in common."""

    terms: Part
    characters: Part


def read_sentences(text: str, language: str) -> Sentences:
    """The sentences of a text with their terms.

    >>> found = read_sentences("Anna zag 20 vogels. Ze vlogen.", "nl")
    >>> found.spans, [sorted(terms) for terms in found.terms]
    (((0, 19), (20, 30)), [['#20', 'anna', 'vogels', 'zag'], ['vlogen', 'ze']])
    """
    spans = tuple(sentences(text, language))
    terms: list[set[str]] = [set() for _ in spans]
    at = 0
    for place in places_of_terms(text, language):
        while at < len(spans) and spans[at][1] <= place.start:
            at += 1
        if at < len(spans):
            terms[at].add(place.term)
    vocabulary = Vocabulary.of(language, [features_of_text("", language, text)])
    known = vocabulary.places.keys()
    lengths = tuple(end - start for start, end in spans)
    return Sentences(language, spans, lengths, tuple(frozenset(own & known) for own in terms), vocabulary)


def likeness_of(a: Sentences, b: Sentences, lexicons: Sequence[Lexicon] = (), links: Iterable[Link] = ()) -> Likeness:
    """What the sentences of two articles have in common; MissingExtra where numpy and scipy are not installed."""
    try:
        import numpy as np
        from scipy.sparse import csr_matrix
    except ImportError:
        raise MissingExtra("aligning", "links") from None
    table = link_table(a.vocabulary, b.vocabulary, (*lexicons, FrequentWords()), links)
    rows = [a.vocabulary.places[link.a] for link in table]
    columns = [b.vocabulary.places[link.b] for link in table]
    weights = np.array([link.weight for link in table])
    across = csr_matrix((weights, (rows, columns)), (len(a.vocabulary.places), len(b.vocabulary.places)))
    sides = [(a, {link.a for link in table}), (b, {link.b for link in table})]
    counted = [_term_matrix(side, linked) for side, linked in sides]
    spelled = _gram_matrices(sides)
    return Likeness(_part(counted[0], counted[1], across), _part(*spelled))


def _part(a: Any, b: Any, across: Any | None = None) -> Part:
    squares = _squares(a), _squares(b)
    beside = _beside(a), _beside(b)
    return Part(a if across is None else (a @ across).tocsr(), b, squares, beside)


def _squares(matrix: Any) -> Any:
    return _sums(matrix.multiply(matrix))


def _beside(matrix: Any) -> Any:
    return _sums(matrix[:-1].multiply(matrix[1:]))


def _sums(matrix: Any) -> Any:
    import numpy as np

    return np.asarray(matrix.sum(axis=1)).ravel()


def _own_frequency(matrix: Any) -> Any:
    """How much it tells that so few sentences have a column: from near 0 to 1."""
    import numpy as np

    count = matrix.shape[0]
    having = np.bincount(matrix.indices, minlength=matrix.shape[1])
    share = np.log((count + 1) / (having + _SMOOTH)) / np.log((count + 1) / (1 + _SMOOTH))
    return np.clip(share, _COMMON, 1.0)


def _term_matrix(side: Sentences, linked: set[str]) -> Any:
    """One row a sentence, one column a term, with what the term weighs."""
    import numpy as np
    from scipy.sparse import diags

    places = side.vocabulary.places
    has = _incidence([[places[term] for term in terms] for terms in side.terms], len(places))
    worth = np.array([side.vocabulary.worth(term) * (1 if term in linked else UNLINKED) for term in places])
    return (has @ diags(worth * _own_frequency(has) ** OWN_FREQUENCY)).tocsr()


def _gram_matrices(sides: Sequence[tuple[Sentences, set[str]]]) -> list[Any]:
    """For each side one row a sentence, one column a 4-gram that a word without a link has.

    A 4-gram weighs what its words weigh, and less where many sentences of the article have it.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    number: dict[str, int] = {}
    spelled = []
    for side, linked in sides:
        cells: dict[tuple[int, int], int] = {}
        for term, place in side.vocabulary.places.items():
            if term.isalpha() and term not in linked:
                for gram in grams(term):
                    cell = place, number.setdefault(gram, len(number))
                    cells[cell] = cells.get(cell, 0) + 1
        spelled.append(cells)
    matrices = []
    for (side, _), cells in zip(sides, spelled, strict=True):
        places = side.vocabulary.places
        where = np.array(list(cells), dtype=np.int64).reshape(-1, 2).T
        counts = np.array(list(cells.values()), dtype=np.float64)
        has = _incidence([[places[term] for term in terms] for terms in side.terms], len(places))
        worth = np.array([side.vocabulary.worth(term) for term in places])
        matrix = (has @ diags(worth) @ csr_matrix((counts, tuple(where)), (len(places), len(number)))).tocsr()
        matrix.eliminate_zeros()
        matrices.append((matrix @ diags(_own_frequency(matrix) ** 0.5)).tocsr())
    return matrices


def _incidence(rows: Sequence[Sequence[int]], width: int) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
    columns = np.array([place for row in rows for place in sorted(row)], dtype=np.int64)
    return csr_matrix((np.ones(len(columns)), columns, starts), (len(rows), width))
