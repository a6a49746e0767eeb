"""`corpus-tool check`: a whole file, a harmed one, one that is no corpus."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.cli.check_command import CheckProgress, progress_line
from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, article, write_jsonl

ARTICLES = 30
NAMES = ["schema", "pages", "references", "counts", "articles", "records", "offsets", "runs", "links", "index"]


@pytest.fixture
def corpus(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of thirty articles."""
    source = write_jsonl(tmp_path / "bron.jsonl", *(article(n) for n in range(ARTICLES)))
    path = tmp_path / "pers.db"
    assert ct("add", path, source, *PLAIN, "-q").code == 0
    return path


def change(path: Path, sql: str) -> None:
    """Change a file behind the back of corpus-tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


def test_a_whole_file(ct: Run, corpus: Path) -> None:
    """Each step is a row with its count; the file is as it was, and nothing lies beside it."""
    before = corpus.read_bytes()
    done = ct("check", corpus)
    assert done.code == 0
    assert [row["step"] for row in done.tsv] == NAMES
    assert {row["outcome"] for row in done.tsv} == {"whole"}
    assert [row["checked"] for row in done.tsv if row["step"] in ("articles", "records", "offsets")] == ["30"] * 3
    assert done.err == f"corpus-tool: {corpus} is whole\n"
    assert corpus.read_bytes() == before
    assert [path.name for path in corpus.parent.glob("pers.db*")] == ["pers.db"]


def test_a_table_for_a_person(ct: Run, corpus: Path) -> None:
    """One line a step, in 80 columns, with one thing in the singular."""
    done = ct("check", corpus, "--format", "table", "-q")
    assert done.err == ""
    assert done.lines[0] == str(corpus) or done.lines[0] in str(corpus)
    steps = [line.split() for line in done.lines if line.startswith("  ")]
    assert [words[:2] for words in steps] == [[name, "whole"] for name in NAMES]
    assert ["runs", "whole", "1", "run"] in steps
    assert max(map(len, done.lines)) <= 80


def test_damage_is_counted_and_the_first_of_it_shown(ct: Run, corpus: Path) -> None:
    """Twenty of a kind with their articles, all in the count; what to try next; exit code 3."""
    change(corpus, "UPDATE articles SET title = 'Anders'")
    done = ct("check", corpus, "--json", "-q")
    assert done.code == 3
    [report] = done.json
    assert report["whole"] is False
    step = next(step for step in report["steps"] if step["step"] == "articles")
    assert (step["outcome"], step["problems"], len(step["shown"])) == ("damaged", ARTICLES, 20)
    assert step["kinds"] == {"digest": ARTICLES}
    assert {len(problem["article"]) for problem in step["shown"]} == {16}
    assert "add" in step["next"]
    assert "is damaged" in done.err

    table = ct("check", corpus, "--format", "table")
    assert table.code == 3
    assert "and 10 more [digest]" in table.out
    assert max(map(len, table.lines)) <= 80
    rows = ct("check", corpus).tsv
    shown = [row for row in rows if row["outcome"] == "problem" and row["article"]]
    assert {row["article"] for row in shown if row["step"] == "articles"} == {
        problem["article"] for problem in step["shown"]
    }


def test_the_advice_for_the_index_helps(ct: Run, corpus: Path) -> None:
    """An index out of step is told with the statement that makes it anew, and after it the file is whole."""
    change(
        corpus, "INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', 1, NULL, 'trein Gent')"
    )
    done = ct("check", corpus, "--json")
    assert done.code == 3
    [advice] = {step["next"] for step in done.json[0]["steps"] if step["step"] == "index"}
    statement = advice.partition('"')[2].rpartition('"')[0]
    change(corpus, statement)
    assert ct("check", corpus).code == 0


def test_quick(ct: Run, corpus: Path) -> None:
    """Fewer steps: no article is read, so that a changed value is not seen."""
    change(corpus, "UPDATE articles SET section = 'Anders'")
    done = ct("check", corpus, "--quick")
    assert done.code == 0
    assert [row["step"] for row in done.tsv] == ["schema", "pages", "counts", "runs"]
    assert ct("check", corpus).code == 3


def test_several_files(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """All are checked, and the worst gives the exit code."""
    other = tmp_path / "ander.db"
    other.write_bytes(corpus.read_bytes())
    change(other, "UPDATE articles SET words = 1 WHERE number = 3")
    done = ct("check", corpus, other, "--json")
    assert done.code == 3
    assert [(report["corpus"], report["whole"]) for report in done.json] == [(str(corpus), True), (str(other), False)]


def test_a_broken_off_run_is_a_notice(ct: Run, corpus: Path) -> None:
    """It is told, and the file is whole."""
    change(corpus, "UPDATE runs SET ended = NULL")
    done = ct("check", corpus)
    assert done.code == 0
    [notice] = [row for row in done.tsv if row["outcome"] == "notice"]
    assert (notice["step"], "broken off" in notice["what"]) == ("runs", True)


def test_a_torn_file_is_reported(ct: Run, corpus: Path) -> None:
    """A file without its end cannot be opened; that is its damage, in the report too."""
    for kept in (0.5, 0.77):
        data = corpus.read_bytes()
        corpus.write_bytes(data[: int(len(data) * kept)])
        done = ct("check", corpus, "--json")
        assert done.code == 3
        assert done.json[0]["whole"] is False
        assert done.json[0]["steps"][0]["outcome"] == "damaged"


def test_what_is_no_corpus_file(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """It is refused before anything is checked: 1 for another kind of file, 2 for one that is not there."""
    text = tmp_path / "a.txt"
    text.write_text("Geen corpus.")
    ct("check", text).failed(1, "no corpus file")
    ct("check", corpus, text).failed(1, "no corpus file")
    ct("check", tmp_path / "weg.db").failed(2, "does not exist")
    ct("check").failed(2, "Usage")


def test_hostile_names_do_not_reach_the_terminal(ct: Run, corpus: Path) -> None:
    """Escapes in a harmed file, and in its name, are shown as text."""
    path = corpus.rename(corpus.parent / "a\x1b[31mb.db")
    change(path, 'CREATE TABLE "x\x1b]0;y\x07" (z)')
    change(path, "UPDATE articles SET id = 'x\x1b[2Jy' WHERE number = 1")
    for form in ("table", "tsv", "json"):
        done = ct("check", path, "--format", form)
        assert done.code == 3
        assert form == "json" or not CONTROLS.search(done.out.replace("\t", "").replace("\n", ""))
        assert not CONTROLS.search(done.err.replace("\n", ""))


@pytest.mark.parametrize("command", ["list", "show", "export", "info"])
def test_other_commands_end_in_words(ct: Run, corpus: Path, command: str) -> None:
    """Whatever is overwritten, no command ends with a traceback or a fault of its own."""
    data = corpus.read_bytes()
    identifier = ct("list", corpus, "--format", "ids").lines[3]
    more = [identifier] if command == "show" else ["--format", "jsonl", "--raw"] if command == "export" else []
    for at in range(97, len(data), len(data) // 40):
        corpus.write_bytes(data[:at] + bytes([data[at] ^ 0x81, data[at + 1] ^ 0xFF]) + data[at + 2 :])
        done = ct(command, corpus, *more)
        assert done.code in (0, 1, 2, 3), at
        assert "Traceback" not in done.err
        assert "a fault of corpus-tool" not in done.err, at


def test_progress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn in the first second of a step; then how far it is; and the line is taken away."""
    clock = iter([0.0, 0.5, 2.0, 2.1, 9.0])
    monkeypatch.setattr("corpus_tool.cli.check_command.time.monotonic", lambda: next(clock))
    progress = CheckProgress()
    for done in (10, 20, 30):
        progress("articles", done, 100)
    progress.clear()
    assert capsys.readouterr().err == "\r\x1b[Karticles · 20 of 100 · 13/s · 6 s left\r\x1b[K"
    progress("index", 0, 0)
    progress.clear()
    assert capsys.readouterr().err == ""
    assert progress_line("index", 0, 0, 12.3) == "index · 12 s"
