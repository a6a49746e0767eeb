"""Flags to frozen option objects: what was typed is turned into what it means, once, here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus_tool.cli.options import COLORS, reading_options
from corpus_tool.errors import UsageError

Values = dict[str, Any]


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
