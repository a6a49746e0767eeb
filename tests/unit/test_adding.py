"""Adding: what is new is kept, what is known is counted, and nothing depends on how often or in how many parts."""

from __future__ import annotations

import io
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus_tool import adding
from corpus_tool.adding import add_selected, check_not_added_to_itself
from corpus_tool.corpus import Corpus, read_all
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article, own_place
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import Receipt
from corpus_tool.query import Query
from corpus_tool.selection import Selection, Tally, select
from corpus_tool.store import writing
from corpus_tool.store.store import Store, created_aside
from tests.unit.building import PROSE, write_jsonl


def plainly(**options: Any) -> ReadOptions:
    """Options without a detector of languages."""
    return ReadOptions(detector="none", **options)


def add(path: Path, *sources: Path | str, **options: Any) -> Receipt:
    """Add sources to a corpus file, which is made where it does not exist."""
    with Corpus.open(path) if path.exists() else Corpus.create(path) as corpus:
        return corpus.add([str(source) for source in sources], options=plainly(**options))


def dump(path: Path) -> list[str]:
    """A corpus file as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def articles(path: Path) -> list[Article]:
    """The articles of a corpus file."""
    with Corpus.open(path) as corpus:
        return list(corpus.find())


def texts(count: int, start: int = 1) -> list[dict[str, Any]]:
    """So many records of their own."""
    return [{"text": f"{PROSE} Dat is nummer {n}."} for n in range(start, start + count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files with an article in common."""
    root = tmp_path / "bron"
    root.mkdir()
    write_jsonl(root / "a.jsonl", *texts(3))
    write_jsonl(root / "b.jsonl", *texts(3, start=3))
    return root


def test_the_receipt_tells_stored_and_known(folder: Path, tmp_path: Path) -> None:
    """Every record is counted once: new, known, rejected."""
    (folder / "c.jsonl").write_text("{kapot\n")
    first = add(tmp_path / "pers.db", folder)
    assert (first.records, first.stored, first.known, first.rejected) == (5, 5, 1, 1)
    write_jsonl(folder / "d.jsonl", *texts(2, start=5))
    second = add(tmp_path / "pers.db", folder)
    assert (second.records, second.stored, second.known, second.rejected) == (1, 1, 7, 1)
    with Store.open(str(tmp_path / "pers.db")) as store:
        assert list(store.rows("SELECT path, records, known, rejected FROM files ORDER BY number")) == [
            (str(folder / "a.jsonl"), 3, 0, 0),
            (str(folder / "b.jsonl"), 2, 1, 0),
            (str(folder / "c.jsonl"), 0, 0, 1),
            (str(folder / "d.jsonl"), 1, 1, 0),
        ]


def test_places_of_copies_are_noted_whenever_they_are_found(folder: Path, tmp_path: Path) -> None:
    """In the same run and in a later one; what is added in parts is as what is added at once."""
    add(tmp_path / "heel.db", folder / "a.jsonl", folder / "b.jsonl")
    add(tmp_path / "deel.db", folder / "a.jsonl")
    add(tmp_path / "deel.db", folder / "b.jsonl")
    assert articles(tmp_path / "deel.db") == articles(tmp_path / "heel.db")
    also = {item.name: item.source.also for item in articles(tmp_path / "heel.db")}
    assert also["a#3"] == (str(folder / "b.jsonl"),)
    assert sum(map(bool, also.values())) == 1
    before = dump(tmp_path / "deel.db")
    receipt = add(tmp_path / "deel.db", folder / "b.jsonl", folder / "a.jsonl")
    assert dump(tmp_path / "deel.db") == before
    # Places that are known already are no news.
    assert receipt.codes["duplicate-text"] == 0


def test_what_was_broken_off_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole batches stand after an interrupt; the same command then gives the same articles."""
    monkeypatch.setattr(writing, "BATCH_ARTICLES", 2)
    path = tmp_path / "pers.db"

    def interrupted(number: int) -> Callable[[int], None]:
        counter = iter(range(number, -1, -1))

        def one(_: int) -> None:
            if next(counter) == 0:
                raise KeyboardInterrupt

        return one

    Corpus.create(path).close()
    for number, there in ((1, 2), (0, 2), (2, 4)):
        with Corpus.open(path) as corpus, pytest.raises(KeyboardInterrupt):
            corpus.add(folder, options=plainly(), on_article=interrupted(number))
        assert len(articles(path)) == there
    assert add(path, folder).stored == 1
    whole = tmp_path / "heel.db"
    add(whole, folder)
    assert articles(path) == articles(whole)


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept with its bytes; neither places nor a checksum of the whole are known."""
    data = f" date 2018-06\n{PROSE}".encode("cp1252")
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        add(tmp_path / "pers.db", "-")
    with Corpus.open(tmp_path / "pers.db") as corpus:
        [item] = corpus.find()
        assert (item.source.path, item.source.sha256, item.source.also) == ("-", None, None)
        assert (corpus.store.raw_record(item) or (b"",))[0] == data


def test_a_strict_run_ends_at_the_first_trouble(tmp_path: Path) -> None:
    """It is named; no run is left that seems to be done."""
    (tmp_path / "a.jsonl").write_text('{"text": "Een goed stuk over de haven."}\n{kapot\n')
    with pytest.raises(CorpusToolError, match="record 2, line 2"):
        add(tmp_path / "pers.db", tmp_path / "a.jsonl", strict=True)
    with Store.open(str(tmp_path / "pers.db")) as store:
        assert store.value("SELECT count(*) FROM runs WHERE ended IS NOT NULL") == 0


