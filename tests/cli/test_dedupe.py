"""`corpus-tool dedupe`, and the conditions that follow from it."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, write_jsonl
from tests.unit.store.linked import drop, text

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


HOSTILE = (
    "\x1b[31mRood",
    "\x1b]0;titel\x07",
    "\x9b2J",
    "\u202eedrev",
    "=1+1",
    "@SUM(A1)",
    "a\tb\r\nc",
    "\u2066x",
    "[bold]x",
)


def change(path: Path, statement: str) -> None:
    """Change a corpus file behind the back of corpus-tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_a_window_holds_inside_clusters(ct: Run, tmp_path: Path) -> None:
    """Of copies in a chain of days none is further from the one it repeats than the window; equal ones stay equal."""
    days = ("2018-06-01", "2018-06-03", "2018-06-05", "2018-06-07", "2018-06")
    source = write_jsonl(tmp_path / "pers.jsonl", *({"text": FIRST, "date": day, "title": day} for day in days))
    path = tmp_path / "pers.db"
    ct("add", path, source, *PLAIN)
    rows = ct("dedupe", path, "--window", "3d").tsv
    assert [(row["date"], row["repeats_date"], row["kind"]) for row in rows if row["date"] != "2018-06"] == [
        ("2018-06-03", "2018-06-01", "equal"),
        ("2018-06-07", "2018-06-05", "equal"),
    ]
    assert {row["kind"] for row in rows} == {"equal"}
    assert {row["jaccard"] for row in rows} == {"1.0"}
    assert len(ct("dedupe", path, "--window", "any").tsv) == 4


def test_exit_status_is_of_what_is_shown(ct: Run, corpus: Path) -> None:
    """Duplicates that no condition lets through are none here."""
    assert ct("dedupe", corpus, "-e").code == 0
    assert ct("dedupe", corpus, "-e", "--since", "2019").code == 1
    assert ct("dedupe", corpus, "-e", "--outlet", "Ster online").code == 0


