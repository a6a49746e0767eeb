"""`corpus-tool kwic`: every hit of a pattern with the words around it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
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

if TYPE_CHECKING:
    from corpus_tool.analyze.concordance import Cited, ConcordanceLine, SortKey
    from corpus_tool.analyze.node_pattern import NodePattern
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Selection, Tally

EXAMPLES = (
    ("kwic press/ Microsoft", "every Microsoft in a folder, with the words around it"),
    ("kwic press/ '*migr*' -l fr --sort R1", "migrant, immigration … in French, by the word that follows"),
    ('kwic press/ "l\'ICE" --json > ice.json', "with offsets into the texts, for a program"),
)
FORMATS = ("table", "tsv", "csv", "json", "jsonl")


@dataclass(slots=True)
class Search:
    """What is looked for, how the lines are given, and what was counted."""

    pattern: NodePattern
    fields: Sequence[Any]
    window: int
    keys: Sequence[SortKey]
    reverse: bool
    limit: int | None
    stops: bool = False
    hits: int = 0
    articles: int = 0

    @property
    def holds_all(self) -> bool:
        """Whether every line must be held before the first is given."""
        return self.reverse or bool(self.keys)

    def lines(self, articles: Iterable[Cited], tally: Tally) -> Iterator[ConcordanceLine]:
        """The lines to give, in their order; all are counted, but where reading ends at the limit."""
        found = self._found(articles)
        if self.holds_all:
            from corpus_tool.analyze.concordance import sorted_lines

            found = iter(sorted_lines(found, self.keys, reverse=self.reverse))
        for number, line in enumerate(found, start=1):
            if self.limit is None or number <= self.limit:
                yield line
            if self.stops and number == self.limit:
                tally.cut_short = True
                break
        if isinstance(articles, Generator):
            articles.close()  # a file that was not read to its end is reported too

    def _found(self, articles: Iterable[Cited]) -> Iterator[ConcordanceLine]:
        from corpus_tool.analyze.concordance import concordance

        for article in articles:
            before = self.hits
            for line in concordance(article, self.pattern, window=self.window, fields=self.fields):
                self.hits += 1
                self.articles += self.hits == before + 1
                yield line


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Give every hit of the pattern, as lines around the node on a terminal, as TSV in a pipe."""
    arguments: tuple[str, ...] = values["arguments"]
    if not arguments:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    sources, typed = arguments[:-1], arguments[-1]
    _check(sources, typed)
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session, count
    from corpus_tool.selection import Tally

    chosen = selection({**values, "sort": None, "reverse": False, "limit": None})
    told = general(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    page = _page(told.color) if name == "table" else None
    search = _search(values, typed, None if page is None else page.words)
    tally = Tally()
    options = read_options({**values, "sources": sources})
    with Session(sources, options, told, values, on_screen=to_terminal() and not search.holds_all) as session:
        early = session.ends_early(search.limit) or (session.corpus is not None and search.limit is not None)
        search.stops = early and not search.holds_all
        lines = search.lines(_cited(session, search.pattern, chosen, tally), tally)
        if page is not None:
            page.draw(lines, capped=to_terminal() and search.limit is None)
        else:
            from corpus_tool.cli.concordance_lines import write_lines

            write_lines(lines, name, each="-" in sources)
        hits = f"{count(search.hits, 'hit')} in {search.articles:,} of {count(tally.given, 'article')}"
        code = session.finish(tally, done=hits)
    return ExitCode.FAILED if values["exit_status"] and not search.hits else code


def _cited(session: Session, pattern: NodePattern, chosen: Selection, tally: Tally) -> Iterable[Cited]:
    """The articles to look in: of a corpus file those that its index proposes."""
    from corpus_tool.selection import select
    from corpus_tool.stored import light_enough, proposing

    match = None
    if session.corpus is not None:
        match = proposing((term.folded, term.prefix) for term in pattern.terms if term is not None)
    rows = session.cited(chosen, match, tally)
    if rows is not None:
        return rows
    return select(session.stream(light=light_enough((), chosen), match=match), chosen, tally)


def _check(sources: Sequence[str], typed: str) -> None:
    """Refuse what cannot be meant: no source, or a phrase that the shell took apart."""
    from corpus_tool.ingest.walk import exists

    if not sources:
        raise UsageError(
            f"{typed!r} is the pattern, and no source is named",
            "name the sources first: `corpus-tool kwic press/ Microsoft`",
        )
    missing = next((source for source in sources if not exists(source)), None)
    if missing is not None and missing != sources[0]:
        hint = "a pattern of several words stands in quotes: 'Bill Gates'; all before it are sources"
        raise UsageError(f"{missing!r} does not exist", hint)


def _page(color: str) -> Any:
    from corpus_tool.cli.concordance_lines import Page

    return Page(color)


def _search(values: dict[str, Any], typed: str, fitting: int | None) -> Search:
    """What the options ask for; the window is as wide as the screen where nothing is said."""
    from corpus_tool.analyze.concordance import FIELDS, NEAREST, WINDOW, sort_keys
    from corpus_tool.analyze.node_pattern import compile_node

    window = values["window"]
    if window is None:
        window = WINDOW if fitting is None else max(fitting, NEAREST)
    return Search(
        pattern=compile_node(typed, regex=values["regex"], case=values["case"]),
        fields=FIELDS if values["field"] is None else (values["field"],),
        window=window,
        keys=sort_keys(values["sort"] or "", window=window),
        reverse=values["reverse"],
        limit=values["limit"],
    )


_GROUP = "Concordance"

command = Command(
    name="kwic",
    callback=run,
    params=[
        click.Argument(["arguments"], nargs=-1, type=PATH, metavar="SOURCE… PATTERN"),
        option(_GROUP, "-w", "--window", type=COUNT, metavar="N", help="Words on each side (default: as fits, or 10)."),
        option(_GROUP, "--in", "field", type=click.Choice(["title", "text"]), metavar="FIELD", help="title or text."),
        option(_GROUP, "--case", is_flag=True, help="Mind case and accents."),
        option(_GROUP, "--regex", is_flag=True, help="PATTERN is a regular expression."),
        option(
            "Order",
            "--sort",
            metavar="KEYS",
            help="By R1,L1,date …: L1 to L5, R1 to R5, node, date, language, name, outlet. Holds all lines.",
        ),
        option("Order", "-r", "--reverse", is_flag=True, help="In reverse order."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many lines."),
        *condition_options(),
        format_option(FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Concordance: every hit of a pattern with the words around it.",
    examples=EXAMPLES,
    notes="The last argument is the pattern: a word, a phrase in quotes, * for any letters within a word, ? for one. "
    "Case, accents, ligatures and kinds of apostrophe make no difference. A window ends with its paragraph. On a "
    "terminal a line a hit, the node in the middle, T beside hits in a title; in a pipe every field of every line, "
    "as it is found. --sort and --reverse hold all lines. docs/concordance.md tells more.",
)
