"""Frequency lists: what a word is, n-grams and their borders, and the law that search finds what is counted."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze import frequency as module
from corpus_tool.analyze.frequency import FrequencyList, FrequencyLists, Listing, Units, ngrams, tokenizer
from corpus_tool.analyze.groups import Grouping, Value
from corpus_tool.analyze.node_pattern import compile_node
from corpus_tool.model.article import Article
from corpus_tool.text.fold import fold
from tests.properties.strategies import press_texts, unruly_texts
from tests.unit.building import article

SETTINGS = [{}, {"accents": True}, {"case": True}]
TEXTS = unruly_texts(60) | press_texts() | st.text("aé’'.,1 2\u0301\u00ad_œ-™²½İ\u01c5\x01\x02\u200bʼ", max_size=30)


def counted(*articles: Article, units: Units | None = None, dispersion: str | None = "dp") -> FrequencyList:
    """The list of articles together."""
    lists = FrequencyLists(Grouping(()), units or Units(), dispersion)
    lists.read(articles)
    return lists.lists[()]


def words(found: FrequencyList, listing: Listing | None = None) -> list[str]:
    """The words of a listing, in its order."""
    return [row.word for row in found.rows(listing or Listing())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’immigration, aujourd'hui", "l immigration aujourd hui"),
        ("zo’n foto’s van ’t Zand", "zo n foto s van t zand"),
        ("Noord-Holland en foo_bar", "noord holland en foo bar"),
        ("op 1.234,56 euro, 12:30 en 3.5.", "op 1.234,56 euro 12 30 en 3.5"),
        ("gezegd.De U.S. 7,x x.7", "gezegd de u s 7 x x 7"),
        ("Œuvre İstanbul straße", "oeuvre istanbul strasse"),
        ("Microsoft™ CO₂ x² ½", "microsoft co2 x2 1/2"),
        ("cafe\u0301 immi\u00adgratie", "cafe immigratie"),
        ("10\u00a0000 10\u202f000", "10 000 10 000"),
        ("Привет, мир! हिन्दी", "привет мир हिन्दी"),
        ("a\x01b 1\x022", "a b 1 2"),
        ("", ""),
        ("… – ’ _ 👍 ʹ \u0301", ""),
    ],
)
def test_words_are_cut_as_search_cuts_them(text: str, expected: str) -> None:
    """At every apostrophe, hyphen and point, but inside numbers; folded; what nobody sees is no border."""
    assert tokenizer()(text) == expected.split()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "ete l ecole 1.5"),
        ({"accents": True}, "été l école 1.5"),
        ({"case": True}, "ÉTÉ L École 1.5"),
        ({"case": True, "accents": True}, "ÉTÉ L École 1.5"),
    ],
)
def test_accents_and_case_are_kept_where_asked(settings: dict[str, bool], expected: str) -> None:
    """`accents` keeps accents in lower case, `case` both."""
    assert tokenizer(**settings)("ÉTÉ, L’École 1.5") == expected.split()


@given(TEXTS, st.sampled_from(SETTINGS))
def test_the_quick_ways_cut_as_the_slow_one(text: str, settings: dict[str, bool]) -> None:
    """A character that needs the table for every character changes nothing in the words before it."""
    cut = tokenizer(**settings)
    slow = cut(f"{text} \u0915\u093f")
    assert slow[-1] == "\u0915\u093f"
    assert [word.replace("ς", "σ") for word in cut(text)] == [word.replace("ς", "σ") for word in slow[:-1]]


@given(TEXTS)
def test_folded_words_are_folds_of_written_ones(text: str) -> None:
    """Folding changes how words are spelled, not how many there are."""
    written = tokenizer(case=True)(text)
    folded = tokenizer()(text)
    assert len(folded) == len(written)
    assert [fold(word).replace(" ", "") for word in written] == folded


@given(press_texts(), st.none() | press_texts())
def test_search_finds_what_is_counted(text: str, title: str | None) -> None:
    """The frequency of a word is the number of concordance lines it has, in title and text."""
    found = counted(article(text=text, title=title))
    for word, count in found.frequencies.items():
        if re.fullmatch(r"[^\W\d_]+", word):
            spans = [span for part in (title or "", text) for span in compile_node(word).spans(part)]
            assert len(spans) == count, word


def test_title_and_text_are_counted() -> None:
    """The title's words too, and it is no neighbor of the text."""
    held = article(title="Trein rijdt", text="De trein rijdt.\n\nDe trein staat.")
    assert counted(held).frequencies == Counter(trein=3, rijdt=2, de=2, staat=1)
    assert counted(held, units=Units(2)).frequencies == Counter({"de trein": 2, "trein rijdt": 2, "trein staat": 1})


