"""`corpus-tool search`: the articles that words, phrases and operators find."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, write_jsonl

HEADER = "id\tname\tdate\tlanguage\toutlet\ttitle\tscore\tsnippet"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Five articles: three about a harbor, one with it in the title, dated and not, in two languages."""
    return write_jsonl(
        tmp_path / "pers.jsonl",
        {"text": "De haven, de haven en nog eens de haven.", "date": "2018", "language": "nl"},
        {"text": "Een schip vaart langzaam de haven van Antwerpen in, zegt de loods.", "language": "nl"},
        {
            "title": "Haven dicht",
            "text": "Er vaart vandaag niets, zegt de loods.",
            "date": "2019-05-01",
            "language": "nl",
        },
        {"text": "Le port de Liège reste fermé,\tdit la ville à l’aube.", "date": "2020", "language": "fr"},
        {"text": "De\thaven van morgen ligt op zee, zegt de stad.", "date": "2018-06-20", "language": "nl"},
    )


@pytest.fixture
def path(ct: Run, source: Path) -> Path:
    """The same as a corpus file."""
    path = source.with_name("pers.db")
    ct("add", path, source, *PLAIN)
    return path


def numbers(rows: list[dict[str, str]]) -> list[int]:
    """Which articles, by their place in the source."""
    return [int(row["name"].partition("#")[2] or 1) for row in rows]


def test_the_best_first(ct: Run, path: Path) -> None:
    """In a pipe TSV without a cap, its snippet on one line; what was found is said on stderr."""
    done = ct("search", path, "haven")
    assert (done.code, done.lines[0]) == (0, HEADER)
    assert numbers(done.tsv)[0] == 1
    assert sorted(numbers(done.tsv)) == [1, 2, 3, 5]
    scores = [float(row["score"]) for row in done.tsv]
    assert scores == sorted(scores, reverse=True)
    assert done.tsv[0]["snippet"] == "De haven, de haven en nog eens de haven."
    assert done.err == "corpus-tool: 5 articles from 1 file → 4 hits\n"


@pytest.mark.parametrize(
    "asked",
    [
        ["haven"],
        ["haven", "--newest"],
        ["hav* AND NOT loods"],
        ["liege OR title:haven", "--json"],
        ["haven", "-l", "nl", "--since", "2018-06"],
        ["haven", "--contains", "schip"],
        ["haven", "-n", "2"],
        ["zzz"],
    ],
)
def test_raw_sources_are_searched_alike(ct: Run, path: Path, source: Path, asked: list[str]) -> None:
    """Indexed in passing: the same hits, scores and snippets; no file is left."""
    stored, raw = ct("search", path, *asked), ct("search", source, *asked, *PLAIN)
    assert stored.out == raw.out
    assert (stored.code, stored.err) == (raw.code, raw.err)
    assert sorted(item.name for item in path.parent.iterdir()) == ["pers.db", "pers.jsonl"]


def test_several_sources(ct: Run, path: Path, tmp_path: Path) -> None:
    """Corpus files together, and one among raw sources, are searched as one."""
    write_jsonl(tmp_path / "meer.jsonl", {"text": "Nog een stuk over de haven, de oude haven."})
    ct("add", tmp_path / "meer.db", tmp_path / "meer.jsonl", *PLAIN)
    ct("add", tmp_path / "alle.db", path, tmp_path / "meer.db")
    expected = ct("search", tmp_path / "alle.db", "haven").out
    assert len(expected.splitlines()) == 6
    assert ct("search", path, tmp_path / "meer.db", "haven").out == expected
    assert ct("search", path, tmp_path / "meer.jsonl", "haven", *PLAIN).out == expected


def test_the_newest_first(ct: Run, path: Path) -> None:
    """By date, the undated last, without scores."""
    rows = ct("search", path, "haven", "--newest").tsv
    assert numbers(rows) == [3, 5, 1, 2]
    assert {row["score"] for row in rows} == {""}
    assert numbers(ct("search", path, "haven", "--newest", "-n", "2").tsv) == [3, 5]


