"""Parquet as it is read: our exports exactly, other people's tables a row a record, damage told."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.errors import Diagnostic
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.fields import fold_label
from corpus_tool.model.options import Profile, ReadOptions
from corpus_tool.readers import registry
from corpus_tool.readers.base import CarriedRecord, FileInput, Item
from corpus_tool.readers.parquet_file import read_file, sniff_bytes
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.parquet_parts import write
from tests.properties.article_strategies import articles
from tests.unit.building import PROSE, article, numbered

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

SECOND = "Het zwembad sluit deze winter voor werken, en de zwemclub zoekt een ander bad."


def exported(made: list[Article], raw_of: Any = None) -> bytes:
    """The bytes of our own export."""
    out = io.BytesIO()
    write(made, out, WriteOptions(), raw_of)
    return out.getvalue()


def foreign(columns: dict[str, Any], **options: Any) -> bytes:
    """The bytes of a table that another program wrote."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def items(data: bytes, **options: Any) -> list[Item]:
    """What the reader gives of a file."""
    return list(read_file(FileInput("a.parquet", io.BytesIO(data), ReadOptions(**options))))


def records(data: bytes, **options: Any) -> list[CarriedRecord]:
    """The records alone."""
    return [item for item in items(data, **options) if isinstance(item, CarriedRecord)]


def codes(data: bytes, **options: Any) -> list[str]:
    """The codes of the diagnostics, in order."""
    return [item.code for item in items(data, **options) if isinstance(item, Diagnostic)]


def with_days(made: Article) -> Article:
    """An article whose bounds are those that an export can have: days, or nothing."""
    bounds = {name: getattr(made, name) for name in ("date_earliest", "date_latest")}
    days = {name: text for name, text in bounds.items() if text and EdtfDate.parse(text).precision == "day"}
    return replace(made, **{**dict.fromkeys(bounds), **days})


# --- our own exports ---------------------------------------------------------------------------------------


@given(st.lists(articles().map(with_days), max_size=3))
def test_any_article_comes_back(made: list[Article]) -> None:
    """Every field of any article, half surrogates in names and paths too."""
    found = records(exported(made))
    assert [Article.from_dict(dict(record.complete or {})) for record in found] == [
        replace(one, raw=None) for one in made
    ]


def test_raw_records_are_read_only_where_they_are_wanted() -> None:
    """The bytes and facts of an export, for a run that keeps them."""
    data = exported(numbered(2), lambda one: (b"\xff", "{}") if one.name == "n1" else None)
    kept = records(data, keep_bytes=True)
    assert [(record.data, record.facts) for record in kept] == [(b"\xff", "{}"), (None, None)]
    assert [record.data for record in records(data)] == [None, None]


def test_what_others_made_of_our_table_is_ours_still() -> None:
    """Other string types, another order, no metadata, no `exact`: what engines make of a table when they copy it."""
    table = pq.read_table(io.BytesIO(exported(numbered(2, date="2018-06", authors=("An",)))))
    table = table.select([name for name in reversed(table.schema.names) if name != "exact"])
    large = pa.schema([(f.name, pa.large_string() if f.type == pa.string() else f.type) for f in table.schema])
    out = io.BytesIO()
    pq.write_table(table.cast(large).replace_schema_metadata(None), out)
    assert [Article.from_dict(dict(r.complete or {})) for r in records(out.getvalue())] == numbered(
        2, date="2018-06", authors=("An",)
    )


def test_a_column_that_was_added_is_beside_the_article() -> None:
    """It becomes an `extra` when the article is taken back; nulls do not."""
    table = pq.read_table(io.BytesIO(exported(numbered(2))))
    out = io.BytesIO()
    pq.write_table(table.append_column("topic", pa.array(["sport", None])), out)
    found = records(out.getvalue())
    assert [(record.complete or {}).get("topic", "none") for record in found] == ["sport", "none"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("id", "kort"), ("inference", "[]"), ("inference", "{"), ("normalization", None), ("date", "gisteren")],
)
def test_a_row_with_our_columns_but_not_our_values(column: str, value: str | None) -> None:
    """Is read as other people's data: under a new id, nothing believed."""
    table = pq.read_table(io.BytesIO(exported([article()])))
    at = table.schema.names.index(column)
    out = io.BytesIO()
    pq.write_table(table.set_column(at, column, pa.array([value], pa.string())), out)
    [record] = records(out.getvalue())
    assert record.complete is None
    assert record.body == PROSE


def test_a_field_map_reads_our_table_as_any_other() -> None:
    """What the user says goes before what we see."""
    [record] = records(exported([article()]), field_map={"text": "title"})
    assert (record.complete, record.body) == (None, "Raad keurt plan goed")


