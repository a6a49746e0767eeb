import io
import json
from pathlib import Path

import pytest

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article, Block, Normalization
from corpus_tool.model.fields import FLAT_FIELDS, NAMES
from corpus_tool.readers.registry import READERS
from corpus_tool.writers.base import WriteOptions, column_names, csv_row, flat, guard, spelled, to_json
from corpus_tool.writers.markdown import escape
from corpus_tool.writers.registry import WRITERS, format_of, load_writer
from tests.unit.building import article, source

HEADER = "id,name,title,date,date_earliest,date_latest,language,outlet,authors,section,url,words,source,text"


def written(name: str, articles: list[Article], **options: object) -> str:
    """What a writer makes of some articles."""
    out = io.BytesIO()
    load_writer(name).write(iter(articles), out, WriteOptions(**options))
    return out.getvalue().decode()


@pytest.fixture
def two() -> list[Article]:
    """Two small articles: one with much in it, one with little."""
    text = 'Eerste alinea, "met" aanhaling.\n\nTussenkop\n\nTweede alinea.'
    blocks = (Block("paragraph", 0, 31), Block("subhead", 33, 42), Block("paragraph", 44, 58))
    return [
        article(
            id="00000000000000aa",
            title="Kop; met, komma",
            date="2018-06",
            outlet="De Krant",
            authors=("An Peeters", "Jan Claes"),
            url="https://example.org/a?b=1&c=2",
            text=text,
            words=8,
            normalization=Normalization(blocks=blocks),
            extra={"Oplage": "12", "Foto": ["a", "b"]},
        ),
        article(
            id="00000000000000bb",
            name="b",
            title=None,
            language=None,
            text="Kort.",
            words=1,
            source=source(path="pers/b.txt"),
            normalization=Normalization(blocks=(Block("paragraph", 0, 5),)),
        ),
    ]


def test_json_is_one_list_with_an_article_a_line(two: list[Article]) -> None:
    """Brackets, one object a line, every key; `[]` for none."""
    lines = written("json", two).split("\n")
    assert (lines[0], lines[-2], lines[-1]) == ("[", "]", "")
    assert len(lines) == 5
    assert json.loads(written("json", two)) == [item.to_dict() for item in two]
    assert list(json.loads(written("json", two))[0]) == list(NAMES)
    assert written("json", []) == "[]\n"


def test_json_lines(two: list[Article]) -> None:
    """One object a line; nothing for none."""
    lines = written("jsonl", two).splitlines()
    assert [json.loads(line) for line in lines] == [item.to_dict() for item in two]
    assert lines[0].startswith('{"id": "00000000000000aa", "name": "a", "title": "Kop; met, komma", "date": "2018-06"')
    assert written("jsonl", []) == ""


def test_chosen_fields(two: list[Article]) -> None:
    """Only the fields asked for, in the order asked for, parts of objects by their path."""
    fields = ("text", "id", "extra.Oplage", "source.path", "authors", "title")
    first, second = map(json.loads, written("jsonl", two, fields=fields).splitlines())
    assert list(first) == list(fields)
    assert (first["extra.Oplage"], second["extra.Oplage"]) == ("12", None)
    assert (first["source.path"], first["authors"], second["title"]) == (
        "pers/a.txt",
        ["An Peeters", "Jan Claes"],
        None,
    )
    assert written("csv", two, fields=("title", "extra.Oplage")) == 'title,extra.Oplage\n"Kop; met, komma",12\n,\n'


def test_csv(two: list[Article]) -> None:
    """A header and a row an article, LF between rows, cells quoted where they must be; the header alone for none."""
    assert written("csv", two) == (
        f"{HEADER}\n"
        '00000000000000aa,a,"Kop; met, komma",2018-06,2018-06-01,2018-06-30,nl,De Krant,An Peeters; Jan Claes,,'
        "https://example.org/a?b=1&c=2,8,pers/a.txt,"
        '"Eerste alinea, ""met"" aanhaling.\n\nTussenkop\n\nTweede alinea."\n'
        "00000000000000bb,b,,,,,,,,,,1,pers/b.txt,Kort.\n"
    )
    assert written("csv", []) == f"{HEADER}\n"
    assert ",".join(FLAT_FIELDS) == HEADER


def test_tsv(two: list[Article]) -> None:
    """Nothing is quoted; tabs, line ends and backslashes are spelled; the header alone for none."""
    header = HEADER.replace(",", "\t")
    assert written("tsv", two) == (
        f"{header}\n"
        "00000000000000aa\ta\tKop; met, komma\t2018-06\t2018-06-01\t2018-06-30\tnl\tDe Krant\tAn Peeters; Jan Claes\t\t"
        "https://example.org/a?b=1&c=2\t8\tpers/a.txt\t"
        'Eerste alinea, "met" aanhaling.\\n\\nTussenkop\\n\\nTweede alinea.\n'
        "00000000000000bb\tb\t\t\t\t\t\t\t\t\t\t1\tpers/b.txt\tKort.\n"
    )
    assert written("tsv", []) == f"{header}\n"
    hostile = written("tsv", [article(title="a\tb\\n\rc")], fields=("title",))
    assert hostile == "title\na\\tb\\\\n\\rc\n"


