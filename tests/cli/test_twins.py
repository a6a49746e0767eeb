"""`corpus-tool twins`: pairs with their evidence, kept in a corpus file; dates that follow from them."""

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
from tests.unit.link.stories import DUTCH, FRENCH, story
from tests.unit.store.linked import drop

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


ENCODER = "module_that_a_file_names"


def change(path: Path, *statements: str) -> None:
    """Change a corpus file behind the back of corpus-tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def small(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of six stories in two languages whose twins are known, and a folder with a module in it."""
    records = [
        {"text": story(number, pattern), "language": language, "date": f"2018-06-{1 + number:02}"}
        for language, pattern in (("nl", DUTCH), ("fr", FRENCH))
        for number in range(6)
    ]
    path = tmp_path / "klein.db"
    ct("add", path, write_jsonl(tmp_path / "klein.jsonl", *records), *PLAIN)
    assert len(ct("twins", path).tsv) == 6
    (tmp_path / f"{ENCODER}.py").write_text("open('ran', 'w').close()\n\n\nclass E:\n    encode = list\n")
    return path


def name_in(path: Path, **options: Any) -> None:
    """Have a corpus file say that its twins were looked for with these."""
    told = {"languages": ["fr", "nl"], **options}
    pairs = ", ".join(f"'$.{name}', json('{json.dumps(value)}')" for name, value in told.items())
    change(path, f"UPDATE looked_for SET options = json_set(options, {pairs})")


LOADING = [
    ("twins", "klein.db"),
    ("twins", "klein.db", "--json"),
    ("twins", "klein.db", "--window", "9d"),
    ("twins", "klein.db", "--accept-dates"),
    ("twins", "klein.db", "--why-not", "klein", "klein#8"),
    ("dedupe", "klein.db"),
    ("add", "klein.db", "meer.jsonl", *PLAIN),
    ("show", "klein.db", "klein", "--twin"),
    ("show", "klein.db", "klein", "klein#9", "--twin", "--format", "html"),
    ("align", "klein.db", "klein"),
    ("align", "klein.db", "klein", "klein#9", "--json"),
    ("export", "klein.db", "--format", "tmx"),
    ("list", "klein.db"),
    ("check", "klein.db"),
    ("info", "klein.db"),
]


