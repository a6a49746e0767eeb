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
