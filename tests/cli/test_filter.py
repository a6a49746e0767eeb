"""`corpus-tool filter`: whole records that meet the conditions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three small articles: a dated Dutch one, a dated French one, an undated one."""
    folder = tmp_path / "in"
    folder.mkdir()
    return write_jsonl(
        folder / "press.jsonl",
        article(1, date="2018-06-20", language="nl", outlet="Voorbeeldkrant", title="Trein naar Gent"),
        article(2, date="2019-01-02", language="fr", title="Le train"),
        article(3),
    )


def test_walkthrough_conditions_find_the_right_document(ct: Run, two: Path) -> None:
    """Language, a window, a year, each finds the Dutch document; `--undated` the French one."""
    for conditions in (
        ["-l", "nl"],
        ["--since", "2018-06-10", "--until", "2018-06-20", *PLAIN],
        ["--on", "2018", *PLAIN],
    ):
        done = ct("filter", two, *conditions)
        assert [row["name"] for row in done.jsonl] == ["000_2f415c78e3aaf97c"], conditions
    done = ct("filter", two, "--undated", *PLAIN)
    assert [row["title"] for row in done.jsonl] == ["Immigration : Microsoft entre deux chaises"]


def test_whole_records_as_json_lines(ct: Run, source: Path) -> None:
    """In a pipe: JSON Lines with every key of the contract, a line for stderr."""
    from corpus_tool.model.fields import NAMES

    done = ct("filter", source, *PLAIN, "--dated")
    assert [list(row) for row in done.jsonl] == [list(NAMES)] * 2
    assert done.err == "corpus-tool: 2 of 3 articles from 1 file\n"
    raw = ct("filter", source, *PLAIN, "--dated", "--raw").jsonl
    assert [list(row) for row in raw] == [[*NAMES, "raw"]] * 2


@pytest.mark.parametrize(
    ("conditions", "numbers"),
    [
        (["--contains", "GENT"], [1, 2, 3]),
        (["--contains", "le train"], [2]),
        (["--matches", r"nummer [13]\b"], [1, 3]),
        (["--outlet", "voorbeeldkrant"], [1]),
        (["--has", "title"], [1, 2]),
        (["--min-words", "1000"], []),
        (["--max-words", "1000"], [1, 2, 3]),
        (["--source", "press.jsonl"], [1, 2, 3]),
        (["--source", "*.txt"], []),
        (["--until", "2018"], [1]),
        (["--undated"], [3]),
        (["-l", "fr", "--since", "2019"], [2]),
        (["-l", "nl", "--since", "2019"], []),
        (["--min-date-confidence", "0.9"], [1, 2]),
    ],
)
def test_conditions(ct: Run, source: Path, conditions: list[str], numbers: list[int]) -> None:
    """Each condition lets through what meets it; several must all be met."""
    done = ct("filter", source, *PLAIN, *conditions)
    assert (done.code, [row["source"]["record"] for row in done.jsonl]) == (0, numbers)


DUTCH = (
    "De gemeenteraad heeft maandag beslist dat het oude zwembad in het centrum deze zomer langer open blijft. "
    "De raad wil ook twee nieuwe bushaltes laten bouwen, maar de inwoners moeten nog wachten."
)
FRENCH = (
    "Le conseil communal a décidé lundi que la vieille piscine du centre resterait ouverte plus longtemps cet été. "
    "On ne sait pas encore combien cela coûtera aux habitants."
)


@pytest.fixture
def languages(tmp_path: Path) -> Path:
    """A Dutch article, a Dutch one with a French paragraph, a French one, one with hardly any words."""
    texts = (DUTCH, f"{DUTCH}\n\n{FRENCH}\n\n{DUTCH}", FRENCH, "Zwembaden")
    return write_jsonl(tmp_path / "languages.jsonl", *({"text": text} for text in texts))


