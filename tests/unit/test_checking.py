"""Checking articles: whole where nothing happened, told where something did, and never a traceback."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool import checking
from corpus_tool.checking import ALL, QUICK, check, disagreements, disagreements_with_raw, leads_back
from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.article import Article, Block, Normalization, Removed
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.options import ReadOptions
from corpus_tool.store.check import Step
from corpus_tool.store.rows import digest_of, row_of
from corpus_tool.store.store import Store
from corpus_tool.text.normalize import normalize
from tests.unit.building import PROSE, article, write_jsonl

FLIPS = 60
LONG = " ".join(f"Zin {n} gaat over de trein naar Gent, die gisteren weer niet reed." for n in range(900))
"""Longer than a page, so that it goes over several."""


def sources(folder: Path) -> list[Path]:
    """Sources of several kinds, with dates, boilerplate, odd characters, and a text of several pages."""
    folder.mkdir()
    (folder / "a.txt").write_text(
        " date 2018-06\n\nRaad keurt plan goed\n\nDe raad keurde gisteren het plan voor de haven goed.\n\nLees ook:\n\n"
        "Het debat duurde\u00a0tot na middernacht, zegt de voor\u00adzitter.\n",
        encoding="utf-8",
    )
    (folder / "b.txt").write_bytes("Le café du théâtre a rouvert hier soir à Liège.\n".encode("cp1252"))
    (folder / "c.csv").write_text('title;text\nBrug;"De brug blijft dicht, zegt de stad."\nSluis;De sluis gaat open.\n')
    write_jsonl(folder / "d.jsonl", {"title": "Lang", "text": LONG, "date": "2020-05-01", "vak": [1, {"x": "é"}]})
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good corpus file, to be copied before it is harmed."""
    folder = tmp_path_factory.mktemp("whole")
    path = folder / "pers.db"
    with Corpus.create(path) as corpus:
        corpus.add(sources(folder / "bron"), options=ReadOptions(detector="none"))
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of the good file."""
    path = tmp_path / "kopie.db"
    path.write_bytes(whole.read_bytes())
    return path


def steps(path: Path, **options: Any) -> dict[str, Step]:
    """The steps of a check, by name."""
    return {step.name: step for step in check(str(path), **options)}


def kinds(path: Path) -> dict[str, dict[str, int]]:
    """What each step counts, where it counts anything."""
    return {name: dict(step.counted) for name, step in steps(path).items() if step.found}


def change(path: Path, sql: str, *values: Any) -> None:
    """Change a file behind the back of corpus-tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql, values)


def rewrite(path: Path, identifier: str, **fields: Any) -> None:
    """Write other fields into an article with a digest that fits them, as a faulty program would."""
    with Store.open(str(path)) as store:
        [found] = store.by_key(identifier, 1)
    changed = replace(found, **fields)
    row = row_of(changed)
    names = ("words", "characters", "paragraphs", "date_earliest", "normalization", "inference")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        from corpus_tool.store.rows import WHOLE

        for name in names:
            connection.execute(
                f"UPDATE articles SET {name} = ? WHERE id = ?", (row.values[WHOLE.index(name)], identifier)
            )
        connection.execute("UPDATE articles SET digest = ? WHERE id = ?", (digest_of(changed), identifier))


def articles(path: Path) -> list[Article]:
    """All articles of a corpus file."""
    with Store.open(str(path)) as store:
        return list(store.articles())


def test_a_good_file(whole: Path) -> None:
    """Every step finds it whole; every article, raw record and offset map was looked at, and the file is as it was."""
    before = hashlib.sha256(whole.read_bytes()).digest()
    done = steps(whole)
    assert tuple(done) == ALL
    assert {step.outcome for step in done.values()} == {"whole"}
    assert [done[name].checked for name in ("counts", "articles", "records", "offsets", "index")] == [5] * 5
    assert not any(step.notices for step in done.values())
    assert hashlib.sha256(whole.read_bytes()).digest() == before
    assert [path.name for path in whole.parent.glob("pers.db*")] == ["pers.db"]


