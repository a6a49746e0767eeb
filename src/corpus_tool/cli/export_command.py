"""`corpus-tool export`: articles into files that other programs take."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import (
    EXIT_STATUS,
    SOURCES,
    condition_options,
    file_options,
    general_options,
    order_options,
    output_options,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import Values, general, read_options, selection, write_options
from corpus_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.cli.session import Session
    from corpus_tool.model.article import Article
    from corpus_tool.writers.parquet_parts import RawOf

EXAMPLES = (
    ("export press/ -o press.jsonl", "everything, to be read back exactly"),
    ("export press/ -o press.csv --excel", "a table that a spreadsheet opens safely"),
    ("export press/ -o texts/ --format txt", "one file per article and a metadata table"),
    ("export press.db -o press.tmx", "twins that are translations, for a translation memory"),
    ("export press.db -o parts/ --format parquet", "for DuckDB, Polars and data frames"),
)
FORMATS = ("json", "jsonl", "csv", "tsv", "md", "ids", "txt", "parquet", "tmx")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Export articles to a file, a folder or standard output."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.output import check_target, to_terminal, write_stdout
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally, select
    from corpus_tool.writers.files import check_free, write_file
    from corpus_tool.writers.folder import write_folder
    from corpus_tool.writers.registry import load_writer

    chosen, told, written = selection(values), general(values), write_options(values)
    output, name, into_folder = _target(values)
    if name == "tmx":
        from corpus_tool.cli.tmx_export import export_tmx

        if output is not None:
            check_target(output, force=values["force"])
        return export_tmx(values, output)
    if into_folder:
        check_free(str(output), force=values["force"])
    elif output is not None:
        check_target(output, force=values["force"])
    tally = Tally()
    options = read_options(values, keep_raw=values["raw"] and name != "parquet")
    on_screen = to_terminal() and output is None
    with (
        Session(values["sources"], options, told, values, on_screen=on_screen) as session,
        ExitStack() as stack,
    ):
        raw_of = None
        if name == "parquet" and values["raw"]:
            articles, raw_of = _with_raw_records(session, stack)
            streaming = True
        else:
            articles, streaming = session.held()
        selected = select(articles, chosen, tally, streaming=streaming)
        if output is None:
            write_stdout(selected, name, written, each="-" in values["sources"])
        elif name == "parquet":
            from corpus_tool.writers import parquet_parts

            if into_folder:
                parquet_parts.write_parts(selected, output, written, force=values["force"], raw_of=raw_of)
            else:
                with write_file(output, force=values["force"]) as out:
                    parquet_parts.write(selected, out, written, raw_of)
        elif into_folder:
            write_folder(selected, output, name, force=values["force"])
        else:
            with write_file(output, force=values["force"]) as out:
                load_writer(name).write(selected, out, written)
        code = session.finish(tally, done=values["output"] or "")
    return ExitCode.FAILED if values["exit_status"] and not tally.matched else code


def _with_raw_records(session: Session, stack: ExitStack) -> tuple[Iterable[Article], RawOf]:
    """The articles of a corpus file with what it keeps of their records; raw sources go into one in passing."""
    if session.corpus is not None:
        return session.stream(), session.corpus.store.raw_record
    from corpus_tool.adding import add
    from corpus_tool.store.store import Store
    from corpus_tool.stored import StoredArticles

    store = stack.enter_context(Store.in_passing())
    add(store, session.sources, session.options, 1, session.report, session.article_done)
    session.options.receipt.stored = None  # nothing is kept
    return StoredArticles(store), store.raw_record


def _target(values: Values) -> tuple[str | None, str, bool]:
    """(path or None for standard output, format, whether it is a folder)."""
    from corpus_tool.writers.registry import FOLDER_FORMATS, PART_FORMATS, format_of

    output = values["output"]
    name = "json" if values["as_json"] else values["format"]
    if name is None and output is not None and output.lower().endswith(".parquet"):
        name = "parquet"
    if name == "parquet":
        from corpus_tool.writers.parquet_parts import check_installed

        check_installed()
        if output is None or output == "-":
            raise UsageError("--format parquet writes a file or a folder", "name one: -o press.parquet, -o parts/")
    if output is None or output == "-":
        if name == "txt":
            raise UsageError("--format txt writes one file per article", "name a folder: -o texts/")
        return None, name or "jsonl", False
    into_folder = output.endswith("/") or os.path.isdir(output)
    if into_folder:
        name = name or "txt"
        if name not in (*FOLDER_FORMATS, *PART_FORMATS):
            raise UsageError(
                f"{output!r} is a folder; {name} is one file",
                f"one file per article is {' or '.join(FOLDER_FORMATS)}; parts of many are {' or '.join(PART_FORMATS)}",
            )
        return output.rstrip("/") or "/", name, True
    if name == "txt":
        raise UsageError("--format txt writes one file per article", f"name a folder: -o {output}/")
    if name is None and output.lower().endswith(".tmx"):
        return output, "tmx", False
    return output, name or format_of(output), False


command = Command(
    name="export",
    callback=run,
    params=[
        SOURCES,
        *output_options(FORMATS),
        *file_options(),
        *receipt_options(),
        EXIT_STATUS,
        *condition_options(),
        *order_options(),
        *reading_options(),
        *general_options(),
    ],
    help="Articles into JSON, JSON Lines, CSV, TSV, Markdown, or one file each.",
    examples=EXAMPLES,
    notes="Without -o the articles go to standard output, as JSON Lines if no format is named. JSON, JSON Lines, CSV, "
    "TSV and Parquet load back as the same articles; Parquet in a folder comes in parts of 100,000, and with --raw "
    "carries the raw records. TMX has the twins that are translations, sentence by "
    "sentence (see `align`). Standard input and sources over 16 MiB are streamed in constant memory; "
    "--sort, --reverse and --extra hold everything.",
)
