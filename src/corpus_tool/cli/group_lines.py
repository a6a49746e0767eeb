"""What counts by group share: their option and formats, and columns with something drawn beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corpus_tool.cli.options import option

if TYPE_CHECKING:
    from corpus_tool.analyze.groups import Value

FORMATS = ("table", "tsv", "csv", "json", "jsonl")
LEAST_BAR = 6
"""Cells below which nothing is drawn beside a row."""

_BY = (
    "By language, outlet, section, author, source, format, year, month, week, day, decade, dated, mixed, extra.LABEL: "
    "one or more."
)
BY = option("Counting", "--by", metavar="KEY,…", multiple=True, default=(), help=_BY)


def shown_value(value: Value, *, unit: bool) -> str:
    """A value of a group for a person."""
    if value.text is None:
        return "undated" if unit else "–"
    return f"{value.text} (partial)" if value.partial else value.text


def capped(rows: Sequence[Any], values: dict[str, Any]) -> Sequence[Any]:
    """The rows that a terminal shows where no limit is given."""
    from corpus_tool.cli.output import TERMINAL_ROWS, to_terminal

    return rows[:TERMINAL_ROWS] if to_terminal() and values["limit"] is None else rows


def draw_columns(
    header: Sequence[str],
    cells: Sequence[Sequence[str]],
    names: int,
    beside: Any,
    notes: Iterable[str],
    color: str,
    *,
    texts: Sequence[int] = (),
) -> None:
    """Columns in the width of the screen: the first `names` and `texts` give way, numbers do not.

    `beside` gives what stands right of a row, by its number and the cells that are left; the last of `header` is its
    name. The notes are asked for after it.
    """
    from rich.text import Text

    from corpus_tool.cli.console import draw, make_console
    from corpus_tool.cli.layout import GAP, line, widths
    from corpus_tool.cli.visible import visible

    console = make_console(color)
    rows = [[Text(visible(name), style="bold underline") for name in header[:-1]]]
    rows += [[Text(visible(cell)) for cell in row] for row in cells]
    columns = len(header) - 1
    give_way = [number < names or number in texts for number in range(columns)]
    least = max(len(header[-1]), LEAST_BAR) + GAP if header[-1] or not texts else 0
    wide = widths(rows, give_way, max(console.width - least, 1), console.width)
    room = console.width - sum(wide) - GAP * columns
    rows[0].append(Text(header[-1], style="bold underline"))
    for number, row in enumerate(rows[1:]):
        row.append(Text(beside(number, room), style="cyan"))
    right = [*(not left for left in give_way), False]
    drawn = [line(row, [*wide, max(room, 0)], right, console.width) for row in rows]
    draw(console, *drawn, *(Text(note, style="dim") for note in notes))
