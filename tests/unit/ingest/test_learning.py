import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.ingest.learning import LEAST_FILES, SAMPLE_FILES, Habits
from corpus_tool.ingest.walk import walk
from tests.unit.building import run, write_jsonl

BODY = "De raad keurde het plan voor de oude haven goed. Het debat duurde tot na middernacht."
BOTH = "Posted 03/04/2018\n\n"
"""A line whose date can be read both ways."""


def write(folder: Path, **files: str) -> Path:
    """A folder of text files, each with a body of its own below what is given; `__` in a name is a slash."""
    for name, opening in files.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{opening}{BODY} Dit is stuk {name}.", encoding="utf-8")
    return folder


def learned(*sources: Path | str) -> dict[str, DateHabits | None]:
    """What is learned of the folder of each file, by the file's name."""
    habits = Habits([str(source) for source in sources])
    return {os.path.basename(found.path): habits.of(found) for source in sources for found in walk(str(source))}


Answers = dict[str, tuple[str | None, str | None, float | None, tuple[str, ...]]]


def answers(*sources: Path | str, **options: Any) -> Answers:
    """The date of each file with method, confidence and the rules of its evidence, by the file's name."""
    articles, _ = run(*sources, detector="none", **options)
    told: Answers = {}
    for item in articles:
        found = item.inference["date"]
        rules = tuple(evidence.rule for evidence in found.evidence) if found else ()
        told[item.name] = (item.date, found and found.method, found and found.confidence, rules)
    return told


def dates(*sources: Path | str, **options: Any) -> dict[str, str | None]:
    """The date of each file, by the file's name."""
    return {name: told[0] for name, told in answers(*sources, **options).items()}


@pytest.mark.parametrize(
    ("telling", "order", "date"), [("20/06/2018", "dmy", "2018-04-03"), ("06/20/2018", "mdy", "2018-03-04")]
)
def test_the_order_of_a_folder(tmp_path: Path, telling: str, order: str, date: str) -> None:
    """A date in one file that can be read one way only tells how the others are read, and the evidence says so."""
    write(tmp_path, a=BOTH, b=f"Posted {telling}\n\n")
    found = learned(tmp_path)["a.txt"]
    assert found is not None
    assert (found.folder, found.day_order, found.year) == (str(tmp_path), order, None)
    assert answers(tmp_path)["a"][0] == date
    assert answers(tmp_path)["a"][3] == ("numeric", f"folder-{order}")
    [item, _], chosen = run(tmp_path, detector="none")
    evidence = item.inference["date"].evidence[1]
    assert item.source.path[evidence.start : evidence.end] == evidence.text == str(tmp_path)
    assert [note.code for report in chosen.receipt.files for note in report.diagnostics] == []


def test_a_folder_that_contradicts_itself_teaches_no_order(tmp_path: Path) -> None:
    """Dates of both orders leave the year alone, and the receipt says why."""
    write(tmp_path, a=BOTH, b="Posted 20/06/2018\n\n", c="Posted 06/20/2018\n\n")
    assert learned(tmp_path)["a.txt"] is None
    assert dates(tmp_path)["a"] == "2018"
    _, chosen = run(tmp_path, detector="none")
    assert [note.code for report in chosen.receipt.files for note in report.diagnostics] == ["day-order-unknown"]


def test_one_slip_in_twenty_changes_nothing(tmp_path: Path) -> None:
    """Many dates of one order outweigh a single one of the other."""
    write(tmp_path, a=BOTH, b="".join(f"Op {day}/06/2018.\n" for day in range(13, 32)), c="Op 06/20/2018.\n")
    assert dates(tmp_path)["a"] == "2018-04-03"


def test_each_folder_has_habits_of_its_own(tmp_path: Path) -> None:
    """Beside, above and below it other orders are learned."""
    write(tmp_path, eu__a=BOTH, eu__b="Op 20/06/2018.\n", us__c=BOTH, us__d="Op 06/20/2018.\n", e=BOTH, us__oud__f=BOTH)
    found = dates(tmp_path)
    assert [found[name] for name in "acef"] == ["2018-04-03", "2018-03-04", "2018", "2018"]


