"""`corpus-tool stats`: how many articles and words there are, in all or by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus_tool.cli.command import Command
from corpus_tool.cli.group_lines import BY, FORMATS, LEAST_BAR, capped, draw_columns, shown_value
from corpus_tool.cli.options import (
    COUNT,
    EXIT_STATUS,
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
    from rich.text import Text

    from corpus_tool.analyze.counts import GroupCounts, Line, Measure, Overview, Row, Sort, Timeline
    from corpus_tool.analyze.groups import Grouping
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Selection, Tally

EXAMPLES = (
    ("stats press/", "articles, words, languages, first and last day"),
    ("stats press/ --by language,month", "a line through the months for each language"),
    ("stats press/ --by outlet --sort words -n 10 --format csv", "the ten outlets with most words"),
)
SORTS = ("articles", "words", "key")
WIDEST_BAR = 30


@click.pass_context
def run(context: click.Context, /, **values: Any) -> int:
    """Count articles and words."""
    if not values["sources"]:
        click.echo(context.get_help(), err=True)
        return ExitCode.USAGE
    from corpus_tool.analyze.counts import Overview
    from corpus_tool.analyze.groups import Grouping
    from corpus_tool.cli.output import to_terminal
    from corpus_tool.cli.session import Session
    from corpus_tool.selection import Tally

    # Sort, reverse and limit are about the rows, not about the articles that are counted.
    chosen = selection({**values, "sort": None, "reverse": False, "limit": None})
    grouping = Grouping.parse(values["by"])
    _check(values, grouping)
    told = general(values)
    name = "json" if values["as_json"] else values["format"] or ("table" if to_terminal() else "tsv")
    tally = Tally()
    with Session(values["sources"], read_options(values), told, values) as session:
        counted = _counted(session, grouping, chosen, tally)
        if isinstance(counted, Overview):
            _print_overview(counted, name, told.color)
        else:
            _print_groups(counted, name, values, told.color)
        code = session.finish(tally)
    return ExitCode.FAILED if values["exit_status"] and not tally.matched else code


def _counted(session: Session, grouping: Grouping, chosen: Selection, tally: Tally) -> GroupCounts | Overview:
    """The numbers by group, or of the whole: summed by a corpus file where it can, else article by article."""
    from corpus_tool.analyze.counts import count_articles, count_rows, overview, overview_rows
    from corpus_tool.model.edtf import EdtfError
    from corpus_tool.selection import select
    from corpus_tool.stored import light_enough

    fields = grouping.fields if grouping.names else ("language", "date")
    sums = session.sums(fields, chosen, tally)
    if sums is not None:
        try:
            if grouping.names:
                return count_rows(((row.values, row.articles, row.words) for row in sums), grouping)
            return overview_rows(sums)
        except EdtfError as error:
            message = f"{session.sources[0]!r} is damaged: {error}"
            raise CorpusToolError(message, ExitCode.DAMAGED_INPUT, "`corpus-tool check` says what else is") from None
    light = light_enough((*fields, "words", "characters"), chosen)
    articles = select(session.stream(light=light), chosen, tally)
    return count_articles(articles, grouping) if grouping.names else overview(articles)


def _check(values: dict[str, Any], grouping: Any) -> None:
    """Refuse, before anything is read, what only groups have."""
    given = [f"--{name}" for name in ("sort", "reverse", "limit", "fill") if values[name] not in (None, False)]
    if given and not grouping.names:
        raise UsageError(f"{given[0]} needs --by", "there is one row without it")
    if values["fill"]:
        grouping.unit_place()


def _print_overview(seen: Overview, name: str, color: str) -> None:
    if name == "table":
        from corpus_tool.cli.console import draw, facts_table, make_console

        draw(make_console(color), facts_table(_facts(seen), "dim"))
        return
    from corpus_tool.cli.rows import write_rows

    if name in ("json", "jsonl"):
        data = seen.to_dict()
        write_rows([data], tuple(data), "jsonl")
    else:
        rows = ({"measure": measure, "value": value} for measure, value in _measures(seen))
        write_rows(rows, ("measure", "value"), name)


def _facts(seen: Overview) -> Iterator[tuple[str, Text]]:
    """The numbers in words, for a person."""
    from rich.text import Text

    from corpus_tool.cli.visible import visible

    for label, value in seen.to_dict().items():
        if isinstance(value, dict):
            value = ", ".join(f"{count:,} {name}" for name, count in value.items())
        shown = f"{value:,}" if isinstance(value, int) else value or "–"
        yield label.replace("_", " "), Text(visible(shown))


def _measures(seen: Overview) -> Iterator[tuple[str, Any]]:
    """The numbers one by one; those of a precision or language under `precision day`, `language nl`."""
    for label, value in seen.to_dict().items():
        if isinstance(value, dict):
            yield from ((f"{label.removesuffix('s')} {name}", count) for name, count in value.items())
        else:
            yield label, value


def _print_groups(counts: GroupCounts, name: str, values: dict[str, Any], color: str) -> None:
    timeline = counts.timeline() if name == "table" and not (values["sort"] or values["fill"]) else None
    if timeline is not None:
        _draw_timeline(timeline, counts, values, color)
        return
    if values["fill"]:
        counts.fill()
    sort: Sort = values["sort"] or "natural"
    rows = counts.rows(sort, reverse=values["reverse"])[: values["limit"]]
    if name == "table":
        _draw_table(rows, counts, "words" if sort == "words" else "articles", values, color)
    else:
        _write_groups(rows, counts, name)


def _write_groups(rows: Sequence[Row], counts: GroupCounts, name: str) -> None:
    """Rows for a program: the groups alone; the total stands around them in JSON."""
    from corpus_tool.cli.rows import write_rows

    grouping = counts.grouping
    numbers = ("articles", "words", "share", "undated")
    columns = (*grouping.names, *(("partial",) if grouping.units else ()), *numbers)
    total = counts.total.articles
    flat = name in ("tsv", "csv")

    def cells(row: Row) -> Iterator[Any]:
        for place, value in enumerate(row.group):
            yield "undated" if flat and value.text is None and grouping.is_unit(place) else value.text
        if grouping.units:
            yield any(value.partial for value in row.group)
        counted = row.counted
        yield from (counted.articles, counted.words, round(counted.articles / total, 6), counted.undated)

    head = {"by": grouping.names, "articles": total, "words": counts.total.words, "undated": counts.total.undated}
    write_rows((dict(zip(columns, cells(row), strict=True)) for row in rows), columns, name, head=head)


def _draw_table(rows: Sequence[Row], counts: GroupCounts, measure: Measure, values: dict[str, Any], color: str) -> None:
    """Rows with their bars, the total below them."""
    from corpus_tool.cli.bars import bar, blocks_shown

    grouping, total = counts.grouping, counts.total
    undated = not (grouping.units or "dated" in grouping.names)
    header = [*grouping.names, "articles", "words", "share", *(("undated",) if undated else ()), ""]
    shown = capped(rows, values)
    cells = [
        [
            *(shown_value(value, unit=grouping.is_unit(place)) for place, value in enumerate(row.group)),
            f"{row.counted.articles:,}",
            f"{row.counted.words:,}",
            _percent(row.counted.articles, total.articles),
            *((f"{row.counted.undated:,}",) if undated else ()),
        ]
        for row in shown
    ]
    names = len(grouping.names)
    sums = [
        "total",
        *[""] * (names - 1),
        f"{total.articles:,}",
        f"{total.words:,}",
        _percent(total.articles, total.articles),
    ]
    cells.append([*sums, *((f"{total.undated:,}",) if undated else ())])
    largest = max((getattr(row.counted, measure) for row in rows), default=0)
    blocks = blocks_shown()

    def beside(number: int, room: int) -> str:
        if number >= len(shown) or room < LEAST_BAR:
            return ""
        return bar(getattr(shown[number].counted, measure), largest, min(room, WIDEST_BAR), blocks=blocks)

    notes = [] if len(shown) == len(rows) else [f"{len(shown)} of {len(rows):,} shown; -n {len(rows)} shows all"]
    draw_columns(header, cells, names, beside, notes, color)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _draw_timeline(timeline: Timeline, counts: GroupCounts, values: dict[str, Any], color: str) -> None:
    """A line for each group through all units, a gap as nothing; what has no place in it is counted beside."""
    from corpus_tool.analyze.counts import unit_labels
    from corpus_tool.cli.bars import blocks_shown, signs, sparkline

    lines = list(timeline.lines)
    lines = (lines[::-1] if values["reverse"] else lines)[: values["limit"]]
    shown: Sequence[Line] = capped(lines, values)
    names = counts.grouping.names[:-1]
    partial, undated = any(line.partial for line in lines), any(line.total.undated for line in lines)
    first, last = unit_labels(timeline)
    span = first if first == last else f"{first} to {last}"
    extra = [*(("partial",) if partial else ()), *(("undated",) if undated else ())]
    cells = [
        [
            *(shown_value(value, unit=False) for value in line.group),
            f"{line.total.articles:,}",
            *((f"{line.partial:,}",) if partial else ()),
            *((f"{line.total.undated:,}",) if undated else ()),
        ]
        for line in shown
    ]
    blocks, largest, step = blocks_shown(), 0, 1

    def beside(number: int, room: int) -> str:
        nonlocal largest, step
        step = timeline.step(max(room, len(span)))
        if not largest:
            largest = max(max(timeline.bins(line, step, "articles")) for line in lines)
        return sparkline(timeline.bins(shown[number], step, "articles"), largest, blocks=blocks)

    def notes() -> Iterator[str]:
        high, none = signs(blocks=blocks)
        sign = f"a {timeline.unit}" if step == 1 else f"{step} {timeline.unit}s"
        yield f"one sign is {sign}; {high} is {largest:,} article{'' if largest == 1 else 's'}, {none} none"
        if len(shown) < len(lines):
            yield f"{len(shown)} of {len(lines):,} shown; -n {len(lines)} shows all"

    draw_columns([*names, "articles", *extra, span], cells, len(names), beside, notes(), color)


command = Command(
    name="stats",
    callback=run,
    params=[
        SOURCES,
        BY,
        option("Counting", "--fill", is_flag=True, help="Rows of 0 for the months (years, days …) in between, too."),
        option("Order", "--sort", type=click.Choice(SORTS), metavar="WHAT", help="articles, words or key."),
        option("Order", "-r", "--reverse", is_flag=True, help="In reverse order."),
        option("Order", "-n", "--limit", type=COUNT, metavar="N", help="At most so many rows."),
        *condition_options(),
        format_option(FORMATS),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        *receipt_options(),
        EXIT_STATUS,
        *reading_options(),
        *general_options(),
    ],
    help="How many articles and words there are by language, month, outlet …",
    examples=EXAMPLES,
    notes="Without --by the numbers of the whole. Words are those of the texts, as `list` counts them. Time runs "
    "upwards, of other keys the largest group comes first. A date that is too wide for a key (2018 under month) has a "
    "row of its own, marked partial, and is never spread over days; articles without a date have the row undated. An "
    "article with two authors counts in both of their rows, and once in the total. On a terminal a table with bars; "
    "with keys such as language,month a line through all months for each language. docs/counting.md tells more.",
)