def test_markdown(two: list[Article]) -> None:
    """A level-2 heading an article, a list of what is known, paragraphs, subheads one level below; nothing for none."""
    assert written("md", two) == (
        "## Kop; met, komma\n"
        "\n"
        "- id: 00000000000000aa\n"
        "- date: 2018-06\n"
        "- language: nl\n"
        "- authors: An Peeters; Jan Claes\n"
        "- outlet: De Krant\n"
        "- url: https://example.org/a?b=1\\&c=2\n"
        "- words: 8\n"
        "- source: pers/a.txt\n"
        "\n"
        'Eerste alinea, "met" aanhaling.\n'
        "\n"
        "### Tussenkop\n"
        "\n"
        "Tweede alinea.\n"
        "\n"
        "## b\n"
        "\n"
        "- id: 00000000000000bb\n"
        "- words: 1\n"
        "- source: pers/b.txt\n"
        "\n"
        "Kort.\n"
    )
    assert written("md", []) == ""


def test_a_name_with_a_line_end_stays_in_its_heading() -> None:
    """A file name can hold a line end; a heading cannot."""
    assert written("md", [article(title=None, name="a\n# b\x1b")]).splitlines()[0] == "## a \\# b\\u001b"


def test_ids(two: list[Article]) -> None:
    """One id a line without a header."""
    assert written("ids", two) == "00000000000000aa\n00000000000000bb\n"
    assert written("ids", []) == ""


FORBIDDEN = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *("\ud800", "\udbff", "\udc80", "\udfff"),
]


def test_json_escapes_everything_that_no_reader_should_meet() -> None:
    """Controls, DEL, C1, bidi controls, line and paragraph separators, half surrogates, in keys too."""
    for sign in FORBIDDEN:
        line = to_json({f"k{sign}": [f"a{sign}é"]})
        assert sign not in line
        assert json.loads(line) == {f"k{sign}": [f"a{sign}é"]}
        line.encode("utf-8")


def test_json_leaves_the_rest_as_it_is() -> None:
    """Letters, emoji and no-break spaces are written as themselves."""
    text = "é œ « » \u00a0 \u202f שלום 👩‍👧 ‘’ \ufffd"
    assert to_json(text) == f'"{text}"'


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_are_guarded_for_spreadsheets(sign: str) -> None:
    """With `--excel` a byte order mark and an apostrophe before what starts a formula; without it neither."""
    cell = f"{sign}1+1"
    assert guard(cell) == f"'{cell}"
    item = article(title=f"{sign}1", outlet="1-1")
    for name in ("csv", "tsv"):
        plain = written(name, [item], fields=("title", "outlet"))
        excel = written(name, [item], fields=("title", "outlet"), excel=True)
        assert not plain.startswith("\ufeff")
        assert excel.startswith("\ufefftitle")
        assert "'" not in plain
        assert excel.count("'") == 1
    assert [guard(safe) for safe in ("1+1", "", "'=1", "＝1")] == ["1+1", "", "'=1", "＝1"]


def test_extra_columns(two: list[Article]) -> None:
    """A column per label of any article, in order of the labels, after the others; lists joined, objects as JSON."""
    two[1].extra["Zone"] = {"a": 1}
    rows = written("csv", two, fields=("id",), extra=True).splitlines()
    assert rows == [
        "id,extra.Foto,extra.Oplage,extra.Zone",
        "00000000000000aa,a; b,12,",
        '00000000000000bb,,,"{""a"": 1}"',
    ]


def test_without_extra_columns_articles_stay_a_stream() -> None:
    """Articles are only held where their labels must be known first."""
    stream = iter([article()])
    assert column_names(stream, WriteOptions(), ("id",)) == (("id",), stream)
    names, held = column_names(stream, WriteOptions(extra=True), ("id",))
    assert (names, len(list(held))) == (("id",), 1)


