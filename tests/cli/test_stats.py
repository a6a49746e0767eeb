"""`corpus-tool stats`: articles and words, in all and by group."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, article, write_jsonl


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """Nine articles: of two outlets, with days, a month, a year, a season, an interval over a border, and none."""
    dates = ["2018-05-30", "2018-06-18", "2018-06-19", "2018-06", "2018", "2018-21", "2018-05-31/2018-06-01", None]
    records = [
        article(n, outlet="De Krant" if n % 2 else "Le Journal", author="A", **({"date": text} if text else {}))
        for n, text in enumerate(dates)
    ]
    return write_jsonl(tmp_path / "dated.jsonl", *records, article(8, date="2018-09-01", outlet="De Krant"))


def test_the_whole_in_numbers(ct: Run, dated: Path) -> None:
    """Without --by: a table of what there is, one measure a line."""
    rows = {row["measure"]: row["value"] for row in ct("stats", dated, *PLAIN).tsv}
    assert list(rows)[:5] == ["articles", "words", "characters", "dated", "undated"]
    assert (rows["articles"], rows["dated"], rows["undated"]) == ("9", "8", "1")
    assert (rows["precision day"], rows["precision month"], rows["precision season"]) == ("4", "1", "1")
    assert (rows["first_day"], rows["last_day"], rows["language not examined"]) == ("2018-01-01", "2018-12-31", "9")
    told = ct("stats", dated, *PLAIN, "--json").json
    assert (told["articles"], told["precisions"]["interval"], told["last_day"]) == (9, 1, "2018-12-31")
    assert ct("stats", dated, *PLAIN, "--format", "jsonl").jsonl == [told]
    table = ct("stats", dated, *PLAIN, "--format", "table").lines
    assert "precisions  4 day, 1 month, 1 season, 1 year, 1 interval" in table


def test_the_numbers_are_those_of_list(ct: Run) -> None:
    """Articles, words and languages as `list` gives them, one by one."""
    listed = ct("list", "seeds", "--format", "tsv").tsv
    told = ct("stats", "seeds", "--json").json
    assert told["articles"] == len(listed)
    assert told["words"] == sum(int(row["words"]) for row in listed)
    rows = ct("stats", "seeds", "--by", "language", "--json").json["rows"]
    for row in rows:
        mine = [each for each in listed if each["language"] == row["language"]]
        assert (row["articles"], row["words"]) == (len(mine), sum(int(each["words"]) for each in mine))
    assert sum(row["articles"] for row in rows) == told["articles"]


def test_partial_dates_stand_apart(ct: Run, dated: Path) -> None:
    """Months in order, then what is no month, marked; the undated last; nothing is spread over days."""
    done = ct("stats", dated, *PLAIN, "--by", "month")
    assert done.lines[0] == "month\tpartial\tarticles\twords\tshare\tundated"
    assert [(row["month"], row["partial"], row["articles"]) for row in done.tsv] == [
        ("2018-05", "false", "1"),
        ("2018-06", "false", "3"),
        ("2018-09", "false", "1"),
        ("2018", "true", "1"),
        ("2018-05-31/2018-06-01", "true", "1"),
        ("2018-21", "true", "1"),
        ("undated", "false", "1"),
    ]
    days = {row["day"]: row["partial"] for row in ct("stats", dated, *PLAIN, "--by", "day").tsv}
    assert days["2018-06"] == "true"
    assert days["2018-06-18"] == "false"


def test_formats_agree(ct: Run, dated: Path) -> None:
    """CSV, TSV, JSON and JSON Lines have the same rows; JSON has the total too, and null for what is not known."""
    asked = ("stats", dated, *PLAIN, "--by", "outlet,month")
    tsv = ct(*asked).tsv
    assert list(csv.DictReader(io.StringIO(ct(*asked, "--format", "csv").out))) == tsv
    whole = ct(*asked, "--json").json
    assert (whole["by"], whole["articles"], whole["undated"]) == (["outlet", "month"], 9, 1)
    assert ct(*asked, "--format", "jsonl").jsonl == whole["rows"]
    assert [row["month"] or "undated" for row in whole["rows"]] == [row["month"] for row in tsv]
    assert [row["partial"] for row in whole["rows"]] == [row["partial"] == "true" for row in tsv]
    assert sum(row["share"] for row in whole["rows"]) == pytest.approx(1, abs=1e-5)


def test_the_order_of_rows(ct: Run, dated: Path) -> None:
    """The largest outlet first; --sort key by name; -r turns round; -n cuts the rows and no article."""

    def outlets(*more: object) -> list[str]:
        return [row["outlet"] for row in ct("stats", dated, *PLAIN, "--by", "outlet", *more).tsv]

    assert outlets() == outlets("--sort", "articles") == ["De Krant", "Le Journal"]
    assert outlets("--sort", "key", "-r") == ["Le Journal", "De Krant"]
    cut = ct("stats", dated, *PLAIN, "--by", "outlet", "-n", "1", "--json")
    assert [row["articles"] for row in cut.json["rows"]] == [5]
    assert cut.json["articles"] == 9
    assert "9 articles from 1 file" in cut.err


def test_gaps_are_filled_only_where_asked(ct: Run, dated: Path) -> None:
    """With --fill every month between the first and the last has a row."""
    asked = ("stats", dated, *PLAIN, "--by", "month", "--on", "2018", "--date-match", "within")
    months = [row["month"] for row in ct(*asked, "--fill").tsv if row["partial"] == "false"]
    assert months == ["2018-05", "2018-06", "2018-07", "2018-08", "2018-09"]
    assert len(ct(*asked).tsv) == len(ct(*asked, "--fill").tsv) - 2


def test_conditions_hold(ct: Run, dated: Path) -> None:
    """What does not meet the conditions is not counted, and said so; an empty answer is a header line."""
    done = ct("stats", dated, *PLAIN, "--by", "dated", "--outlet", "De Krant", "--dated")
    assert [(row["dated"], row["articles"]) for row in done.tsv] == [("dated", "4")]
    assert "4 of 9 articles" in done.err
    none = ct("stats", dated, *PLAIN, "--by", "outlet", "--since", "2030", "-e")
    assert (none.code, none.out) == (1, "outlet\tarticles\twords\tshare\tundated\n")
    assert ct("stats", dated, *PLAIN, "--by", "outlet", "--since", "2030", "--json").json["rows"] == []
    assert ct("stats", dated, *PLAIN, "--by", "outlet", "--since", "2030", "--format", "table").code == 0
    assert ct("stats", dated, *PLAIN, "--since", "2030", "--format", "table").code == 0


def test_a_table_with_bars(ct: Run, dated: Path) -> None:
    """The longest bar for the largest group, a total below, nothing wider than the screen; # where blocks fail."""
    lines = ct("stats", dated, *PLAIN, "--by", "outlet", "--format", "table").lines
    assert lines[0].split() == ["outlet", "articles", "words", "share", "undated"]
    assert lines[1].startswith("De Krant ")
    assert lines[1].count("█") > lines[2].count("█") > 0
    assert lines[-1].split()[:2] == ["total", "9"]
    assert max(map(len, lines)) <= 80
    month = ct("stats", dated, *PLAIN, "--by", "month", "--format", "table").out
    assert "2018 (partial)" in month
    assert "undated" in month


