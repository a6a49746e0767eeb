"""Laws of two articles side by side: for any texts, spans and passages nothing is lost, doubled or made up."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from corpus_tool.cli.side_by_side import drawn
from corpus_tool.cli.visible import visible
from corpus_tool.link.alignment import Alignment, Passage
from corpus_tool.link.evidence import Found, Shared
from corpus_tool.link.views import difference_view, twin_view
from corpus_tool.model.article import Article, Block, Normalization
from corpus_tool.model.side_by_side import SIDES, SideBySide
from corpus_tool.writers.side_by_side_html import html_page
from tests.properties.strategies import unruly_texts
from tests.unit.building import article
from tests.unit.side_by_side import twin_pair
from tests.unit.writers.page_reading import Page

_MARKUP = (
    "</p>",
    "</article>",
    "<script>",
    "<b a='\">",
    "&lt;",
    "&amp",
    "&#0;",
    "<!--",
    "]]>",
    "\n\n",
    " ",
    "Ja. ",
    "é",
)
_TEXTUAL = frozenset(("h1", "h2", "h3", "p", "a", "bdi", "span", "mark", "del", "ins", "dl", "div", "dt", "dd"))
_PARTS = frozenset(("html", "head", "meta", "title", "style", "script", "body", "header", "main", "article", "section"))
_TABLE = frozenset(("table", "thead", "tbody", "tr", "th", "td", "svg", "rect"))
_VALUES = {
    "class": re.compile(r"[a-z0-9 -]*"),
    "id": re.compile(r"(?:left|right|term)-\d+"),
    "href": re.compile(r"#(?:left|right)-\d+"),
    "data-passage": re.compile(r"\d+"),
    "data-term": re.compile(r"\d+"),
    "data-change": re.compile(r"\d+"),
    "width": re.compile(r"[\d.]+%"),
    "lang": re.compile(r"en|nl|"),
    "dir": re.compile(r"ltr|auto"),
}
_OURS = frozenset(("charset", "http-equiv", "content", "name", "scope", "aria-hidden", "height"))


def texts() -> st.SearchStrategy[str]:
    """Any text, and text thick with markup, sentences and empty lines."""
    return unruly_texts() | st.lists(st.sampled_from(_MARKUP) | unruly_texts(6), max_size=12).map("".join)


def places() -> st.SearchStrategy[int]:
    """Places in a short text, and a few outside."""
    return st.integers(-2, 45)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles with any text, title and blocks."""
    spans = draw(st.lists(st.tuples(places(), places()), max_size=4))
    kinds = st.sampled_from(["paragraph", "subhead"])
    return article(
        text=draw(texts()),
        title=draw(st.none() | texts()),
        name=draw(texts()),
        outlet=draw(st.none() | texts()),
        url=draw(st.none() | texts()),
        language=draw(st.sampled_from(["nl", None])),
        normalization=Normalization(blocks=tuple(Block(draw(kinds), *span) for span in spans)),
    )


@st.composite
def twin_views(draw: st.DrawFn) -> tuple[Article, Article, SideBySide]:
    """Two articles with any evidence and any passages, of sentences that may lie anywhere."""
    one, other = draw(articles()), draw(articles())
    spans = st.lists(st.tuples(places(), places()), max_size=6).map(tuple)
    sides = st.builds(Found, st.sampled_from(["", "naam"]) | texts(), spans)
    evidence = draw(
        st.lists(st.builds(Shared, st.sampled_from(["same", "rest"]), sides, sides, st.floats(-1, 1)), max_size=4)
    )
    numbers = st.lists(st.integers(0, 6), max_size=2).map(lambda found: tuple(sorted(set(found))))
    passages = draw(st.lists(st.builds(Passage, numbers, numbers, st.just(0.5)), max_size=6))
    alignment = Alignment("comparable", draw(spans), draw(spans), tuple(passages))
    pair = twin_pair(evidence=tuple(evidence), reasons=draw(st.just(()) | texts().map(lambda text: (text,))))
    return one, other, twin_view(one, other, pair, alignment)


