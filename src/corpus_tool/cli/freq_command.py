"""`corpus-tool freq`: frequencies of words and n-grams, by group, with their dispersion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.group_lines import BY, FORMATS, draw_columns, shown_value
from corpus_tool.cli.options import (
    COUNT,
    EXIT_STATUS,
    PATH,
    SOURCES,
    condition_options,
    format_option,
    general_options,
    option,
    reading_options,
    receipt_options,
)
from corpus_tool.cli.typed import general, read_options, selection
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError

if TYPE_CHECKING:
    from corpus_tool.analyze.dispersion import Measure
    from corpus_tool.analyze.frequency import Frequency, FrequencyList, FrequencyLists, Listing
    from corpus_tool.analyze.groups import Group

EXAMPLES = (
    ("freq press/ -l fr --stopwords fr.txt -n 100", "the hundred most frequent French words but for those of a list"),
    ("freq press/ --by language --min-count 5 --format csv", "a list for each language, into a table"),
    ("freq press/ --ngrams 2 --only-words 'migr' --json", "pairs of words that hold migr, with all settings"),
)
SORTS = ("frequency", "documents", "dispersion", "word")
MEASURES = ("dp", "dpnorm", "juilland-d", "none")
LONGEST_NGRAM = 10
PER_GROUP = 10
"""Rows of each of several groups on a terminal where no limit is given."""

PATTERN_SECONDS = 10.0
"""How long the user's pattern may work on all words together."""

GIVEN = (
    *("ngrams", "within", "case", "accents", "dispersion", "per"),
    *("min_count", "min_length", "only_words", "stopwords", "sort", "reverse", "limit"),
)
"""The settings that JSON tells."""


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Count words."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.analyze.frequency import FrequencyLists
    from corpus_tool.analyze.groups import Grouping
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally, select

    # Sort, reverse and limit are about the words, not about the articles they are counted in.
    chosen = selection({**values, "sort": None, "reverse": False, "limit": None})
    told = general(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    dispersion = None if values["dispersion"] == "none" else values["dispersion"]
    lists = FrequencyLists(Grouping.parse(values["by"]), _units(values), dispersion)
    listing = _listing(values)
    tally = Tally()
    with Session(values["sources"], read_options(values), told, values) as session:
        lists.read(select(session.stream(), chosen, tally))
        answer = _answer(lists, listing, name, limited=values["limit"] is not None)
        if name == "table":
            _draw(answer, lists, listing, told.color)
        else:
            _write(answer, lists, listing, values, name)
        if not told.quiet:
            for line in _sums(lists):
                session.say(line)
        code = session.finish(tally)
    return ExitCode.FAILED if values["exit_status"] and not any(part.rows for part in answer) else code


class Part(NamedTuple):
    """The rows of one group, and how many there would be without a cap."""

    group: Group
    rows: list[Frequency]
    found: int


def _answer(lists: FrequencyLists, listing: Listing, name: str, *, limited: bool) -> list[Part]:
    """The rows of every group, in the natural order of groups; cut short on a terminal where no limit was given."""
    from dataclasses import replace

    from corpus_tool.analyze.groups import natural_order
    from corpus_tool.cli.output import TERMINAL_ROWS, to_terminal

    if name == "table" and to_terminal() and not limited:
        listing = replace(listing, limit=TERMINAL_ROWS if len(lists.lists) < 2 else PER_GROUP)
    parts = []
    for group in natural_order(lists.grouping, lists.sizes()):
        counted = lists.lists[group]
        words = counted.matching(listing)
        parts.append(Part(group, counted.rows(listing, words), len(words)))
    return parts


def _units(values: dict[str, Any]) -> Any:
    from corpus_tool.analyze.frequency import Units

    size = values["ngrams"]
    if not 1 <= size <= LONGEST_NGRAM:
        raise UsageError(f"--ngrams {size} is too {'long' if size else 'short'}", f"it is 1 to {LONGEST_NGRAM} words")
    return Units(size, case=values["case"], accents=values["accents"], within=values["within"])


def _listing(values: dict[str, Any]) -> Any:
    from corpus_tool.analyze.frequency import Listing

    if values["sort"] == "dispersion" and values["dispersion"] == "none":
        raise UsageError("--sort dispersion needs a dispersion", "leave out --dispersion none")
    if not values["per"]:
        raise UsageError("--per 0 is no number of words", "it is 1000000 where nothing is said")
    return Listing(
        min_count=values["min_count"],
        keep=_keep(values),
        sort=values["sort"],
        reverse=values["reverse"],
        limit=values["limit"],
        per=values["per"],
    )


def _keep(values: dict[str, Any]) -> Callable[[str], bool] | None:
    """Whether a word is listed, by its length, the stop words and the pattern; None where nothing is asked for."""
    tests: list[Callable[[str], bool]] = []
    if values["min_length"] > 1:
        least = values["min_length"]
        tests.append(lambda word: all(len(part) >= least for part in word.split(" ")))
    if values["stopwords"] not in (None, "none"):
        stopped = _stopwords(values["stopwords"], case=values["case"], accents=values["accents"])
        tests.append(lambda word: stopped.isdisjoint(word.split(" ")))
    if values["only_words"] is not None:
        tests.append(_matcher(values["only_words"]))
    return (lambda word: all(test(word) for test in tests)) if tests else None


def _stopwords(path: str, *, case: bool, accents: bool) -> frozenset[str]:
    """The words of a file, cut and compared as those of articles are, without lines that begin with #."""
    from corpus_tool.analyze.frequency import tokenizer

    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = [line for line in file if not line.lstrip().startswith("#")]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"--stopwords {path!r} cannot be read: {reason}", "a text file, one word a line") from None
    return frozenset(tokenizer(case=case, accents=accents)("".join(lines)))


