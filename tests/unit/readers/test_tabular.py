# ruff: noqa: E501  (a case is one line)
"""CSV and TSV: delimiters, quotes, rows that do not fit, and columns by name or number."""

from __future__ import annotations

import pytest

from corpus_tool.model.fields import FLAT_FIELDS
from corpus_tool.model.options import ReadOptions
from corpus_tool.readers.tabular import best_delimiter
from tests.unit.readers.reading import Read, read_bytes, read_text

HEAD = "id,title,text\n"
ROW = '1,Een,"De raad, gisteren."\n'


def rejected(read: Read) -> list[tuple[str, int | None, int | None]]:
    """Code, record and line of what was refused."""
    return [(d.code, d.record, d.line) for d in read.diagnostics if d.severity in ("rejected", "error")]


TABLES = {
    "comma": (HEAD + ROW, ["De raad, gisteren."]),
    "semicolon": ("id;title;text\n1;Een;De raad, gisteren.\n", ["De raad, gisteren."]),
    "tab": ("id\ttitle\ttext\n1\tEen\tDe raad.\n", ["De raad."]),
    "bar": ("id|title|text\n1|Een|De raad, gisteren.\n", ["De raad, gisteren."]),
    "a delimiter named as Excel does": ("sep=;\nid;title;text\n1;Een;De raad.\n", ["De raad."]),
    "lines inside a cell": (HEAD + '1,Een,"regel\n\nregel"\n2,Twee,x y z\n', ["regel\n\nregel", "x y z"]),
    "doubled quotes": (HEAD + '1,"Hij zei ""nee""",tekst\n', ["tekst"]),
    "CRLF": ((HEAD + ROW).replace("\n", "\r\n"), ["De raad, gisteren."]),
    "CR": ((HEAD + ROW + "2,Twee,x y\n").replace("\n", "\r"), ["De raad, gisteren.", "x y"]),
    "blank rows": (HEAD + "\n,,\n \n" + ROW, ["De raad, gisteren."]),
    "blank lines above": ("\n \n" + HEAD + ROW, ["De raad, gisteren."]),
    "a NUL": (HEAD + "1,Een,voor\0na\n", ["voor\0na"]),
    "wide": (",".join(f"k{n}" for n in range(10_000)) + ",text\n" + "," * 10_000 + "tekst\n", ["tekst"]),
    "a long cell": (HEAD + '1,Een,"' + "lang " * 40_000 + '"\n', ["lang " * 40_000]),
    "no line end": (HEAD + "1,Een,tekst", ["tekst"]),
    "header only": (HEAD, []),
    "a synonym before the text": ("document,titel,text\nd1,Een,De raad.\n", ["De raad."]),
}