def test_a_single_file_learns_nothing_from_files_that_were_not_given(tmp_path: Path) -> None:
    """Only files of the run teach, and one alone teaches itself nothing."""
    write(tmp_path, a=BOTH, b="Posted 20/06/2018\n\n")
    assert learned(tmp_path / "a.txt") == {"a.txt": None}
    assert dates(tmp_path / "a.txt") == {"a": "2018"}
    assert dates(tmp_path / "a.txt", tmp_path / "b.txt")["a"] == "2018-04-03"


def test_a_single_file_does_not_teach_itself(tmp_path: Path) -> None:
    """What it shows of its own is not what its folder shows."""
    write(tmp_path, a="Posted 20/06/2018\n\n")
    assert learned(tmp_path) == {"a.txt": None}
    records = ({"text": f"{BODY} Stuk {number}.", "date": "20/06/2018"} for number in range(LEAST_FILES))
    write_jsonl(tmp_path / "sub.jsonl", *records)
    assert learned(tmp_path / "sub.jsonl") == {"sub.jsonl": None}


FILES = {
    "a": BOTH,
    "b": "Op 20/06/2018 ging het plein open.\n\n",
    "c": "BRUSSEL, 18 juni (Belga) - ",
    "d_2018-05-01": "",
    "e": "date 2018-07\n",
    "f": "datum: 2018-03\n\n",
}
DATES = {"a": "2018-04-03", "b": None, "c": "2018-06-18", "d_2018-05-01": "2018-05-01", "e": "2018-07", "f": "2018-03"}


def test_the_order_of_the_files_does_not_count(tmp_path: Path) -> None:
    """Law: in whichever order files are given, or as a folder, each has the same date for the same reasons."""
    write(tmp_path, **FILES)
    whole = answers(tmp_path)
    assert {name: told[0] for name, told in whole.items()} == DATES
    for order in itertools.islice(itertools.permutations(sorted(tmp_path.iterdir())), 0, None, 13):
        assert answers(*order) == whole


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_in_which_a_folder_is_stored_does_not_count(tmp_path: Path, reverse: bool) -> None:
    """Files written in another order give the same."""
    for name in sorted(FILES, reverse=reverse):
        write(tmp_path, **{name: FILES[name]})
    assert dates(tmp_path) == DATES


def test_which_files_are_looked_into_does_not_depend_on_their_order(tmp_path: Path) -> None:
    """Of a folder of more files than are looked into, the same ones teach, however it is given."""
    folder = tmp_path / "pers"
    for number in range(SAMPLE_FILES + 40):
        write(folder, **{f"n{number:03}": "Op 06/20/2018.\n" if number < 40 else "Op 20/06/2018.\n"})
    paths = [str(path) for path in sorted(folder.iterdir())]
    found = {str(learned(*order)["n000.txt"]) for order in (paths, paths[::-1], paths[100:] + paths[:100])}
    assert len(found) == 1
    assert found == {str(learned(folder)["n000.txt"])}


YEARLESS = "BRUSSEL, 18 juni (Belga) - "


@pytest.mark.parametrize(
    "files",
    [
        {"2018__a": YEARLESS, "2018__b": "", "2018__c": ""},
        {"a": YEARLESS, "b_2018-05-01": "", "c_2018-06": "", "d_2018": ""},
        {"a": YEARLESS, "b": "date 2018-05\n", "c": "Datum: 2018\n", "d": '"date": "2018-07-01"\n'},
    ],
)
def test_the_year_of_a_folder(tmp_path: Path, files: dict[str, str]) -> None:
    """Where its path, names or markers all state one year, a day without one gets it, less surely."""
    write(tmp_path, **files)
    date, method, confidence, _ = answers(tmp_path)["a"]
    assert (date, method) == ("2018-06-18", "dateline+folder-year")
    [first, *_] = sorted(tmp_path.rglob("a.txt"))
    alone = answers(first)["a"]
    assert alone[:2] == ("XXXX-06-18", "dateline")
    assert confidence is not None
    assert alone[2] is not None
    assert confidence < alone[2]


