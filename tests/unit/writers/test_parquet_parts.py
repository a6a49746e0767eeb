"""Parquet as it is written: columns, types, row groups, parts, and what typed columns cannot hold."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.errors import CorpusToolError, MissingExtra
from corpus_tool.model.article import Article
from corpus_tool.model.table import COLUMNS, JSON, data_of, row_of
from corpus_tool.writers import parquet_parts
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.parquet_parts import column_names, shown, write, write_parts
from tests.unit.building import article, numbered, source

pq = pytest.importorskip("pyarrow.parquet")

ALL = WriteOptions()


def written(*articles: Article, fields: tuple[str, ...] | None = None) -> Any:
    """The Parquet file of some articles."""
    out = io.BytesIO()
    write(articles, out, WriteOptions(fields=fields))
    return pq.ParquetFile(out)


def names(folder: Path) -> list[str]:
    """What stands in a folder, hidden names too."""
    return sorted(path.name for path in folder.iterdir())


def test_columns_and_types() -> None:
    """The columns of the table in their order: days as days, names as lists, counts as whole numbers, the rest text."""
    schema = written(article()).schema_arrow
    assert tuple(schema.names) == (*COLUMNS, "exact")
    kinds = {name: str(schema.field(name).type) for name in schema.names}
    assert {kinds[name] for name in ("date_earliest", "date_latest")} == {"date32[day]"}
    assert {kinds[name] for name in ("authors", "also")} == {"list<element: string>"}
    assert {name for name, kind in kinds.items() if kind == "int64"} == {
        *("words", "characters", "paragraphs"),
        *("record", "byte_start", "byte_end"),
    }
    assert {kinds[name] for name in ("id", "date", "text", "extra", "inference", "path")} == {"string"}


def test_values_of_a_row() -> None:
    """A day is a day, an empty object is null, JSON is that of the JSON export."""
    made = article(date="2018-06", authors=("An", "Jo"), extra={"Plaats": "Liège"}, source=source(also=None))
    [row] = written(made).read().to_pylist()
    assert (row["date"], row["date_earliest"], row["date_latest"]) == ("2018-06", date(2018, 6, 1), date(2018, 6, 30))
    assert (row["authors"], row["also"], row["languages"], row["exact"]) == (["An", "Jo"], None, None, None)
    assert row["extra"] == '{"Plaats":"Liège"}'
    assert json.loads(row["inference"]) == made.to_dict()["inference"]
    assert (row["path"], row["record"], row["byte_end"]) == ("pers/a.txt", 1, 10)


def test_a_row_holds_all_of_an_article() -> None:
    """The values of the columns, with their JSON parsed, are the article again."""
    made = article(date="2018-06-20", languages={"nl": 0.75, "fr": 0.25}, extra={"x": [1, {"y": None}]})
    row = row_of(made)
    parsed = {name: json.loads(row[name]) if row[name] and name in JSON else row[name] for name in COLUMNS}
    assert Article.from_dict(data_of(parsed)) == made


def test_what_utf8_cannot_hold_stands_in_exact() -> None:
    """A file name with bytes that are no UTF-8 is shown spelled; its very value is in `exact`, as ASCII JSON."""
    [row] = (
        written(article(name="kop\udce9", source=source(path="pers/kop\udce9.txt", also=("b\udcff", "c"))))
        .read(["name", "path", "also", "exact"])
        .to_pylist()
    )
    assert (row["name"], row["path"]) == ("kop\\udce9", "pers/kop\\udce9.txt")
    assert row["also"] == ["b\\udcff", "c"]
    assert row["exact"].isascii()
    assert json.loads(row["exact"]) == {"name": "kop\udce9", "path": "pers/kop\udce9.txt", "also": ["b\udcff", "c"]}


@pytest.mark.parametrize("bound", ["2018-06-20~", "-0044-03-15", "2018-06-31"])
def test_a_bound_that_is_no_day_stands_in_exact(bound: str) -> None:
    """What an export of old said of a bound is not lost, and no day is made up for it."""
    [row] = written(article(date_earliest=bound)).read().to_pylist()
    assert row["date_earliest"] is None
    assert json.loads(row["exact"]) == {"date_earliest": bound}


def test_the_file_says_who_made_it() -> None:
    """The version of the tool and that of the table stand in the metadata."""
    from corpus_tool.version import __version__

    metadata = written().schema_arrow.metadata
    assert metadata[b"corpus_tool.version"] == __version__.encode()
    assert metadata[b"corpus_tool.table"] == b"1"


def test_row_groups_end_by_count_or_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group is written when it has so many articles, or so many characters: no more is held."""
    monkeypatch.setattr(parquet_parts, "GROUP_ARTICLES", 3)
    file = written(*numbered(7))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 1]
    monkeypatch.setattr(parquet_parts, "GROUP_CHARACTERS", 150)
    file = written(*numbered(4))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2, 2]