def test_a_table_of_a_later_version() -> None:
    """Is refused: nobody knows what it says."""
    table = pq.read_table(io.BytesIO(exported([article()])))
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"corpus_tool.table": "2"}), out)
    [finding] = items(out.getvalue())
    assert isinstance(finding, Diagnostic)
    assert (finding.code, finding.severity) == ("unsupported", "error")
    assert "later" in finding.message


# --- other people's tables ---------------------------------------------------------------------------------


def test_the_raw_record_of_a_row() -> None:
    """A JSON object of the single values that are not null, in column order; the id is that of this text."""
    data = foreign(
        {
            "title": ["Bad dicht", None],
            "text": [SECOND, PROSE],
            "views": [12, 0],
            "authors": [["An"], None],
            "photo": [b"\xff", None],
        }
    )
    first, second = records(data)
    assert first.raw == f'{{"title":"Bad dicht","text":"{SECOND}","views":12}}'
    assert second.raw == f'{{"text":"{PROSE}","views":0}}'
    assert first.id() == hashlib.sha256(first.raw.encode()).hexdigest()[:16]
    assert first.data == first.raw.encode()
    assert (first.fields["title"].value, first.fields["authors"].value, first.body) == ("Bad dicht", "An", SECOND)
    assert first.extra == {"views": 12}


def test_the_place_of_a_row_is_that_in_json_lines() -> None:
    """Rows have no bytes of their own: their places are those of the same records as JSON Lines."""
    found = records(foreign({"text": [PROSE, SECOND, PROSE + "!"]}))
    lines = "".join(record.raw + "\n" for record in found).encode()
    assert [lines[record.byte_start : record.byte_end] for record in found] == [record.data for record in found]
    assert [(record.number, record.line) for record in found] == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize(
    "options",
    [
        {"row_group_size": 1},
        {"compression": "none", "use_dictionary": False},
        {"data_page_version": "2.0"},
        {"version": "1.0"},
    ],
)
def test_how_a_table_was_written_does_not_matter(options: dict[str, Any]) -> None:
    """The same records, and so the same ids, of any row groups, compression and encoding."""
    columns = {"text": [PROSE, SECOND], "n": [1, 2], "x": [0.1, 2.0]}
    plain = [(record.raw, record.fields, record.extra) for record in records(foreign(columns))]
    assert [(record.raw, record.fields, record.extra) for record in records(foreign(columns, **options))] == plain


def test_a_dictionary_is_its_values() -> None:
    """Categories of a data frame are strings like any other."""
    columns = {"text": pa.array([PROSE, PROSE]).dictionary_encode()}
    assert records(foreign(columns))[1].raw == f'{{"text":"{PROSE}"}}'


UTC_NOON = datetime.datetime(2018, 6, 20, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (datetime.date(2018, 6, 20), pa.date32(), "2018-06-20"),
        (datetime.datetime(2018, 6, 20, 8, 30), pa.timestamp("ms"), "2018-06-20T08:30:00"),
        (datetime.datetime(2018, 6, 20, 8, 30, 0, 250000), pa.timestamp("us"), "2018-06-20T08:30:00.25"),
        (UTC_NOON, pa.timestamp("us", "Europe/Brussels"), "2018-06-20T12:00:00Z"),
        (1529496000000000001, pa.timestamp("ns"), "2018-06-20T12:00:00.000000001"),
        (datetime.time(8, 30), pa.time64("us"), "08:30:00"),
        (Decimal("1.50"), pa.decimal128(5, 2), "1.50"),
        (float("nan"), pa.float64(), "NaN"),
        (float("-inf"), pa.float64(), "-Infinity"),
        (0.5, pa.float32(), 0.5),
        (True, pa.bool_(), True),
        (2**63 - 1, pa.int64(), 2**63 - 1),
        (2**64 - 1, pa.uint64(), 2**64 - 1),
        (["a", ["b"][0]], pa.list_(pa.string()), ["a", "b"]),
        ({"a": 1, "b": None}, pa.struct([("a", pa.int8()), ("b", pa.string())]), {"a": 1, "b": None}),
        ([("k", 1)], pa.map_(pa.string(), pa.int64()), [["k", 1]]),
        ({"bytes": b"\xff", "path": "a.png"}, pa.struct([("bytes", pa.binary()), ("path", pa.string())]), None),
    ],
)
def test_values_of_every_type(value: Any, kind: Any, told: Any) -> None:
    """As JSON has them, the same on every machine: no time zone and no library decides."""
    [record] = records(foreign({"text": [PROSE], "waarde": pa.array([value], kind)}))
    expected = {"bytes": None, "path": "a.png"} if told is None else told
    assert record.extra == {"waarde": expected}
    nested = isinstance(expected, list | dict)
    assert json.loads(record.raw) == {"text": PROSE} if nested else {"text": PROSE, "waarde": expected}


