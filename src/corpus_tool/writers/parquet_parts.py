"""Parquet: typed columns in compressed groups, in one file or in parts of a folder. Needs the extra `parquet`.

Columns are those of `model/table.py`. What a typed column cannot hold (half surrogates in strings, bounds that are
no days) stands in the column `exact`, so that every article loads back as it was.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import date
from typing import Any, BinaryIO

from corpus_tool.errors import CorpusToolError, MissingExtra
from corpus_tool.model.article import Article
from corpus_tool.model.table import COLUMNS, OF_SOURCE, VERSION, is_utf8, row_of
from corpus_tool.version import __version__
from corpus_tool.writers.base import WriteOptions, chosen, to_json
from corpus_tool.writers.files import check_free, write_file

NAME = "parquet"
SUMMARY = "Parquet: one file, or a folder in parts of 100,000 articles, every field; loads back exactly"
ENDINGS = (".parquet",)

PART_ARTICLES = 100_000
GROUP_ARTICLES = 10_000
GROUP_CHARACTERS = 64 << 20
"""A row group ends with the article that reaches either: it is all that is held."""

INTEGERS = frozenset(("words", "characters", "paragraphs", "record", "byte_start", "byte_end"))
LISTS = frozenset(("authors", "also"))
DAYS = frozenset(("date_earliest", "date_latest"))
EXACT = "exact"
RAW = ("raw", "facts")
REPEATED = ("language", "outlet", "section", "path", "sha256", "encoding", "encoding_method", "format")
"""Columns of few different values, which are written once a group and referred to."""

RawOf = Callable[[Article], tuple[bytes, str | None] | None]
"""The bytes of an article's raw record and the facts kept beside them; None where neither is known."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART = re.compile(r"part-([0-9]{5,})\.parquet")


def check_installed() -> None:
    """MissingExtra where pyarrow is not installed; before anything is read."""
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it is there
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions, raw_of: RawOf | None = None) -> None:
    """One file of row groups; with `raw_of` the raw records too."""
    check_installed()
    with _Part(out, column_names(options.fields, raw=raw_of is not None)) as part:
        for article in articles:
            part.add(article, raw_of)


def write_parts(
    articles: Iterable[Article], folder: str, options: WriteOptions, *, force: bool, raw_of: RawOf | None = None
) -> int:
    """Write `part-00000.parquet` and so on into a folder; how many articles there were.

    Each part appears under its name when it is whole; there is always a first one. Where writing ends in an error, a
    folder that was new or empty is left as it was. With `force` parts of an earlier export are replaced, and those
    beyond the last one removed: a folder of parts is one table.
    """
    check_installed()
    check_free(folder, force=force)
    existed = os.path.isdir(folder)
    ours = not existed or not os.listdir(folder)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CorpusToolError(f"{folder!r} cannot be made: {error.strerror or error}") from None
    try:
        count, parts = _fill(articles, folder, options, force=force, raw_of=raw_of)
    except BaseException:
        if ours:
            _remove_parts(folder, 0)
            if not existed:
                with suppress(OSError):
                    os.rmdir(folder)
        raise
    _remove_parts(folder, parts)
    return count


def _fill(
    articles: Iterable[Article], folder: str, options: WriteOptions, *, force: bool, raw_of: RawOf | None
) -> tuple[int, int]:
    """How many articles were written, in how many parts."""
    names = column_names(options.fields, raw=raw_of is not None)
    waiting = iter(articles)
    following = next(waiting, None)
    count = number = 0
    while following is not None or number == 0:
        with ExitStack() as stack:
            out = stack.enter_context(write_file(os.path.join(folder, f"part-{number:05}.parquet"), force=force))
            part = stack.enter_context(_Part(out, names))
            while following is not None and part.count < PART_ARTICLES:
                part.add(following, raw_of)
                following = next(waiting, None)
        count += part.count
        number += 1
    return count, number


def _remove_parts(folder: str, first: int) -> None:
    """Remove the parts from a number on."""
    with suppress(OSError):
        for name in os.listdir(folder):
            match = _PART.fullmatch(name)
            if match is not None and int(match[1]) >= first:
                os.unlink(os.path.join(folder, name))


