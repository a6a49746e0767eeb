"""`corpus-tool export`: articles into files that other programs take."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl

KEPT = "id,date,language,words,title"


def test_two_documents_survive_csv(ct: Run, two: Path, tmp_path: Path) -> None:
    """The walkthrough: `export -o x.csv`, then `list x.csv`: the same ids, dates, languages, words."""
    before = ct("list", two)
    assert ct("export", two, "-o", tmp_path / "x.csv").code == 0
    assert ct("list", tmp_path / "x.csv").out == before.out


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "tsv"])
def test_exports_load_back_as_the_same_articles(ct: Run, tmp_path: Path, ending: str) -> None:
    """What is written is read again as the same articles, in the same order, every value of the flat row."""
    file = tmp_path / f"press.{ending}"
    assert ct("export", "seeds", *PLAIN, "-o", file).code == 0
    asked = ("--fields", "id,name,title,date,language,outlet,authors,section,url,words,source,text", *PLAIN)
    assert ct("list", file, *asked).out == ct("list", "seeds", *asked).out


def test_stdout_is_json_lines_or_the_format_named(ct: Run) -> None:
    """Without -o: JSON Lines; --json a list; the same bytes as into a file."""
    lines = ct("export", "seeds/databases", *PLAIN)
    assert len(lines.jsonl) == 6
    assert ct("export", "seeds/databases", *PLAIN, "--json").json == lines.jsonl
    for form in ("csv", "tsv", "md", "ids"):
        assert ct("export", "seeds/databases", *PLAIN, "--format", form).code == 0
    ct("export", "seeds/databases", *PLAIN, "--format", "txt").failed(2, "-o texts/")


def test_existing_file_is_refused_before_reading(ct: Run, tmp_path: Path) -> None:
    """The negative case: exit 1, `--force` named, content as it was; --force replaces it."""
    (tmp_path / "press.csv").write_text("mine")
    done = ct("export", "seeds/", "-o", tmp_path / "press.csv").failed(1, "exists", "--force overwrites it")
    assert "article" not in done.err
    assert (tmp_path / "press.csv").read_text() == "mine"
    assert ct("export", "seeds/", "-o", tmp_path / "press.csv", "--force", *PLAIN).code == 0
    assert (tmp_path / "press.csv").read_text().startswith("id,")
    assert [path.name for path in tmp_path.iterdir()] == ["press.csv"]


def test_folder_of_texts_with_a_metadata_table(ct: Run, tmp_path: Path) -> None:
    """`-o FOLDER/`: one file per article, metadata.csv names each; a folder with something in it is refused."""
    folder = tmp_path / "texts"
    assert ct("export", "seeds/databases", *PLAIN, "-o", f"{folder}/").code == 0
    with open(folder / "metadata.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert {row["file"] for row in rows} == {path.name for path in folder.glob("*.txt")}
    assert all((folder / row["file"]).read_text().startswith(row["title"]) for row in rows)
    ct("export", "seeds/agency", *PLAIN, "-o", f"{folder}/").failed(1, "not empty", "--force")
    assert ct("export", "seeds/agency", *PLAIN, "-o", f"{folder}/", "--format", "md", "--force").code == 0
    ct("export", "seeds/agency", *PLAIN, "-o", f"{folder}/", "--format", "csv").failed(2, "is a folder")


def test_spreadsheets_meet_no_formula(ct: Run, tmp_path: Path) -> None:
    """`--excel`: a byte order mark, and a title that looks like a formula is guarded."""
    source = write_jsonl(tmp_path / "a.jsonl", article(1, title="=HYPERLINK(1)"))
    data = ct("export", source, *PLAIN, "--format", "csv", "--excel", "--fields", "title").stdout
    assert data == b"\xef\xbb\xbftitle\n'=HYPERLINK(1)\n"
    assert ct("export", source, *PLAIN, "--format", "csv", "--fields", "title").out == "title\n=HYPERLINK(1)\n"


def test_extra_labels_become_columns(ct: Run) -> None:
    """`--extra`: a column for every label that is no field of ours."""
    header = ct("export", "seeds/headers", *PLAIN, "--format", "csv", "--extra").lines[0].split(",")
    assert header[-2:] == ["extra.Mots-clés", "extra.Pagina"]


def test_unknown_ending_and_format(ct: Run, tmp_path: Path) -> None:
    """A file name that names no format: exit 2 and the formats there are; nothing is made."""
    ct("export", "seeds", "-o", tmp_path / "x.xslx").failed(2, "x.xslx", "csv, tsv")
    ct("export", "seeds", "-o", tmp_path / "x", "--format", "excel").failed(2, "'excel'", "csv")
    ct("export", "seeds", *PLAIN, "-o", tmp_path / "none" / "x.csv").failed(1, "no folder")
    assert list(tmp_path.iterdir()) == []


def test_conditions_and_order_apply(ct: Run) -> None:
    """Export takes the conditions and the order of `list`."""
    rows = ct("export", "seeds", *PLAIN, "--since", "2023", "--sort", "date", "-r", "-n", "3").jsonl
    dates = [row["date"] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert len(rows) == 3
    assert ct("export", "seeds/agency", *PLAIN, "--on", "1950", "-e").code == 1


def test_tabs_and_line_ends_are_spelled_in_tsv(ct: Run, tmp_path: Path) -> None:
    r"""A value's line ends are `\n` in TSV: one line an article."""
    source = write_jsonl(tmp_path / "a.jsonl", {"text": "Eerste alinea van de krant.\n\nTweede alinea van de krant."})
    done = ct("export", source, *PLAIN, "--format", "tsv", "--fields", "text")
    assert done.lines == ["text", "Eerste alinea van de krant.\\n\\nTweede alinea van de krant."]


