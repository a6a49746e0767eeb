"""`corpus-tool refresh`: infer anew what a corpus file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl

NL = "De gemeenteraad heeft maandag beslist dat het oude zwembad in het centrum deze zomer langer open blijft."


@pytest.fixture
def path(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of three articles whose source is gone: two dates of either order, a no-break space."""
    source = write_jsonl(
        tmp_path / "krant.jsonl",
        article(1, date="05/06/2018"),
        {"text": f"{NL} Dat\u00a0is twee.", "date": "07/06/2018"},
        article(3),
    )
    ct("add", tmp_path / "pers.db", source, *PLAIN, "--day-order", "dmy")
    source.unlink()
    return tmp_path / "pers.db"


def column(ct: Run, path: Path, name: str) -> list[str]:
    """The values of a field."""
    return ct("list", path, "--fields", name).lines[1:]


def test_dates_and_languages_by_default(ct: Run, path: Path) -> None:
    """By the options of this command; what changed is summed up. The second time nothing does."""
    done = ct("refresh", path, "--day-order", "mdy", "--expect", "nl")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"corpus-tool: 3 of 3 articles changed · 2 dates · 3 languages → {path}\n"
    assert column(ct, path, "date") == ["2018-05-06", "2018-07-06", ""]
    assert column(ct, path, "language") == ["nl", "nl", "nl"]
    again = ct("refresh", path, "--day-order", "mdy", "--expect", "nl")
    assert again.err == f"corpus-tool: 0 of 3 articles changed → {path}\n"


def test_only_what_is_named(ct: Run, path: Path) -> None:
    """Dates without languages; texts with all in them; conditions; -q."""
    assert ct("refresh", path, "--what", "dates", "--day-order", "mdy", "--since", "2018-06-06", *PLAIN).err == (
        f"corpus-tool: 1 of 1 article changed · 1 date → {path}\n"
    )
    assert column(ct, path, "date") == ["2018-06-05", "2018-07-06", ""]
    assert column(ct, path, "language") == ["", "", ""]
    done = ct("refresh", path, "--what", "texts", "--rule", "nbsp=keep", "--day-order", "dmy", *PLAIN, "-q")
    assert (done.code, done.err) == (0, "")
    assert "\u00a0is" in ct("show", path, "krant#2", "--json").json[0]["text"]
    assert column(ct, path, "date") == ["2018-06-05", "2018-06-07", ""]


def test_what_was_set_by_hand_stays(ct: Run, path: Path) -> None:
    """Inferred fields and stated ones."""
    ct("set", path, "krant", "date=2001", "outlet=Van mij", "title=Kop")
    ct("refresh", path, "--what", "texts,dates", "--day-order", "mdy", *PLAIN)
    record = ct("show", path, "krant", "--json").json[0]
    assert (record["date"], record["outlet"], record["title"]) == ("2001", "Van mij", "Kop")
    assert column(ct, path, "date")[1] == "2018-07-06"


def test_also_in_a_copy(ct: Run, path: Path, tmp_path: Path) -> None:
    """In a corpus file that was made of this one by `add` or `filter`."""
    ct("set", path, "krant", "outlet=Van mij")
    ct("add", tmp_path / "a.db", path)
    ct("filter", path, "-o", tmp_path / "b.db")
    for copy in ("a.db", "b.db"):
        ct("refresh", tmp_path / copy, "--what", "texts", *PLAIN)
        assert column(ct, tmp_path / copy, "outlet") == ["Van mij", "", ""]


@pytest.mark.parametrize("what", ["titles", "dates,titles", "dates texts", ","])
def test_what_cannot_be_refreshed(ct: Run, path: Path, what: str) -> None:
    """What can be is named, and nothing is changed."""
    before = path.read_bytes()
    ct("refresh", path, "--what", what).failed(2, f"{what!r}", "dates, languages, texts")
    assert path.read_bytes() == before


def test_options_of_reading_are_none_here(ct: Run, path: Path) -> None:
    """The records are there already."""
    for option in ("--encoding", "--split", "--input-format", "--from-path", "--map", "--max-file-size"):
        ct("refresh", path, option, "x").failed(2, option)
    ct("refresh", path, "--detector", "geen").failed(2, "geen")


def test_articles_without_records(ct: Run, path: Path, tmp_path: Path) -> None:
    """They are counted, and left as they are."""
    ct("export", path, "-o", tmp_path / "uit.jsonl")
    ct("add", tmp_path / "kaal.db", tmp_path / "uit.jsonl")
    done = ct("refresh", tmp_path / "kaal.db", *PLAIN, "--day-order", "mdy")
    assert done.code == 0
    assert "0 of 3 articles changed · 3 left as they are: their raw records are not kept" in done.err


def test_what_is_no_corpus_file(ct: Run, tmp_path: Path) -> None:
    """Missing, a folder, nothing at all."""
    ct("refresh", tmp_path / "weg.db").failed(2, "does not exist")
    ct("refresh", tmp_path).failed(1, "a folder")
    assert ct("refresh").failed(2, "Usage: corpus-tool refresh").err.count("  corpus-tool refresh ") >= 3
