"""`corpus-tool rules`: the cleaning rules, in their order."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import format_option, general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode

EXAMPLES = (
    ("rules", "every rule, its values and what it does"),
    ("rules --json", "the same for a program"),
    ("rules --format tsv | cut -f 1,2", "their names and values"),
)
COLUMNS = ("rule", "values", "about")


@click.pass_context
def run(_context: click.Context, /, **values: Any) -> int:
    """Print the rules in the order in which they run; the first value is the default."""
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.text.normalize import RULES

    rows = [{"rule": rule.name, "values": " ".join(rule.values), "about": rule.help} for rule in RULES]
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    print_rows(rows, COLUMNS, name, general(values).color)
    return ExitCode.DONE


command = Command(
    name="rules",
    callback=run,
    params=[
        format_option(("table", "tsv", "json")),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *general_options(),
    ],
    help="The cleaning rules in their order, with their values.",
    examples=EXAMPLES,
    notes="The first value is the default. Another one for a run: `--rule nbsp=keep`, `--rule boilerplate=off`.",
)