def test_quick_reads_no_article(copy: Path) -> None:
    """The quick check has fewer steps, and does not see a changed value."""
    change(copy, "UPDATE articles SET title = 'Anders' WHERE number = 1")
    done = steps(copy, quick=True)
    assert tuple(done) == QUICK
    assert not any(step.found for step in done.values())


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE articles SET outlet = 'Anders' WHERE number = 2", {"digest": 1}),
        ("UPDATE articles SET words = '8' || words WHERE number = 2", {"digest": 1, "words": 1}),
        ("UPDATE articles SET inference = '[1' WHERE number = 2", {"unreadable": 1}),
        ("UPDATE articles SET normalization = '{\"blocks\": 7}' WHERE number = 2", {"unreadable": 1}),
        ("UPDATE articles SET digest = x'00' WHERE number = 2", {"digest": 1}),
    ],
)
def test_a_changed_row(copy: Path, sql: str, expected: dict[str, int]) -> None:
    """A value that is not what was written is told by the digest, with the id of its article."""
    change(copy, sql)
    step = steps(copy)["articles"]
    assert dict(step.counted) == expected
    assert {problem.article for problem in step.problems} == {articles_ids(copy)[1]}


def articles_ids(path: Path) -> list[str]:
    """The ids of a corpus file, in the order of adding."""
    with Store.open(str(path)) as store:
        return [row[0] for row in store.rows("SELECT id FROM articles ORDER BY number")]


def test_a_digest_does_not_excuse(copy: Path) -> None:
    """Fields that disagree with the text are told even where the digest was made of them."""
    [first, *_] = articles(copy)
    blocks = (*first.normalization.blocks[:-1], Block("paragraph", 3, len(first.text) + 1))
    rewrite(
        copy,
        first.id,
        words=first.words + 1,
        characters=0,
        date_earliest="2018-06-02",
        normalization=replace(first.normalization, blocks=blocks),
        paragraphs=99,
    )
    found = kinds(copy)["articles"]
    assert {"words", "characters", "paragraphs", "dates", "blocks"} <= found.keys()
    assert "digest" not in found


def test_a_harmed_raw_record(copy: Path) -> None:
    """A raw record that is another's, or no stream at all, is told; the article itself is whole."""
    change(copy, "UPDATE records SET raw = (SELECT raw FROM records WHERE article = 2) WHERE article = 1")
    change(copy, "UPDATE records SET facts = x'00' WHERE article = 3")
    assert kinds(copy) == {"records": {"unreadable": 2}}


def test_a_raw_record_of_other_bytes(copy: Path) -> None:
    """A stream that can be unpacked, but holds other bytes, does not give the article's id."""
    from corpus_tool.store.records import known, packed

    [first, *_] = articles(copy)
    raw, facts = packed(b"Heel iets anders.", None, known(first))
    with Store.open(str(copy)) as store:
        kept = store.raw_record(first)
    assert kept is not None
    raw, facts = packed(kept[0] + b" meer", kept[1], known(first))
    change(copy, "UPDATE records SET raw = ?, facts = ? WHERE article = 1", raw, facts)
    found = kinds(copy)["records"]
    assert found["id"] == found["bytes"] == 1


def test_records_that_are_gone_are_a_notice(copy: Path) -> None:
    """An article without a raw record is no damage: an export may have brought it."""
    change(copy, "DELETE FROM records WHERE article > 3")
    done = steps(copy)
    assert not any(step.found for step in done.values())
    assert done["records"].checked == 3
    assert done["counts"].notices == ["2 without a raw record: they came from exports that carry none"]