def column_names(fields: tuple[str, ...] | None, *, raw: bool) -> tuple[str, ...]:
    """The columns of a table: all of them, or those of the fields asked for.

    >>> column_names(("id", "source.path", "extra.Rubriek"), raw=False)
    ('id', 'path', 'extra.Rubriek')
    """
    if fields is None:
        return (*COLUMNS, EXACT, *(RAW if raw else ()))
    names: list[str] = []
    for field in fields:
        head, _, rest = field.partition(".")
        if head == "source":
            names += OF_SOURCE if not rest else [rest if rest in OF_SOURCE else field]
        else:
            names.append(field)
    return tuple(dict.fromkeys(names))


class _Part:
    """One Parquet file being written: articles are held until a row group is full. A context manager."""

    def __init__(self, out: BinaryIO, names: tuple[str, ...]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.count = 0
        self._schema = pa.schema([(name, _type_of(name)) for name in names]).with_metadata(
            {"corpus_tool.version": __version__, "corpus_tool.table": str(VERSION)}
        )
        self._beyond = tuple(name for name in names if name not in (*COLUMNS, EXACT, *RAW))
        self._writer = pq.ParquetWriter(
            out,
            self._schema,
            compression="zstd",
            use_dictionary=[name for name in names if name in REPEATED],
            write_page_checksum=True,
            write_page_index=True,
        )
        self._begin()

    def _begin(self) -> None:
        self._held: dict[str, list[Any]] = {name: [] for name in self._schema.names}
        self._articles = self._characters = 0

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()

    def add(self, article: Article, raw_of: RawOf | None) -> None:
        """Take one article, and write the group that it fills."""
        kept = raw_of(article) if raw_of is not None else None
        row = row_of(article)
        row["raw"], row["facts"] = kept or (None, None)
        row = _typed(row)
        if self._beyond:
            row |= {name: _text(value) for name, value in chosen(article, self._beyond).items()}
        for name, values in self._held.items():
            values.append(row[name])
        self.count += 1
        self._articles += 1
        self._characters += len(article.text) + (len(kept[0]) + len(kept[1] or "") if kept is not None else 0)
        if self._articles >= GROUP_ARTICLES or self._characters >= GROUP_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._articles:
            return
        try:
            table = pa.Table.from_pydict(self._held, schema=self._schema)
        except (OverflowError, pa.ArrowException) as error:
            raise CorpusToolError(
                f"Parquet cannot hold an article: {error}", hint="JSON Lines can: --format jsonl"
            ) from None
        self._writer.write_table(table, row_group_size=self._articles)
        self._begin()


def _type_of(name: str) -> Any:
    """The Arrow type of a column."""
    import pyarrow as pa

    if name in INTEGERS:
        return pa.int64()
    if name in LISTS:
        return pa.list_(pa.string())
    if name in DAYS:
        return pa.date32()
    return pa.binary() if name == "raw" else pa.string()


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """A row as its columns take it, with what they cannot hold as JSON in `exact`."""
    exact = dict(_not_held(row))
    for name, value in exact.items():
        row[name] = None if name in DAYS else [shown(item) for item in value] if name in LISTS else shown(value)
    for name in DAYS:
        if row[name] is not None:
            row[name] = date.fromisoformat(row[name])
    row[EXACT] = json.dumps(exact, separators=(",", ":")) if exact else None
    return row


def _not_held(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The columns whose values their types cannot hold."""
    for name, value in row.items():
        if name in DAYS:
            held = value is None or _is_day(value)
        elif name in LISTS:
            held = value is None or all(map(is_utf8, value))
        else:
            held = not isinstance(value, str) or is_utf8(value)
        if not held:
            yield name, value


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and date.fromisoformat(text) is not None
    except ValueError:
        return False


def shown(text: str) -> str:
    r"""A string with its half surrogates spelled, as UTF-8 carries none.

    >>> shown("kop\udce9")
    'kop\\udce9'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def _text(value: Any) -> str | None:
    """A part of a field, `extra.label` say: a string as it is, anything else as JSON."""
    return None if value is None else shown(value) if isinstance(value, str) else to_json(value)