@pytest.mark.parametrize(("table", "texts"), TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_are_read(table: str, texts: list[str], encoding: str) -> None:
    """Each row is a record with its bytes, whatever delimits cells and lines."""
    if encoding == "utf-16" and "\r" in table and "\n" not in table:
        pytest.skip("a stream of UTF-16 has its lines at LF")
    data = table.encode(encoding)
    read = read_bytes(data, "a.csv")
    assert [record.body for record in read.records] == texts
    assert rejected(read) == []
    for record in read.records:
        piece = data[record.byte_start : record.byte_end].decode(encoding.replace("-sig", "").replace("16", "16-le"))
        assert piece == record.raw


def test_ragged_rows_are_rejected_by_number() -> None:
    """Rows with too few or too many cells are named; the others are read."""
    read = read_text(HEAD + ROW + "2,kort\n3,te,veel,velden\n4,Vier,tekst vier\n", "a.csv")
    assert [record.number for record in read.records] == [1, 4]
    assert rejected(read) == [("bad-record", 2, 3), ("bad-record", 3, 4)]


@pytest.mark.parametrize("rest", ["3,Drie,x\n4,Vier,y\n", '3,Drie,"x"\n4,Vier,y\n', ""])
def test_an_unclosed_quote_names_its_row(rest: str) -> None:
    """Whatever follows, the error names the row where the quote opened; the rows before it are read."""
    read = read_text(HEAD + ROW + '2,Twee,"nooit gesloten\n' + rest, "a.csv")
    assert len(read.records) == 1
    assert rejected(read) == [("unbalanced-quote", 2, 3)]
    assert [d.severity for d in read.diagnostics] == ["error"]


def test_a_misplaced_quote_costs_one_row() -> None:
    """A row of one line that cannot be read is refused alone."""
    read = read_text(HEAD + '1,"Een" twee,x\n' + "2,Twee,tekst twee\n", "a.csv")
    assert [record.number for record in read.records] == [2]
    assert rejected(read) == [("bad-record", 1, 2)]


@pytest.mark.parametrize(
    "table", [HEAD + "1,Een," + "x" * 3000 + "\n", "x" * 3000 + ",text\n1,2\n", HEAD + '1,2,"' + "a\n" * 3000]
)
def test_a_row_over_the_limit_ends_the_reading(table: str) -> None:
    """A row larger than the record limit is an error, not a silent end."""
    read = read_text(table, "a.csv", ReadOptions(max_record_bytes=1000))
    assert [code for code, _, _ in rejected(read)] == ["record-too-large"]


@pytest.mark.parametrize("table", ["1,Een,De raad kwam\n2,Twee,Le conseil\n", "id,kop,nummer\n1,2,3\n"])
def test_no_text_column_is_an_error_that_helps(table: str) -> None:
    """The error names the columns and says what to type."""
    read = read_text(table, "a.csv")
    assert [d.code for d in read.diagnostics] == ["no-text-column"]
    message = read.diagnostics[0].message
    assert "--map text=COLUMN" in message
    assert repr(table.split("\n")[0].split(",")[2]) in message


def test_columns_by_number_mean_no_header() -> None:
    """`--map text=3` counts columns from 1 and takes the first row as an article."""
    read = read_text("1,Een,De raad\n2,Twee,Le conseil\n", "a.csv", ReadOptions(field_map={"text": "3", "title": "2"}))
    assert [(r.fields["title"].value, r.body) for r in read.records] == [("Een", "De raad"), ("Twee", "Le conseil")]
    assert [r.extra for r in read.records] == [{"1": "1"}, {"1": "2"}]


def test_a_column_may_be_named_by_a_number() -> None:
    """Where the first row has a cell `3`, it is the header."""
    read = read_text("1,2,3\na,b,De raad\n", "a.csv", ReadOptions(field_map={"text": "3"}))
    assert [r.body for r in read.records] == ["De raad"]


def test_a_mapped_column_that_is_not_there_is_an_error() -> None:
    """The error names the column asked for and those there are."""
    read = read_text(HEAD + ROW, "a.csv", ReadOptions(field_map={"text": "inhoud"}))
    assert rejected(read)[0][0] == "field-map"
    assert "'inhoud'" in read.diagnostics[0].message
    assert "'title'" in read.diagnostics[0].message


def test_a_doubled_column_is_noted_once() -> None:
    """The first of two columns of one name is used, the other kept, and one notice says so."""
    read = read_text("id,text,text\n1,eerste,tweede\n2,derde,vierde\n", "a.csv")
    assert [(r.body, r.extra) for r in read.records] == [
        ("eerste", {"id": "1", "text": "tweede"}),
        ("derde", {"id": "2", "text": "vierde"}),
    ]
    assert read.codes == ["duplicate-field"]


def test_identity_is_header_and_row() -> None:
    """A row's id depends on the header, not on the rows around it or the line ends."""
    one = read_text(HEAD + ROW, "a.csv").records[0]
    two = read_text((HEAD + "0,Nul,x\n" + ROW).replace("\n", "\r\n"), "b.csv").records[1]
    other = read_text(HEAD.replace("id", "nr") + ROW, "a.csv").records[0]
    assert one.id() == two.id() != other.id()


def own_row(text: str, name: str = "a") -> dict[str, str]:
    """A row of our own export."""
    return {**dict.fromkeys(FLAT_FIELDS, ""), "id": "0123456789abcdef", "name": name, "words": "2", "text": text}


def test_own_tsv_is_taken_as_it_is() -> None:
    """Tabs and line ends that our export spells out come back, and the row is complete."""
    row = own_row("een\\ttab\\n\\nalinea \\\\n", "a\\udce9")
    read = read_text("\t".join(FLAT_FIELDS) + "\n" + "\t".join(row.values()) + "\n", "a.tsv")
    complete = read.records[0].complete
    assert complete is not None
    assert complete["text"] == "een\ttab\n\nalinea \\n"
    assert complete["name"] == "a\udce9"


def test_foreign_rows_with_our_header_are_foreign() -> None:
    """A row without one of our ids is data of others."""
    row = own_row("een zin") | {"id": "7"}
    read = read_text(",".join(FLAT_FIELDS) + "\n" + ",".join(row.values()) + "\n", "a.csv")
    assert read.records[0].complete is None
    assert read.records[0].body == "een zin"


def test_own_rows_under_a_map_are_foreign() -> None:
    """A field map asks for another reading of our own export too."""
    row = own_row("een zin")
    table = ",".join(FLAT_FIELDS) + "\n" + ",".join(row.values()) + "\n"
    assert read_text(table, "a.csv").records[0].complete is not None
    assert read_text(table, "a.csv", ReadOptions(field_map={"text": "text"})).records[0].complete is None


@pytest.mark.parametrize(
    ("row", "delimiter"),
    [
        ("titel;datum;tekst", ";"),
        ("titel,datum;tekst,bron", ","),
        ("a;b,c,d", ","),
        ("titel\ttekst, en meer", "\t"),
        ("een", None),
    ],
)
def test_the_delimiter_makes_columns_known(row: str, delimiter: str | None) -> None:
    """The delimiter is the one that gives most known columns, then most columns."""
    assert best_delimiter(row, ",;\t|") == delimiter


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("titel,tekst\na,b\n", "a.txt", "csv"), ("titel\ttekst\na\tb\n", "a.txt", "tsv"), ("a,b\n1,2\n", "a.csv", "csv"),
        ("a\tb\n", "a.tsv", "tsv"), ("Regen, wind en zon\n\nHet weer.\n", "a.txt", "plain"), ("Titel, datum\n", "a.txt", "plain"),
    ],
)  # fmt: skip
def test_tables_are_recognized(text: str, name: str, expected: str) -> None:
    """A header that names fields, the text among them, or the file's ending makes a table."""
    assert read_text(text, name).format == expected