def test_flat_values() -> None:
    """Nothing for null, `; ` between list items, numbers as such, objects as JSON, the source as its path."""
    item = article(authors=("a", "b"), outlet=None, extra={"n": 1.5, "b": True, "o": {"k": "é"}})
    cells = {name: flat(item, name) for name in ("authors", "outlet", "words", "source", "extra.n", "extra.o")}
    assert cells == {
        "authors": "a; b",
        "outlet": "",
        "words": str(item.words),
        "source": "pers/a.txt",
        "extra.n": "1.5",
        "extra.o": '{"k": "é"}',
    }
    assert json.loads(flat(item, "inference")) == item.to_dict()["inference"]
    assert json.loads(flat(item, "normalization")) == item.to_dict()["normalization"]
    assert json.loads(flat(item, "inference.language")) == item.to_dict()["inference"]["language"]
    chosen = json.loads(written("jsonl", [item], fields=("inference.language", "normalization.blocks", "title.upper")))
    assert chosen == {
        "inference.language": item.to_dict()["inference"]["language"],
        "normalization.blocks": item.to_dict()["normalization"]["blocks"],
        "title.upper": None,
    }


def test_names_and_paths_are_spelled() -> None:
    """A name that is not UTF-8, or that a terminal would obey, is spelled out in flat formats."""
    item = article(name="caf\udce9\x1b[31m", source=source(path="a\u202eb\udc80"))
    row = written("csv", [item], fields=("name", "source"))
    assert row == "name,source\ncaf\\udce9\\u001b[31m,a\\u202eb\\udc80\n"


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (["a", "b"], "a,b\n"),
        (["a,b", 'c"d', "e\nf", "g\rh", "\r\n"], '"a,b","c""d","e\nf","g\rh","\r\n"\n'),
        ([""], '""\n'),
        ([" a ", "é"], " a ,é\n"),
    ],
)
def test_csv_row(cells: list[str], row: str) -> None:
    """Rows end in LF; what would break a row is quoted, a lone CR too."""
    assert csv_row(cells) == row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# geen kop", "\\# geen kop"),
        ("1. geen lijst", "1\\. geen lijst"),
        ("2018) geen lijst", "2018\\) geen lijst"),
        ("in 2018. Toen", "in 2018. Toen"),
        ("- geen lijst", "\\- geen lijst"),
        ("+ geen lijst", "\\+ geen lijst"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("a - b", "a - b"),
        ("<script>", "\\<script\\>"),
        ("[x](y) ![z]", "\\[x\\](y) !\\[z\\]"),
        ("*a* _b_ `c` ~d~ |e|", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\|e\\|"),
        ("&amp;", "\\&amp;"),
        ("a\\b", "a\\\\b"),
        ("regel\n- lijst", "regel\n\\- lijst"),
        ("\x1b[0m\u202e", "\\u001b\\[0m\\u202e"),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    """Signs that Markdown or HTML would take for markup are escaped, at line starts too."""
    assert escape(text) == shown


def test_spelled_leaves_line_ends() -> None:
    """Tabs and line ends are the business of the format."""
    assert spelled("a\tb\nc\rd\x0b\x7f") == "a\tb\nc\rd\\u000b\\u007f"


@pytest.mark.parametrize("name", [*WRITERS])
def test_every_writer_is_complete(name: str) -> None:
    """Each module has its name, a summary and endings that lead back to it."""
    writer = load_writer(name)
    assert name == writer.NAME
    assert writer.SUMMARY
    assert [format_of(f"a{ending}") for ending in writer.ENDINGS] == [name] * len(writer.ENDINGS)
    assert READERS  # formats that load back have a reader of the same name
    if "loads back" in writer.SUMMARY:
        assert name in READERS


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.json", "json"),
        ("a.JSONL", "jsonl"),
        ("b/a.ndjson", "jsonl"),
        ("x.y.csv", "csv"),
        ("a.tab", "tsv"),
        ("a.md", "md"),
    ],
)
def test_the_ending_names_the_format(path: str, name: str) -> None:
    """Whatever its case, and only that of the file."""
    assert format_of(path) == name


@pytest.mark.parametrize("path", ["a", "a.txt", "a.csv/b", "", ".", "csv"])
def test_an_ending_that_names_no_format(path: str) -> None:
    """The formats there are are named."""
    with pytest.raises(UsageError, match="names no format") as error:
        format_of(path)
    assert "jsonl" in error.value.hint


def test_an_unknown_format() -> None:
    """A wrong name is a usage error that lists the right ones."""
    with pytest.raises(UsageError, match="'docx'") as error:
        load_writer("docx")
    assert isinstance(error.value, CorpusToolError)
    assert "json, jsonl, csv" in error.value.hint


def test_writers_stream(tmp_path: Path) -> None:
    """Each article is written before the next is asked for."""
    for name in ("jsonl", "json", "csv", "tsv", "md", "ids"):
        out, sizes = io.BytesIO(), []

        def given(out: io.BytesIO = out, sizes: list[int] = sizes) -> object:
            for item in (article(), article(id="f" * 16), article(id="e" * 16)):
                sizes.append(out.tell())
                yield item

        load_writer(name).write(given(), out, WriteOptions())
        assert sizes == sorted(set(sizes)), name
