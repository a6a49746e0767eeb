"""What is highlighted of a search, and the stretch of text that is shown."""

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.store.match import parse_search
from corpus_tool.store.match_pieces import key_words
from corpus_tool.store.snippets import snippet, spans

_PARAGRAPHS = (
    "De bank sluit vandaag.\n\nDe minister zegt dat de rente stijgt en dat de bank dicht gaat, want de rente is hoog."
    "\n\nNiemand weet wanneer de bank weer opengaat."
)


def _shown(text: str, typed: str, field: str = "text") -> list[str]:
    return [text[start:end] for start, end in spans(text, parse_search(typed), field)]


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Een bank, twee BANKEN", "bank", ["bank"]),
        ("Een bank, twee BANKEN", "bank*", ["bank", "BANKEN"]),
        ("Een bank, twee BANKEN", "ban OR anken", []),
        ("Sa sœur, sa soeur et sa SŒUR", "soeur", ["sœur", "soeur", "SŒUR"]),
        ("E\u0301te\u0301 d’été", "ete", ["E\u0301te\u0301", "été"]),
        ("L’ICE et l' ICE", "l'ice", ["L’ICE", "l' ICE"]),
        ("Noord-Holland en Noord Holland", '"noord hol"*', ["Noord-Holland", "Noord Holland"]),
        ("rente en bank en rente", '"en bank" OR "bank en rente"', ["en bank en rente"]),
        ("bank bank bank", '"bank bank"', ["bank bank bank"]),
        ("rente en bank", "rente NOT bank", ["rente"]),
        ("rente en bank", "NEAR(bank rente, 3)", ["rente", "bank"]),
        ("de rente\nstijgt", '"rente stijgt"', ["rente\nstijgt"]),
        ("de rente", '"de rente stijgt"', []),
        ("rente en bank", "title:rente text:bank", ["bank"]),
        ("Straße und \u00adStras\u00adse", "strasse", ["Straße", "Stras\u00adse"]),
        ("日本 語", "日本", ["日本"]),
        ("", "a", []),
        ("!!!", "a", []),
    ],
)
def test_what_is_highlighted(text: str, typed: str, shown: list[str]) -> None:
    """Terms are found folded, as whole words, phrases as one stretch, and not what NOT or another field names."""
    assert _shown(text, typed) == shown


def test_a_title_has_its_own_terms() -> None:
    """In a title the terms of the title count, and those of any field."""
    assert _shown("rente en bank", "title:rente text:bank en", "title") == ["rente", "en"]


@pytest.mark.parametrize(
    ("typed", "width", "shown"),
    [
        ("rente bank", 3, "De bank sluit"),
        ("rente bank", 6, "rente stijgt en dat de bank"),
        ("bank", 2, "bank sluit"),
        ("bank", 4, "De bank sluit vandaag."),
        ("bank", 50, "De bank sluit vandaag."),
        ("hoog", 3, "rente is hoog."),
        ("minister", 4, "De minister zegt dat"),
        ("weet zegt", 30, "De minister zegt dat de rente stijgt en dat de bank dicht gaat, want de rente is hoog."),
        ('"weer opengaat"', 1, "weer opengaat."),
        ('"hoog niemand"', 9, "bank dicht gaat, want de rente is hoog.\n\nNiemand"),
        ("afwezig", 3, "De bank sluit"),
        ("title:weer", 3, "De bank sluit"),
        ("bank", 0, "bank"),
    ],
)
def test_the_stretch_shown(typed: str, width: int, shown: str) -> None:
    """The first window with the most distinct terms, within a paragraph, with words on both sides as the width has."""
    found = snippet(_PARAGRAPHS, parse_search(typed), width)
    assert _PARAGRAPHS[found.start : found.end] == shown


