"""`corpus-tool add`: keep articles in a corpus file."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, ROOT, article, write_jsonl


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with two files, of which one has a damaged line."""
    folder = tmp_path / "bron"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", article(1, date="2018-06-20"), article(2))
    with open(folder / "b.jsonl", "w") as file:
        file.write(f"{json.dumps(article(3))}\n{{kapot\n{json.dumps(article(1, date='2018-06-20'))}\n")
    return folder


def test_two_documents(ct: Run, two: Path, tmp_path: Path) -> None:
    """The user's documents: listed as they are listed from their folder."""
    path = tmp_path / "pers.db"
    done = ct("add", path, two)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"corpus-tool: 2 articles from 2 files → {path} (2 in all)\n"
    assert ct("list", path).out == ct("list", two).out
    assert ct("list", path, "--json").out == ct("list", two, "--json").out
    for name in ("000", "003"):
        assert ct("show", path, name, "--raw").stdout == ct("show", two, name, "--raw").stdout
        assert ct("show", path, name, "--explain").out == ct("show", two, name, "--explain").out


def test_new_and_again(ct: Run, source: Path, tmp_path: Path) -> None:
    """What is new is counted, what is known beside it; the second time nothing is added. Damage is exit code 3."""
    path = tmp_path / "pers.db"
    done = ct("add", path, source, *PLAIN)
    assert (done.code, done.out) == (3, "")
    assert f"rejected: {source}/b.jsonl, record 2, line 2" in done.err
    sums = "3 articles from 2 files · 1 already known · 1 rejected · 1 notice"
    assert done.err.endswith(f"corpus-tool: {sums} → {path} (3 in all)\n")
    before = path.read_bytes()
    again = ct("add", path, source, *PLAIN)
    assert again.code == 3
    assert "corpus-tool: 0 articles from 2 files · 4 already known · 1 rejected" in again.err
    assert again.err.endswith("(3 in all)\n")
    assert path.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["bron", "pers.db"]
    quiet = ct("add", path, source / "a.jsonl", *PLAIN, "-q")
    assert (quiet.code, quiet.err) == (0, "")


def test_a_missing_source_leaves_no_file(ct: Run, source: Path, tmp_path: Path) -> None:
    """Said before anything is made, also where another source is there."""
    for sources in (["weg/"], [source, "weg/"], [source, "weg-*.txt"]):
        ct("add", tmp_path / "pers.db", *sources, *PLAIN).failed(2, str(sources[-1]))
    assert os.listdir(tmp_path) == ["bron"]


def test_what_is_missing_in_the_command(ct: Run, tmp_path: Path) -> None:
    """Without arguments help with three examples; with one, what the sources are is asked."""
    assert ct("add").failed(2, "Usage: corpus-tool add").err.count("  corpus-tool add ") >= 3
    ct("add", tmp_path / "pers.db").failed(2, "what is to be added", "corpus-tool add press.db dump/")
    assert os.listdir(tmp_path) == []


def test_bad_options_leave_no_file(ct: Run, source: Path, tmp_path: Path) -> None:
    """A bad value stops the command before the file is made."""
    for option in (
        ["--detector", "geen"],
        ["--jobs", "x"],
        ["--jobs", "-1"],
        ["--encoding", "x"],
        ["--input-format", "x"],
    ):
        ct("add", tmp_path / "pers.db", source, *option).failed(2)
    ct("add", tmp_path / "pers.db", source, "--config", tmp_path / "weg.yaml").failed(2)
    assert os.listdir(tmp_path) == ["bron"]


@pytest.mark.parametrize("kind", ["text", "empty", "folder", "database", "no-folder"])
def test_where_something_else_stands(ct: Run, source: Path, tmp_path: Path, kind: str) -> None:
    """It is told what it is, and left as it is."""
    path = tmp_path / "pers.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "database":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE articles (id)")
    elif kind == "no-folder":
        path = tmp_path / "weg" / "pers.db"
    else:
        path.write_text("Een artikel." if kind == "text" else "")
    before = path.read_bytes() if path.is_file() else None
    words = {"text": "no corpus file", "empty": "empty", "folder": "a folder", "database": "another database"}
    ct("add", path, source, *PLAIN).failed(1, words.get(kind, "is no folder"))
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not (tmp_path / "weg").exists()


def test_a_corpus_file_is_not_added_to_itself(ct: Run, source: Path, tmp_path: Path) -> None:
    """By whatever name; nothing is lost."""
    path = tmp_path / "pers.db"
    ct("add", path, source / "a.jsonl", *PLAIN)
    for itself in (path, tmp_path / "." / "bron" / ".." / "pers.db"):
        ct("add", path, itself).failed(1, "cannot be added to itself")
    assert len(ct("list", path).lines) == 3


