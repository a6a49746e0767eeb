"""`corpus-tool sniff`: what would be read, as which format, and why."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import SOURCES, format_option, general_options, option, reading_options, receipt_options
from corpus_tool.cli.typed import general, read_options
from corpus_tool.errors import ExitCode

EXAMPLES = (
    ("sniff press/", "the format of every file, and how many articles are in it"),
    ("sniff dump.csv --map text=body", "what a field map makes of a table"),
    ("sniff archive.txt --profile mine.yaml", "what a profile would read"),
)
COLUMNS = ("path", "outcome", "format", "encoding", "articles", "known", "rejected", "why")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Say of every file what would be read."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.corpus import sniff
    from corpus_tool.selection import Tally

    told, options = general(values), read_options(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    rows = []
    with Session(values["sources"], options, told, values) as session:
        for found in sniff(values["sources"], options):
            session.report_quietly(found.report)
            rows.append(found.to_dict())
        if name == "json":
            print_rows(rows, tuple(rows[0]) if rows else (), name, told.color)
        elif name == "table":
            from corpus_tool.cli.console import print_sniffed

            print_sniffed(rows, told.color)
        else:
            print_rows([{key: row[key] for key in COLUMNS} for row in rows], COLUMNS, name, told.color)
        records = options.receipt.records
        return session.finish(Tally(records, records, records))


command = Command(
    name="sniff",
    callback=run,
    params=[
        SOURCES,
        format_option(("table", "tsv", "json")),
        option(
            "Output",
            "--json",
            "as_json",
            is_flag=True,
            help="The same as --format json, with the first record's fields.",
        ),
        *receipt_options(),
        *reading_options(),
        *general_options(),
    ],
    help="What would be read, as which format, why, and how many articles.",
    examples=EXAMPLES,
)
