"""What a term is worth, in a corpus of its own statistics and in one without."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.features import Features
from corpus_tool.link.vocabulary import TermMatrix, Vocabulary, document_chance


def articles(*terms: str) -> list[Features]:
    """One article for each string, with its words as terms."""
    return [Features(str(n), "nl", dict.fromkeys(words.split(), 1)) for n, words in enumerate(terms)]


def test_two_articles_have_weights() -> None:
    """Without any statistics a frequent word of the language is worth little, and a rare one much."""
    vocabulary = Vocabulary.of("nl", articles("maar kanaal"))
    assert vocabulary.worth("maar") < 0.5
    assert vocabulary.worth("kanaal") > 3


def test_the_corpus_tells_in_the_end() -> None:
    """A word that every article of a large corpus has is worth nothing, however rare it is elsewhere."""
    vocabulary = Vocabulary.of("nl", articles(*["kanaal"] * 500, "zeldzaam"))
    assert vocabulary.worth("kanaal") < 0.2
    assert vocabulary.worth("zeldzaam") > 5


def test_names_by_their_share() -> None:
    """A term is a name where most of its articles have it as one."""
    as_name = Features("a", "nl", {"vliet": 1}, frozenset(["vliet"]))
    vocabulary = Vocabulary.of("nl", [as_name, *articles("vliet raad", "raad")])
    assert vocabulary.is_name("vliet")
    assert not vocabulary.is_name("raad")


def test_chances_by_kind() -> None:
    """Weekdays and small numbers are expected anywhere, amounts are not."""
    assert document_chance("@weekday:1", "nl") > document_chance("@BE", "nl")
    assert document_chance("#3", "nl") > document_chance("#2000000", "nl")


def test_order_makes_no_difference() -> None:
    """The places of terms do not depend on the order of the articles."""
    some = articles("b a", "c a", "d")
    assert Vocabulary.of("nl", some) == Vocabulary.of("nl", some[::-1])


WORD = st.sampled_from(["brug", "raad", "schade", "vliet", "@BE", "#20", "%5"])
SOME_ARTICLES = st.lists(
    st.tuples(st.dictionaries(WORD, st.integers(1, 400)), st.frozensets(WORD)), min_size=1, max_size=8
)


@given(SOME_ARTICLES)
def test_the_matrix_has_what_the_articles_have(contents: list[tuple[dict[str, int], frozenset[str]]]) -> None:
    """Each cell is 1 + ln of the count, the vocabulary is that of the articles, and any order gives the same."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    items = [Features(f"a{n}", "nl", counts, names, n + 1, n + 1) for n, (counts, names) in enumerate(contents)]
    matrix = TermMatrix.of(iter(items[::-1]))
    assert matrix.vocabulary == Vocabulary.of("nl", items)
    assert matrix.articles == tuple(item.listed for item in items)
    for row, item in zip(matrix.counts.toarray(), items, strict=True):
        cells = {term: value for term, value in zip(matrix.vocabulary.terms, row.tolist(), strict=True) if value}
        assert cells == pytest.approx({term: 1 + log(count) for term, count in item.counts.items()})
    assert np.array_equal(TermMatrix.of(items).counts.toarray(), matrix.counts.toarray())
    assert matrix.counts.has_sorted_indices