def test_bytes_are_left_out_with_a_notice() -> None:
    """One notice a file, which names the columns."""
    data = foreign({"text": [PROSE, SECOND], "image": [b"\x89PNG", b""]})
    [notice] = [item for item in items(data) if isinstance(item, Diagnostic)]
    assert (notice.code, notice.severity) == ("column-of-bytes", "notice")
    assert "'image'" in notice.message
    assert [record.extra for record in records(data)] == [{}, {}]


def test_strings_that_are_no_utf8() -> None:
    """Their bytes are kept as half surrogates, as in any other file."""
    column = pa.array([b"De trein naar Li\xe8ge rijdt weer vanaf maandag.", PROSE.encode()]).view(pa.string())
    first, second = records(foreign({"text": column}), keep_bytes=True)
    assert first.body == "De trein naar Li\udce8ge rijdt weer vanaf maandag."
    assert b"Li\xe8ge" in (first.data or b"")
    assert second.body == PROSE


def test_columns_by_name_or_by_map() -> None:
    """A column that no label names is the text where the map or the profile says so."""
    data = foreign({"inhoud_nl": [PROSE], "kopregel": ["Plan goedgekeurd"]})
    assert codes(data) == ["no-text-column"]
    [record] = records(data, field_map={"text": "inhoud_nl", "title": "kopregel"})
    assert (record.body, record.fields["title"].value) == (PROSE, "Plan goedgekeurd")
    [labeled] = records(data, profile=Profile("mine", labels={fold_label("inhoud_nl"): "text"}))
    assert labeled.raw == record.raw
    assert codes(data, field_map={"text": "tekst"}) == ["field-map"]


def test_a_column_with_a_point_in_its_name() -> None:
    """Is not taken for a part of another one."""
    data = foreign({"text": [PROSE], "a.b": ["punt"], "a": pa.array([{"b": "deel"}])})
    assert records(data)[0].extra == {"a.b": "punt", "a": {"b": "deel"}}


def test_a_row_without_text_is_rejected() -> None:
    """And named; the others are read."""
    data = foreign({"text": [PROSE, None, "  "], "title": ["a", "b", "c"]})
    rejected = [item for item in items(data) if isinstance(item, Diagnostic)]
    assert [(item.code, item.record) for item in rejected] == [("bad-record", 2), ("bad-record", 3)]
    assert len(records(data)) == 1


# --- damage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 8, 1000])
def test_a_file_that_ends_early(cut: int) -> None:
    """Is damaged, and gives nothing: what it holds stands at its end."""
    data = foreign({"text": [f"{PROSE} {n}" for n in range(100)]})
    [finding] = items(data[:-cut])
    assert isinstance(finding, Diagnostic)
    assert (finding.code, finding.severity) == ("damaged-parquet", "error")


def test_a_flipped_bit_in_our_export_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages have checksums; what stands in row groups before the damage is read."""
    from corpus_tool.writers import parquet_parts

    monkeypatch.setattr(parquet_parts, "GROUP_ARTICLES", 2)
    data = bytearray(exported(numbered(6)))
    last = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(2).column(14)
    assert last.path_in_schema == "text"
    data[last.data_page_offset + last.total_compressed_size - 3] ^= 4
    found = items(bytes(data))
    assert [type(item) for item in found] == [*[CarriedRecord] * 4, Diagnostic]
    assert isinstance(found[-1], Diagnostic)
    assert found[-1].code == "damaged-parquet"


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_damage_is_more_than_an_error(place: int, flip: int) -> None:
    """Whatever byte is another one: records, or diagnostics, never a traceback."""
    data = bytearray(_SAMPLE)
    data[place % len(data)] ^= flip
    assert all(isinstance(item, CarriedRecord | Diagnostic) for item in items(bytes(data)))


_SAMPLE = exported(numbered(3), lambda one: (one.text.encode(), "{}"))


def test_how_many_rows_a_file_says_it_has() -> None:
    """For the receipt, also where rows are rejected."""
    source = FileInput("a.parquet", io.BytesIO(foreign({"text": [PROSE, None]})), ReadOptions())
    list(read_file(source))
    assert source.declared == 2


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of this file that names the extra."""
    data = foreign({"text": [PROSE]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [finding] = items(data)
    assert isinstance(finding, Diagnostic)
    assert (finding.code, finding.severity) == ("missing-extra", "error")
    assert "corpus-tool[parquet]" in finding.message


# --- which files -------------------------------------------------------------------------------------------


def test_known_by_its_first_bytes_or_its_ending() -> None:
    """By the mark under any name; by the ending too, so that a damaged file is told of; prose is neither."""
    data = foreign({"text": [PROSE]})
    assert sniff_bytes(data, "dump.bin").score > 0.9
    assert sniff_bytes(b"hallo", "a.parquet").score > 0
    assert sniff_bytes(b"PAR1S is een plaats", "a.txt").score == 0
    choice = registry.by_bytes(data, "dump.bin")
    assert choice is not None
    assert choice.name == "parquet"
    assert registry.by_bytes(b"hallo", "a.txt") is None
