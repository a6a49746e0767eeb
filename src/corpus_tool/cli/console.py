"""The only room that draws: Rich tables and texts, of values made visible first."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus_tool.cli.layout import line, widths
from corpus_tool.cli.output import color_wanted, to_terminal, write_text
from corpus_tool.cli.visible import visible
from corpus_tool.model.article import Article, Block
from corpus_tool.model.evidence import PASSAGE, Evidence
from corpus_tool.model.langtag import language_name
from corpus_tool.selection import Tally
from corpus_tool.writers.base import flat

READING_WIDTH = 88
ID_SHOWN = 8
OPENING = 200
WIDEST = 24
"""Widest column that does not give way, in terminal cells."""

_STYLES = {"id": "dim", "date": "cyan", "language": "green", "words": "magenta", "title": "bold"}
_FLEXIBLE = frozenset(("title", "text", "source", "url", "extra", "normalization", "inference"))
_RIGHT = frozenset(("words", "characters", "paragraphs", "articles"))
_UNKNOWN = frozenset(("date", "language", "outlet"))
_HEADER = "bold underline"


def make_console(color: str) -> Console:
    """A console of the terminal's width, or of $COLUMNS, or of 80; what it draws is written by `draw`."""
    colored = color_wanted(color)
    size = shutil.get_terminal_size()
    return Console(
        file=io.StringIO(),
        width=max(size.columns, 1),
        height=size.lines,
        force_terminal=colored,
        no_color=not colored,
        color_system="standard" if colored else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def draw(console: Console, *parts: RenderableType) -> None:
    """Draw to standard output, without blanks at the ends of lines."""
    write_text(_drawn(console, *parts))


def _drawn(console: Console, *parts: RenderableType) -> str:
    console.file = drawn = io.StringIO()
    for part in parts:
        console.print(part)
    return "".join(f"{text.rstrip(' ')}\n" for text in drawn.getvalue().split("\n")[:-1])


def cell(article: Article, name: str) -> Text:
    """One value of an article for a table: ids cut, a missing title replaced by the opening words after a pilcrow."""
    if name == "title" and article.title is None:
        opening = visible(" ".join(article.text[:OPENING].split()))
        return Text(f"¶ {opening}" if opening else "(no text)", style="dim italic")
    text = visible(flat(article, name))
    if name == "id":
        text = text[:ID_SHOWN]
    if name in _RIGHT and text.isdigit():
        text = f"{int(text):,}"
    return Text(text or ("–" if name in _UNKNOWN else ""), style=_STYLES.get(name, ""))


def article_lines(articles: Sequence[Article], fields: Sequence[str], screen: int) -> list[Text]:
    """Articles as lines under a header: narrow columns keep their width, the title or text gives way."""
    header = [Text(visible(name), style=_HEADER) for name in fields]
    rows = [header, *([cell(article, name) for name in fields] for article in articles)]
    wide = widths(rows, [name.split(".")[0] in _FLEXIBLE for name in fields], screen, WIDEST)
    right = [name in _RIGHT for name in fields]
    return [line(row, wide, right, screen) for row in rows]


def print_articles(
    articles: Iterable[Article], fields: Sequence[str], color: str, tally: Tally, cap: int | None = None
) -> None:
    """Print a table of articles; of more than `cap` the first ones, and how many of how many."""
    shown: list[Article] = []
    total = 0
    for article in articles:
        total += 1
        if cap is None or len(shown) < cap:
            shown.append(article)
    total = max(total, tally.given)  # of a corpus file only those to be shown come
    console = make_console(color)
    parts = article_lines(shown, fields, console.width)
    if total > len(shown):
        parts.append(Text(f"{len(shown)} of {total:,} shown; -n {total} shows all", style="dim"))
    elif tally.cut_short and cap is not None:
        parts.append(Text(f"the first {len(shown)} shown; -n {10 * len(shown)} shows more", style="dim"))
    draw(console, *parts)


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]], least: int = 0) -> Table:
    """A table of strings; all but the first and last columns wrap from `least` cells on, where that is given."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_HEADER, show_edge=False)
    for number, name in enumerate(columns):
        middle = 0 < number < len(columns) - 1
        table.add_column(
            name,
            justify="right" if name in _RIGHT else "left",
            overflow="fold",
            no_wrap=number == 0,
            max_width=least if middle and least else None,
        )
    for row in rows:
        table.add_row(*(Text(visible(value)) for value in row))
    return table


def facts_table(rows: Iterable[tuple[str, RenderableType]], style: str) -> Table:
    """Names and what stands beside them."""
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    facts.add_column(style=style, no_wrap=True, overflow="ellipsis", max_width=WIDEST)
    facts.add_column(overflow="fold")
    for name, value in rows:
        facts.add_row(Text(visible(name)), value)
    return facts


def article_page(article: Article, *, all_blocks: bool = False) -> RenderableType:
    """One article to read: title, metadata, wrapped text; with `all_blocks` what was left out too."""
    facts = facts_table(((name, Text(visible(value))) for name, value in metadata(article)), "dim")
    parts: list[RenderableType] = [Text(visible(article.title or article.name), style="bold"), Text(), facts]
    for block in article.normalization.blocks:
        parts += [Text(), _block(article, block)]
    if all_blocks:
        parts += [Text(), Text("left out of the text:" if article.normalization.removed else "nothing was left out")]
        for item in article.normalization.removed:
            parts.append(Text(f"[{item.kind}] {visible(item.text, lines=True)}", style="dim", overflow="fold"))
    return Group(*parts)


def _block(article: Article, block: Block) -> Text:
    """A block of the text; passages in another language stand between brackets, with their language."""
    shown = Text(style="bold" if block.kind == "subhead" else "", overflow="fold")
    at = block.start
    for passage in passages(article):
        start, end = max(passage.start, block.start), min(passage.end, block.end)
        if start < end:
            shown.append(visible(article.text[at:start], lines=True))
            tag = passage.rule.removeprefix(PASSAGE)
            shown.append(f"[{tag}: ", style="dim").append(visible(article.text[start:end], lines=True), style="italic")
            shown.append("]", style="dim")
            at = end
    return shown.append(visible(article.text[at : block.end], lines=True))


def passages(article: Article) -> list[Evidence]:
    """The passages of an article that are not in its language, in order."""
    inferred = article.inference.get("language")
    found = inferred.evidence if inferred is not None else ()
    return [item for item in found if item.where == "text" and item.rule.startswith(PASSAGE)]


def metadata(article: Article) -> list[tuple[str, str]]:
    """What is known of an article, by label, in a reader's order."""
    language = article.language
    if language not in (None, "und", "zxx"):
        language = f"{language} ({language_name(language)})"
    if article.languages:
        parts = (f"{tag} ({language_name(tag)}) {share:.0%}" for tag, share in article.languages.items())
        language = ", ".join(parts)
    source = article.source
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
            f"{flat(article, 'source')}, record {source.record}, bytes {source.byte_start}–{source.byte_end}",
        ),
    ]
    return [(name, value) for name, value in rows if value]