@pytest.mark.parametrize(
    "files",
    [
        {"a": YEARLESS, "b_2018-05-01": "", "c_2017-06": "", "d_2018": ""},
        {"a": YEARLESS, **{f"b{number}_2018": "" for number in range(LEAST_FILES - 1)}},
        {"a": YEARLESS, "b_1234": "", "c_1234": "", "d_1234": ""},
        {"a": YEARLESS, "b": "Sinds 2018\n", "c": "In 2018\n", "d": "De wet van 2018\n"},
    ],
)
def test_a_folder_without_a_year(tmp_path: Path, files: dict[str, str]) -> None:
    """Two years, too few files, numbers that are no years and years in running text teach none."""
    write(tmp_path, **files)
    assert dates(tmp_path)["a"] == "XXXX-06-18"


def test_a_pipe_does_not_stop_learning(tmp_path: Path) -> None:
    """Neither a pipe that nobody writes to, nor a folder, a link into nowhere or a file that may not be read."""
    write(tmp_path, a=BOTH, b="Posted 20/06/2018\n\n", dicht="Op 21/06/2018\n\n")
    os.mkfifo(tmp_path / "pijp")
    (tmp_path / "weg").symlink_to("nergens")
    (tmp_path / "leeg").mkdir()
    (tmp_path / "dicht.txt").chmod(0)
    assert dates(tmp_path)["a"] == "2018-04-03"
    assert dates(*sorted(tmp_path.iterdir()))["a"] == "2018-04-03"


def test_a_file_that_becomes_a_pipe_does_not_stop_learning(tmp_path: Path) -> None:
    """What was a file when the folder was walked may be a pipe when it is looked into."""
    write(tmp_path, a=BOTH, b="Posted 20/06/2018\n\n", c="")
    habits = Habits([str(tmp_path)])
    (tmp_path / "c.txt").unlink()
    os.mkfifo(tmp_path / "c.txt")
    [first, *_] = walk(str(tmp_path))
    found = habits.of(first)
    assert found is not None
    assert found.day_order == "dmy"


def test_files_of_any_bytes_teach(tmp_path: Path) -> None:
    """Dates are looked for in bytes: no encoding and no format must be known first."""
    write(tmp_path, a=BOTH)
    (tmp_path / "b.txt").write_bytes(b"caf\xe9 op 20/06/2018 \xff\xfe\x00")
    write_jsonl(tmp_path / "c.jsonl", {"text": f"{BODY} Op 21/06/2018."})
    found = learned(tmp_path)["a.txt"]
    assert found is not None
    assert found.day_order == "dmy"


def test_standard_input_teaches_nothing() -> None:
    """It cannot be read twice."""
    [found] = walk("-")
    assert Habits(["-"]).of(found) is None


def test_hidden_files_teach_nothing(tmp_path: Path) -> None:
    """What is not read is not learned from."""
    write(tmp_path, a=BOTH, **{".b": "Posted 20/06/2018\n\n", "c": ""})
    assert dates(tmp_path)["a"] == "2018"


@pytest.mark.parametrize("again", ["folder", "slash", "file"])
def test_a_source_named_twice_teaches_once(tmp_path: Path, again: str) -> None:
    """The same file is counted once, however often it is named."""
    write(tmp_path, a=YEARLESS, **{f"b{number}_2018": "" for number in range(LEAST_FILES - 1)})
    twice = {"folder": str(tmp_path), "slash": f"{tmp_path}/", "file": f"{tmp_path}/b0_2018.txt"}[again]
    assert dates(tmp_path)["a"] == "XXXX-06-18"
    assert dates(tmp_path, twice)["a"] == "XXXX-06-18"


def test_evidence_of_the_current_folder_has_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files named without a folder have evidence that can be shown, too."""
    write(tmp_path, a=BOTH, b="Posted 20/06/2018\n\n")
    monkeypatch.chdir(tmp_path)
    [item, _], _ = run("a.txt", "b.txt", detector="none")
    found = item.inference["date"]
    assert found is not None
    assert all(evidence.text for evidence in found.evidence)
