"""Laws of sentences and of folding that hold for every text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.text.fold import fold, fold_with_offsets
from corpus_tool.text.segment import count_sentences, sentences
from tests.properties.strategies import press_texts, unruly_texts

LANGUAGES = st.sampled_from([None, "nl", "fr", "en", "de", "es", "it", "pt", "ja"])
_PIECES = (
    "Dhr. ", "M. ", "U.S. ", "z. B. ", "EE. UU. ", "enz. ", "etc. ", "Inc. ", "nr. ", "12. ", "XIV. ", "J. ", "J.-P. ",
    "De ", "The ", "Jansen ", "vroeg ", "Jones asked. ", "'s Avonds ", "iPhone ", "! ", "? ", "... ", "… ", ". ", ".",
    '"', "« ", " » ", "“", "”", "‘", "(", ") ", "[", "] ", "[1] ", "– ", "-", "。", "」", "と", "。」", "\n", "\n\n",
    "\r\n", "\r", "\u2029", "\f", "\xa0", "\u202f", "é", "1", "#", "?!",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any text, and texts thick with what the rules for sentences look for."""
    return unruly_texts() | press_texts() | st.lists(st.sampled_from(_PIECES), max_size=16).map("".join)


@given(texts(), LANGUAGES)
def test_only_white_space_stands_between_sentences(text: str, language: str | None) -> None:
    """Spans are sorted, apart, not empty and stripped; all that is left over is white space."""
    spans = list(sentences(text, language))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert not "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)).strip()


@given(texts(), LANGUAGES)
def test_no_sentence_holds_an_empty_line(text: str, language: str | None) -> None:
    """A sentence stays within its block."""
    for start, end in sentences(text, language):
        lines = text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert all(line.strip() for line in lines)
        assert not {"\f", "\u2029"} & set(text[start:end])


@given(texts(), LANGUAGES)
def test_a_sentence_is_one_sentence(text: str, language: str | None) -> None:
    """Splitting a sentence by itself finds no border in it."""
    for start, end in sentences(text, language):
        assert list(sentences(text[start:end], language)) == [(0, end - start)]


@given(texts(), texts(), LANGUAGES)
def test_blocks_are_split_by_themselves(one: str, two: str, language: str | None) -> None:
    """The sentences of two blocks are those of the one and those of the other."""
    joined = f"{one.strip()}\n\n{two.strip()}"
    shift = len(one.strip()) + 2
    moved = [(start + shift, end + shift) for start, end in sentences(two.strip(), language)]
    assert list(sentences(joined, language)) == [*sentences(one.strip(), language), *moved]
    assert count_sentences(joined, language) == count_sentences(one, language) + count_sentences(two, language)


@given(texts())
def test_folding_a_key_changes_nothing(text: str) -> None:
    """The fold of a fold is that fold, in any case of its letters."""
    key = fold(text)
    assert fold(key) == key
    assert fold(text.casefold()) == key


@given(texts(), texts())
def test_folds_join(one: str, two: str) -> None:
    """The key of two texts joined is their keys joined."""
    assert fold(one + two) == fold(one) + fold(two)


@given(texts())
def test_every_span_of_a_key_leads_back(text: str) -> None:
    """The span of the text that a span of its key leads to holds that key; later spans lead to later places."""
    key, offsets = fold_with_offsets(text)
    assert key == fold(text)
    spans = [offsets.to_source(at, at + 1) for at in range(len(key))]
    for at, (start, end) in enumerate(spans):
        assert 0 <= start < end <= len(text)
        assert key[at] in fold(text[start:end])
    assert spans == sorted(spans)
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            first, last = offsets.to_source(start, end)
            assert key[start:end] in fold(text[first:last])