def test_ngrams_end_with_their_paragraph_or_sentence() -> None:
    """Signs do not matter within a paragraph; within sentences an end of a sentence does."""
    held = article(title=None, text="Hij komt. Zij ook, zegt hij\n\nEn wij?", language="nl")
    assert list(counted(held, units=Units(2)).frequencies) == [
        *("hij komt", "komt zij", "zij ook", "ook zegt", "zegt hij", "en wij")
    ]
    within = counted(held, units=Units(3, within="sentence"))
    assert list(within.frequencies) == ["zij ook zegt", "ook zegt hij"]
    assert (within.tokens, within.articles) == (2, 1)


def test_ngrams_of_too_few_words() -> None:
    """Fewer words than asked for make none."""
    assert ngrams(["a", "b"], 3) == []
    assert ngrams([], 1) == []
    assert ngrams(["a", "b"], 1) == ["a", "b"]


def test_rows_tell_frequency_share_documents_and_dispersion() -> None:
    """Of two articles with four words each: `a` twice and once, `b` in one only."""
    found = counted(article(title=None, text="a a b c"), article(title=None, text="a d e f"))
    first, second, *_ = found.rows(Listing(per=1000))
    assert (first.rank, first.word, first.frequency, first.relative, first.documents) == (1, "a", 3, 375.0, 2)
    assert first.dispersion == pytest.approx(1 / 6)  # (|2/3 - 1/2| + |1/3 - 1/2|) / 2
    assert (second.word, second.documents, second.dispersion) == ("b", 1, 0.5)
    assert (found.tokens, found.types, found.hapaxes, found.articles) == (8, 6, 5, 2)


def test_an_article_without_words_is_an_article_but_no_part() -> None:
    """It counts among the articles and changes neither shares nor dispersion."""
    found = counted(article(title=None, text="a b"), article(title=None, text="…"), article(title=None, text="a c"))
    assert (found.articles, found.parts, found.smallest) == (3, 2, 2)
    assert found.dispersion("a") == 0


def test_what_is_not_listed_counts_all_the_same() -> None:
    """Filters take rows away; shares are those of the whole, ranks those of the rows."""
    found = counted(article(title=None, text="a a a bb bb c"))
    rows = found.rows(Listing(min_count=2, keep=lambda word: len(word) > 1))
    assert [(row.rank, row.word) for row in rows] == [(1, "bb")]
    assert rows[0].relative == pytest.approx(2e6 / 6)


def test_orders() -> None:
    """By frequency, documents, dispersion or word, equal ones by word; reversed, and cut after sorting."""
    parts = [article(title=None, text=text) for text in ("b b b a c", "a c d d e", "a b e e f")]
    found = counted(*parts)
    assert words(found) == ["b", "a", "e", "c", "d", "f"]
    assert words(found, Listing(limit=2)) == ["b", "a"]
    assert words(found, Listing(limit=2, reverse=True)) == ["f", "d"]
    assert words(found, Listing(sort="documents")) == ["a", "b", "c", "e", "d", "f"]
    assert words(found, Listing(sort="word", limit=3)) == ["a", "b", "c"]
    assert words(found, Listing(sort="dispersion"))[0] == "a"
    assert words(found, Listing(limit=0)) == []


def test_each_group_has_its_own_list() -> None:
    """Shares and dispersion are those of the group; an article of two authors counts in both."""
    lists = FrequencyLists(Grouping(("author",)))
    lists.read(
        [
            article(title=None, text="a b", authors=("X", "Y")),
            article(title=None, text="a a", authors=("X",)),
            article(title=None, text="c", authors=()),
        ]
    )
    assert {group[0].text: dict(found.frequencies) for group, found in lists.lists.items()} == {
        "X": {"a": 3, "b": 1},
        "Y": {"a": 1, "b": 1},
        None: {"c": 1},
    }
    assert lists.sizes() == {(Value("X"),): 2, (Value("Y"),): 1, (Value(None),): 1}


def test_without_dispersion_nothing_is_held() -> None:
    """No measure, no figure, nothing pending."""
    found = counted(article(text="a b"), dispersion=None)
    assert found.pending == 0
    assert found.rows(Listing())[0].dispersion is None


def test_a_stream_gives_what_a_small_corpus_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """With far more counts than are held, frequencies are the same, and DP within its doubt."""
    parts = [
        article(title=None, language="nl" if n % 3 else "fr", text=" ".join(["de"] * (n % 5 + 1) + [f"w{n % 17}"] * 4))
        for n in range(300)
    ]
    grouping = Grouping(("language",))
    whole, blocks = FrequencyLists(grouping), FrequencyLists(grouping)
    whole.read(parts)
    monkeypatch.setattr(module, "PENDING", 20)
    blocks.read(parts)
    for group, found in whole.lists.items():
        other = blocks.lists[group]
        assert (found.frequencies, found.documents) == (other.frequencies, other.documents)
        for word in found.frequencies:
            value, near = found.dispersion(word), other.dispersion(word)
            assert value is not None
            assert near is not None
            assert near - 1e-9 <= value <= near + other.doubt(word) + 1e-9