def test_mixed_and_not_mixed(ct: Run, languages: Path) -> None:
    """The one with a passage, or the others; the record has the shares; a list and an export know the flags too."""
    done = ct("filter", languages, "--mixed")
    assert [row["source"]["record"] for row in done.jsonl] == [2]
    assert list(done.jsonl[0]["languages"]) == ["nl", "fr"]
    done = ct("filter", languages, "--not-mixed")
    assert [(row["source"]["record"], row["languages"]) for row in done.jsonl] == [(1, {}), (3, {}), (4, {})]
    assert [row["language"] for row in ct("list", languages, "--mixed").tsv] == ["nl"]
    assert len(ct("export", languages, "--not-mixed", "--format", "jsonl").lines) == 3
    assert ct("filter", languages, "--mixed", *PLAIN).out == ""


def test_others_of_mixed_say_why(ct: Run, languages: Path, tmp_path: Path) -> None:
    """What is left out for its passages is named with its languages."""
    ct("filter", languages, "--not-mixed", "--others", tmp_path / "rest.jsonl")
    [rest] = [json.loads(line) for line in (tmp_path / "rest.jsonl").read_text().splitlines()]
    assert rest["reason"] == "it is mixed: nl, fr"


def test_only_some_languages(ct: Run, languages: Path) -> None:
    """`--only` keeps to its languages, by name or code, in the text and in passages; the evidence says so."""
    for wanted in ("nl,fr", "Nederlands,Frans"):
        rows = ct("filter", languages, "--only", wanted).jsonl
        assert [row["language"] for row in rows] == ["nl", "nl", "fr", "nl"]
        assert all(row["inference"]["language"]["method"].endswith(" among nl,fr") for row in rows)
    rows = ct("filter", languages, "--only", "fr,de").jsonl
    assert {row["language"] for row in rows} <= {"fr", "de", "und"}
    assert {tag for row in rows for tag in row["languages"]} <= {"fr", "de", "und"}
    ct("filter", languages, "--only", "kleurs").failed(2, "'kleurs' is no language")


def test_expected_languages(ct: Run, languages: Path) -> None:
    """`--expect` keeps no language out, helps a single word, and stands in the evidence."""
    rows = ct("filter", languages, "--expect", "nl").jsonl
    assert [row["language"] for row in rows] == ["nl", "nl", "fr", "nl"]
    assert all(row["inference"]["language"]["method"].endswith(" expecting nl ×5") for row in rows)
    ct("filter", languages, "--expect", "kleurs").failed(2, "'kleurs' is no language")


def test_others_are_kept_with_their_reason(ct: Run, source: Path, tmp_path: Path) -> None:
    """`--others` holds exactly the rest, whole, each with the condition it did not meet."""
    done = ct("filter", source, *PLAIN, "-l", "nl", "--others", tmp_path / "rest.jsonl")
    rest = [json.loads(line) for line in (tmp_path / "rest.jsonl").read_text().splitlines()]
    assert len(done.jsonl) == 1
    assert [row["reason"] for row in rest] == ["language fr is not nl", "language unknown is not nl"]
    assert all(row["text"] for row in rest)


def test_output_file_takes_the_format_of_its_ending(ct: Run, source: Path, tmp_path: Path) -> None:
    """`-o` writes nothing to stdout, says how much went where, and the file is what its name says."""
    done = ct("filter", source, *PLAIN, "--dated", "-o", tmp_path / "x.csv")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"corpus-tool: 2 of 3 articles from 1 file → {tmp_path}/x.csv\n"
    assert (tmp_path / "x.csv").read_text().startswith("id,name,title,date,")
    ct("filter", source, *PLAIN, "-o", tmp_path / "y.json")
    assert len(json.loads((tmp_path / "y.json").read_text())) == 3
    ct("filter", source, *PLAIN, "-o", tmp_path / "x.tsvv").failed(2, "--format", "tsv")