def test_another_adds_while_the_command_runs(ct: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came meanwhile is compared too, and its lines can be written: they are of the file as it is then."""
    import corpus_tool.cli.dedupe_command as module
    from corpus_tool.corpus import Corpus
    from corpus_tool.model.options import ReadOptions

    options = module._options
    more = write_jsonl(corpus.parent / "meer.jsonl", {"text": OTHER, "date": "2018-06-22", "title": "Alsnog"})

    def meanwhile(*values: Any) -> Any:
        with Corpus.open(corpus) as other:
            other.add(more, options=ReadOptions(detector="none"))
        return options(*values)

    monkeypatch.setattr(module, "_options", meanwhile)
    rows = ct("dedupe", corpus).tsv
    assert [row["name"] for row in rows if row["title"] == "Alsnog"] == ["meer"]
    monkeypatch.undo()
    assert ct("dedupe", corpus).tsv == rows


def test_another_removes_while_the_command_runs(ct: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is told is one state of the file, from what was found to the sums."""
    from corpus_tool.store import links
    from corpus_tool.store.store import Store

    listed = links.listed

    def meanwhile(store: Store, names: Any) -> Any:
        found = listed(store, names)
        with Store.open(str(corpus), to_write=True) as other:
            drop(other, *found)
        return found

    monkeypatch.setattr(links, "listed", meanwhile)
    done = ct("dedupe", corpus)
    assert len(done.tsv) == 2
    assert done.err == "corpus-tool: 4 articles from 1 file → 2 repeat another one\n"


@pytest.mark.parametrize("name", ["tsv", "table", "json"])
def test_another_removes_right_after_the_look(
    ct: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It is told as it was found, or that another program writes; it is no fault of ours."""
    import corpus_tool.deduplicating as module
    from corpus_tool.store.store import Store

    deduplicate = module.deduplicate

    def then(*values: Any) -> Any:
        found = deduplicate(*values)
        with Store.open(str(corpus), to_write=True) as other:
            drop(other, *found.clusters[0].members[:1])
        return found

    monkeypatch.setattr(module, "deduplicate", then)
    done = ct("dedupe", corpus, "--format", name)
    assert done.code in (0, 1)
    assert "fault of corpus-tool" not in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_written(ct: Run, corpus: Path) -> None:
    """What is kept is shown, and serves as a condition; what would have to be found is told to be impossible."""
    ct("dedupe", corpus, "--window", "3d")
    kept = ct("dedupe", corpus)
    corpus.chmod(0o444)
    assert ct("dedupe", corpus).stdout == kept.stdout
    assert names(ct, corpus, "--duplicates") == ["pers#2"]
    ct("dedupe", corpus, "--window", "any").failed(1, "may not be written")


@pytest.mark.parametrize("options", ['{"x": 1}', "{}", "[]", '{"outlets": [], "threshold": "x"}'])
def test_damage_is_told(ct: Run, corpus: Path, options: str) -> None:
    """It is the file, and not corpus-tool, that is at fault; `check` finds it too, where it is no object."""
    ct("dedupe", corpus)
    change(corpus, f"UPDATE looked_for SET options = '{options}'")
    ct("dedupe", corpus).failed(3, "is damaged", "corpus-tool check")
    done = ct("add", corpus, write_jsonl(corpus.parent / "m.jsonl", {"text": text(9)}), *PLAIN)
    assert "a fault of corpus-tool" not in done.err
    assert "1 article" in done.err
    if options == "[]":
        assert ct("check", corpus).code == 3


def test_a_corpus_file_added_to_another(ct: Run, corpus: Path, source: Path, tmp_path: Path) -> None:
    """Articles come without their links, which are of another corpus; those kept there are brought up to date."""
    ct("dedupe", corpus)
    other = tmp_path / "ander.db"
    ct("add", other, write_jsonl(tmp_path / "a.jsonl", {"text": FIRST, "date": "2018-01-01"}), *PLAIN)
    ct("add", other, corpus)
    ct("list", other, "--duplicates").failed(1, "duplicates were not looked for")
    fresh = tmp_path / "nieuw.db"
    ct("add", fresh, tmp_path / "a.jsonl", *PLAIN)
    ct("dedupe", fresh, "--window", "any")
    assert "duplicates brought up to date" in ct("add", fresh, corpus).err
    assert names(ct, fresh, "--canonical") == ["a", "pers#4"]
    assert names(ct, fresh, "--duplicates") == ["pers", "pers#2", "pers#3"]
    for path in (other, fresh):
        assert ct("check", path).code == 0
    ct("dedupe", other)
    assert ct("dedupe", other).stdout == ct("dedupe", fresh).stdout


@pytest.mark.parametrize("name", ["table", "tsv", "csv", "json", "jsonl"])
def test_what_articles_say_never_acts(ct: Run, tmp_path: Path, name: str) -> None:
    """Neither on a terminal nor in a spreadsheet: titles and outlets that would are shown, or made safe."""
    records = [
        {"text": FIRST, "title": f"{said} kop {n}", "outlet": f"{said}{n % 2}"} for n, said in enumerate(HOSTILE)
    ]
    path = tmp_path / "pers.db"
    ct("add", path, write_jsonl(tmp_path / "\u202epers.jsonl", *records), *PLAIN)
    done = ct("dedupe", path, "--format", name, "--keep", "longest", COLUMNS="160")
    assert done.code == 0
    assert not CONTROLS.search(done.err)
    if name == "table":
        assert not CONTROLS.search(done.out)
        assert "[bold]x" in done.out
    if name in ("tsv", "csv"):
        assert "\x1b" not in done.out
        delimiter = "\t" if name == "tsv" else ","
        rows = list(csv.DictReader(done.out.splitlines(), delimiter=delimiter))
        assert len(rows) == len(HOSTILE) - 1
    report = tmp_path / "k.csv"
    assert ct("dedupe", path, "--report", report, "-q").code == 0
    ct("dedupe", path, "--keep", "\x1b]0;x\x07").failed(2, "no rule and no outlet")
    assert not CONTROLS.search(ct("dedupe", path, "--keep", "\x1b]0;x\x07\u202e").err)