def test_bars_and_lines_in_ascii(process: Run, dated: Path) -> None:
    """Where the encoding of the output has no blocks, bars are # and heights digits."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    bars = process("stats", dated, *PLAIN, "--by", "outlet", "--format", "table", "-q", **ascii_only)
    assert b"####" in bars.stdout
    assert b"\\u" not in bars.stdout
    line = process("stats", dated, *PLAIN, "--by", "outlet,month", "--format", "table", "-q", **ascii_only)
    assert b"9.." in line.stdout
    assert b"\\u" not in line.stdout


def test_a_line_through_time_for_each_group(ct: Run, dated: Path) -> None:
    """With a last key of time: a sign a month, gaps as none, what has no month counted beside; the scale is said."""
    lines = ct("stats", dated, *PLAIN, "--by", "outlet,month", "--format", "table").lines
    assert lines[0].split("  ")[-1] == "2018-05 to 2018-09"
    assert lines[1].split() == ["De", "Krant", "5", "1", "1", "·█··▄"]
    assert lines[2].split() == ["Le", "Journal", "4", "2", "0", "▄▄···"]
    assert lines[-1] == "one sign is a month; █ is 2 articles, · none"
    narrow = ct("stats", dated, *PLAIN, "--by", "outlet,day", "--format", "table", COLUMNS="60").lines
    assert "days; █ is" in narrow[-1]
    assert max(map(len, narrow)) <= 60


def test_long_tables_are_capped_on_a_terminal(ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty rows and how many there are, the total all the same; with -n as many as asked for."""
    monkeypatch.setattr("corpus_tool.cli.output.to_terminal", lambda: True)
    path = write_jsonl(tmp_path / "m.jsonl", *(article(n, outlet=f"Krant {n:02}") for n in range(60)))
    lines = ct("stats", path, *PLAIN, "--by", "outlet", NO_COLOR="1").lines
    assert len(lines) == 1 + 50 + 1 + 1
    assert lines[-1] == "50 of 60 shown; -n 60 shows all"
    assert lines[-2].split()[:2] == ["total", "60"]
    assert len(ct("stats", path, *PLAIN, "--by", "outlet", "-n", "55", NO_COLOR="1").lines) == 1 + 55 + 1
    days = write_jsonl(tmp_path / "d.jsonl", *(article(n, outlet=f"K{n:02}", date="2018-06-18") for n in range(60)))
    assert ct("stats", days, *PLAIN, "--by", "outlet,day", NO_COLOR="1").lines[-1] == "50 of 60 shown; -n 60 shows all"