def test_texts_that_other_rules_made_are_no_damage(tmp_path: Path) -> None:
    """The rules that the run tells make the text again; without them it is not checked, and said."""
    rules = {"nbsp": "keep", "quotes": "straight"}
    source = tmp_path / "a.txt"
    source.write_text("Hij zei “ja”\u00a0! En toen ging hij weg naar de haven van Antwerpen.\n", encoding="utf-8")
    path = tmp_path / "x.db"
    with Corpus.create(path) as corpus:
        corpus.add(source, options=ReadOptions(detector="none", rules=rules))
    done = steps(path)
    assert (done["offsets"].checked, done["offsets"].notices) == (1, [])
    change(path, "UPDATE runs SET options = '{}'")
    done = steps(path)
    assert not any(step.found for step in done.values())
    assert done["offsets"].checked == 0
    assert "1 texts are not made again" in done["offsets"].notices[0]


def test_an_edited_export_is_no_damage(tmp_path: Path, whole: Path) -> None:
    """What an export says of its text is taken as it is: a disagreement is the export's, and a notice."""
    import json

    export = tmp_path / "uit.jsonl"
    data = [found.to_dict() for found in articles(whole)]
    data[0]["words"] += 5
    export.write_text("".join(json.dumps(item) + "\n" for item in data), encoding="utf-8")
    path = tmp_path / "terug.db"
    with Corpus.create(path) as corpus:
        corpus.add(export, options=ReadOptions(detector="none"))
    done = steps(path)
    assert not any(step.found for step in done.values())
    assert done["articles"].notices == ["1 disagreements with the text that exports brought along"]


def test_words_of_another_version_are_not_counted_again(copy: Path) -> None:
    """Another version may count otherwise: that is a notice, and no damage."""
    [first, *_] = articles(copy)
    rewrite(copy, first.id, words=first.words + 1)
    assert kinds(copy) == {"articles": {"words": 1}}
    change(copy, "UPDATE runs SET tool = '0.0.0'")
    done = steps(copy)
    assert not any(step.found for step in done.values())
    assert "another version" in done["articles"].notices[0]


def test_no_corpus_file(tmp_path: Path) -> None:
    """What is no corpus file is refused, and no step is made."""
    other = tmp_path / "x.db"
    other.write_bytes(b"geen database")
    with pytest.raises(CorpusToolError, match="no corpus file") as refused:
        next(check(str(other)))
    assert refused.value.code == ExitCode.FAILED


