"""Flags to frozen option objects: what was typed is turned into what it means, once, here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from corpus_tool.cli.command import GENERAL, Option
from corpus_tool.errors import UsageError

Values = dict[str, Any]
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


@dataclass(frozen=True, slots=True)
class General:
    """What every command was told."""

    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    receipt: str | None = None
    force: bool = False


def settings(values: Values) -> dict[str, Any]:
    """Every setting's value: flags, environment, files, defaults."""
    from corpus_tool.config import resolve

    flags = {name.replace("_", "-"): value for name, value in values.items()}
    return {name: item.value for name, item in resolve(flags, values.get("config")).items()}


def general(values: Values) -> General:
    """The general options; before anything is read, so that a bad setting stops the command."""
    color = settings(values)["color"] or "auto"
    if color not in COLORS:
        raise UsageError(f"color {color!r} is not known", f"it is one of {', '.join(COLORS)}")
    return General(
        color=color,
        quiet=bool(values.get("quiet")),
        verbose=bool(values.get("verbose")),
        receipt=values.get("receipt"),
        force=bool(values.get("force")),
    )


def read_options(values: Values, *, keep_raw: bool = False) -> Any:
    """The `ReadOptions` of the flags, the environment and the files."""
    from corpus_tool.store.recognize import is_corpus_file

    sources = values.get("sources") or ()
    if sources and all(map(is_corpus_file, sources)):
        return _nothing_to_read(values, keep_raw=keep_raw)
    import codecs

    from corpus_tool.config import check_field, load_profile
    from corpus_tool.infer.language.registry import load_detector
    from corpus_tool.model.options import ReadOptions
    from corpus_tool.model.receipt import Receipt
    from corpus_tool.query import parse_language
    from corpus_tool.readers.registry import check_format
    from corpus_tool.text.normalize import check_rules

    found = settings(values)
    if found["input-format"]:
        check_format(found["input-format"])
    if found["encoding"]:
        try:
            codecs.lookup(found["encoding"])
        except LookupError:
            raise UsageError(
                f"--encoding {found['encoding']!r} is not known", "one is utf-8, cp1252, iso-8859-15 …"
            ) from None
    if found["split"]:
        check_pattern(found["split"], "--split")
    load_detector(found["detector"])
    return ReadOptions(
        input_format=found["input-format"],
        encoding=found["encoding"],
        split=found["split"],
        field_map={check_field(field, "--map"): column for field, column in found["map"].items()},
        from_path=found["from-path"],
        profile=load_profile(found["profile"]) if found["profile"] else None,
        rules=dict(check_rules(found["rule"])),
        boilerplate=_checked_list(found["boilerplate"]),
        detector=found["detector"],
        expected=tuple(parse_language(tag) for tag in found["expect"]),
        only=tuple(parse_language(tag) for tag in found["only"]),
        dates=_date_options(found),
        keep_raw=keep_raw,
        strict=bool(values.get("strict")),
        max_file_bytes=found["max-file-size"],
        max_record_bytes=found["max-record-size"],
        record_seconds=found["record-seconds"],
        receipt=Receipt(keep=False),
    )


def _nothing_to_read(values: Values, *, keep_raw: bool) -> Any:
    """The options where all sources are corpus files; UsageError where one says how to read raw sources."""
    from corpus_tool.model.options import ReadOptions
    from corpus_tool.model.receipt import Receipt

    for param in reading_options():
        name = str(param.name)
        if name != "strict" and values.get(name) not in (None, (), "", False):
            raise UsageError(
                f"{param.opts[0]} says how raw sources are read; a corpus file was read already",
                "to infer anew what it holds: corpus-tool refresh -h",
            )
    return ReadOptions(keep_raw=keep_raw, receipt=Receipt(keep=False))


def _date_options(found: dict[str, Any]) -> Any:
    """What is said about dates; UsageError for what is no date, year, order or source."""
    from corpus_tool.model.edtf import EdtfDate
    from corpus_tool.model.options import DATE_METHODS, DateOptions
    from corpus_tool.query import parse_date
    from corpus_tool.text.furniture import YEARS

    year, order = found["assume-year"], found["day-order"]
    if year and not (year.isdecimal() and int(year) in YEARS):
        raise UsageError(
            f"--assume-year {year!r} is no year of an article", f"it is one from {YEARS[0]} to {YEARS[-1]}"
        )
    if order and order not in ("dmy", "mdy"):
        raise UsageError(f"--day-order {order!r} is no order", "it is dmy (20/06/2018) or mdy (06/20/2018)")
    unknown = [name for name in found["date-from"] if name not in DATE_METHODS]
    if unknown:
        raise UsageError(f"--date-from: {unknown[0]!r} is no source", f"the sources are: {', '.join(DATE_METHODS)}")
    reference: EdtfDate | None = parse_date(found["reference"], "--reference") if found["reference"] else None
    return DateOptions(reference, int(year) if year else None, order or None, tuple(found["date-from"]))


def _checked_list(path: str | None) -> str | None:
    """The path of a user's list, once it can be read; UsageError names the line that is wrong."""
    if path:
        from corpus_tool.text.boilerplate import load_user_list

        load_user_list(path)
    return path or None


def check_pattern(pattern: str, where: str) -> None:
    """UsageError where a pattern is no regular expression."""
    import regex

    try:
        regex.compile(pattern)
    except regex.error as error:
        raise UsageError(f"{where} {pattern!r} is no regular expression: {error}") from None


def selection(values: Values) -> Any:
    """The `Selection` of the conditions and the order."""
    from corpus_tool.query import Query, sort_key
    from corpus_tool.selection import Selection

    if values.get("sort"):
        sort_key(values["sort"])
    languages = tuple(tag.strip() for item in values.get("language") or () for tag in item.split(",") if tag.strip())
    query = Query(
        languages=languages,
        since=values.get("since"),
        until=values.get("until"),
        on=values.get("on"),
        date_match=values.get("date_match") or "overlaps",
        dated=values.get("dated"),
        mixed=values.get("mixed"),
        canonical=values.get("canonical"),
        min_words=values.get("min_words"),
        max_words=values.get("max_words"),
        contains=tuple(values.get("contains") or ()),
        patterns=tuple(values.get("matches") or ()),
        outlets=tuple(values.get("outlet") or ()),
        sources=tuple(values.get("source") or ()),
        has=tuple(values.get("has") or ()),
        min_language_confidence=values.get("min_language_confidence"),
        min_date_confidence=values.get("min_date_confidence"),
    )
    return Selection(
        query=query,
        sort=values.get("sort"),
        reverse=bool(values.get("reverse")),
        limit=values.get("limit"),
        sample=values.get("sample"),
        seed=values.get("seed") or 0,
    )


def write_options(values: Values, default: tuple[str, ...] | None = None) -> Any:
    """The `WriteOptions` of the output flags; UsageError for a field that is none."""
    from corpus_tool.model.fields import NAMES
    from corpus_tool.writers.base import WriteOptions

    fields = default
    if values.get("fields"):
        fields = tuple(name.strip() for name in values["fields"].split(",") if name.strip())
        unknown = [name for name in fields if name.split(".")[0] not in (*NAMES, "raw")]
        if unknown:
            raise UsageError(f"--fields: {unknown[0]!r} is no field", f"the fields are: {', '.join(NAMES)}")
    return WriteOptions(fields=fields, excel=bool(values.get("excel")), extra=bool(values.get("extra")))