def test_corpus_files_are_joined(folder: Path, tmp_path: Path) -> None:
    """Raw records, facts and corrections come along; the second copy of an article is known."""
    add(tmp_path / "a.db", folder / "a.jsonl")
    add(tmp_path / "b.db", folder / "b.jsonl")
    with Corpus.open(tmp_path / "a.db") as corpus:
        corpus.correct("a#2", {"outlet": "Voorbeeldkrant", "date": "2018-06-20"})
    receipt = add(tmp_path / "alle.db", tmp_path / "a.db", tmp_path / "b.db")
    assert (receipt.stored, receipt.known) == (5, 1)
    first, second = articles(tmp_path / "a.db"), articles(tmp_path / "b.db")
    joined = articles(tmp_path / "alle.db")
    assert [item.id for item in joined] == [item.id for item in (*first, *second[1:])]
    [both] = [item for item in joined if item.source.also]
    assert (both.id, both.source.also) == (second[0].id, (own_place(second[0]),))
    assert [item for item in joined if item is not both] == [item for item in (*first, *second) if item.id != both.id]
    with Corpus.open(tmp_path / "alle.db") as joined, Corpus.open(tmp_path / "a.db") as first:
        for item in first.find():
            assert joined.store.raw_record(item) == first.store.raw_record(item)
        assert joined.refresh(["texts"], options=plainly()).changed == 0
        item = joined.undo("a#2", ["outlet", "date"])
        assert (item.outlet, item.date) == (None, None)


def test_a_corpus_file_among_raw_sources(folder: Path, tmp_path: Path) -> None:
    """In the order given; what the one has the others add nothing to."""
    add(tmp_path / "a.db", folder / "a.jsonl")
    receipt = add(tmp_path / "alle.db", folder / "b.jsonl", tmp_path / "a.db", folder)
    assert (receipt.stored, receipt.known) == (5, 7)
    assert [item.name for item in articles(tmp_path / "alle.db")] == ["b", "b#2", "b#3", "a", "a#2"]


def test_another_database_is_skipped(tmp_path: Path) -> None:
    """An SQLite file of somebody else holds no text; a corpus file inside a folder is not read either."""
    (tmp_path / "bron").mkdir()
    with closing(sqlite3.connect(tmp_path / "bron" / "vreemd.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    Corpus.create(tmp_path / "bron" / "pers.db").close()
    receipt = add(tmp_path / "alle.db", tmp_path / "bron", tmp_path / "bron" / "vreemd.db")
    assert [report.reason for report in receipt.files] == ["database", "database", "database"]
    assert (receipt.stored, receipt.damaged) == (0, False)


def test_a_corpus_file_is_not_added_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whatever path; a file that does not exist yet is no source of itself."""
    path = tmp_path / "pers.db"
    Corpus.create(path).close()
    (tmp_path / "link").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    for name in ("pers.db", "./pers.db", "link", str(path)):
        with pytest.raises(CorpusToolError, match="to itself"):
            check_not_added_to_itself("pers.db", ["elders", name])
    check_not_added_to_itself("pers.db", ["elders"])
    check_not_added_to_itself("nieuw.db", ["nieuw.db"])


def test_a_source_that_does_not_exist_is_told_first(tmp_path: Path, folder: Path) -> None:
    """Nothing of the others is stored."""
    with Corpus.create(tmp_path / "pers.db") as corpus:
        with pytest.raises(UsageError, match="does not exist"):
            corpus.add([folder, tmp_path / "weg"], options=plainly())
        assert len(corpus) == 0


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(Query(contains=("nummer 3",))),
        Selection(limit=2),
        Selection(sort="text", reverse=True),
        Selection(sort="text", reverse=True, limit=3),
        Selection(reverse=True),
        Selection(sample=3, seed=7),
    ],
)
@pytest.mark.parametrize("stored", [False, True])
def test_a_selection_is_kept_in_its_order(folder: Path, tmp_path: Path, selection: Selection, stored: bool) -> None:
    """As `select` gives it, with raw records, from files and from corpus files; the others are handed out."""
    source = folder
    if stored:
        source = tmp_path / "alle.db"
        add(source, folder)
    expected = list(select(read_all([str(source)], options=plainly()), selection, Tally()))
    others: list[str] = []
    tally, options = Tally(), plainly()
    with created_aside(str(tmp_path / "deel.db")) as store:
        add_selected(store, [str(source)], options, selection, tally, on_other=lambda item, _: others.append(item.name))
    kept = articles(tmp_path / "deel.db")
    assert [item.id for item in kept] == [item.id for item in expected]
    assert (tally.read, tally.given, tally.matched + len(others)) == (5, len(kept), 5)
    with Corpus.open(tmp_path / "deel.db") as corpus:
        assert all(corpus.store.raw_record(item) is not None for item in kept)
        assert corpus.refresh(["texts"], options=plainly()).changed == 0


def test_a_stream_of_articles_is_not_held(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an order that needs all, records are let go as they pass."""
    alive: list[int] = []
    made = adding.made_ready

    def counting(article: Article, recorded: Any) -> Any:
        alive.append(1)
        return made(article, recorded)

    monkeypatch.setattr(adding, "made_ready", counting)
    with created_aside(str(tmp_path / "deel.db")) as store:
        add_selected(store, [str(folder)], plainly(), Selection(Query(contains=("nummer 4",))), Tally())
    assert len(alive) == 1  # what is left out is never made ready
