"""`corpus-tool align`: the passages of two articles in two languages that say the same."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import (
    PATH,
    SHARE,
    format_option,
    general_options,
    option,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import general, read_options
from corpus_tool.errors import CorpusToolError, ExitCode

EXAMPLES = (
    ("align press.db 4f1c 9a02", "two articles, passage by passage"),
    ("align press.db 4f1c --json", "an article and its twin, for a program"),
    ("align press/ 4f1c 9a02 --format tmx > pair.tmx", "a translation, for a translation memory"),
)
FORMATS = ("table", "tsv", "csv", "json", "jsonl", "tmx", "html")


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Align the sentences of two articles."""
    from corpus_tool.cli.link_options import check_extra
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.picking import sources_and_ids

    if not values["arguments"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.cli.pairs import aligned, two_articles
    from corpus_tool.cli.session import Session, count
    from corpus_tool.selection import Tally

    check_extra("Aligning articles")
    sources, wanted = sources_and_ids(values["arguments"])
    told = general(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    options = read_options({**values, "sources": sources})
    with Session(sources, options, told, values) as session:
        one, other, pair = two_articles(session, wanted)
        alignment = aligned(one, other, values["lexicon"], least=values["least"])
        if name == "tmx" and alignment.mode != "translation":
            raise CorpusToolError(
                f"{one.name} and {other.name} tell one story, but none is a translation of the other",
                hint="a translation memory would learn what is wrong; --json gives the passages that say the same",
            )
        _give(one, other, pair, alignment, name, told.color)
        sentences = f"{len(alignment.sentences_a)} and {len(alignment.sentences_b)} sentences"
        done = f"{alignment.mode}: {count(len(alignment.passages), 'passage')} of {sentences}"
        if not told.quiet:
            session.say(done)
        return session.finish(Tally(2, 2, 2), silent=True)


def _give(one: Any, other: Any, pair: Any, alignment: Any, name: str, color: str) -> None:
    from corpus_tool.cli.pairs import PASSAGE_COLUMNS, pair_dict, passage_rows, units, write_json, write_view

    if name in ("table", "html"):
        from corpus_tool.link.views import twin_view

        write_view(twin_view(one, other, pair, alignment), name, color)
    elif name == "tmx":
        from corpus_tool.cli.output import stream_stdout
        from corpus_tool.writers.tmx import write

        stream_stdout(lambda out: write(units(one, other, alignment), out))
    elif name == "json":
        write_json(pair_dict(pair, alignment))
    else:
        from corpus_tool.cli.rows import write_rows

        write_rows(passage_rows(one, other, alignment), PASSAGE_COLUMNS, name)


command = Command(
    name="align",
    callback=run,
    params=[
        click.Argument(["arguments"], nargs=-1, type=PATH, metavar="SOURCE… [A [B]]"),
        option(
            "Alignment",
            "--least",
            type=SHARE,
            metavar="P",
            help="Passages of one story at least so likely the same (default 0.5).",
        ),
        option("Alignment", "--lexicon", multiple=True, metavar="nl-fr=FILE", help="A dictionary: .tei or .tsv."),
        format_option(FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        *reading_options(),
        *general_options(),
    ],
    help="The passages of two articles in two languages that say the same.",
    examples=EXAMPLES,
    notes="Leading arguments that exist are sources; then come two articles, or one that has a twin, or none where "
    "there are but two. A translation is aligned throughout; of two articles about one story only passages that most "
    "likely say the same are given, and which of both it is, is told. TMX is for translations alone. Needs the extra "
    "`links`. docs/alignment.md tells how sure it is.",
)
