"""`corpus-tool twins`: pairs with their evidence, kept in a corpus file; dates that follow from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, write_jsonl
from tests.unit.link.stories import DUTCH, FRENCH, story

STORIES = 44  # more than 40: the corpus has statistics of its own
UNDATED = 3


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Forty-four stories in two languages, of June 2018; one of the French ones is undated."""
    records = [
        {
            "text": story(number, pattern),
            "language": language,
            **({} if (language, number) == ("fr", UNDATED) else {"date": f"2018-06-{1 + number % 28:02}"}),
        }
        for language, pattern in (("nl", DUTCH), ("fr", FRENCH))
        for number in range(STORIES)
    ]
    return write_jsonl(tmp_path / "pers.jsonl", *records)


@pytest.fixture
def corpus(ct: Run, source: Path, tmp_path: Path) -> Path:
    """The same in a corpus file."""
    assert ct("add", tmp_path / "pers.db", source, *PLAIN).code == 0
    return tmp_path / "pers.db"


def in_file(number: int, language: str) -> str:
    """The name of a story's article."""
    place = number + 1 + (STORIES if language == "fr" else 0)
    return "pers" if place == 1 else f"pers#{place}"


def test_the_two_documents(ct: Run, two: Path) -> None:
    """Alone they are likely twins, by their names and places, and by none of the false likenesses."""
    done = ct("twins", two, "--json")
    (pair,) = done.json
    assert (pair["tier"], pair["mutual"]) == ("likely", True)
    terms = {(piece["a"]["text"], piece["b"]["text"]) for piece in pair["evidence"]}
    assert {("Microsoft", "Microsoft"), ("Azure", "Azure"), ("Trump", "Trump"), ("blog", "blog")} <= terms
    assert ("familles", "families") in terms
    assert not {"lady", "stond", "ladite", "debout"} & {word for pair_of_terms in terms for word in pair_of_terms}
    assert "--accept-dates" not in done.err  # a likely twin dates nothing
    shown = ct("twins", two, "--format", "table")
    assert "Microsoft 9×·7×" in " ".join(shown.out.split())


def test_rows_in_a_pipe(ct: Run, source: Path, corpus: Path) -> None:
    """The same from raw sources and from a corpus file, all pairs, the surest first."""
    raw, kept = ct("twins", source, *PLAIN), ct("twins", corpus)
    assert raw.stdout == kept.stdout
    rows = kept.tsv
    assert len(rows) == STORIES
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    for row in rows:
        place = int(row["name_b"].partition("#")[2] or "1")
        assert row["name_a"] == in_file(place - 1, "fr")
    assert f"→ {STORIES} pairs, {STORIES} sure · fr and nl, within 3 days" in kept.err
    assert "1 date suggested: --accept-dates writes them" in kept.err


def test_dates_are_suggested_then_written(ct: Run, source: Path, corpus: Path) -> None:
    """Shown, and written only when asked; taken back by `set` or `refresh`."""
    name = in_file(UNDATED, "fr")
    suggested = {row["name_a"]: row["suggested_a"] for row in ct("twins", corpus).tsv if row["suggested_a"]}
    assert suggested == {name: "2018-06~"}
    assert "suggests 2018-06~ for" in ct("twins", corpus, "--format", "table", "-n", STORIES).out
    assert ct("list", corpus, "--undated", "--fields", "name").lines[1:] == [name]
    done = ct("twins", corpus, "--accept-dates")
    assert "1 date written" in done.err
    article = next(record for record in ct("filter", corpus, "--on", "2018-06").jsonl if record["name"] == name)
    assert (article["date"], article["inference"]["date"]["method"]) == ("2018-06~", "twin")
    assert ct("check", corpus).code == 0
    assert "twin" in ct("show", corpus, name, "--explain").out
    assert ct("refresh", corpus, "--what", "dates", *PLAIN).code == 0
    assert ct("list", corpus, "--undated", "--fields", "name").lines[1:] == [name]
    ct("twins", corpus, "--accept-dates")
    ct("set", corpus, name, "date=")
    assert "suggested" not in ct("twins", corpus).err
    ct("twins", source, "--accept-dates", *PLAIN).failed(2, "writes into a corpus file")


def test_why_not(ct: Run, corpus: Path) -> None:
    """The same form with reasons for two that are no twins, in either order; a sentence on a terminal."""
    one, other = in_file(1, "nl"), in_file(2, "fr")
    (pair,) = ct("twins", corpus, "--why-not", one, other, "--json").json
    assert pair["tier"] is None
    assert any(reason.startswith("not mutual") for reason in pair["reasons"])
    assert sum(piece["share"] for piece in pair["evidence"]) == pytest.approx(1, abs=1e-3)
    (turned,) = ct("twins", corpus, "--why-not", other, one, "--json").json
    assert (turned["a"], turned["b"]) == (pair["b"], pair["a"])
    assert "are no twins" in ct("twins", corpus, "--why-not", one, other, "--format", "table").out
    ct("twins", corpus, "--why-not", one, in_file(2, "nl")).failed(2, "are both in nl")
    ct("twins", corpus, "--why-not", one, "nobody").failed(1, "no article has an id or name")


