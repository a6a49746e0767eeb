"""`corpus-tool search`: the articles that words, phrases and operators find, the best first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.options import (
    COUNT,
    EXIT_STATUS,
    PATH,
    condition_options,
    format_option,
    general_options,
    option,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import general, read_options, selection
from corpus_tool.errors import ExitCode, UsageError
from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from corpus_tool.corpus import Corpus
    from corpus_tool.store.search import Found, Hit

EXAMPLES = (
    ("search press.db 'Microsoft AND (ICE OR immigr*)'", "words, operators, beginnings of words"),
    ("search press.db '\"chemin de fer\"' -l fr --since 2018", "a phrase, in French articles since 2018"),
    ("search press.db 'title:brexit' --newest --json", "in titles, the newest first, for a program"),
)
FORMATS = ("table", "tsv", "csv", "json", "jsonl", "ids")
COLUMNS = ("id", "name", "date", "language", "outlet", "title", "score", "snippet")
_OPERATOR = lazy(r"\b(?:and|or|not)\b|[|&]")
SHOWN = 10
"""Hits on a terminal where no limit is given."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Search the sources; those that are no corpus file are indexed in passing."""
    arguments: tuple[str, ...] = values["arguments"]
    if not arguments:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    *sources, typed = arguments
    if not sources:
        raise UsageError(
            f"{typed!r} is the query, and no source is named", "name the sources first: corpus-tool search press.db ICE"
        )
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally
    from corpus_tool.store.match import parse_search
    from corpus_tool.stored import light_enough

    parse_search(typed)
    told, chosen = general(values), selection(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    limit = values["limit"] if values["limit"] is not None else SHOWN if to_terminal() and name == "table" else None
    options = read_options({**values, "sources": sources})
    with Session(sources, options, told, values) as session, _corpus(session) as corpus:
        order = {name: values[name] for name in ("newest", "rank_all")}
        found = corpus.search(typed, chosen.query, limit=limit, **order, whole=not light_enough(COLUMNS[:6], chosen))
        given = _Counted(found)
        if name == "table":
            from corpus_tool.cli.search_lines import print_hits

            print_hits(given.hits(), found, told.color)
        else:
            _write(given.hits(), found, name)
        tally = Tally(len(corpus), len(corpus), len(corpus))
        if not given.count and _OPERATOR.search(typed) and not told.quiet:
            session.say("operators are AND, OR and NOT, in capitals; see docs/search.md")
        code = session.finish(tally, done=_outcome(found, given.count))
    return ExitCode.FAILED if values["exit_status"] and not given.count else code


def _corpus(session: Any) -> Corpus:
    """The corpus file that is the only source, or one made of the sources in passing."""
    if session.corpus is not None:
        session.count_corpus()
        corpus: Corpus = session.corpus
        return corpus
    from corpus_tool.corpus import Corpus

    return Corpus.in_passing(session.stream())


class _Counted:
    """The hits, counted as they are given."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.count = 0

    def hits(self) -> Iterator[Hit]:
        """One after another."""
        for hit in self._found.hits:
            self.count += 1
            yield hit


def _outcome(found: Found, given: int) -> str:
    """How many hits there are, how many were given, and among which they were ranked."""
    if found.total is None:
        total = f"more than {found.ranked:,} hits" if found.ranked else "many hits"
    else:
        total = f"{found.total:,} hit{'' if found.total == 1 else 's'}"
    parts = [total if given == found.total else f"{given:,} of {total}"]
    if found.ranked is not None:
        parts.append(f"ranked among the {found.ranked:,} added last, --rank-all ranks all")
    return ", ".join(parts)


def _write(hits: Iterator[Hit], found: Found, name: str) -> None:
    from corpus_tool.cli.rows import write_rows

    if name == "ids":
        from corpus_tool.cli.output import write_stdout
        from corpus_tool.writers.base import WriteOptions

        write_stdout((hit.article for hit in hits), "ids", WriteOptions())
        return
    flat = name in ("tsv", "csv")
    write_rows((_row(hit, found, flat=flat) for hit in hits), COLUMNS, name)


def _row(hit: Hit, found: Found, *, flat: bool) -> dict[str, Any]:
    """A hit as plain values; the offsets of its snippet are those of the article's text."""
    from corpus_tool.store.snippets import snippet

    article = hit.article
    shown = snippet(article.text, found.search)
    text = article.text[shown.start : shown.end]
    row = {key: getattr(article, key) for key in COLUMNS[:6]}
    row["score"] = None if hit.score is None else float(f"{hit.score:.6g}")
    row["snippet"] = (
        text
        if flat
        else {"text": text, "start": shown.start, "end": shown.end, "spans": [list(s) for s in shown.spans]}
    )
    return row


command = Command(
    name="search",
    callback=run,
    params=[
        click.Argument(["arguments"], nargs=-1, type=PATH, metavar="SOURCE… QUERY"),
        option("Order", "--newest", is_flag=True, help="The newest first, unranked."),
        option("Order", "--rank-all", is_flag=True, help="Rank all hits, also where there are more than 20,000."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many (default on a terminal: 10)."),
        *condition_options(sample=False),
        format_option(FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Articles that words, phrases and conditions find, the best first.",
    examples=EXAMPLES,
    notes='The last argument is the query: words, "phrases", AND OR NOT, beginnings*, NEAR(a b, 10), title:word (see '
    "docs/search.md). Case, accents and ligatures do not matter. A corpus file is searched at once; other sources are "
    "read and indexed in passing, for this search alone. With a limit, of more than 20,000 hits those added last are "
    "ranked.",
)