@st.composite
def difference_views(draw: st.DrawFn) -> tuple[Article, Article, SideBySide]:
    """Two articles of which the other is the first one with stretches put in, taken out and replaced."""
    one = draw(articles())
    text = one.text
    for _ in range(draw(st.integers(0, 4))):
        start, length = draw(st.integers(0, max(len(text), 1))), draw(st.integers(0, 8))
        text = text[:start] + draw(texts()) + text[start + length :]
    other = replace(draw(articles()), text=text)
    return one, other, difference_view(one, other)


VIEWS = twin_views() | difference_views()


@given(VIEWS)
def test_a_view_has_both_texts(drawn_view: tuple[Article, Article, SideBySide]) -> None:
    """Every character of both texts stands in the rows once, in order; no part is empty, a passage begins once."""
    one, other, view = drawn_view
    assert (view.text("left"), view.text("right")) == (one.text, other.text)
    for side in SIDES:
        parts = [part for cell in view.cells(side) for part in cell]
        assert all(part.text for part in parts)
        begun = [part.passage for part in parts if part.begins]
        assert len(begun) == len(set(begun)) == len({part.passage for part in parts if part.passage})
    assert all(row.left or row.right for row in view.rows)


@given(VIEWS)
def test_both_sides_have_the_same_marks(drawn_view: tuple[Article, Article, SideBySide]) -> None:
    """Each passage has words in both texts, each changed stretch has its number on both sides."""
    view = drawn_view[2]
    passages, changed = (
        [
            {mark for cell in view.cells(side) for part in cell for mark in marks(part) if mark is not None}
            for side in SIDES
        ]
        for marks in (
            lambda part: [part.passage],
            lambda part: [piece.change for piece in part.pieces if piece.change and piece.change.kind == "changed"],
        )
    )
    assert passages[0] == passages[1] == set(range(1, view.passages() + 1))
    assert changed[0] == changed[1]


@given(VIEWS)
def test_a_page_says_what_the_texts_say(drawn_view: tuple[Article, Article, SideBySide]) -> None:
    """The page parses back to both texts and titles; every element and attribute is one of ours."""
    one, other, view = drawn_view
    made = html_page(view)
    assert made.encode("utf-8")
    page = Page(made)
    assert page.texts == {"left": one.text, "right": other.text}
    assert "".join(page.titles) == "".join(each.title or each.name for each in (one, other))
    for tag, attributes in page.tags:
        assert tag in _TEXTUAL | _PARTS | _TABLE
        for name, value in attributes.items():
            assert name in _OURS or _VALUES[name].fullmatch(value or ""), (name, value)
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.attributes("href")} <= set(ids)


@given(VIEWS, st.sampled_from([30, 80, 120]))
def test_a_terminal_shows_it_all(drawn_view: tuple[Article, Article, SideBySide], width: int) -> None:
    """A terminal gets nothing to act on; on a narrow one each text stands there, but for white space and marks."""
    one, other, view = drawn_view
    console = Console(width=width, color_system=None, highlight=False)
    shown = drawn(view, console, whole=True)
    assert shown == visible(shown, lines=True)
    if width < 110:
        lines = [re.sub(r"^ *(?:\[\d+\])?│ ", "", line) for line in shown.split("\n")]
        at = [number for number, line in enumerate(lines) if re.match("── (?:nl|und) 01234567 ", line)]
        for text, start, end in zip((one.text, other.text), at[-2:], (at[-1], len(lines)), strict=True):
            assert _bare("\n".join(lines[start + 1 : end])) == _bare(visible(text, lines=True))


def _bare(text: str) -> str:
    """A text without white space, and without the characters that marks are made of."""
    return re.sub(r"[\s\d\[\]*~−+]", "", text)
