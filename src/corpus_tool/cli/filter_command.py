"""`corpus-tool filter`: whole records that meet the conditions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import (
    EXIT_STATUS,
    PATH,
    SOURCES,
    condition_options,
    file_options,
    general_options,
    option,
    order_options,
    output_options,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import General, Values, general, read_options, selection, write_options
from corpus_tool.errors import ExitCode, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.fields import TABLE_FIELDS
from corpus_tool.selection import OnOther, Selection

EXAMPLES = (
    ("filter press/ -l nl --since 2018-06", "Dutch articles from June 2018 on, as JSON Lines"),
    ("filter press/ --undated -o undated.csv", "the ones without a date, into a table"),
    ("filter press.db -l nl -o nl.db", "a corpus file of its own, raw records and all"),
    ("filter - --contains klimaat < all.jsonl", "a stream, in constant memory"),
)
CORPUS_ENDINGS = (".db", ".sqlite", ".sqlite3")
"""What an output is called that is to be a corpus file."""
FORMATS = ("jsonl", "json", "csv", "tsv", "md", "ids", "table")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Give the records that meet the conditions, and keep the others with their reasons where asked."""
    from corpus_tool.cli.output import TERMINAL_ROWS, check_target, to_terminal, write_stdout

    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally, select
    from corpus_tool.writers.files import write_file
    from corpus_tool.writers.registry import format_of, load_writer

    chosen, told, written = selection(values), general(values), write_options(values)
    output = values["output"]
    name = "json" if values["as_json"] else values["format"]
    if output is not None and name is None and output.lower().endswith(CORPUS_ENDINGS):
        return _into_corpus(values, chosen, told, output)
    if output is not None:
        name = name or format_of(output)
        if name == "parquet" and values["raw"]:
            raise UsageError("filter writes Parquet without raw records", "export takes the same conditions")
        check_target(output, force=values["force"])
    if values["others"] is not None:
        check_target(values["others"], force=values["force"])
    name = name or ("table" if to_terminal() else "jsonl")
    tally = Tally()
    options = read_options(values, keep_raw=values["raw"])
    on_screen = to_terminal() and output is None and name != "table"
    with (
        Session(values["sources"], options, told, values, on_screen=on_screen) as session,
        ExitStack() as stack,
    ):
        articles, streaming = session.held()
        others = Others(stack, values["others"], force=values["force"])
        if others.on_other is not None:
            chosen = session.judged(chosen)
        cap = TERMINAL_ROWS if name == "table" and to_terminal() and chosen.limit is None else None
        selected = select(articles, chosen, tally, streaming=streaming, on_other=others.on_other, cap=cap)
        if output is not None:
            with write_file(output, force=values["force"]) as out:
                load_writer(name).write(selected, out, written)
        elif name == "table":
            from corpus_tool.cli.console import print_articles

            print_articles(selected, written.fields or TABLE_FIELDS, told.color, tally, cap)
        else:
            write_stdout(selected, name, written, each="-" in values["sources"])
        code = session.finish(tally, done=output or "")
    return ExitCode.FAILED if values["exit_status"] and not tally.matched else code


def _into_corpus(values: Values, chosen: Selection, told: General, output: str) -> int:
    """Keep the matches in a new corpus file, which stands under its name once it is whole."""
    from corpus_tool.adding import add_selected
    from corpus_tool.cli.output import check_target
    from corpus_tool.cli.session import Session
    from corpus_tool.corpus import copies_among
    from corpus_tool.ingest.walk import check_sources
    from corpus_tool.selection import Tally
    from corpus_tool.store.store import created_aside

    check_target(output, force=values["force"])
    if values["others"] is not None:
        check_target(values["others"], force=values["force"])
    tally = Tally()
    options = read_options(values)
    if chosen.query.canonical is not None:
        check_sources(values["sources"])
        if not told.quiet:
            _warn_of_stale(values["sources"])
        known = copies_among(values["sources"], options)
        chosen = replace(chosen, query=replace(chosen.query, copies=known))
    with Session(values["sources"], options, told, values, pushdown=False) as session, ExitStack() as stack:
        others = Others(stack, values["others"], force=values["force"])
        with created_aside(output, force=values["force"]) as store:
            add_selected(store, values["sources"], options, chosen, tally, session.report, others.on_other)
        code = session.finish(tally, done=output)
    return ExitCode.FAILED if values["exit_status"] and not tally.matched else code


def _warn_of_stale(sources: Sequence[str]) -> None:
    """Warn of a corpus file that does not know all duplicates."""
    from corpus_tool.cli.session import warn_of_stale
    from corpus_tool.cli.streams import tell
    from corpus_tool.corpus import Corpus
    from corpus_tool.store.recognize import is_corpus_file

    if len(sources) == 1 and is_corpus_file(sources[0]):
        with Corpus.open(sources[0]) as corpus:
            warn_of_stale(corpus.store, "duplicates", lambda line: tell(f"corpus-tool: {line}"))


class Others:
    """The articles that did not meet the conditions, as JSON Lines with a `reason`."""

    def __init__(self, stack: ExitStack, path: str | None, *, force: bool) -> None:
        from corpus_tool.writers.files import write_file

        self._out = None if path is None else stack.enter_context(write_file(path, force=force))

    @property
    def on_other(self) -> OnOther | None:
        """What is to be called with each of them; None where they are not kept."""
        return self._keep if self._out is not None else None

    def _keep(self, article: Article, reason: str) -> None:
        from corpus_tool.writers.base import to_json

        assert self._out is not None
        self._out.write(f"{to_json({**article.to_dict(), 'reason': reason})}\n".encode())


command = Command(
    name="filter",
    callback=run,
    params=[
        SOURCES,
        *condition_options(),
        *order_options(),
        *output_options(FORMATS),
        *file_options(),
        option(
            "Output",
            "--others",
            type=PATH,
            metavar="FILE",
            help="Keep the ones that did not match, each with its reason (JSON Lines).",
        ),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Whole records that meet the conditions, as JSON Lines or into a file.",
    examples=EXAMPLES,
    notes="All conditions must be met; values of one condition separated by commas are alternatives. On a terminal, "
    "without -o, the matches are shown as a table. Standard input and sources over 16 MiB are streamed in constant "
    "memory; --sort, --reverse and --extra hold everything.",
)