def test_authors_count_each(ct: Run, tmp_path: Path) -> None:
    """An article of two authors stands in both rows and once in the total."""
    path = write_jsonl(tmp_path / "a.jsonl", article(1, authors=["Ada", "Bob"]), article(2, authors=["Ada"]))
    told = ct("stats", path, *PLAIN, "--by", "author", "--json").json
    assert [(row["author"], row["articles"]) for row in told["rows"]] == [("Ada", 2), ("Bob", 1)]
    assert told["articles"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "moth"), ("'moth' is no key", "language")),
        (("--by", "month,month"), ("twice",)),
        (("--sort", "words"), ("--sort needs --by",)),
        (("--fill", "--by", "language"), ("one calendar unit",)),
        (("--by", "month", "--since", "2018-13"), ("is no date",)),
    ],
)
def test_what_means_nothing_is_refused(ct: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Before anything is read, with what to do instead."""
    ct("stats", "seeds", *arguments).failed(2, *words)


def test_hostile_values_are_spelled(ct: Run, tmp_path: Path) -> None:
    """Controls in an outlet reach neither a table nor TSV, CSV or JSON raw."""
    path = write_jsonl(tmp_path / "h.jsonl", article(1, outlet="Kr\x1b[31mant\u202e\tx", extra={"A\x1bB": "c"}))
    for form in ("table", "tsv", "csv", "json", "jsonl"):
        done = ct("stats", path, *PLAIN, "--by", "outlet,source,extra.A\x1bB", "--format", form)
        assert done.code == 0
        assert not CONTROLS.search(done.out.replace("\t", ""))
        assert len(done.lines) == {"table": 3, "tsv": 2, "csv": 2, "json": 3, "jsonl": 1}[form]


def test_no_source_is_help(ct: Run) -> None:
    """Without a source: help on stderr, exit 2."""
    ct("stats").failed(2, "Usage: corpus-tool stats")