def test_a_limit(ct: Run, path: Path) -> None:
    """As many as are asked for, of how many; none, and more than there are, too."""
    done = ct("search", path, "haven", "-n", "2")
    assert (len(done.lines), done.err) == (3, "corpus-tool: 5 articles from 1 file → 2 of 4 hits\n")
    assert ct("search", path, "haven", "-n", "0").err.endswith("→ 0 of 4 hits\n")
    assert len(ct("search", path, "haven", "-n", "99999999999999999999").lines) == 5
    done = ct("search", path, "haven", "--matches", "schip|zee", "-n", "1")
    assert (len(done.lines), done.err.endswith("→ 1 of 2 hits\n")) == (2, True)


def test_every_format_tells_the_same(ct: Run, path: Path) -> None:
    """JSON has offsets of the snippet and its terms into the text; `ids` full ids."""
    asked = ("search", path, "haven", "-q")
    objects = ct(*asked, "--json").json
    texts = {record["id"]: record["text"] for record in ct("export", path, "--format", "jsonl").jsonl}
    for hit in objects:
        snippet, text = hit["snippet"], texts[hit["id"]]
        assert text[snippet["start"] : snippet["end"]] == snippet["text"]
        assert {text[start:end].lower() for start, end in snippet["spans"]} <= {"haven"}
        assert snippet["spans"] or hit["title"] == "Haven dicht"
    assert ct(*asked, "--format", "jsonl").jsonl == objects
    assert ct(*asked, "--format", "ids").lines == [hit["id"] for hit in objects]
    tsv = ct(*asked).tsv
    assert [row["id"] for row in tsv] == [hit["id"] for hit in objects]
    assert any("\\t" in row["snippet"] for row in tsv) == any("\t" in hit["snippet"]["text"] for hit in objects)
    rows = list(csv.DictReader(io.StringIO(ct(*asked, "--format", "csv").out)))
    assert [row["score"] for row in rows] == [str(hit["score"]) for hit in objects]


def test_no_hit(ct: Run, path: Path) -> None:
    """A header, `[]`, nothing; exit 0, with -e exit 1."""
    assert ct("search", path, "zzz").out == f"{HEADER}\n"
    assert ct("search", path, "zzz", "--json").out == "[]\n"
    assert ct("search", path, "zzz", "--format", "jsonl").out == ct("search", path, "zzz", "--format", "ids").out == ""
    assert ct("search", path, "zzz").err.endswith("→ 0 hits\n")
    codes = [ct("search", path, word, *more).code for word, more in (("zzz", []), ("zzz", ["-e"]), ("haven", ["-e"]))]
    assert codes == [0, 1, 0]


def test_a_table(ct: Run, path: Path) -> None:
    """Readable at 80 columns: what is known, then the snippet; the best ten on a terminal, all here."""
    done = ct("search", path, "haven", "--format", "table")
    assert max(map(len, done.lines)) <= 80
    assert "Haven dicht" in done.out
    assert done.out.count("2018") >= 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "nothing to search for"),
        ('"de haven', "character 1"),
        ("(haven", "character 1"),
        ("haven AND", "character 7"),
        ("NOT haven", "character 1"),
        ("auteur:jo", "character 1"),
        ("haven)", "character 6"),
    ],
)
def test_a_wrong_query_is_told_with_its_place(ct: Run, path: Path, typed: str, told: str) -> None:
    """Exit 2, and nothing on stdout."""
    ct("search", path, "--", typed).failed(2, told)


def test_what_is_missing(ct: Run, path: Path) -> None:
    """A query alone, a source that is not there, nothing at all; options of reading on a corpus file."""
    ct("search", "haven").failed(2, "'haven' is the query, and no source is named", "corpus-tool search press.db")
    ct("search", "weg.db", "haven").failed(2, "'weg.db' does not exist")
    ct("search", path, "haven", *PLAIN).failed(2, "--detector", "refresh")
    ct("search", path, "haven", "-l", "xx").failed(2, "'xx'")
    ct("search", path, "haven", "--format", "md").failed(2, "md")
    assert ct("search").failed(2, "Usage: corpus-tool search").err.count("  corpus-tool search ") >= 3


def test_two_documents(ct: Run, two: Path) -> None:
    """Folded accents and apostrophes, phrases, beginnings."""
    found = {typed: len(ct("search", two, typed, *PLAIN, "--format", "ids").lines) for typed in (
        "microsoft", "immigr*", '"l\'immigration"', "title:immigration", "microsoft NOT immigration",
    )}  # fmt: skip
    assert found == {
        "microsoft": 2, "immigr*": 1, '"l\'immigration"': 1, "title:immigration": 1, "microsoft NOT immigration": 1,
    }  # fmt: skip