def test_what_is_asked_for_is_kept(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """Languages in their order, window, several a story: the next time and in `add` as the last time."""
    first = ct("twins", corpus, "--languages", "Dutch,fr", "--window", "1w", "-n", "1")
    assert "nl and fr, within 7 days" in first.err
    assert first.tsv[0]["language_a"] == "nl"
    assert "nl and fr, within 7 days" in ct("twins", corpus).err
    more = write_jsonl(
        tmp_path / "meer.jsonl",
        {"text": story(60, DUTCH), "language": "nl"},
        {"text": story(60, FRENCH), "language": "fr"},
    )
    assert "twins brought up to date" in ct("add", corpus, more, *PLAIN).err
    rows = ct("twins", corpus, "--many").tsv
    assert {row["name_a"] for row in rows if row["name_b"] == "meer#2"} == {"meer"}
    assert len(rows) > STORIES
    assert len(ct("twins", corpus, "--single", "--window", "any").tsv) == STORIES + 1


def test_which_pairs_are_shown(ct: Run, corpus: Path) -> None:
    """By tier, conditions and number; the sums are those of what is shown."""
    assert len(ct("twins", corpus, "--tier", "sure", "--on", "2018-06-05").tsv) == 2
    assert len(ct("twins", corpus, "-n", "3").tsv) == 3
    assert ct("twins", corpus, "--since", "2019", "-e").code == 1
    assert ct("twins", corpus, "--since", "2019", "--json").json == []


def test_one_language(ct: Run, tmp_path: Path) -> None:
    """There are no pairs, and the languages compared are told."""
    source = write_jsonl(tmp_path / "een.jsonl", {"text": story(1, DUTCH), "language": "nl"})
    done = ct("twins", source, *PLAIN)
    assert (done.code, len(done.lines)) == (0, 1)
    assert "0 pairs · nl" in done.err
    assert "0 pairs · fr and de" in ct("twins", source, "--languages", "fr,de", *PLAIN).err
    ct("twins", source, "--languages", "nl").failed(2, "twins are of two languages")
    ct("twins", source, "--languages", "nl,xq").failed(2, "is no language")


def test_dictionaries_and_encoders(ct: Run, corpus: Path, tmp_path: Path) -> None:
    """A dictionary is a kind of evidence, an encoder a part of the score; what cannot be loaded stops the command."""
    table = tmp_path / "nl-fr.tsv"
    table.write_text("haven\tport\nwerk\ttravaux\n", encoding="utf-8")
    two = write_jsonl(
        tmp_path / "twee.jsonl",
        {"text": f"{story(1, DUTCH)} De haven krijgt werk.", "language": "nl"},
        {"text": f"{story(1, FRENCH)} Le port aura des travaux.", "language": "fr"},
    )
    (pair,) = ct("twins", two, "--lexicon", f"nl-fr={table}", "--json", *PLAIN).json
    assert {"haven", "werk"} <= {piece["b"]["text"] for piece in pair["evidence"] if piece["kind"] == "dictionary"}
    ct("twins", corpus, "--lexicon", f"nl-fr={table}")
    table.unlink()
    assert ct("twins", corpus).code == 0  # what is kept needs no dictionary
    ct("twins", corpus, "--window", "9d").failed(1, "were looked for with --lexicon", "--lexicon ''")
    done = ct("add", corpus, two, *PLAIN)
    assert (done.code, done.err.count("--no-update")) == (0, 1)
    assert "warning: duplicates or twins were not brought up to date" in done.err
    ct("twins", corpus, "--lexicon", f"nl-fr={table}").failed(1, "cannot be read")
    (tmp_path / "kort.py").write_text(
        "class Kort:\n    name = 'kort'\n\n    def encode(self, texts):\n"
        "        return [[float(t.count(c)) for c in 'kqwxyz'] for t in texts]\n",
        encoding="utf-8",
    )
    done = ct("twins", corpus, "--lexicon", "", "--encoder", "kort:Kort", "--json", cwd=tmp_path)
    assert "encoder" in {piece["kind"] for pair in done.json for piece in pair["evidence"]}
    ct("twins", corpus, "--encoder", "kort:Lang", cwd=tmp_path).failed(2, "cannot be loaded")
    assert ct("twins", corpus, "--encoder", "").code == 0


def test_passages(ct: Run, corpus: Path) -> None:
    """As JSON alone: the mode, the sentences of both, and which say the same."""
    ct("twins", corpus, "--passages", "--format", "tsv").failed(2, "--passages come as JSON")
    (pair,) = ct("twins", corpus, "--passages", "--format", "json", "-n", "1").json
    assert pair["mode"] in ("translation", "comparable")
    texts = {record["id"]: record["text"] for record in ct("filter", corpus).jsonl}
    for side in ("a", "b"):
        assert [texts[pair[side]][start:end][-1] for start, end in pair["sentences"][side]] == [".", "."]
    assert all(set(passage) == {"a", "b", "score"} for passage in pair["passages"])


def test_the_same_on_every_run(process: Run, corpus: Path, source: Path) -> None:
    """Whatever the hash seed and the locale, and whatever stands in the file already."""
    first = process("twins", corpus, "--json", PYTHONHASHSEED="1")
    assert first.stdout == process("twins", corpus, "--json", PYTHONHASHSEED="2", LC_ALL="C").stdout
    fresh = process("twins", source, "--json", *PLAIN, PYTHONHASHSEED="3")
    assert json.loads(fresh.stdout) == first.json
