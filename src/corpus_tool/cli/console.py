"""The only room that draws: Rich tables and texts, of values made visible first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from corpus_tool.cli.output import color_wanted, to_terminal
from corpus_tool.cli.visible import visible
from corpus_tool.model.article import Article
from corpus_tool.model.langtag import language_name
from corpus_tool.writers.base import flat

TERMINAL_ROWS = 50
"""Rows of a table on a terminal where no limit is given."""

READING_WIDTH = 88
ID_SHOWN = 8
MAX_NARROW = 24
"""Widest column that does not give way, in terminal cells."""

_STYLES = {"id": "dim", "date": "cyan", "language": "green", "words": "magenta", "title": "bold"}
_FLEXIBLE = frozenset(("title", "text", "source", "url", "extra", "normalization", "inference"))
_RIGHT = frozenset(("words", "characters", "paragraphs", "articles"))


def make_console(color: str) -> Console:
    """A console on standard output; no color and 80 columns, or $COLUMNS, where that is no terminal."""
    colored = color_wanted(color)
    return Console(
        file=sys.stdout,
        force_terminal=to_terminal() or colored,
        no_color=not colored,
        color_system="auto" if colored else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def cell(article: Article, name: str) -> Text:
    """One value of an article for a table: ids cut, a missing title replaced by the opening words."""
    if name == "title" and article.title is None:
        opening = " ".join(article.text[:200].split())
        return Text(visible(opening) or "(no text)", style="dim italic")
    text = visible(flat(article, name))
    if name == "id":
        text = text[:ID_SHOWN]
    if name == "words":
        text = f"{article.words:,}"
    if name in ("date", "language", "outlet") and not text:
        return Text("–", style="dim")
    return Text(text, style=_STYLES.get(name, ""))


def article_table(articles: Sequence[Article], fields: Sequence[str]) -> Table:
    """A table of articles, one line a row: narrow columns keep their width, the title or text gives way."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold underline", show_edge=False)
    rows = [[cell(article, name) for name in fields] for article in articles]
    for number, name in enumerate(fields):
        widest = max([len(name), *(row[number].cell_len for row in rows)])
        width = None if name in _FLEXIBLE else min(widest, MAX_NARROW)
        justify: JustifyMethod = "right" if name in _RIGHT else "left"
        table.add_column(name, justify=justify, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        table.add_row(*row)
    return table


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of strings; the last column wraps."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold underline", show_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if name in _RIGHT else "left", overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text(visible(value)) for value in row))
    return table


def print_articles(articles: Iterable[Article], fields: Sequence[str], color: str, *, capped: bool) -> int:
    """Print a table of articles and say how many of how many; the number of all."""
    shown: list[Article] = []
    total = 0
    for article in articles:
        total += 1
        if not capped or len(shown) < TERMINAL_ROWS:
            shown.append(article)
    console = make_console(color)
    console.print(article_table(shown, fields))
    if total > len(shown):
        console.print(Text(f"{len(shown)} of {total:,} shown; -n {total} shows all", style="dim"))
    return total


def article_page(article: Article) -> RenderableType:
    """One article to read: title, metadata, wrapped text."""
    parts: list[RenderableType] = [Text(visible(article.title or article.name), style="bold"), Text()]
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    for name, value in metadata(article):
        facts.add_row(Text(name), Text(visible(value)))
    parts.append(facts)
    for block in article.normalization.blocks:
        text = Text(
            visible(article.text[block.start : block.end], lines=True),
            style="bold" if block.kind == "subhead" else "",
        )
        parts += [Text(), text]
    return Group(*parts)


def metadata(article: Article) -> list[tuple[str, str]]:
    """What is known of an article, by label, in a reader's order."""
    language = article.language
    if language not in (None, "und", "zxx"):
        language = f"{language} ({language_name(language)})"
    rows: list[tuple[str, Any]] = [
        ("id", article.id),
        ("name", article.name),
        ("date", article.date or "not known"),
        ("modified", article.date_modified),
        ("language", language or "not examined"),
        ("authors", flat(article, "authors")),
        ("outlet", article.outlet),
        ("section", article.section),
        ("url", article.url),
        ("words", f"{article.words:,}"),
        (
            "source",
            f"{flat(article, 'source')}, record {article.source.record}, bytes {article.source.byte_start}–{article.source.byte_end}",
        ),
    ]
    return [(name, value) for name, value in rows if value]


def print_page(page: RenderableType, color: str) -> None:
    """Print a page at reading width; on a terminal through the pager where it is longer than the screen."""
    console = make_console(color)
    console.width = min(console.width, READING_WIDTH)
    if not to_terminal() or len(console.render_lines(page)) < console.height:
        console.print(page)
        return
    import os

    os.environ.setdefault("LESS", "-R")
    with console.pager(styles=color_wanted(color)):
        console.print(page)


def print_sniffed(rows: Sequence[dict[str, Any]], color: str) -> None:
    """Print what each file is, why, and what its first record states."""
    console = make_console(color)
    for row in rows:
        line = Text(visible(row["path"]), style="bold")
        if row["format"]:
            counts = f"{row['articles']:,} article{'' if row['articles'] == 1 else 's'}"
            rejected = f", {row['rejected']:,} rejected" if row["rejected"] else ""
            line.append(f"  {row['format']}, {row['encoding']}, {counts}{rejected}", style="green")
        else:
            line.append(f"  {row['outcome']}", style="yellow")
        console.print(line)
        for reason in row["why"]:
            console.print(Text(f"    {visible(reason)}", style="dim"))
        for name, value in row["fields"].items():
            console.print(Text(f"    {visible(name)}: {visible(str(value))}"), no_wrap=True, overflow="ellipsis")
