"""`corpus-tool show`: one article to read, explained or raw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import PATH, general_options, option, output_options, reading_options, receipt_options
from corpus_tool.cli.picking import MANY, only, pick, sources_and_ids
from corpus_tool.cli.typed import general, read_options, write_options
from corpus_tool.errors import ExitCode, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.text.normalize import Change

if TYPE_CHECKING:
    from rich.console import RenderableType

    from corpus_tool.cli.typed import General
    from corpus_tool.corpus import Corpus

EXAMPLES = (
    ("show press/ 4f1c", "an article by the first digits of its id"),
    ("show press/ 000_2f --explain", "why we believe its date, language and title"),
    ("show press.db 4f1c --twin", "side by side with its twin in the other language"),
    ("show press/ 000_2f --raw > as-it-came.txt", "its very bytes"),
)
FORMATS = ("table", "json", "jsonl", "md", "tsv", "csv", "ids", "html")
PAIR_FORMATS = ("table", "json", "html")
"""In which forms two articles are shown."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Show the articles that ids or names pick; the only one where none is given."""
    if not values["arguments"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    sources, wanted = sources_and_ids(values["arguments"])
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally

    told, written = general(values), write_options(values)
    if values["twin"] or values["diff_with"] is not None:
        return _show_two(sources, wanted, values, told)
    if values["format"] == "html":
        raise UsageError("--format html is of two articles", "name --twin or --diff-with as well")
    again = values["explain"] or values["diff"] or values["raw_span"] is not None
    options = read_options(
        values if again else {**values, "sources": sources}, keep_raw=values["raw"] or values["explain"]
    )
    with Session(sources, options, told, values) as session:
        if session.corpus is not None:
            picked = _picked_in(session.corpus, wanted)
            if options.keep_raw:
                picked = [session.corpus.with_raw(article) for article in picked]
        else:
            from corpus_tool.corpus import read_all

            articles = read_all(sources, options=options, on_report=session.report_quietly)
            picked = [pick(articles, name) for name in wanted] if wanted else [only(articles)]
        if values["diff"] or values["raw_span"] is not None:
            _give_cleaning(picked, sources, options, values, told.color)
        else:
            _give(picked, sources, options, values, told.color, written)
        return session.finish(Tally(len(picked), len(picked), len(picked)), silent=True)


def _show_two(sources: Sequence[str], wanted: Sequence[str], values: dict[str, Any], told: General) -> int:
    """Show an article beside its twin, or beside one that it repeats."""
    from corpus_tool.cli.link_options import check_extra
    from corpus_tool.cli.pairs import write_difference, write_twins
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally

    check_extra("Comparing articles")
    name = "json" if values["as_json"] else values["format"] or "table"
    if name not in PAIR_FORMATS:
        raise UsageError(f"two articles have no form {name!r}", f"their forms are {', '.join(PAIR_FORMATS)}")
    both = "--twin" if values["twin"] else "--diff-with"
    alone = [name for name in ("explain", "raw", "all_blocks", "diff", "raw_span", "fields") if values[name]]
    if alone or (values["twin"] and values["diff_with"] is not None):
        other = f"--{alone[0].replace('_', '-')}" if alone else "--diff-with"
        raise UsageError(f"{other} does not go with {both}", "leave one out")
    options = read_options({**values, "sources": sources})
    with Session(sources, options, told, values) as session:
        if values["twin"]:
            write_twins(session, wanted, name)
        else:
            corpus = session.keep_in_passing(quietly=True)
            write_difference(corpus, (*wanted, values["diff_with"]), name, told.color)
        return session.finish(Tally(2, 2, 2), silent=True)


def _give(
    picked: Sequence[Article],
    sources: Sequence[str],
    options: ReadOptions,
    values: dict[str, Any],
    color: str,
    written: Any,
) -> None:
    from corpus_tool.cli.output import Output, write_stdout

    name = "json" if values["as_json"] else values["format"] or "table"
    if name != "table":
        write_stdout(picked, name, written)
    elif values["raw"]:
        from corpus_tool.rereading import raw_bytes

        out = Output()
        for article in picked:
            out.write(raw_bytes(article, sources))
        out.flush()
    elif values["explain"]:
        _explain(picked, sources, options, color)
    else:
        from corpus_tool.cli.console import article_page

        _print([article_page(article, all_blocks=values["all_blocks"]) for article in picked], color)


def _give_cleaning(
    picked: Sequence[Article], sources: Sequence[str], options: ReadOptions, values: dict[str, Any], color: str
) -> None:
    """What the rules changed, or what a span of the text was before."""
    from corpus_tool.cli.output import Output, to_terminal
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.rereading import changes_of, raw_span

    if values["raw_span"] is not None:
        start, end = _span(values["raw_span"])
        out = Output()
        for article in picked:
            out.write(f"{raw_span(article, start, end, sources, options)}\n".encode("utf-8", "surrogateescape"))
        out.flush()
        return
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    if name not in ("table", "tsv", "json"):
        raise UsageError(f"--diff has no form {name!r}", "its forms are table, tsv and json")
    shown = _escaped if name == "table" else str
    changes = [change for article in picked for change in changes_of(article, sources, options)]
    rows = [{**change._asdict(), "old": shown(change.old), "new": shown(change.new)} for change in changes]
    print_rows(rows, Change._fields, name, color)


def _escaped(text: str) -> str:
    """A text whose blanks can be told apart: a no-break space is no space."""
    return "".join(c if c == " " or c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _span(typed: str) -> tuple[int, int]:
    start, sign, end = typed.partition(":")
    if not (sign and start.isdecimal() and end.isdecimal()):
        raise UsageError(f"--raw-span {typed!r} is no span", "a span is START:END in characters of the text: 0:80")
    return int(start), int(end)


def _explain(picked: Sequence[Article], sources: Sequence[str], options: ReadOptions, color: str) -> None:
    from corpus_tool.cli.explain import explanation
    from corpus_tool.rereading import date_reasons_of

    _print([explanation(article, date_reasons_of(article, sources, options)) for article in picked], color)


def _print(pages: Sequence[RenderableType], color: str) -> None:
    """Print pages one after another, an empty line between them."""
    from rich.console import Group
    from rich.text import Text

    from corpus_tool.cli.console import print_page

    parts = [part for page in pages for part in (page, Text())]
    print_page(Group(*parts[:-1]), color)


def _picked_in(corpus: Corpus, wanted: Sequence[str]) -> list[Article]:
    """The articles that ids or names pick in a corpus file; its only one where none is given."""
    if not wanted:
        return [only(list(corpus.find(limit=MANY + 1)), len(corpus))]
    return [pick(corpus.store.by_key(name, MANY + 1), name) for name in wanted]


command = Command(
    name="show",
    callback=run,
    params=[
        click.Argument(["arguments"], nargs=-1, type=PATH, metavar="SOURCE… [ID…]"),
        option("What to show", "--explain", is_flag=True, help="Each field's method, confidence and evidence."),
        option("What to show", "--raw", is_flag=True, help="The very bytes; with --json, the raw record as well."),
        option("What to show", "--all-blocks", is_flag=True, help="Also what was left out of the text, with its kind."),
        option("What to show", "--diff", is_flag=True, help="What each cleaning rule changed."),
        option("What to show", "--twin", is_flag=True, help="Beside its twin in the other language, or two articles."),
        option(
            "What to show", "--diff-with", metavar="ID", help="Beside an article that it repeats, with what differs."
        ),
        option("What to show", "--raw-span", metavar="START:END", help="What these characters of the text came from."),
        *output_options(FORMATS),
        *receipt_options(),
        *reading_options(),
        *general_options(),
    ],
    help="One article to read, explained or raw.",
    examples=EXAMPLES,
    notes="Leading arguments that exist are sources, the rest are ids, names, or the beginning of one. On a terminal "
    "a long text goes through the pager. --twin and --diff-with take --format html: one page that needs nothing else. "
    "--raw writes the very bytes into a pipe or a file; a terminal gets escapes "
    "for what it would act on.",
)