def test_receipt_of_standard_input_has_its_checksum(ct: Run, tmp_path: Path) -> None:
    """A stream's articles cannot know its checksum; the receipt has it."""
    import hashlib

    data = json.dumps(article(1)).encode()
    assert ct("export", "-", *PLAIN, "--receipt", tmp_path / "r.json", stdin=data).code == 0
    row = json.loads((tmp_path / "r.json").read_text())["files"][0]
    assert (row["path"], row["sha256"]) == ("-", hashlib.sha256(data).hexdigest())


@pytest.fixture
def stored(ct: Run, tmp_path: Path) -> Path:
    """A folder of two files, one of them not in UTF-8, as a corpus file."""
    (tmp_path / "bron").mkdir()
    write_jsonl(tmp_path / "bron" / "a.jsonl", article(1, date="2018-06-20", title="Kop"), article(2, plaats="Gent"))
    (tmp_path / "bron" / "b.txt").write_bytes("Het café van Liège gaat één dag dicht, zegt de stad.".encode("cp1252"))
    ct("add", tmp_path / "pers.db", tmp_path / "bron", *PLAIN)
    return tmp_path / "pers.db"


@pytest.mark.parametrize(
    "how",
    [
        ["--format", "jsonl"],
        ["--format", "json", "--raw"],
        ["--format", "csv", "--extra"],
        ["--format", "tsv"],
        ["--format", "md"],
    ],
)
def test_a_corpus_file_is_exported_as_its_sources_are(ct: Run, stored: Path, how: list[str]) -> None:
    """Byte for byte, raw records included; two corpus files as one that holds both."""
    raw = ct("export", stored.with_name("bron"), *how, *PLAIN)
    assert raw.code == 0
    assert ct("export", stored, *how).stdout == raw.stdout
    ct("add", stored.with_name("a.db"), stored.with_name("bron") / "a.jsonl", *PLAIN)
    ct("add", stored.with_name("b.db"), stored.with_name("bron") / "b.txt", *PLAIN)
    assert ct("export", stored.with_name("a.db"), stored.with_name("b.db"), *how).stdout == raw.stdout


@pytest.mark.parametrize("raw", [True, False])
def test_an_export_that_is_added_is_the_same_corpus(ct: Run, stored: Path, raw: bool) -> None:
    """Every field; the bytes of the records too where the export carries them."""
    ct("export", stored, "-o", stored.with_name("uit.jsonl"), *(["--raw"] if raw else []))
    again = stored.with_name("weer.db")
    assert ct("add", again, stored.with_name("uit.jsonl")).code == 0
    assert ct("export", again).out == ct("export", stored).out
    for folder in ("bron",):
        stored.with_name(folder).rename(stored.with_name("weg"))
    for name in ("a", "a#2", "b"):
        shown = ct("show", again, name, "--raw")
        if raw:
            assert shown.stdout == ct("show", stored, name, "--raw").stdout
        else:
            shown.failed(1, "cannot be read")


def test_a_folder_of_files_from_a_corpus_file(ct: Run, stored: Path) -> None:
    """One file an article, with its table, as from the sources."""
    for source, target in ((stored, "een"), (stored.with_name("bron"), "twee")):
        more = () if source == stored else PLAIN
        assert ct("export", source, "-o", f"{stored.parent}/{target}/", "--format", "txt", *more).code == 0
    one, two = ({path.name: path.read_bytes() for path in stored.with_name(name).iterdir()} for name in ("een", "twee"))
    assert one == two
    assert len(one) == 4
