"""`corpus-tool formats`: the tables of readers and writers."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import format_option, general_options, option
from corpus_tool.cli.typed import general
from corpus_tool.errors import ExitCode

EXAMPLES = (
    ("formats", "what can be read, what can be written"),
    ("formats --json", "the same for a program"),
    ("formats --format tsv", "the same for a pipe"),
)

COLUMNS = ("direction", "format", "endings", "about")


@click.pass_context
def run(_context: click.Context, /, **values: Any) -> int:
    """Print the readers and writers."""
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.tables import print_rows
    from corpus_tool.ingest.walk import UNSUPPORTED
    from corpus_tool.readers.registry import READERS, describe
    from corpus_tool.writers.registry import FOLDER_FORMATS, PAIR_FORMATS, WRITERS, load_writer

    rows = [{"direction": "read", "format": name, **describe(name)} for name in READERS]
    for name in WRITERS:
        writer = load_writer(name)
        rows.append(
            {
                "direction": "write",
                "format": name,
                "endings": " ".join(writer.ENDINGS),
                "about": writer.SUMMARY,
            }
        )
    rows.append(
        {
            "direction": "write",
            "format": FOLDER_FORMATS[0],
            "endings": "FOLDER/",
            "about": "one file per article with metadata.csv; md too",
        }
    )
    rows += [
        {"direction": "write", "format": name, "endings": f".{name}", "about": about.replace("`", "")}
        for name, about in PAIR_FORMATS.items()
    ]
    kinds = dict.fromkeys(UNSUPPORTED.values())
    for kind in kinds:
        endings = " ".join(ending for ending, what in UNSUPPORTED.items() if what == kind)
        rows.append(
            {
                "direction": "skip",
                "format": "–",
                "endings": endings,
                "about": f"{kind}: no reader yet; skipped and said so",
            }
        )
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    print_rows(rows, COLUMNS, name, general(values).color)
    return ExitCode.DONE


command = Command(
    name="formats",
    callback=run,
    params=[
        format_option(("table", "tsv", "json")),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *general_options(),
    ],
    help="The formats that can be read and written.",
    examples=EXAMPLES,
)
