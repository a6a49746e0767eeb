"""`corpus-tool info`: what a corpus file holds, for a person and for a program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, article, write_jsonl


@pytest.fixture
def corpus(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of forty articles: of twelve outlets, four of them without a date."""
    records = [
        article(
            n, outlet=f"Krant {n % 12:02}", language="nl" if n % 4 else "fr", **({"date": "2018-06"} if n > 3 else {})
        )
        for n in range(40)
    ]
    path = tmp_path / "pers.db"
    source = write_jsonl(tmp_path / "bron.jsonl", *records)
    assert ct("add", path, source, *PLAIN, "-q").code == 0
    return path


def test_forms_agree(ct: Run, corpus: Path) -> None:
    """TSV has a row for every number that JSON has."""
    [data] = ct("info", corpus, "--json").json
    rows = ct("info", corpus).tsv
    of = {what: [row for row in rows if row["what"] == what] for what in {row["what"] for row in rows}}
    assert (of["articles"][0]["articles"], of["articles"][0]["words"]) == (str(data["articles"]), str(data["words"]))
    for name in ("languages", "years", "outlets", "formats"):
        assert [(row["name"], row["articles"]) for row in of[name.removesuffix("s")]] == [
            (group["name"], str(group["articles"])) for group in data[name]
        ]
    assert [run["command"] for run in data["runs"]] == [row["name"] for row in of["run"]] == ["add"]
    assert data["bytes"] == corpus.stat().st_size
    assert (data["hash"], data["sizes"]) == (None, None)


def test_a_page_for_a_person(ct: Run, corpus: Path) -> None:
    """In 80 columns: sums, tables by language, year and outlet, the largest ten of them, the run."""
    done = ct("info", corpus, "--format", "table")
    assert done.code == 0
    assert max(map(len, done.lines)) <= 80
    assert not any(line.endswith(" ") for line in done.lines)
    text = " ".join(done.out.split())
    assert "articles 40 · " in text
    assert "4 undated" in text
    assert "nl 30 " in text
    assert "2018 36 " in text
    assert "undated 4 " in text
    assert "Krant 09" in text
    assert "Krant 10" not in text
    assert "and 2 more, with 6" in text
    assert "stored 40" in text


def test_hash_and_sizes(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """The hash is that of another file with the same articles; sizes tell text, records and pages."""
    copy = tmp_path / "kopie.db"
    assert ct("add", copy, corpus, "-q").code == 0
    first, second = ct("info", corpus, copy, "--hash", "--sizes", "--json").json
    assert first["hash"] == second["hash"]
    assert len(first["hash"]) == 64
    assert first["sizes"]["raw_records"] == 40
    table = ct("info", corpus, "--format", "table", "--hash", "--sizes")
    assert first["hash"] in table.out
    assert "raw records  40" in table.out
    assert max(map(len, table.lines)) <= 80


def test_many_runs_are_cut_for_a_person_only(ct: Run, corpus: Path) -> None:
    """A terminal shows the last five; a program gets all."""
    with closing(sqlite3.connect(corpus, isolation_level=None)) as connection:
        for n in range(9):
            connection.execute(
                "INSERT INTO runs VALUES (NULL, 'set', '0.1.0', '{}', ?, NULL, NULL)", (f"2030-01-0{n + 1}",)
            )
    table = " ".join(ct("info", corpus, "--format", "table").out.split())
    assert table.count("goes on, or was broken off") == 5
    assert "and 5 earlier" in table
    assert len(ct("info", corpus, "--json").json[0]["runs"]) == 10


def test_an_empty_corpus(ct: Run, tmp_path: Path) -> None:
    """A file without articles is told as such."""
    from corpus_tool.corpus import Corpus

    Corpus.create(tmp_path / "leeg.db").close()
    done = ct("info", tmp_path / "leeg.db", "--format", "table", "--hash", "--sizes")
    assert done.code == 0
    assert "articles     0 · 0 words" in done.out


def test_names_that_a_terminal_would_act_on(ct: Run, tmp_path: Path) -> None:
    """Escapes in outlets and paths are shown as text."""
    source = write_jsonl(tmp_path / "a\x1b[2J.jsonl", article(1, outlet="Krant"))
    path = tmp_path / "b\x1b[31m.db"
    assert ct("add", path, source, *PLAIN, "-q").code == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE articles SET outlet = 'K\x1b]0;x\x07'")
        connection.execute("UPDATE runs SET command = 'a\x1b[1m', options = '{\"a\": \"\x9b\"}'")
    done = ct("info", path, "--format", "table")
    assert done.code == 0
    assert not CONTROLS.search(done.out.replace("\n", ""))


def test_mistakes(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """No file, one that is not there, and one that is no corpus."""
    ct("info").failed(2, "Usage")
    ct("info", tmp_path / "weg.db").failed(2, "does not exist")
    ct("info", corpus, tmp_path / "bron.jsonl").failed(1, "no corpus file")


def test_links(ct: Run, tmp_path: Path) -> None:
    """What `dedupe` and `twins` keep is counted, once they were asked for; and whether it holds for all articles."""
    path = tmp_path / "pers.db"
    ct("add", path, "docs/examples/agency.jsonl")
    assert ct("info", path, "--json").json[0]["links"] == {}
    ct("dedupe", path)
    ct("twins", path)
    ct("remove", path, "agency#4", "--yes")
    links = ct("info", path, "--json").json[0]["links"]
    assert links["duplicates"] == {"found": 1, "up_to_date": False}
    assert links["twins"] == {"found": 0, "up_to_date": False}
    assert "1 repeat another article · articles came or changed since" in ct("info", path, "--format", "table").out
