"""Wrapping: no line too wide, no sign lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from corpus_tool.cli.layout import graphemes
from corpus_tool.cli.wrapping import wrapped

_JOINED = ("👩\u200d👧", "🏴", "\u200d", "\ufe0f", "e\u0301", "🇧🇪")
SIGNS = st.sampled_from(("a", "é", "日", " ", "  ", "\n", "\t", "haven ", "x" * 9, *_JOINED))


@given(st.lists(SIGNS, max_size=40).map("".join), st.integers(1, 12))
def test_every_sign_stands_on_a_line_that_fits(text: str, width: int) -> None:
    """But for white space the lines are the text; wider than told is only a line of one sign, or of a joined one."""
    lines = [line.plain for line in wrapped(Text(text), width)]
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(cell_len(line) <= width or len(list(graphemes(line))) == 1 for line in lines)


def test_words_stay_whole_where_they_can() -> None:
    """A word that fits on a line is not cut; one that does not begins a line of its own and goes on."""
    text = Text("De brug overstroomd is")
    assert [line.plain for line in wrapped(text, 8)] == ["De brug", "overstro", "omd is"]
    assert [line.plain for line in wrapped(Text("  in\n\nuit"), 8)] == ["  in", "", "uit"]
    assert [line.plain for line in wrapped(Text("  overstroomd"), 8)] == ["  overst", "roomd"]
    assert [line.plain for line in wrapped(Text("日本"), 1)] == ["日", "本"]


def test_styles_stay_on_their_words() -> None:
    """A style goes with its characters to the next line."""
    lines = wrapped(Text("De ").append("oude brug", "bold"), 6)
    assert [(line.plain, [(span.start, span.end) for span in line.spans]) for line in lines] == [
        ("De", []),
        ("oude", [(0, 4)]),
        ("brug", [(0, 4)]),
    ]