def test_nothing_is_overwritten_and_nothing_read_before_that_is_known(ct: Run, source: Path, tmp_path: Path) -> None:
    """An existing -o, --others or --receipt: exit 1, `--force` named, the file as it was; with --force replaced."""
    (tmp_path / "x.jsonl").write_text("mine")
    for flag in ("-o", "--others", "--receipt"):
        ct("filter", source, *PLAIN, flag, tmp_path / "x.jsonl").failed(1, "exists", "--force")
        assert (tmp_path / "x.jsonl").read_text() == "mine"
        assert ct("filter", source, *PLAIN, flag, tmp_path / "x.jsonl", "--force").code == 0
        assert (tmp_path / "x.jsonl").read_text() != "mine"
        (tmp_path / "x.jsonl").write_text("mine")
    ct("filter", source, *PLAIN, "-o", tmp_path / "none" / "x.jsonl").failed(1, "no folder")
    ct("filter", source, *PLAIN, "-o", tmp_path / "a.jsonl", "--others", tmp_path / "a.jsonl").failed(2, "two results")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "x.jsonl"]


def test_strict_leaves_nothing_under_the_name(ct: Run, source: Path, tmp_path: Path) -> None:
    """A damaged record with --strict and -o: exit 1, no file, also none aside."""
    source.write_text(source.read_text() + "{oops\n")
    ct("filter", source, *PLAIN, "--strict", "-o", tmp_path / "x.jsonl").failed(1, "record 4, line 4")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert ct("filter", source, *PLAIN, "-o", tmp_path / "x.jsonl").code == 3
    assert len((tmp_path / "x.jsonl").read_text().splitlines()) == 3


def test_exit_codes_when_several_apply(ct: Run, source: Path) -> None:
    """-e without a match is 1; damage is 3; both together 1; a usage error before all is 2."""
    assert ct("filter", source, *PLAIN, "--on", "1950", "-e").code == 1
    assert ct("filter", source, *PLAIN, "--on", "1950").code == 0
    assert ct("filter", source, *PLAIN, "-e").code == 0
    source.write_text(source.read_text() + "{oops\n")
    assert ct("filter", source, *PLAIN).code == 3
    assert ct("filter", source, *PLAIN, "--on", "1950", "-e").code == 1
    ct("filter", source, *PLAIN, "--on", "1950-99", "-e").failed(2)


def test_an_empty_answer_in_every_format(ct: Run, source: Path) -> None:
    """No match: `[]`, no line, or a header line alone."""
    asked = ("filter", source, *PLAIN, "--on", "1950")
    assert ct(*asked).out == ""
    assert ct(*asked, "--json").out == "[]\n"
    assert len(ct(*asked, "--format", "csv").lines) == 1
    assert len(ct(*asked, "--format", "table").lines) == 1
    assert "0 of 3 articles" in ct(*asked).err