@pytest.mark.parametrize("arguments", LOADING, ids=" ".join)
@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize("by_other", [False, True])
def test_a_file_loads_nothing(
    ct: Run, small: Path, arguments: tuple[str, ...], stale: bool, by_other: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No command imports or opens what a corpus file names, whether its twins are up to date or not."""
    name_in(small, lexicons=["nl-fr=secret.tsv"], encoder=f"{ENCODER}:E")
    if by_other:
        name_in(small, made_by="0.0")
    if stale:
        change(small, "UPDATE looked_for SET up_to_date = 0")
    write_jsonl(small.parent / "meer.jsonl", {"text": story(9, DUTCH), "language": "nl"})
    asked: list[str] = []
    for module in ("corpus_tool.plugins", "corpus_tool.pairing"):
        monkeypatch.setattr(f"{module}.load_lexicon", asked.append)
        monkeypatch.setattr(f"{module}.load_encoder", asked.append)
    done = ct(*arguments, cwd=small.parent)
    assert asked == []
    assert not (small.parent / "ran").exists()
    assert "fault of corpus-tool" not in done.err
    if arguments[0] == "twins" and (stale or by_other):
        done.failed(1, "which a file may not load by itself", "--lexicon nl-fr=secret.tsv", f"--encoder {ENCODER}:E")


def test_passages_load_nothing(ct: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither does aligning pairs that are kept and up to date."""
    name_in(small, lexicons=["nl-fr=secret.tsv"])
    done = ct("twins", small, "--passages", "--json", cwd=small.parent)
    assert "secret.tsv" not in done.err


def test_what_is_typed_again_is_loaded(ct: Run, small: Path) -> None:
    """The same names, typed now, are what the user wants; an empty one leaves it out for good."""
    name_in(small, encoder=f"{ENCODER}:E")
    ct("twins", small, "--encoder", f"{ENCODER}:E", cwd=small.parent).failed(1, "the encoder E failed")
    assert (small.parent / "ran").exists()
    assert ct("twins", small, "--encoder", "", "--lexicon", "").code == 0
    assert ct("twins", small, "--window", "9d").code == 0


def test_dates_of_the_pairs_shown(ct: Run, tmp_path: Path) -> None:
    """With a number of pairs only the dates that follow from these are written; with conditions, from those."""
    undated = {2, 3, 5}
    records = [
        {
            "text": story(number, pattern),
            "language": language,
            "outlet": f"Blad {number}",
            **({} if language == "fr" and number in undated else {"date": "2018-06-05"}),
        }
        for language, pattern in (("nl", DUTCH), ("fr", FRENCH))
        for number in range(STORIES)
    ]
    path = tmp_path / "pers.db"
    ct("add", path, write_jsonl(tmp_path / "pers.jsonl", *records), *PLAIN)
    rows = ct("twins", path).tsv
    places = [place for place, row in enumerate(rows, 1) if row["suggested_a"]]
    assert len(places) == 3
    assert "1 date written" in ct("twins", path, "--accept-dates", "-n", places[0]).err
    left = ct("list", path, "--undated", "--fields", "name").lines[1:]
    assert len(left) == 2
    assert rows[places[0] - 1]["name_a"] not in left
    number = next(number for number in undated if in_file(number, "fr") in left)
    assert "1 date written" in ct("twins", path, "--accept-dates", "--outlet", f"Blad {number}").err
    assert len(ct("list", path, "--undated").tsv) == 1
    assert "0 dates written" in ct("twins", path, "--accept-dates", "-n", "1", "--outlet", "Blad 1").err
    assert ct("check", path).code == 0


def test_copies_are_left_out(ct: Run, small: Path, tmp_path: Path) -> None:
    """Once duplicates are known, or on request; which it was is kept."""
    reprint = {"text": story(1, DUTCH), "language": "nl", "date": "2018-06-03", "title": "Herdruk"}
    ct("add", small, write_jsonl(tmp_path / "herdruk.jsonl", reprint), *PLAIN)
    left = "copies left out: 1 (--with-copies)"

    def pairs(*more: str) -> tuple[set[str], str]:
        done = ct("twins", small, "--many", *more)
        return {row["name_b"] for row in done.tsv if row["name_a"] == "klein#8"}, done.err

    assert pairs() == ({"klein#2", "herdruk"}, pairs()[1])
    assert left not in pairs()[1]
    found, told = pairs("--canonical")
    assert (found, left in told) == ({"klein#2"}, True)
    assert ct("list", small, "--duplicates", "--fields", "name").lines[1:] == ["herdruk"]  # which was looked for
    assert pairs("--with-copies")[0] == {"klein#2", "herdruk"}
    assert pairs()[0] == {"klein#2", "herdruk"}
    found, told = pairs("--canonical")
    assert (found, left in told) == ({"klein#2"}, True)
    assert pairs()[0] == {"klein#2"}


def test_copies_are_left_out_as_soon_as_they_are_known(ct: Run, small: Path, tmp_path: Path) -> None:
    """`dedupe` has the twins looked for again."""
    reprint = {"text": story(1, DUTCH), "language": "nl", "date": "2018-06-03"}
    ct("add", small, write_jsonl(tmp_path / "herdruk.jsonl", reprint), *PLAIN)
    assert "left out" not in ct("twins", small).err
    ct("dedupe", small)
    assert "articles came or changed since twins were looked for" in ct("show", small, "klein", "--twin").err
    assert "copies left out: 1" in ct("twins", small).err
    ct("align", small, "herdruk").failed(1, "no twin of herdruk was found", "it repeats")


def test_a_third_language(ct: Run, small: Path, tmp_path: Path) -> None:
    """The languages of the first time stay, however many articles another one has; it is told to be left out."""
    german = [{"text": f"{story(number, DUTCH)} Und so weiter.", "language": "de"} for number in range(9)]
    done = ct("add", small, write_jsonl(tmp_path / "mehr.jsonl", *german), *PLAIN)
    assert "twins brought up to date" not in done.err
    done = ct("twins", small)
    assert "fr and nl, within 3 days · left out: de (--languages)" in done.err
    assert {row["language_b"] for row in done.tsv} == {"nl"}
    done = ct("twins", small, "--languages", "nl,de")
    assert "nl and de, within 3 days" in done.err
    assert "left out" not in done.err  # who names languages knows
    assert "nl and de, within 3 days · left out: fr" in ct("twins", small).err
    assert "fr and nl and de" in ct("twins", small, "--languages", "fr,nl,de").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--why-not", "klein", "klein#8", "--tier", "sure"),
        ("--why-not", "klein", "klein#8", "--accept-dates"),
        ("--why-not", "klein", "klein#8", "-n", "3"),
        ("--why-not", "klein", "klein#8", "--explain"),
        ("--why-not", "klein", "klein#8", "--passages", "--json"),
        ("--passages", "--format", "tsv"),
        ("--tier", "none"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together(ct: Run, small: Path, arguments: tuple[str, ...]) -> None:
    """It is refused before anything is compared."""
    done = ct("twins", small, *arguments).failed(2)
    assert any(name in done.err for name in ("--why-not", "--passages", "--tier"))


def test_exit_status_is_of_what_is_shown(ct: Run, small: Path) -> None:
    """Twins that no condition or tier lets through are none here."""
    assert ct("twins", small, "-e").code == 0
    assert ct("twins", small, "-e", "--tier", "sure").code == 1  # six articles have no statistics of their own
    assert ct("twins", small, "-e", "--on", "2018-06-03").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_written(ct: Run, small: Path) -> None:
    """What is kept is shown; what would have to be found is told to be impossible."""
    kept, shown = ct("twins", small), ct("show", small, "klein", "--twin")
    small.chmod(0o444)
    assert ct("twins", small).stdout == kept.stdout
    assert ct("show", small, "klein", "--twin").stdout == shown.stdout
    assert ct("align", small, "klein").code == 0
    ct("twins", small, "--window", "9d").failed(1, "may not be written")
    ct("twins", small, "--accept-dates").failed(1, "may not be written")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE twins SET tier = 'x'",
        "UPDATE twins SET why = '{}'",
        "UPDATE looked_for SET options = '{\"x\": 1}'",
        "UPDATE looked_for SET options = '[]'",
    ],
)
def test_damage_is_told(ct: Run, small: Path, statement: str) -> None:
    """It is the file, and not corpus-tool, that is at fault."""
    change(small, statement)
    ct("twins", small).failed(3, "is damaged", "corpus-tool check")
    if "looked_for" not in statement:
        for arguments in (("show", small, "klein", "--twin"), ("align", small, "klein"), ("twins", small, "--json")):
            ct(*arguments).failed(3, "is damaged")
        assert ct("export", small, "--format", "tmx").code == 3
        assert ct("check", small).code == 3