def test_articles_are_taken_one_group_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a stream no more is taken than the group needs before it is written."""
    monkeypatch.setattr(parquet_parts, "GROUP_ARTICLES", 2)
    flushed: list[int] = []
    taken = 0
    original = parquet_parts._Part._flush

    def flush(part: parquet_parts._Part) -> None:
        flushed.append(taken)
        original(part)

    def stream() -> Iterator[Article]:
        nonlocal taken
        for one in numbered(6):
            taken += 1
            yield one

    monkeypatch.setattr(parquet_parts._Part, "_flush", flush)
    write(stream(), io.BytesIO(), ALL)
    assert flushed == [2, 4, 6, 6]


def test_parts_of_so_many_articles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Numbered parts in the order of the articles, the last one as long as it comes; no empty one after it."""
    monkeypatch.setattr(parquet_parts, "PART_ARTICLES", 3)
    assert write_parts(numbered(7), str(tmp_path / "parts"), ALL, force=False) == 7
    assert names(tmp_path / "parts") == [f"part-0000{n}.parquet" for n in range(3)]
    read = [pq.read_table(path)["name"].to_pylist() for path in sorted((tmp_path / "parts").iterdir())]
    assert read == [["n1", "n2", "n3"], ["n4", "n5", "n6"], ["n7"]]
    assert write_parts(numbered(6), str(tmp_path / "even"), ALL, force=False) == 6
    assert len(names(tmp_path / "even")) == 2


def test_no_article_gives_a_table_without_rows(tmp_path: Path) -> None:
    """So that whoever reads the parts finds the columns."""
    assert write_parts([], str(tmp_path / "parts"), ALL, force=False) == 0
    [path] = (tmp_path / "parts").iterdir()
    table = pq.read_table(path)
    assert (table.num_rows, table.schema.names[0]) == (0, "id")


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    """Nothing is written into it, unless forced."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CorpusToolError, match="not empty"):
        write_parts(numbered(1), str(tmp_path), ALL, force=False)
    assert names(tmp_path) == ["mine.txt"]


def test_forced_parts_replace_those_of_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of parts is one table: no part of an earlier export stays behind, and nothing else is touched."""
    monkeypatch.setattr(parquet_parts, "PART_ARTICLES", 2)
    write_parts(numbered(6), str(tmp_path), ALL, force=False)
    (tmp_path / "part-notes.parquet").write_text("mine")
    write_parts(numbered(3), str(tmp_path), ALL, force=True)
    assert names(tmp_path) == ["part-00000.parquet", "part-00001.parquet", "part-notes.parquet"]


@pytest.mark.parametrize("existed", [True, False])
def test_an_error_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, existed: bool) -> None:
    """Neither parts nor the folder, if it was not there before."""
    monkeypatch.setattr(parquet_parts, "PART_ARTICLES", 2)
    folder = tmp_path / "parts"
    if existed:
        folder.mkdir()

    def broken() -> Iterator[Article]:
        yield from numbered(5)
        raise CorpusToolError("the source is gone")

    with pytest.raises(CorpusToolError, match="gone"):
        write_parts(broken(), str(folder), ALL, force=False)
    assert folder.exists() == existed
    assert not existed or names(folder) == []


def test_fields_choose_columns() -> None:
    """A field is its column, the source all of its columns, a part of a field a column of its own."""
    made = article(extra={"Rubriek": "Sport", "Pagina": 3}, date="2018-06-20")
    chosen = ("date_earliest", "source.path", "extra.Rubriek", "extra.Pagina", "extra.Niets", "id", "id")
    table = written(made, fields=chosen).read()
    assert table.schema.names == ["date_earliest", "path", "extra.Rubriek", "extra.Pagina", "extra.Niets", "id"]
    assert list(table.to_pylist()[0].values()) == [date(2018, 6, 20), "pers/a.txt", "Sport", "3", None, made.id]
    assert column_names(("source",), raw=False)[0] == "path"
    assert len(column_names(("source",), raw=False)) == 9


def test_raw_records_are_columns() -> None:
    """The very bytes and the facts beside them; null where there are none."""
    out = io.BytesIO()
    kept = {"n1": (b"\xff\x00", '{"line":1}'), "n2": (b"x", None), "n3": None}
    write(numbered(3), out, ALL, lambda made: kept[made.name])
    rows = pq.ParquetFile(out).read(["raw", "facts"]).to_pylist()
    assert [(row["raw"], row["facts"]) for row in rows] == [(b"\xff\x00", '{"line":1}'), (b"x", None), (None, None)]


def test_a_number_that_no_column_holds() -> None:
    """An error that names another format, no traceback."""
    with pytest.raises(CorpusToolError, match="cannot hold") as caught:
        written(article(words=2**70))
    assert "jsonl" in caught.value.hint


def test_without_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The extra that brings it is named, before anything is written."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtra) as caught:
        write_parts(numbered(1), str(tmp_path / "parts"), ALL, force=False)
    assert "corpus-tool[parquet]" in caught.value.hint
    assert names(tmp_path) == []


def test_half_surrogates_are_spelled() -> None:
    """And other letters are not."""
    assert shown("é\udce9\ud83d") == "é\\udce9\\ud83d"
