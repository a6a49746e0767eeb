"""Hits of a search on a terminal: what is known of the article, and the stretch of its text that shows the terms."""

from __future__ import annotations

from collections.abc import Iterable

from rich.padding import Padding
from rich.text import Text

from corpus_tool.cli.console import cell, draw, make_console
from corpus_tool.cli.visible import visible
from corpus_tool.store.search import Found, Hit
from corpus_tool.store.snippets import snippet, spans

TERM = "bold yellow"
_HEAD = ("id", "date", "language")
_INDENT = 2
_MOST_CELLS = 400
"""A text without blanks gives a snippet of any length."""


def print_hits(hits: Iterable[Hit], found: Found, color: str) -> None:
    """Print hits as they come: a line of what is known, then the snippet with its terms."""
    console = make_console(color)
    for number, hit in enumerate(hits):
        lines = [Text()] if number else []
        lines.append(_head(hit, found))
        draw(console, *lines, Padding(_snippet(hit, found), (0, 0, 0, _INDENT)))


def _head(hit: Hit, found: Found) -> Text:
    article = hit.article
    head = Text(overflow="fold")
    for name in _HEAD:
        head.append_text(cell(article, name)).append("  ")
    if article.title is None:
        return head.append(visible(article.name), style="dim")
    return head.append_text(_marked(article.title, 0, spans(article.title, found.search, "title"), "bold"))


def _snippet(hit: Hit, found: Found) -> Text:
    text = hit.article.text
    shown = snippet(text, found.search)
    end = min(shown.end, shown.start + _MOST_CELLS)
    made = Text("… " if shown.start else "", overflow="fold")
    made.append_text(_marked(text[shown.start : end], shown.start, shown.spans, ""))
    return made.append(" …" if end < len(text) else "")


def _marked(text: str, start: int, terms: Iterable[tuple[int, int]], style: str) -> Text:
    """A stretch of text with its terms in color; offsets are those of the text that it is a stretch of."""
    made, at = Text(style=style), 0
    for first, last in terms:
        first, last = max(first - start, at), min(last - start, len(text))
        if first < last:
            made.append(_line(text[at:first])).append(_line(text[first:last]), style=TERM)
            at = last
    return made.append(_line(text[at:]))


def _line(text: str) -> str:
    return visible(text.replace("\n", " "))