def test_another_adds_while_the_command_runs(ct: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came meanwhile is compared too, and can be shown: all that is told is of the file as it is then."""
    import corpus_tool.cli.twins_command as module
    from corpus_tool.corpus import Corpus
    from corpus_tool.model.options import ReadOptions

    search = module._search
    new = [{"text": story(9, pattern), "language": tag} for tag, pattern in (("nl", DUTCH), ("fr", FRENCH))]
    more = write_jsonl(small.parent / "meer.jsonl", *new)

    def meanwhile(*values: Any) -> Any:
        with Corpus.open(small) as other:
            other.add(more, options=ReadOptions(detector="none"))
        return search(*values)

    monkeypatch.setattr(module, "_search", meanwhile)
    rows = ct("twins", small, "--window", "9d").tsv
    assert [row["name_a"] for row in rows if row["name_b"] == "meer"] == ["meer#2"]
    assert len(rows) == 7


def test_another_removes_while_the_command_runs(ct: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was begun to be read is read to its end as it was."""
    import corpus_tool.cli.twins_command as module
    from corpus_tool.store.store import Store

    shown = module._shown

    def then(found: Any, *values: Any) -> Any:
        with Store.open(str(small), to_write=True) as other:
            drop(other, found[0].pair.a)
        return shown(found, *values)

    monkeypatch.setattr(module, "_shown", then)
    for name in ("tsv", "json", "table"):
        done = ct("twins", small, "--format", name, "--since", "2018")
        assert done.code == 0
        assert ct("list", small).code == 0


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


@pytest.mark.parametrize(
    "more", [("--format", "table"), ("--format", "table", "--explain"), ("--format", "csv"), ("--json",)]
)
def test_what_articles_say_never_acts(ct: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
    """Neither on a terminal nor in a spreadsheet: titles, outlets and words that would are shown, or made safe."""
    records = [
        {"text": f"{story(n, pattern)} {said}", "title": f"{said} kop {n}", "outlet": said, "language": language}
        for language, pattern in (("nl", DUTCH), ("fr", FRENCH))
        for n, said in enumerate(HOSTILE)
    ]
    source = write_jsonl(tmp_path / "\u202epers.jsonl", *records)
    done = ct("twins", source, *more, *PLAIN, COLUMNS="160")
    assert done.code == 0
    assert not CONTROLS.search(done.err)
    if more[:2] == ("--format", "table"):
        assert not CONTROLS.search(done.out)
        assert "[bold]x" in done.out
    elif "csv" in more:
        rows = list(csv.DictReader(done.out.splitlines()))
        assert len(rows) == len(HOSTILE)
    one, other = ct("list", source, "--format", "ids", *PLAIN).lines[:: len(HOSTILE)][:2]
    asked = ct("twins", source, "--why-not", one, other, "--format", "table", *PLAIN)
    assert not CONTROLS.search(asked.out + asked.err)
    assert not CONTROLS.search(ct("twins", source, "--why-not", "\x1b]0;x\x07", other, *PLAIN).err)
    assert not CONTROLS.search(ct("twins", source, "--languages", "nl,\x1b[2J", *PLAIN).err)
    assert not CONTROLS.search(ct("twins", source, "--lexicon", "nl-fr=\x1b[2J", *PLAIN).err)
    assert not CONTROLS.search(ct("twins", source, "--encoder", "\x1b[2J:E", *PLAIN).err)
