"""`corpus-tool dedupe`, and the conditions that follow from it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, write_jsonl
from tests.unit.test_deduplicating import text

FIRST, COPY, EDITED, OTHER = (text(1), text(1), text(1, changed=5), text(2))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A report in print and a day later online; once more with other words at its end; and another text."""
    return write_jsonl(
        tmp_path / "pers.jsonl",
        {"text": FIRST, "title": "Brug dicht", "date": "2018-06-20", "outlet": "De Ster"},
        {"text": COPY, "title": "Brug blijft dicht", "date": "2018-06-21", "outlet": "Ster online"},
        {"text": EDITED, "title": "De brug", "date": "2018-06-29", "outlet": "De Ster"},
        {"text": OTHER, "title": "Iets anders", "date": "2018-06-20", "outlet": "De Ster"},
    )


@pytest.fixture
def corpus(ct: Run, source: Path, tmp_path: Path) -> Path:
    """The same in a corpus file."""
    path = tmp_path / "pers.db"
    assert ct("add", path, source, *PLAIN).code == 0
    return path


def names(ct: Run, *arguments: object) -> list[str]:
    """The names that a listing gives."""
    return ct("list", *arguments, "--fields", "name").lines[1:]


def test_rows_in_a_pipe(ct: Run, source: Path, corpus: Path) -> None:
    """The same from raw sources and from a corpus file: what repeats what, how much, and the two dates."""
    raw, kept = ct("dedupe", source, *PLAIN), ct("dedupe", corpus)
    assert raw.code == kept.code == 0
    assert raw.stdout == kept.stdout
    rows = {row["name"]: row for row in kept.tsv}
    assert rows.keys() == {"pers#2", "pers#3"}
    assert [rows["pers#2"][name] for name in ("kind", "repeats_name", "jaccard", "date", "repeats_date")] == [
        "equal", "pers", "1.0", "2018-06-21", "2018-06-20",
    ]  # fmt: skip
    assert rows["pers#3"]["kind"] == "near"
    assert 0.8 <= float(rows["pers#3"]["jaccard"]) < 1
    assert "4 articles from 1 file → 2 repeat another one; not kept" in raw.err
    assert kept.err == "corpus-tool: 4 articles from 1 file → 2 repeat another one\n"


@pytest.mark.parametrize("command", ["list", "filter", "export", "stats", "freq", "kwic", "search"])
def test_conditions_on_every_command(ct: Run, source: Path, corpus: Path, command: str) -> None:
    """Each command looks at those that repeat no other article, or at the others; on raw sources as in the file."""
    ct("dedupe", corpus)
    last = {"kwic": ["ber*"], "search": ["ber*"]}.get(command, [])
    order = ["-n", "9"] if command == "search" else []
    for condition, count in (("--canonical", "2 of 4"), ("--duplicates", "2 of 4")):
        raw = ct(command, source, *last, condition, *order, *PLAIN)
        kept = ct(command, corpus, *last, condition, *order)
        assert (raw.code, raw.stdout) == (kept.code, kept.stdout)
        assert raw.code == 0
        if command in ("list", "filter", "stats", "freq"):
            assert count in kept.err
            assert count in raw.err


def test_canonical_and_duplicates_part_the_corpus(ct: Run, source: Path, corpus: Path) -> None:
    """Each article meets one of them; the earliest of a cluster is no duplicate."""
    ct("dedupe", corpus)
    assert names(ct, corpus, "--canonical") == ["pers", "pers#4"]
    assert names(ct, corpus, "--duplicates") == ["pers#2", "pers#3"]
    assert names(ct, source, "--duplicates", "--outlet", "Ster online", *PLAIN) == ["pers#2"]


def test_the_others_with_their_reason(ct: Run, source: Path, corpus: Path, tmp_path: Path) -> None:
    """Those left out are kept with what they repeat; into a corpus file go the same ones."""
    ct("dedupe", corpus)
    first = ct("list", corpus, "-n", "1", "--format", "ids").lines[0]
    for number, name in enumerate((source, corpus)):
        others, out = tmp_path / f"o{number}.jsonl", tmp_path / f"o{number}.db"
        more = PLAIN if name == source else ()
        done = ct("filter", name, "--canonical", "--others", others, *more)
        assert [record["name"] for record in done.jsonl] == ["pers", "pers#4"]
        reasons = [json.loads(line)["reason"] for line in others.read_text().splitlines()]
        assert reasons == [f"it repeats {first}"] * 2
        assert ct("filter", name, "--canonical", "-o", out, *more).code == 0
        assert names(ct, out) == ["pers", "pers#4"]


def test_where_nobody_looked(ct: Run, corpus: Path) -> None:
    """It is an error that says what to do first, before anything is written."""
    for command in ("list", "filter", "stats"):
        done = ct(command, corpus, "--canonical").failed(1, "duplicates were not looked for")
        assert f"look for them: corpus-tool dedupe {corpus}" in " ".join(done.err.split())
    ct("remove", corpus, "--duplicates", "--yes").failed(1, "duplicates were not looked for")