def print_page(page: RenderableType, color: str) -> None:
    """Print a page at reading width; on a terminal through the pager where it is longer than the screen."""
    console = make_console(color)
    console.width = min(console.width, READING_WIDTH)
    text = _drawn(console, page)
    if not to_terminal() or text.count("\n") < console.height or os.environ.get("TERM") == "dumb":
        write_text(text)
        return
    import pydoc

    os.environ.setdefault("LESS", "-R")
    pydoc.pager(text)


def print_sniffed(rows: Sequence[dict[str, Any]], color: str) -> None:
    """Print what each file is, why, and what its first record states."""
    console = make_console(color)
    draw(console, *(part for row in rows for part in _sniffed(row)))


def _sniffed(row: dict[str, Any]) -> Iterable[RenderableType]:
    head = Text(visible(row["path"]), style="bold", overflow="fold")
    if row["format"]:
        counts = f"{row['articles']:,} article{'' if row['articles'] == 1 else 's'}"
        more = [f"{row[name]:,} {words}" for name, words in _MORE.items() if row[name]]
        told = ", ".join((row["format"], row["encoding"] or "no encoding", counts, *more))
        head.append(f"  {told}", style="green")
    else:
        head.append(f"  {row['outcome']}", style="yellow")
    yield head
    for reason in row["why"]:
        yield Padding(Text(visible(reason), style="dim", overflow="fold"), (0, 0, 0, 4))
    if row["fields"]:
        facts = (
            (name, Text(visible(str(value)), no_wrap=True, overflow="ellipsis"))
            for name, value in row["fields"].items()
        )
        yield Padding(facts_table(facts, "dim"), (0, 0, 0, 6))


_MORE = {"known": "already known", "rejected": "rejected"}
