"""`corpus-tool sniff`: what would be read, as which format, and why."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import SOURCES, general, general_options, option, read_options, reading_options
from corpus_tool.errors import ExitCode

EXAMPLES = (
    ("sniff press/", "the format of every file, and how many articles are in it"),
    ("sniff dump.csv --map text=body", "what a field map makes of a table"),
    ("sniff archive.txt --profile mine.yaml", "what a profile would read"),
)
COLUMNS = ("path", "format", "encoding", "articles", "rejected", "why")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Say of every file what would be read."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.corpus import sniff

    told, options = general(values), read_options(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    rows = [found.to_dict() for found in sniff(values["sources"], options)]
    if name == "json":
        print_rows(rows, name, told.color)
    elif name == "table":
        from corpus_tool.cli.console import print_sniffed

        print_sniffed(rows, told.color)
    else:
        print_rows([{key: row[key] for key in COLUMNS} for row in rows], name, told.color)
        if not rows:
            print("\t".join(COLUMNS))
    return ExitCode.DAMAGED_INPUT if options.receipt.damaged else ExitCode.DONE


command = Command(
    name="sniff",
    callback=run,
    params=[
        SOURCES,
        option(
            "Output",
            "-f",
            "--format",
            type=click.Choice(["table", "tsv", "json"]),
            help="Form of the output.",
        ),
        option(
            "Output",
            "--json",
            "as_json",
            is_flag=True,
            help="The same as --format json, with the first record's fields.",
        ),
        *reading_options(),
        *general_options(),
    ],
    help="What would be read, as which format, why, and how many articles.",
    examples=EXAMPLES,
)