def test_articles_that_came_since(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """`add` brings the result up to date; where it is told not to, every command warns."""
    ct("dedupe", corpus, "--window", "3d")
    more = write_jsonl(tmp_path / "meer.jsonl", {"text": OTHER, "date": "2018-06-22"}, {"text": FIRST, "date": "2019"})
    done = ct("add", corpus, more, *PLAIN)
    assert "duplicates brought up to date" in done.err
    assert names(ct, corpus, "--duplicates") == ["pers#2", "meer"]  # the window is that of the first time
    last = write_jsonl(tmp_path / "laatste.jsonl", {"text": EDITED, "date": "2018-06-22"})
    ct("add", corpus, last, "--no-update", *PLAIN)
    done = ct("list", corpus, "--duplicates")
    assert "warning: articles came or changed since duplicates were looked for" in done.err
    assert f"corpus-tool dedupe {corpus}" in done.err
    ct("dedupe", corpus)
    assert "warning" not in ct("list", corpus, "--duplicates").err
    assert "laatste" in names(ct, corpus, "--duplicates")
    assert ct("check", corpus).code == 0


def test_which_one_is_kept(ct: Run, corpus: Path) -> None:
    """By a rule, or by outlets in any case; a name that is neither lists what is near."""
    ct("dedupe", corpus, "--keep", "ster ONLINE")
    assert names(ct, corpus, "--duplicates") == ["pers", "pers#3"]
    ct("dedupe", corpus)
    assert names(ct, corpus, "--duplicates") == ["pers", "pers#3"]  # as the last time
    ct("dedupe", corpus, "--keep", "De Ster", "--keep", "longest")
    assert names(ct, corpus, "--canonical") == ["pers", "pers#4"]
    ct("dedupe", corpus, "--keep", "De Stre").failed(2, "no rule and no outlet", "De Ster")
    ct("dedupe", corpus, "--keep", "first", "--keep", "longest").failed(2, "once")


@pytest.mark.parametrize(
    ("window", "repeated"), [("0", 0), ("1d", 1), ("1w", 1), ("2w", 2), ("any", 2)]
)  # fmt: skip
def test_windows(ct: Run, source: Path, window: str, repeated: int) -> None:
    """Days and weeks, or any time: so far apart two articles may be."""
    assert len(ct("dedupe", source, "--window", window, *PLAIN).tsv) == repeated


@pytest.mark.parametrize("value", ["3x", "-1", "", "1.5d", "9999999"])
def test_what_is_no_window(ct: Run, source: Path, value: str) -> None:
    """It is told what a window looks like."""
    ct("dedupe", source, "--window", value, *PLAIN).failed(2, "is no window: 3d, 2w, or any")


def test_reports(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """Clusters, links and warnings as JSON; rows as CSV, made safe; nothing is overwritten unasked."""
    report = tmp_path / "kopieen.json"
    assert ct("dedupe", corpus, "--report", report).code == 0
    told = json.loads(report.read_text())
    assert (told["totals"]["clusters"], len(told["clusters"][0]["members"])) == (1, 2)
    ct("dedupe", corpus, "--report", report).failed(1, "--force")
    table = tmp_path / "kopieen.csv"
    ct("dedupe", corpus, "--report", table, "-n", "1")
    assert len(list(csv.DictReader(table.open(encoding="utf-8")))) == 2  # all of it, whatever is shown
    ct("dedupe", corpus, "--report", tmp_path / "kopieen.pdf").failed(2, "cannot be told")


def test_exit_status_and_empty_answers(ct: Run, tmp_path: Path) -> None:
    """Without duplicates there is a header or an empty list; -e says so by its code."""
    one = write_jsonl(tmp_path / "een.jsonl", {"text": FIRST})
    assert len(ct("dedupe", one, *PLAIN).lines) == 1
    assert ct("dedupe", one, "--json", *PLAIN).json == []
    assert ct("dedupe", one, "-e", *PLAIN).code == 1
    (tmp_path / "leeg").mkdir()
    assert ct("dedupe", tmp_path / "leeg", "--json").json == []
    ct("dedupe", tmp_path / "nergens").failed(2, "does not exist")


def test_conditions_narrow_what_is_shown(ct: Run, corpus: Path) -> None:
    """A cluster is shown where one of its articles meets them; what is kept is that of all articles."""
    assert len(ct("dedupe", corpus, "--outlet", "Ster online").tsv) == 2
    assert ct("dedupe", corpus, "--since", "2019").lines[1:] == []
    assert len(names(ct, corpus, "--duplicates")) == 2


def test_removed_duplicates(ct: Run, corpus: Path) -> None:
    """`remove --duplicates` leaves the kept ones; what stays is compared again by the next look."""
    ct("dedupe", corpus)
    assert ct("remove", corpus, "--duplicates", "--yes").code == 0
    assert names(ct, corpus) == ["pers", "pers#4"]
    assert ct("dedupe", corpus).lines[1:] == []
    assert ct("check", corpus).code == 0


def test_a_file_of_the_first_version(ct: Run, corpus: Path) -> None:
    """It gets the tables when something is to be kept in them, not before; `check` knows both versions."""
    import sqlite3

    from corpus_tool.store.schema import LINKS

    with sqlite3.connect(corpus) as connection:
        for line in LINKS.splitlines():
            if line.startswith("CREATE TABLE"):
                connection.execute(f"DROP TABLE {line.split()[2]}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert ct("check", corpus).code == 0
    ct("list", corpus, "--canonical").failed(1, "not looked for")
    assert ct("list", corpus).code == 0
    with sqlite3.connect(corpus) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    assert ct("remove", corpus, "pers#4", "--yes").code == 0
    assert len(ct("dedupe", corpus).tsv) == 2
    assert names(ct, corpus, "--canonical") == ["pers"]
    assert ct("check", corpus).code == 0