def test_distinct_terms_count_not_places() -> None:
    """Two terms together win over one term three times, and the first of equal windows is taken."""
    text = "bank bank bank a b c d e f g bank rente h i j k l m bank rente"
    found = snippet(text, parse_search("bank rente"), 4)
    assert (text[found.start : found.end], found.spans) == ("g bank rente h", ((29, 33), (34, 39)))


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Toen zei zij : «Bank!» (en wel nu)", "bank", "«Bank!»"),
        ("Vers aujourd’hui-même partout", "hui", "aujourd’hui-même"),
        ("x" * 90 + "-bank-" + "y" * 90, "bank", "bank"),
        ("  bank  ", "bank", "bank"),
    ],
)
def test_signs_at_the_edges(text: str, typed: str, shown: str) -> None:
    """What stands at a word without a blank comes along, unless it goes on for long."""
    found = snippet(text, parse_search(typed), 1)
    assert text[found.start : found.end] == shown


def test_a_text_without_words() -> None:
    """A text of signs gives its opening, an empty text an empty snippet."""
    assert snippet("— !", parse_search("a")).end == 3
    assert snippet("", parse_search("a")) == snippet("\n", parse_search("a"))


_WORDS = st.sampled_from(["a", "b", "c", "d", "Été", "sœur", "l’an", "x-y", "😀", "…", "A"])
_TEXTS = st.lists(st.tuples(_WORDS, st.sampled_from([" ", " ", " ", "\u00a0", "\n", "\n\n", ", "])), max_size=40).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)
_QUERIES = st.sampled_from(
    [
        "a",
        "a OR b",
        'a OR b OR "c d"',
        "e* OR soeur",
        "l'an OR y",
        '"a b" OR "b a"',
        '"a b c"',
        "a OR a*",
        "NEAR(a b, 2)",
    ]
)


@given(_TEXTS, _QUERIES, st.integers(1, 12))
def test_snippets_are_whole(text: str, typed: str, width: int) -> None:
    """A snippet has whole words, the spans of the text that lie in it, and no more words than asked or one term has."""
    search = parse_search(typed)
    found = snippet(text, search, width)
    assert 0 <= found.start <= found.end <= len(text)
    if found.start < found.end:
        assert not (text[found.start - 1 : found.start].isalnum() and text[found.start].isalnum())
        assert not (text[found.end - 1].isalnum() and text[found.end : found.end + 1].isalnum())
    assert all(found.start <= start < end <= found.end for start, end in found.spans)
    longest = max((len(term.words) for term in search.terms), default=1)
    assert len(key_words(text[found.start : found.end])) <= max(width, longest) + 2  # `x-y` and `l’an` at both edges
    assert bool(found.spans) == bool(spans(text, search))


@given(
    st.lists(st.lists(st.sampled_from("abcdxyz"), min_size=1, max_size=12), min_size=1, max_size=4), st.integers(1, 9)
)
def test_no_window_has_more_terms(paragraphs: list[list[str]], width: int) -> None:
    """The window shown has as many distinct terms as the best of all windows, and begins no later than the first."""
    text = "\n\n".join(" ".join(words) for words in paragraphs)
    found = snippet(text, parse_search("a OR b OR c OR d"), width)
    best = max(
        len(set(words[at : at + width]) & set("abcd")) for words in paragraphs for at in range(max(1, len(words)))
    )
    shown = text[found.start : found.end]
    assert len(set(shown.split()) & set("abcd")) == best
    assert "\n\n" not in shown
    earlier = [words for words in paragraphs[: text[: found.start].count("\n\n")] if best]
    assert all(len(set(words[at : at + width]) & set("abcd")) < best for words in earlier for at in range(len(words)))


@given(_TEXTS, _QUERIES)
def test_what_the_index_finds_is_highlighted(text: str, typed: str) -> None:
    """An article that the index finds has something to highlight, and one with nothing to highlight is not found."""
    search = parse_search(typed)
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute('CREATE VIRTUAL TABLE f USING fts5(title, text, tokenize="unicode61 remove_diacritics 2")')
        index.execute("INSERT INTO f VALUES ('', ?)", (text,))
        found = index.execute("SELECT 1 FROM f WHERE f MATCH ?", (search.expression,)).fetchone()
    assert bool(found) <= bool(spans(text, search))
    if "NEAR" not in typed:
        assert bool(found) == bool(spans(text, search))
    for start, end in spans(text, search):
        assert any(re.search(" ".join(term.words), " ".join(key_words(text[start:end]))) for term in search.terms)