def test_a_slow_pattern_is_stopped(ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that backtracks forever ends with exit 1 and a word about it, within its limit."""
    source = write_jsonl(tmp_path / "a.jsonl", {"text": f"Een woord {'a' * 60}! staat hier in de krant."})
    monkeypatch.setattr("corpus_tool.query.PATTERN_SECONDS", 0.1)
    ct("filter", source, *PLAIN, "--matches", r"(a|a)+$").failed(1, "took too long")


def test_receipt_adds_up(ct: Run, source: Path, tmp_path: Path) -> None:
    """Every visited entry has a row, found = records + known + rejected, and the totals are the sums."""
    folder = source.parent
    source.write_text(source.read_text() + "{oops\n" + source.read_text().splitlines()[0] + "\n")
    (folder / "empty.txt").touch()
    (folder / ".hidden").touch()
    (folder / "bad.csv").write_text('id,text\n1,"open\n')
    (folder / "page.html").write_text("<p>een</p>")
    done = ct("filter", folder, *PLAIN, "--receipt", tmp_path / "r.json", "-l", "nl")
    receipt = json.loads((tmp_path / "r.json").read_text())
    rows = {Path(row["path"]).name: row for row in receipt["files"]}
    assert done.code == 3
    assert {name: row["outcome"] for name, row in rows.items()} == {
        ".hidden": "skipped",
        "bad.csv": "error",
        "empty.txt": "skipped",
        "page.html": "skipped",
        "press.jsonl": "loaded",
    }
    press = rows["press.jsonl"]
    assert (press["records"], press["known"], press["rejected"], press["reason"]) == (3, 1, 1, "bad-record")
    totals = receipt["totals"]
    for key in ("records", "known", "rejected"):
        assert totals[key] == sum(row[key] for row in receipt["files"])
    outcomes = [row["outcome"] for row in receipt["files"]]
    assert (totals["files"], totals["skipped"], totals["errors"]) == (5, outcomes.count("skipped"), 1)
    assert totals["stored"] is None
    assert receipt["options"]["language"] == ["nl"]
    assert list(receipt) == ["files", "totals", "tool", "options"]
    assert all(row["reason"] for row in receipt["files"])
    assert "1 of 3 articles from 5 files · 1 already known · 3 skipped · 1 rejected · 1 in error" in done.err


def test_a_receipt_inside_the_source_folder_is_not_found_by_the_reading(ct: Run, source: Path) -> None:
    """The receipt does not list itself or a file written aside."""
    ct("filter", source.parent, *PLAIN, "--receipt", source.parent / "receipt.json")
    receipt = json.loads((source.parent / "receipt.json").read_text())
    assert [Path(row["path"]).name for row in receipt["files"]] == ["press.jsonl"]
    ct("filter", source.parent, *PLAIN, "-o", source.parent / "out.jsonl", "--receipt", "/dev/null")
    names = sorted(path.name for path in source.parent.iterdir())
    assert names == ["out.jsonl", "press.jsonl", "receipt.json"]


def test_standard_input_gives_the_same_articles(ct: Run, source: Path) -> None:
    """`-` reads what the file holds; checksum and copies are null there, the path is `-`."""
    rows = ct("filter", "-", *PLAIN, "--dated", stdin=source.read_bytes()).jsonl
    assert [row["id"] for row in rows] == [row["id"] for row in ct("filter", source, *PLAIN, "--dated").jsonl]
    assert {(row["source"]["path"], row["source"]["sha256"], row["source"]["also"]) for row in rows} == {
        ("-", None, None)
    }


def test_a_limit_ends_a_stream_early_and_says_so(ct: Run, source: Path) -> None:
    """`-n` on standard input stops reading; on a file everything is read and counted."""
    stream = ct("filter", "-", *PLAIN, "-n", "1", stdin=source.read_bytes())
    assert len(stream.jsonl) == 1
    assert "reading ended at the limit" in stream.err
    assert "1 of 3 articles" in ct("filter", source, *PLAIN, "-n", "1").err


def test_copies_are_given_once_with_both_places(ct: Run) -> None:
    """The byte-for-byte copy in the sample corpus is known, and named in `source.also`."""
    done = ct("filter", "seeds", *PLAIN, "--source", "002_*.txt")
    assert [row["source"]["also"] for row in done.jsonl] == [["seeds/archive/overstromingen-limburg.txt"]]
    assert "1 already known" in done.err


@pytest.fixture
def stored(ct: Run, source: Path) -> Path:
    """The three small articles as a corpus file."""
    path = source.parents[1] / "pers.db"
    ct("add", path, source, *PLAIN)
    return path


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--raw"],
        ["--dated"],
        ["--contains", "gent", "--format", "csv"],
        ["--sort", "date", "-r"],
        ["--sample", "2"],
        ["-n", "1", "--has", "title"],
        ["--undated", "-e"],
        ["-l", "de", "-e"],
        ["--since", "2018-06", "--json"],
    ],
)
def test_a_corpus_file_is_filtered_as_its_sources_are(ct: Run, source: Path, stored: Path, asked: list[str]) -> None:
    """The same records, exit code and counts; what does not match is kept with the same reasons."""
    folder = stored.parent
    raw = ct("filter", source, *asked, *PLAIN, "--others", folder / "raw.jsonl")
    kept = ct("filter", stored, *asked, "--others", folder / "kept.jsonl")
    assert (kept.code, kept.out, kept.err) == (raw.code, raw.out, raw.err)
    assert (folder / "kept.jsonl").read_bytes() == (folder / "raw.jsonl").read_bytes()
    assert ct("filter", stored, *asked).out == raw.out  # and without looking at the others


@pytest.mark.parametrize("name", ["deel.db", "deel.sqlite", "DEEL.SQLITE3"])
@pytest.mark.parametrize("from_stored", [False, True])
def test_into_a_corpus_file(ct: Run, source: Path, stored: Path, name: str, from_stored: bool) -> None:
    """The matches, whole, with their raw records, in the order asked for; the others beside it."""
    target, others = stored.with_name(name), stored.with_name("rest.jsonl")
    given = [stored] if from_stored else [source, *PLAIN]
    done = ct("filter", *given, "--dated", "--sort", "date", "-r", "-o", target, "--others", others)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"corpus-tool: 2 of 3 articles from 1 file → {target}\n"
    assert ct("export", target).out == ct("filter", source, *PLAIN, "--dated", "--sort", "date", "-r").out
    assert [json.loads(line)["reason"] for line in others.read_text().splitlines()] == ["it has no date"]
    for name_ in ("press", "press#2"):
        assert ct("show", target, name_, "--raw").stdout == ct("show", source, name_, "--raw", *PLAIN).stdout
    assert ct("refresh", target, "--what", "texts", *PLAIN).err.startswith("corpus-tool: 0 of 2 articles changed")


def test_a_sample_into_a_corpus_file(ct: Run, source: Path, stored: Path) -> None:
    """The same sample as on stdout."""
    ct("filter", stored, "--sample", "2", "--seed", "5", "-o", stored.with_name("deel.db"))
    expected = ct("filter", source, *PLAIN, "--sample", "2", "--seed", "5").out
    assert ct("export", stored.with_name("deel.db")).out == expected


def test_a_corpus_file_that_exists_is_not_overwritten(ct: Run, source: Path, stored: Path) -> None:
    """But by --force, also by what is taken of it; whatever is refused leaves it as it is."""
    before = stored.read_bytes()
    ct("filter", source, *PLAIN, "--dated", "-o", stored).failed(1, "--force")
    ct("filter", "weg/", "-o", stored, "--force").failed(2, "weg/")
    ct("filter", source, "-l", "xx", "-o", stored, "--force").failed(2, "xx")
    ct("filter", source, *PLAIN, "-o", stored, "--others", stored, "--force").failed(2, "two results")
    assert stored.read_bytes() == before
    ct("filter", source, *PLAIN, "-o", stored.parent / "weg" / "x.db").failed(1, "is no folder")
    done = ct("filter", stored, "--dated", "-o", stored, "--force")
    assert (done.code, len(ct("list", stored).lines)) == (0, 3)
    assert sorted(path.name for path in stored.parent.iterdir()) == ["in", "pers.db"]


def test_nothing_matches_into_a_corpus_file(ct: Run, source: Path, stored: Path) -> None:
    """An empty one is a corpus file all the same; with -e exit 1."""
    target = stored.with_name("leeg.db")
    assert ct("filter", source, *PLAIN, "--on", "1900", "-o", target, "-e").code == 1
    assert ct("list", target).lines == ["id\tdate\tlanguage\twords\ttitle"]


def test_a_damaged_source_into_a_corpus_file(ct: Run, source: Path, stored: Path) -> None:
    """Exit 3, the good ones kept; a strict run leaves nothing."""
    with open(source, "a") as file:
        file.write("{kapot\n")
    target = stored.with_name("deel.db")
    ct("filter", source, *PLAIN, "--strict", "-o", target).failed(1, "line 4")
    assert not target.exists()
    assert ct("filter", source, *PLAIN, "-o", target).code == 3
    assert len(ct("list", target).lines) == 4
