"""What can be said about dates, what is told of them, and why a date is what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of a date that can be read both ways, a day without a year, and a day with another weekday."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Posted 03/04/2018\n\n{BODY} Een.", encoding="utf-8")
    (folder / "b.txt").write_text(f"BRUSSEL, 18 juni (Belga) - {BODY} Twee.", encoding="utf-8")
    (folder / "c.txt").write_text(f"Zondag 18 juni 2018\n\n{BODY} Drie.", encoding="utf-8")
    return folder


def dates(ct: Run, *arguments: object, **more: str) -> list[str]:
    """The dates of a list, an empty one where there is none."""
    done = ct("list", *arguments, *PLAIN, "--quiet", **more)
    assert done.code == 0, done
    return [row["date"] for row in done.tsv]


def test_without_a_flag_nothing_is_assumed(ct: Run, pile: Path) -> None:
    """A year where the order is not known, a day without its year where the year is not."""
    assert dates(ct, pile) == ["2018", "XXXX-06-18", "2018-06-18"]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["--day-order", "dmy"], ["2018-04-03", "XXXX-06-18", "2018-06-18"]),
        (["--day-order", "mdy"], ["2018-03-04", "XXXX-06-18", "2018-06-18"]),
        (["--assume-year", "2016"], ["2018", "2016-06-18", "2018-06-18"]),
        (["--reference", "2018-12-31"], ["2018", "2018-06-18", "2018-06-18"]),
        (["--reference", "2018-05"], ["2018", "2017-06-18", ""]),
        (["--reference", "2018-05", "--assume-year", "2016"], ["2018", "2016-06-18", ""]),
        (["--date-from", "dateline"], ["", "XXXX-06-18", ""]),
        (["--date-from", "dateline,cue"], ["2018", "XXXX-06-18", ""]),
        (["--date-from", "date-line, dateline"], ["", "XXXX-06-18", "2018-06-18"]),
        (["--date-from", "url"], ["", "", ""]),
    ],
)
def test_flags_about_dates(ct: Run, pile: Path, flags: list[str], expected: list[str]) -> None:
    """Order, year, last day and sources, each by itself and together."""
    assert dates(ct, pile, *flags) == expected


def test_settings_about_dates(ct: Run, pile: Path, tmp_path: Path) -> None:
    """The same by the environment and by a file; a flag goes before both."""
    config = tmp_path / "dates.yaml"
    config.write_text("day-order: mdy\nassume-year: 2016\ndate-from: [cue, dateline]\n", encoding="utf-8")
    assert dates(ct, pile, "--config", config) == ["2018-03-04", "2016-06-18", ""]
    assert dates(ct, pile, "--config", config, "--day-order", "dmy") == ["2018-04-03", "2016-06-18", ""]
    assert dates(ct, pile, "--config", config, CORPUS_TOOL_ASSUME_YEAR="2015") == ["2018-03-04", "2015-06-18", ""]
    assert dates(ct, pile, CORPUS_TOOL_REFERENCE="2018-05") == ["2018", "2017-06-18", ""]


@pytest.mark.parametrize("command", ["list", "show", "export", "filter"])
@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--day-order", "ymd"], ["--day-order 'ymd'", "dmy (20/06/2018)", "mdy (06/20/2018)"]),
        (["--assume-year", "18"], ["--assume-year '18'", "from 1600 to 2099"]),
        (["--assume-year", "vorig jaar"], ["--assume-year 'vorig jaar'", "from 1600 to 2099"]),
        (["--reference", "gisteren"], ["--reference 'gisteren'", "2018-06-20"]),
        (["--reference", "2018-02-30"], ["--reference '2018-02-30'", "2018-06-20"]),
        (["--date-from", "header,kleur"], ["--date-from: 'kleur'", "header, field, url, name, dateline", "imprint"]),
    ],
)
def test_what_cannot_be_said(ct: Run, pile: Path, command: str, flags: list[str], told: list[str]) -> None:
    """A usage error that names the flag, the value and what would do, before anything is read."""
    ct(command, pile, *flags, *PLAIN).failed(2, *told)


@pytest.mark.parametrize("year", ["0000", "1500", "9999"])
def test_a_year_that_no_article_can_have(ct: Run, pile: Path, year: str) -> None:
    """Is a usage error too."""
    ct("list", pile, "--assume-year", year, *PLAIN).failed(2, f"--assume-year '{year}'")


def test_settings_that_cannot_be_used(ct: Run, pile: Path) -> None:
    """The same error where the value comes from the environment."""
    ct("list", pile, *PLAIN, CORPUS_TOOL_DAY_ORDER="ymd").failed(2, "day-order 'ymd'", "dmy")


def test_what_is_told_of_dates(ct: Run, pile: Path) -> None:
    """Both readings of a date whose order is not known, with what to do, and a weekday that a date does not have."""
    done = ct("list", pile, *PLAIN)
    assert done.code == 0
    order, advice, weekday = [line for line in done.err.splitlines() if "article" not in line][:3]
    for word in ("a.txt, record 1", "'03/04/2018'", "2018-04-03 or 2018-03-04", "[day-order-unknown]"):
        assert word in order
    assert "--day-order dmy" in advice
    for word in ("c.txt, record 1", "'18 juni 2018'", "[weekday-conflict]"):
        assert word in weekday
    assert ct("list", pile, *PLAIN, "--quiet").err == ""
    told = ct("list", pile, *PLAIN, "--day-order", "dmy").err
    assert "day-order-unknown" not in told
    assert "weekday-conflict" in told


def test_what_two_sources_say_of_a_date_is_told(ct: Run, tmp_path: Path) -> None:
    """A conflict is a warning with both dates, and none where they agree."""
    for name in ("krant_2019-07-01", "krant_2018-06-20"):
        (tmp_path / f"{name}.txt").write_text(f"date 2018-06 {BODY} {name}", encoding="utf-8")
    err = ct("list", tmp_path, *PLAIN).err
    assert err.count("[date-conflict]") == 1
    assert "2018-06 by header; another source says 2019-07-01" in err


def test_a_folder_tells_the_order_of_its_dates(ct: Run, pile: Path) -> None:
    """One date that can be read one way only, and nothing is told; a pipe teaches nothing."""
    (pile / "d.txt").write_text(f"Op 06/20/2018 ging het open. {BODY}", encoding="utf-8")
    assert dates(ct, pile)[0] == "2018-03-04"
    assert "day-order-unknown" not in ct("list", pile, *PLAIN).err
    done = ct("list", "-", *PLAIN, stdin=(pile / "a.txt").read_bytes())
    assert [row["date"] for row in done.tsv] == ["2018"]
    assert "day-order-unknown" in done.err


def explained(ct: Run, *arguments: object, **more: bytes) -> str:
    """The explanation of the date, on one line, with single blanks."""
    done = ct("show", *arguments, "--explain", *PLAIN, COLUMNS="80", **more)
    assert done.code == 0, done
    assert max(map(len, done.lines)) <= 80
    assert not CONTROLS.search(done.out)
    start = next(number for number, line in enumerate(done.lines) if line.startswith("date "))
    end = next(number for number, line in enumerate(done.lines) if number > start and line[:1].strip())
    return " ".join(" ".join(done.lines[start:end]).split())


def test_explain_tells_what_each_source_says(ct: Run, tmp_path: Path) -> None:
    """Taken, more precise, agreeing, differing, and the silent ones together, by trust."""
    path = tmp_path / "x_2018-06-18.txt"
    path.write_text(f"date 2018-06\nNummer 4, juli 2018\nBRUSSEL, 18 juni (Belga) - {BODY}", encoding="utf-8")
    told = explained(ct, path)
    parts = [
        "date 2018-06-18, by header+name, confidence 0.",
        "another source says 2018-07",
        "stated date: 2018-06, “date 2018-06”, header: taken, the most trusted that speaks",
        "file name: 2018-06-18, “2018-06-18”, name: agrees and is more precise",
        "dated lines: XXXX-06-18, “18 juni”, dateline: agrees",
        "imprint: 2018-07, “juli 2018”, imprint: differs, kept as an alternative",
        "nothing from URL, relative pairs",
    ]
    places = [told.index(part) for part in parts]
    assert places == sorted(places)


def test_explain_tells_why_there_is_no_date(ct: Run, tmp_path: Path) -> None:
    """Every kind of source was tried; where the user barred some, that is told."""
    path = tmp_path / "kop.txt"
    path.write_text(BODY, encoding="utf-8")
    told = explained(ct, path)
    assert "not known: no header, name, URL or dateline gives one" in told
    assert told.endswith("nothing from stated date, URL, file name, dated lines, relative pairs, imprint")
    barred = explained(ct, path, "--date-from", "header,dateline")
    for part in (
        "URL: not asked",
        "file name: not asked",
        "imprint: not asked",
        "nothing from stated date, dated lines",
    ):
        assert part in barred


def test_explain_knows_the_reference_and_the_folder(ct: Run, pile: Path) -> None:
    """The same flags and the same files give the same reasons as the answer itself."""
    told = explained(ct, pile, "b", "--reference", "2019-03-02")
    assert "date 2018-06-18, by dateline+reference" in told
    assert "dated lines: 2018-06-18, “18 juni”, dateline+reference: taken" in told
    (pile / "d.txt").write_text(f"Op 20/06/2018 ging het open. {BODY}", encoding="utf-8")
    told = explained(ct, pile, "a")
    assert f"characters of the path 0–{len(str(pile))}, rule folder-dmy" in told
    assert "dated lines: 2018-04-03, “03/04/2018”, cue: taken" in told
    assert "dated lines: 2018, “03/04/2018”, cue: taken" in explained(ct, pile / "a.txt")


def test_explain_of_standard_input_has_no_reasons(ct: Run, pile: Path) -> None:
    """It cannot be read again: the answer and its evidence are told, and that is all."""
    told = explained(ct, "-", stdin=(pile / "b.txt").read_bytes())
    assert "XXXX-06-18, by dateline" in told
    assert "taken" not in told
    assert "nothing from" not in told


def test_explain_of_an_export_has_no_reasons(ct: Run, pile: Path, tmp_path: Path) -> None:
    """What was exported is not inferred again."""
    exported = tmp_path / "uit.jsonl"
    assert ct("export", pile, "-o", exported, *PLAIN).code == 0
    told = explained(ct, exported, "b")
    assert "XXXX-06-18" in told
    assert "taken" not in told