def test_corpus_files_are_joined(ct: Run, source: Path, tmp_path: Path) -> None:
    """One into another, and among raw sources; another database gives nothing."""
    ct("add", tmp_path / "a.db", source / "a.jsonl", *PLAIN)
    ct("add", tmp_path / "b.db", source / "b.jsonl", *PLAIN)
    with closing(sqlite3.connect(tmp_path / "vreemd.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    done = ct("add", tmp_path / "alle.db", tmp_path / "a.db", tmp_path / "b.db", tmp_path / "vreemd.db")
    assert done.code == 0
    assert "3 articles from 3 files · 1 already known · 1 skipped" in done.err
    ct("add", tmp_path / "raw.db", source, *PLAIN)
    ids = ("--format", "ids", "-q")
    assert ct("list", tmp_path / "alle.db", *ids).out == ct("list", tmp_path / "raw.db", *ids).out
    done = ct("add", tmp_path / "a.db", source / "b.jsonl", tmp_path / "b.db", *PLAIN)
    assert "1 article from 2 files · 3 already known" in done.err


def test_reading_options_are_refused_where_nothing_is_read(ct: Run, source: Path, tmp_path: Path) -> None:
    """Of corpus files alone; among raw sources they hold for these."""
    ct("add", tmp_path / "a.db", source / "a.jsonl", *PLAIN)
    ct("add", tmp_path / "alle.db", tmp_path / "a.db", *PLAIN).failed(2, "--detector", "corpus-tool refresh")
    assert not (tmp_path / "alle.db").exists()
    assert ct("add", tmp_path / "alle.db", tmp_path / "a.db", source / "a.jsonl", *PLAIN).code == 0


@pytest.mark.parametrize("jobs", ["0", "1", "2"])
def test_jobs(ct: Run, tmp_path: Path, jobs: str) -> None:
    """As many as fit, one, two: the same articles."""
    done = ct("add", tmp_path / "pers.db", "seeds/databases", *PLAIN, "--jobs", jobs)
    assert (done.code, len(ct("list", tmp_path / "pers.db").lines)) == (0, 7)


def test_the_receipt(ct: Run, source: Path, tmp_path: Path) -> None:
    """It says of every file what became of it, and in sum what was stored and what was known."""
    for name, stored in (("een.json", 3), ("twee.json", 0)):
        ct("add", tmp_path / "pers.db", source, *PLAIN, "--receipt", tmp_path / name)
        receipt = json.loads((tmp_path / name).read_text())
        totals = receipt["totals"]
        assert (totals["records"], totals["stored"], totals["known"], totals["rejected"]) == (
            stored,
            stored,
            4 - stored,
            1,
        )
        assert [file["records"] + file["known"] + file["rejected"] for file in receipt["files"]] == [2, 3]
        assert receipt["options"]["corpus"] == str(tmp_path / "pers.db")
    ct("add", tmp_path / "x.db", source, *PLAIN, "--receipt", tmp_path / "een.json").failed(1, "--force")
    assert not (tmp_path / "x.db").exists()


def test_strict(ct: Run, source: Path, tmp_path: Path) -> None:
    """The first trouble stops it, with the place."""
    done = ct("add", tmp_path / "pers.db", source, *PLAIN, "--strict").failed(
        1, "b.jsonl, record 2, line 2", "[bad-record]"
    )
    assert done.err.count("rejected") == 0


def test_standard_input(ct: Run, tmp_path: Path) -> None:
    """Kept byte for byte, though it is gone."""
    data = (ROOT / "seeds/encodings/2018-07-16_champions-du-monde.txt").read_bytes()
    path = tmp_path / "pers.db"
    done = ct("add", path, "-", *PLAIN, stdin=data)
    assert (done.code, done.err.splitlines()[-1]) == (0, f"corpus-tool: 1 article from 1 file → {path} (1 in all)")
    assert ct("show", path, "--raw").stdout == data
    assert "1 already known" in ct("add", path, "-", *PLAIN, stdin=data).err


def test_names_that_a_terminal_would_act_on(ct: Run, source: Path, tmp_path: Path) -> None:
    """Escapes in the name of the corpus file are shown, not sent."""
    done = ct("add", tmp_path / "\x1b[31mrood.db", source / "a.jsonl", *PLAIN)
    assert (done.code, "\x1b" in done.err, "rood.db (2 in all)" in done.err) == (0, False, True)
    assert "\x1b" not in ct("add", source / "\x1b[31m.txt", "weg/").err


def test_odd_names_are_found_again(ct: Run, tmp_path: Path) -> None:
    """A file name that is no UTF-8: its article is found by name, by the beginning of it, and by its source."""
    odd = "caf\udce9"
    (tmp_path / "bron").mkdir()
    for name in (odd, "ander"):
        (tmp_path / "bron" / f"{name}.txt").write_text(
            f"Een stuk over de trein naar {name.encode('utf-8', 'replace')!r}."
        )
    path = tmp_path / "pers.db"
    assert ct("add", path, tmp_path / "bron", *PLAIN).code == 0
    raw = ct("show", tmp_path / "bron", odd, *PLAIN, "--json").json
    assert ct("show", path, odd, "--json").json == ct("show", path, "caf", "--json").json == raw
    assert [row["id"] for row in ct("list", path, "--source", f"{odd}.txt").tsv] == [raw[0]["id"]]
    assert ct("show", path, "\udcff").failed(1, "no article").code == 1