@pytest.mark.parametrize("kept", [1, 3, 10, 99])
def test_a_file_that_was_cut(copy: Path, kept: int) -> None:
    """A file without its end is damaged wherever it was cut, and so is one that was cut within a page."""
    data = copy.read_bytes()
    copy.write_bytes(data[: len(data) * kept // 100])
    done = list(check(str(copy)))
    assert sum(step.found for step in done) > 0


def test_progress_is_told(whole: Path) -> None:
    """Each article is a step forward, of as many as there are; long statements tick without a number."""
    ticks: list[tuple[str, int, int]] = []
    list(check(str(whole), on_tick=lambda *tick: ticks.append(tick)))
    assert [tick for tick in ticks if tick[0] == "articles"] == [("articles", n, 5) for n in range(1, 6)]
    assert {tick for tick in ticks if tick[0] != "articles"} <= {("pages", 0, 0), ("index", 0, 0)}


def flips(data: bytes) -> Iterator[tuple[int, int]]:
    """Places and bits of a file to flip: half of them where something stands, by a fixed seed."""
    chance = random.Random(20180618)
    used = [at for at, byte in enumerate(data) if byte]
    for number in range(FLIPS):
        yield (chance.choice(used) if number % 2 else chance.randrange(len(data))), 1 << chance.randrange(8)


def test_any_flipped_bit_is_told_or_harmless(whole: Path, tmp_path: Path) -> None:
    """A file with one bit flipped is refused, or called damaged, or gives the same articles and raw records."""
    data = whole.read_bytes()
    good = _everything(whole)
    outcomes = {"whole": 0, "told": 0}
    for at, bit in flips(data):
        harmed = bytearray(data)
        harmed[at] ^= bit
        path = tmp_path / f"{at}.db"
        path.write_bytes(harmed)
        try:
            told = sum(step.found for step in check(str(path))) > 0
        except CorpusToolError:
            told = True
        outcomes["told" if told else "whole"] += 1
        if not told:
            assert _everything(path) == good, (at, bit)
    assert min(outcomes.values()) > FLIPS // 10, outcomes


def _everything(path: Path) -> list[tuple[Article, Any]]:
    with Store.open(str(path)) as store:
        return [(found, store.raw_record(found)) for found in store.articles()]


GOOD = article()


def test_a_good_article_agrees() -> None:
    """The article that the others are made of has no disagreement."""
    assert list(disagreements(GOOD)) == []
    assert list(disagreements(article(words=0), words=False)) == []


def inferred(*evidence: Evidence) -> dict[str, Inferred | None]:
    """An inference of the date with this evidence."""
    return {"date": Inferred("cue", 0.9, evidence), "language": None, "title": None}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"words": 15}, "words"),
        ({"characters": 1}, "characters"),
        ({"paragraphs": 2}, "paragraphs"),
        ({"normalization": Normalization(blocks=(Block("paragraph", 5, 4),))}, "blocks"),
        ({"normalization": Normalization(blocks=(Block("paragraph", 0, 10_000),))}, "blocks"),
        ({"normalization": Normalization(blocks=(Block("a", 0, 9), Block("b", 8, 20))), "paragraphs": 2}, "blocks"),
        ({"inference": inferred(Evidence("De raad", "text", 1, 8, "x"))}, "evidence"),
        ({"inference": inferred(Evidence("", "text", 10_000, 10_002, "x"))}, "evidence"),
        ({"inference": inferred(Evidence("x", "name", 3, 2, "x"))}, "evidence"),
        ({"inference": inferred(Evidence("x", "url", -1, 0, "x"))}, "evidence"),
        ({"date_earliest": "2018-06-01"}, "dates"),
        ({"date": "2018-06", "date_latest": "2018-06-29"}, "dates"),
        ({"date": "juni"}, "dates"),
        ({"date_modified": "2018-13"}, "dates"),
    ],
)
def test_each_disagreement_has_its_kind(fields: dict[str, Any], kind: str) -> None:
    """One field that does not fit is one disagreement."""
    assert [found for found, _ in disagreements(replace(GOOD, **fields))] == [kind]


def test_raw_evidence_and_what_was_removed_have_their_places() -> None:
    """Evidence in the raw record stands there, and what was left out has a span inside it, or none."""
    raw = "date 2018-06\n\nTekst"
    good = replace(
        GOOD,
        inference=inferred(Evidence("date 2018-06", "raw", 0, 12, "marker")),
        normalization=Normalization(removed=(Removed("share", "x", 14, 19), Removed("share", "x", None, None))),
    )
    assert list(disagreements_with_raw(good, raw)) == []
    moved = replace(
        good,
        inference=inferred(Evidence("date 2018-06", "raw", 1, 13, "marker")),
        normalization=Normalization(removed=(Removed("share", "x", 14, 20), Removed("share", "x", 5, 4))),
    )
    assert [kind for kind, _ in disagreements_with_raw(moved, raw)] == ["raw-evidence", "removed", "removed"]


@given(st.text(alphabet="ab \n\u00a0\u00adé-", max_size=200))
def test_every_text_leads_back(raw: str) -> None:
    """The law of the offset map: the blocks of any normalized text lead back inside it and in order."""
    made = normalize(raw)
    assert leads_back(made, article(text=made.text, normalization=Normalization(blocks=made.blocks)), len(raw))


def test_blocks_in_another_order_do_not_lead_back() -> None:
    """Spans that come back before the one that stood before them, or outside the record, are seen."""
    made = normalize(PROSE)
    ends = (Block("paragraph", 40, 60), Block("paragraph", 0, 20))
    assert not leads_back(made, article(normalization=Normalization(blocks=ends)), len(PROSE))
    assert not leads_back(made, article(), len(PROSE) - 1)


def test_the_steps_are_named_once() -> None:
    """The quick steps are some of all, in the same order."""
    assert [name for name in ALL if name in QUICK] == list(QUICK)
    assert checking.MOST_RULES > 1
