"""Concordance lines: the node, the words around it, and their order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze import concordance as module
from corpus_tool.analyze.concordance import (
    ConcordanceLine,
    Field,
    concordance,
    sort_keys,
    sorted_lines,
    words_of,
)
from corpus_tool.analyze.node_pattern import compile_node
from corpus_tool.errors import CorpusToolError, UsageError
from tests.unit.building import article

TEXT = "De trein rijdt naar Gent.\n\nTussenkop\n\nIn Gent, de stad van Gent,\nstopt hij. Gent!"


def lines(pattern: str, text: str = TEXT, title: str | None = None, **options: Any) -> list[ConcordanceLine]:
    """The lines of a text."""
    return list(concordance(article(text=text, title=title), compile_node(pattern), **options))


def contexts(pattern: str, text: str = TEXT, **options: Any) -> list[tuple[str, str, str]]:
    """What stands to the left, the node, what stands to the right."""
    return [(line.left, line.node, line.right) for line in lines(pattern, text, **options)]


def test_a_window_counts_words_and_ends_with_the_paragraph() -> None:
    """So many runs of letters and digits on each side, all to the border where there are fewer; exact substrings."""
    assert contexts("gent", window=2) == [
        ("rijdt naar ", "Gent", "."),
        ("In ", "Gent", ", de stad"),
        ("stad van ", "Gent", ",\nstopt hij"),
        ("stopt hij. ", "Gent", "!"),
    ]
    assert contexts("tussenkop", window=2) == [("", "Tussenkop", "")]
    assert contexts("stad", window=0) == [("", "stad", "")]
    assert contexts("stad")[0][0] == "In Gent, de "


def test_apostrophes_and_hyphens_end_a_word_of_the_window() -> None:
    """`l’` is a word of the window, as the node may be what stands behind it."""
    assert contexts("*migr*", "Selon l’État-major, l’immigration d’aujourd’hui baisse.", window=3) == [
        ("État-major, l’", "immigration", " d’aujourd’hui")
    ]


def test_a_line_says_where_the_node_stands() -> None:
    """The article's fields, and offsets into its title or its text, the title's hits first."""
    held = article(title="Gent wacht", text=TEXT, date="2018-06", outlet="De Krant", language="nl-BE", name="a#2")
    first, second, *_ = concordance(held, compile_node("gent"))
    assert first[:8] == (held.id, "a#2", "2018-06", "nl-BE", "De Krant", "title", 0, 4)
    assert first[8:] == ("", "Gent", " wacht")
    assert (second.field, held.text[second.start : second.end]) == ("text", "Gent")
    assert [line.field for line in concordance(held, compile_node("gent"), fields=("text",))] == ["text"] * 4
    assert [line.field for line in concordance(held, compile_node("gent"), fields=("title",))] == ["title"]


def test_every_hit_is_a_line() -> None:
    """Hits inside the window of another, side by side and overlapping, are lines of their own."""
    assert len(lines("de", "de de de de")) == 4
    assert len(lines("de de", "de de de de")) == 3
    assert lines("naar", "") == []


def test_a_regular_expression_may_reach_over_paragraphs() -> None:
    """Then the left context is of the first and the right one of the last; borders inside a match count, too."""
    pattern = compile_node(r"Gent\.\s+Tussenkop", regex=True)
    (line,) = concordance(article(text=TEXT), pattern, window=1)
    assert (line.left, line.right) == ("naar ", "")
    (line,) = concordance(article(text="a b\n\nc d", title=None), compile_node(r"b\n", regex=True), window=1)
    assert (line.left, line.node, line.right) == ("a ", "b\n", "")
    (line,) = concordance(article(text="a b\n\nc d", title=None), compile_node(r"b\n\n", regex=True), window=1)
    assert (line.left, line.right) == ("a ", "c")


def test_a_node_inside_a_word_leaves_the_rest_of_it_to_the_window() -> None:
    """A regular expression may match a part of a word; what is left of it counts as the nearest word."""
    (line,) = concordance(article(text="de immigratie nu", title=None), compile_node("migr", regex=True), window=1)
    assert (line.left, line.right) == ("im", "atie")


def test_a_pattern_that_takes_too_long_names_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """The article, the pattern, and what to try."""
    monkeypatch.setattr(module, "PATTERN_SECONDS", 0.01)
    with pytest.raises(CorpusToolError, match=r"too long: .*on krant#3") as error:
        list(concordance(article(text="a" * 50 + "b", name="krant#3"), compile_node("(a|a)+$", regex=True)))
    assert "simpler" in error.value.hint


FIELDS: tuple[Field, ...] = ("title", "text")


@given(
    st.text("ab é’-.\n", max_size=80),
    st.text("ab \n", max_size=20),
    st.sampled_from(["a", "*", "a*", "b *", "?"]),
    st.integers(0, 4),
)
def test_context_and_node_are_the_text(text: str, title: str, typed: str, window: int) -> None:
    """The law: left, node and right are what the field holds there; no window has an empty line or too many words."""
    held = article(text=text, title=title)
    pattern = compile_node(typed)
    found = list(concordance(held, pattern, window=window))
    assert [(line.start, line.end) for line in found if line.field == "text"] == list(pattern.spans(text))
    for line in found:
        whole = title if line.field == "title" else text
        first, last = line.start - len(line.left), line.end + len(line.right)
        assert whole[line.start : line.end] == line.node
        assert whole[first:last] == line.left + line.node + line.right
        for side in (line.left, line.right):
            assert len(words_of(side)) <= window
            assert "\n\n" not in side
        if len(words_of(line.right)) < window:  # then the paragraph is at its end
            assert whole[last : last + 2] in ("", "\n\n")
        if len(words_of(line.left)) < window:
            assert first == 0 or whole[first - 2 : first] == "\n\n"


def test_windows_over_long_words_and_over_none() -> None:
    """Words longer than usual are whole in the window; where text has no words the window has an end all the same."""
    long = "x" * 150
    assert contexts("gent", f"{long} {long} Gent {long} {long}", window=2) == [
        (f"{long} {long} ", "Gent", f" {long} {long}")
    ]
    (line,) = lines("gent", "." * 50_000 + " Gent " + "." * 50_000, window=2)
    assert 100 < len(line.left) < 5000 > len(line.right) > 100


def _sorted(keys: str, found: list[ConcordanceLine], *, reverse: bool = False) -> list[str]:
    return [line.right.strip() for line in sorted_lines(found, sort_keys(keys), reverse=reverse)]


def test_lines_are_sorted_by_words_beside_the_node() -> None:
    """Folded, nearest first for L1 and R1; ties in the order of the text; lines without such a word last."""
    found = lines("x", "x Éen\n\nx een b\n\nx\n\nx dAn\n\nx een a")
    assert _sorted("R1", found) == ["dAn", "Éen", "een b", "een a", ""]
    assert _sorted("R1,R2", found) == ["dAn", "een a", "een b", "Éen", ""]
    assert _sorted("R1", found, reverse=True) == ["Éen", "een b", "een a", "dAn", ""]
    before = lines("x", "b a x 1\n\na b x 2\n\na x 3")
    assert _sorted("L1", before) == ["1", "3", "2"]
    assert _sorted("l2", before) == ["2", "1", "3"]


def test_lines_are_sorted_by_what_is_known_of_the_article() -> None:
    """Dates by their days, other fields folded; unknown values last either way; without keys the last line first."""
    dates = ["2019", "XXXX-06-18", None, "2018-06", "2018-06-02"]
    found = [
        line
        for number, date in enumerate(dates)
        for line in concordance(article(text=f"x {number}", title=None, date=date), compile_node("x"))
    ]
    assert _sorted("date", found) == ["3", "4", "0", "1", "2"]
    assert _sorted("date", found, reverse=True) == ["0", "4", "3", "1", "2"]
    assert _sorted("outlet", found) == ["0", "1", "2", "3", "4"]
    assert _sorted("", found, reverse=True) == ["4", "3", "2", "1", "0"]
    assert _sorted("node", lines("?", "b 1\n\nÁ 2\n\na 3")[::2]) == ["2", "3", "1"]


@pytest.mark.parametrize(
    ("keys", "told"), [("L6", "'L6'"), ("R0", "'R0'"), ("L1,words", "'words'"), ("x1", "L1 to L5")]
)
def test_unknown_keys_name_the_known(keys: str, told: str) -> None:
    """A key that is none is told, with those that are."""
    with pytest.raises(UsageError) as error:
        sort_keys(keys)
    assert told in error.value.message + error.value.hint


def test_a_key_beyond_the_window_is_refused() -> None:
    """It would sort by nothing."""
    with pytest.raises(UsageError, match="window of 3 words"):
        sort_keys("L4", window=3)
    assert len(sort_keys("L3, R1", window=3)) == 2
