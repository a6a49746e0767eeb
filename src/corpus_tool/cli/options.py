"""The flags: what a command line may say, the same on every command that takes it."""

from __future__ import annotations

from typing import Any

import click

from corpus_tool.cli.command import GENERAL, Option

COLORS = ("auto", "always", "never")


class Number(click.ParamType[float]):
    """A number of a range, told in words where it is none."""

    def __init__(self, what: str, highest: float | None = None, *, whole: bool = True) -> None:
        self.name = what
        self._highest = highest
        self._whole = whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; a usage error that says what was expected."""
        try:
            number = int(value) if self._whole else float(value)
        except ValueError:
            number = -1
        if not (number >= 0 and (self._highest is None or number <= self._highest)):
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        return number


COUNT = Number("a whole number, 0 or more")
JOBS = Number("a number of processes, up to 256", 256)
SHARE = Number("a number from 0 to 1", 1, whole=False)
PATH = click.Path(readable=False, allow_dash=True)
"""What a shell completes as a path; whether it can be read is found out, and told, when it is read."""


def option(group: str, *names: str, **attributes: Any) -> Option:
    """An option under a heading; without a default of its own it is None when not typed."""
    return Option(list(names), group=group, **attributes)


SOURCES = click.Argument(["sources"], nargs=-1, type=PATH, metavar="SOURCE…")


def reading_options() -> list[click.Parameter]:
    """How raw sources are read: the same on every command that reads them."""
    group = "Reading options"
    return [
        option(
            group,
            "--input-format",
            metavar="NAME",
            help="Format of the sources, instead of looking (see `formats`).",
        ),
        option(group, "--encoding", metavar="NAME", help="Encoding of the sources, instead of looking."),
        option(
            group,
            "--split",
            metavar="REGEX",
            help="What stands between two records; named groups become fields.",
        ),
        option(
            group,
            "--map",
            metavar="FIELD=COLUMN",
            multiple=True,
            help="Column of a field in JSON, CSV, TSV (repeatable).",
        ),
        option(group, "--from-path", metavar="PATTERN", help="Fields from paths: '{outlet}/{date}_{title}.txt'."),
        option(group, "--profile", type=PATH, metavar="FILE", help="A YAML file that describes a format."),
        option(
            group,
            "--rule",
            metavar="NAME=VALUE",
            multiple=True,
            help="A cleaning rule: on, off or a value (repeatable).",
        ),
        option(group, "--boilerplate", metavar="FILE", help="More patterns of boilerplate (see docs/boilerplate.md)."),
        option(group, "--detector", metavar="NAME", help="Language backend (see docs/languages.md), or none."),
        option(group, "--expect", metavar="nl,fr", help="Languages that are likelier than others beforehand."),
        option(group, "--only", metavar="nl,fr", help="Consider no other languages than these."),
        option(group, "--reference", metavar="DATE", help="The last day the articles can have appeared."),
        option(group, "--assume-year", metavar="YEAR", help="The year of days that are printed without one."),
        option(group, "--day-order", metavar="ORDER", help="Order of numeric dates: dmy or mdy, instead of looking."),
        option(group, "--date-from", metavar="NAMES", help="Take dates from these sources only: header,url,dateline …"),
        option(group, "--max-file-size", metavar="SIZE", help="Refuse larger files (default 2GB)."),
        option(group, "--max-record-size", metavar="SIZE", help="Refuse larger records (default 64MB)."),
        option(group, "--record-seconds", metavar="N", help="Give up on a record after so long (default 30)."),
        option(group, "--strict", is_flag=True, help="Stop at the first record or file that cannot be read."),
    ]


def general_options() -> list[click.Parameter]:
    """What every command takes."""
    group = GENERAL
    return [
        option(group, "--config", type=PATH, metavar="FILE", help="Settings, instead of ./corpus-tool.yaml."),
        option(
            group,
            "--color",
            type=click.Choice(COLORS),
            metavar="WHEN",
            help="auto (on a terminal), always or never.",
        ),
        option(group, "-q", "--quiet", is_flag=True, help="Nothing on stderr but errors and damaged input."),
        option(group, "-v", "--verbose", is_flag=True, help="Every notice on stderr."),
        option(group, "--debug", is_flag=True, help="Show the traceback of an error."),
    ]


def condition_options(*, sample: bool = True) -> list[click.Parameter]:
    """Which articles: the same on every command that takes articles; `sample` where some of them will do."""
    group = "Conditions"
    sampling = [
        option(group, "--sample", type=COUNT, metavar="N", help="A random sample of so many."),
        option(group, "--seed", type=int, metavar="S", help="Another sample (default 0)."),
    ]
    return [
        option(
            group,
            "-l",
            "--language",
            metavar="nl,fr",
            multiple=True,
            help="In one of these languages (codes or names).",
        ),
        option(group, "--since", metavar="DATE", help="Dated on or after 2018, 2018-06, 2018-06-20 …"),
        option(group, "--until", metavar="DATE", help="Dated on or before."),
        option(group, "--on", metavar="DATE", help="Dated in this year, month or day."),
        option(
            group,
            "--date-match",
            type=click.Choice(["overlaps", "within"]),
            metavar="HOW",
            help="overlaps (default): the date may fit; within: it must.",
        ),
        option(group, "--dated/--undated", default=None, help="With a date, or without one."),
        option(
            group,
            "--canonical/--duplicates",
            default=None,
            help="Without those that repeat another article, or only these (see `dedupe`).",
        ),
        option(group, "--mixed/--not-mixed", default=None, help="With passages in another language, or without."),
        option(group, "--min-words", type=COUNT, metavar="N", help="At least so many words."),
        option(group, "--max-words", type=COUNT, metavar="N", help="At most so many words."),
        option(
            group,
            "--contains",
            metavar="TEXT",
            multiple=True,
            help="Title or text holds this, in any case (repeatable).",
        ),
        option(
            group,
            "--matches",
            metavar="REGEX",
            multiple=True,
            help="Title or text matches this (repeatable).",
        ),
        option(group, "--outlet", metavar="NAME", multiple=True, help="From this outlet (repeatable: or)."),
        option(group, "--source", metavar="GLOB", multiple=True, help="From paths that match (repeatable: or)."),
        option(group, "--has", metavar="FIELD", multiple=True, help="The field is known (repeatable)."),
        option(
            group,
            "--min-date-confidence",
            type=SHARE,
            metavar="P",
            help="Date at least so sure, 0 to 1.",
        ),
        option(
            group,
            "--min-language-confidence",
            type=SHARE,
            metavar="P",
            help="Language at least so sure, 0 to 1.",
        ),
        *(sampling if sample else ()),
    ]


def order_options() -> list[click.Parameter]:
    """In which order, and how many."""
    group = "Order"
    return [
        option(group, "--sort", metavar="FIELD", help="Sort by a field; unknown values last."),
        option(group, "-r", "--reverse", is_flag=True, help="In reverse order."),
        option(group, "-n", "--limit", type=COUNT, metavar="N", help="At most so many."),
    ]


def format_option(formats: tuple[str, ...]) -> Option:
    """In which form the results are written."""
    names = f"{', '.join(formats[:-1])} or {formats[-1]}."
    return option("Output", "-f", "--format", type=click.Choice(formats), metavar="NAME", help=names)


def output_options(formats: tuple[str, ...]) -> list[click.Parameter]:
    """In which form."""
    return [
        format_option(formats),
        option("Output", "--json", "as_json", is_flag=True, help="The same as --format json."),
        option("Output", "--fields", metavar="id,date,…", help="These fields, in this order."),
    ]


def file_options() -> list[click.Parameter]:
    """Where to."""
    group = "Output"
    return [
        option(group, "-o", "--output", type=PATH, metavar="FILE", help="Write here, in the format of the ending."),
        option(
            group, "--excel", is_flag=True, help="CSV and TSV that a spreadsheet opens safely; not to be read back."
        ),
        option(group, "--extra", is_flag=True, help="CSV and TSV with a column per extra label."),
        option(group, "--raw", is_flag=True, help="JSON and Parquet with the raw records as well."),
    ]


def receipt_options() -> list[click.Parameter]:
    """The account of a run, on every command that reads raw sources; and whether files may be replaced."""
    group = "Output"
    return [
        option(group, "--receipt", type=PATH, metavar="FILE", help="Write what became of every source, as JSON."),
        option(group, "--force", is_flag=True, help="Overwrite the files named by -o and --receipt."),
    ]


EXIT_STATUS = option("Output", "-e", "--exit-status", is_flag=True, help="Exit with 1 when nothing matched.")
