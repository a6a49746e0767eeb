"""Correcting fields by hand: kept as evidence "user", never overwritten by what is inferred, taken back on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import INFERRED, Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.query import parse_date, parse_language
from corpus_tool.store.changing import USER, Change, take_back, write_change, write_correction
from corpus_tool.store.store import Store
from corpus_tool.store.writing import log_run, prepare, transaction
from corpus_tool.text.normalize import normalize_line
from corpus_tool.version import __version__

CORRECTABLE = ("title", "date", "language", "authors", "outlet", "section", "url")
"""What can be corrected, and `extra.LABEL`. The text and what is counted in it follow from the raw record."""


def correct(store: Store, article: Article, values: Mapping[str, str]) -> Article:
    """The article with these fields corrected, and kept so; an empty value says that nothing is known.

    Raises UsageError for what is no field that can be corrected, or no value of it.
    """
    wanted = checked(values)
    with transaction(store) as connection:
        new = article = _as_it_stands(store, article)
        for field, value in wanted.items():
            new = _with(new, field, value)
        log_run(connection, "set", __version__, {"id": article.id, "values": dict(values)}, done=True)
        for field in wanted:
            write_correction(connection, article, field, _plain(new, field))
        write_change(connection, _change(store, article, new))
    return new


def undo(store: Store, article: Article, fields: Sequence[str]) -> Article:
    """The article with fields as they were before they were corrected; CorpusToolError where one was not."""
    with transaction(store) as connection:
        new = article = _as_it_stands(store, article)
        log_run(connection, "set", __version__, {"id": article.id, "undo": list(fields)}, done=True)
        for field in fields:
            before = take_back(store, connection, new, check_correctable(field))
            if before is None:
                raise CorpusToolError(
                    f"{field} of {article.name} was not corrected by hand", hint="there is nothing to undo"
                )
            new = before
        write_change(connection, _change(store, article, new))
    return new


def _as_it_stands(store: Store, article: Article) -> Article:
    """An article read again inside a transaction: another program may have changed it since."""
    for found in store.by_key(article.id, 1):
        return found
    raise CorpusToolError(f"{article.name} was removed meanwhile", hint="add its source again")


def _change(store: Store, old: Article, new: Article) -> Change:
    """What is written of a correction: the raw record too, for it is packed against the title."""
    return Change(old, prepare(new, *(store.raw_record(old) or (None, None))))


def checked(values: Mapping[str, str]) -> dict[str, str | None]:
    """Fields with their values as they are stored; UsageError for what cannot be corrected, or is no value."""
    return {check_correctable(field): _value(field, typed) for field, typed in values.items()}


def check_correctable(field: str) -> str:
    """The field, a label spelled as those that are read; UsageError with those that can be corrected."""
    if field in CORRECTABLE:
        return field
    label = normalize_line(field.removeprefix("extra.")) if field.startswith("extra.") else ""
    if label:
        return f"extra.{label}"
    raise UsageError(f"{field!r} cannot be corrected", f"what can be: {', '.join(CORRECTABLE)}, extra.LABEL")


def _value(field: str, typed: str) -> str | None:
    """The value of a field as it is stored."""
    value = normalize_line(typed) or None
    if value is None:
        return None
    if field == "date":
        return str(parse_date(value, "date"))
    return parse_language(value) if field == "language" else value


def _with(article: Article, field: str, value: str | None) -> Article:
    """The article with one field corrected."""
    if field.startswith("extra."):
        label = field.removeprefix("extra.")
        others = {name: said for name, said in article.extra.items() if name != label}
        return replace(article, extra=others if value is None else {**others, label: value})
    if field == "authors":
        return replace(article, authors=tuple(filter(None, map(str.strip, (value or "").split(";")))))
    changed: dict[str, Any] = {field: value}
    if field == "date":
        changed |= _bounds(value)
    if field in INFERRED:
        evidence = () if value is None else (Evidence(value, "field", 0, len(value), USER),)
        inferred = Inferred(USER, 1.0, evidence, () if field == "date" else None)
        changed["inference"] = {**article.inference, field: inferred}
    return replace(article, **changed)


def _bounds(value: str | None) -> dict[str, str | None]:
    date = EdtfDate.parse(value) if value is not None else None
    earliest, latest = (date.earliest, date.latest) if date is not None else (None, None)
    return {
        "date_earliest": None if earliest is None else earliest.isoformat(),
        "date_latest": None if latest is None else latest.isoformat(),
    }


def _plain(article: Article, field: str) -> Any:
    """A corrected value as JSON has it."""
    if field.startswith("extra."):
        return article.extra.get(field.removeprefix("extra."))
    value = getattr(article, field)
    return list(value) if isinstance(value, tuple) else value