def _matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a pattern is found in a word; CorpusToolError where all words together take too long."""
    import time

    import regex

    from corpus_tool.cli.typed import check_pattern

    check_pattern(pattern, "--only-words")
    compiled: Any = regex.compile(pattern)
    left = PATTERN_SECONDS

    def matches(word: str) -> bool:
        nonlocal left
        begun = time.monotonic()
        try:
            found = compiled.search(word, timeout=max(left, 0.001)) is not None
        except TimeoutError:
            message = f"the pattern took too long: {pattern!r}, over {PATTERN_SECONDS:g} s"
            raise CorpusToolError(message, hint="make it simpler; avoid repeats inside repeats") from None
        left -= time.monotonic() - begun
        return found

    return matches


def _columns(lists: FrequencyLists, listing: Listing) -> tuple[str, ...]:
    """The names of the columns: the measure of dispersion names its own."""
    from corpus_tool.analyze.dispersion import MEASURES as KNOWN

    relative = "per_million" if listing.per == 1_000_000 else f"per_{listing.per}"
    measure = (KNOWN[lists.dispersion].column,) if lists.dispersion else ()
    word = "word" if lists.units.size == 1 else "ngram"
    partial = ("partial",) if lists.grouping.units else ()
    return (*lists.grouping.names, *partial, "rank", word, "frequency", relative, "documents", *measure)


def _write(answer: Sequence[Part], lists: FrequencyLists, listing: Listing, values: dict[str, Any], name: str) -> None:
    """Rows for a program; JSON tells what they rest on."""
    from corpus_tool.cli.rows import write_rows

    columns = _columns(lists, listing)
    flat = name in ("tsv", "csv")

    def rows() -> Iterator[tuple[Any, ...]]:
        for part in answer:
            group = _group_cells(lists, part.group, flat=flat)
            for row in part.rows:
                numbers = (row.rank, row.word, row.frequency, round(row.relative, 4), row.documents)
                measure = () if lists.dispersion is None else (_rounded(row.dispersion),)
                yield (*group, *numbers, *measure)

    head = _head(answer, lists, values) if name == "json" else None
    write_rows((dict(zip(columns, row, strict=True)) for row in rows()), columns, name, head=head)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0


def _group_cells(lists: FrequencyLists, group: Group, *, flat: bool) -> list[str | bool | None]:
    """The values of a group, and whether one is a partial date; in flat formats what has no date is named so."""
    named = [flat and value.text is None and lists.grouping.is_unit(place) for place, value in enumerate(group)]
    cells = ["undated" if undated else value.text for undated, value in zip(named, group, strict=True)]
    return [*cells, any(value.partial for value in group)] if lists.grouping.units else [*cells]


def _head(answer: Sequence[Part], lists: FrequencyLists, values: dict[str, Any]) -> dict[str, Any]:
    """What the rows rest on: settings, the version of the tool, the formula, and the sums of each group."""
    from corpus_tool import __version__
    from corpus_tool.analyze.dispersion import MEASURES as KNOWN

    groups = []
    doubts = [0.0]
    for part in answer:
        counted = lists.lists[part.group]
        names = (*lists.grouping.names, "partial")
        cells = dict(zip(names, _group_cells(lists, part.group, flat=False), strict=False))
        groups.append({**cells, **_totals(counted), "listed": part.found})
        doubts += [counted.doubt(row.word) for row in part.rows]
    notes: dict[str, Any] = {
        "words": "runs of letters, digits and marks in title and text; . and , within numbers; see docs/counting.md",
        "relative": f"per {values['per']} words or n-grams of the group",
    }
    if lists.dispersion is not None:
        # Rounded up: a bound that is too small would be none.
        off = {"largest_error": -(-max(doubts) * 1e6 // 1) / 1e6}
        notes["dispersion"] = {**KNOWN[lists.dispersion].to_dict(), **off}
    given = {setting: values[setting] for setting in GIVEN}
    return {"tool": __version__, "by": lists.grouping.names, "settings": given, "notes": notes, "groups": groups}


def _totals(counted: FrequencyList) -> dict[str, int]:
    return {
        "articles": counted.articles,
        "tokens": counted.tokens,
        "types": counted.types,
        "hapaxes": counted.hapaxes,
    }


def _sums(lists: FrequencyLists) -> Iterator[str]:
    """Tokens, types and hapaxes on stderr: of the whole, or how many groups there are."""
    if lists.grouping.names:
        yield f"{len(lists.lists):,} groups; --json tells the tokens, types and hapaxes of each"
        return
    for counted in lists.lists.values():
        totals = _totals(counted)
        what = "words" if lists.units.size == 1 else "n-grams"
        yield f"{totals['tokens']:,} {what}, {totals['types']:,} different, {totals['hapaxes']:,} only once"


def _draw(answer: Sequence[Part], lists: FrequencyLists, listing: Listing, color: str) -> None:
    """A table for a person."""

    header = [name for name in _columns(lists, listing) if name != "partial"]
    names = len(lists.grouping.names)
    cells = []
    for part in answer:
        group = [shown_value(value, unit=lists.grouping.is_unit(place)) for place, value in enumerate(part.group)]
        cells += [[*group, *_shown(row, lists)] for row in part.rows]
    found, shown = sum(part.found for part in answer), len(cells)
    notes = [] if listing.limit is not None or shown == found else [f"{shown} of {found:,} shown; -n N shows more"]
    measure = _measure(lists)
    if measure is not None:
        notes.append(f"{measure.column}: {measure.title}; the parts are articles")
    draw_columns((*header, ""), cells, names, lambda *_: "", notes, color, texts=(names + 1,))


def _measure(lists: FrequencyLists) -> Measure | None:
    from corpus_tool.analyze.dispersion import MEASURES as KNOWN

    return KNOWN[lists.dispersion] if lists.dispersion else None


def _shown(row: Frequency, lists: FrequencyLists) -> list[str]:
    cells = [f"{row.rank:,}", row.word, f"{row.frequency:,}", f"{row.relative:,.1f}", f"{row.documents:,}"]
    if lists.dispersion is not None:
        cells.append("–" if row.dispersion is None else f"{row.dispersion + 0.0:.3f}")
    return cells


_GROUP = "Counting"

command = Command(
    name="freq",
    callback=run,
    params=[
        SOURCES,
        BY,
        option(_GROUP, "--ngrams", type=COUNT, default=1, metavar="N", help="Runs of N words instead of words."),
        option(
            _GROUP,
            "--within",
            type=click.Choice(["paragraph", "sentence"]),
            default="paragraph",
            metavar="UNIT",
            help="N-grams end with their paragraph (default) or sentence.",
        ),
        option(_GROUP, "--accents", is_flag=True, help="Mind accents: été and ete are two words."),
        option(_GROUP, "--case", is_flag=True, help="Mind case and accents."),
        option(
            _GROUP,
            "--dispersion",
            type=click.Choice(MEASURES),
            default="dp",
            metavar="NAME",
            help="dp (default, Gries 2008), dpnorm (Lijffijt and Gries 2012), juilland-d (1964) or none.",
        ),
        option(_GROUP, "--per", type=COUNT, default=1_000_000, metavar="N", help="Relative to so many (1000000)."),
        option("Words", "--min-count", type=COUNT, default=1, metavar="N", help="Words that occur so often."),
        option("Words", "--min-length", type=COUNT, default=1, metavar="N", help="Words of so many characters."),
        option("Words", "--only-words", metavar="REGEX", help="Words that match this."),
        option("Words", "--stopwords", type=PATH, metavar="FILE", help="Without the words of a file, or none."),
        option(
            "Order",
            "--sort",
            type=click.Choice(SORTS),
            default="frequency",
            metavar="WHAT",
            help="frequency (default), documents, dispersion or word.",
        ),
        option("Order", "-r", "--reverse", is_flag=True, help="In reverse order."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many words, of each group."),
        *condition_options(),
        format_option(FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="Frequencies of words or n-grams, by group, with their dispersion.",
    examples=EXAMPLES,
    notes="Words of title and text, in lower case and without accents unless asked otherwise, cut at every sign as "
    "search cuts them: l'immigration is l and immigration; 1.234,56 is one. Frequency, frequency per million of the "
    "group, number of articles with the word, and dispersion over articles: Gries's DP (2008), 0 for a word spread as "
    "evenly as can be, near 1 for one that is all in one small article; Juilland's D runs the other way. What "
    "--min-count and the like leave out counts in the totals all the same. All different words are held in memory. "
    "docs/counting.md has the formulas.",
)
