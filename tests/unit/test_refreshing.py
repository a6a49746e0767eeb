"""Refreshing: what is inferred anew from the records kept, counted by what changed; corrections stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_tool import refreshing
from corpus_tool.corpus import Corpus
from corpus_tool.model.options import DateOptions, ReadOptions
from corpus_tool.query import Query
from corpus_tool.refreshing import Refreshed
from corpus_tool.store.store import Store
from tests.unit.building import PROSE, run, write_jsonl

SPACED = PROSE.replace(" plan ", "\u00a0plan ")
MDY = DateOptions(day_order="mdy")


def plainly(**options: Any) -> ReadOptions:
    """Options without a detector of languages."""
    return ReadOptions(detector="none", **options)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """Five articles: three with a date that can be read in two orders, one of them with a no-break space."""
    records = [{"text": f"{SPACED if n == 1 else PROSE} Dat is {n}.", "date": f"0{n}/06/2018"} for n in (1, 2, 3)]
    write_jsonl(tmp_path / "a.jsonl", *records, *({"text": f"{PROSE} Dat is {n}."} for n in (4, 5)))
    with Corpus.create(tmp_path / "pers.db") as made:
        made.add(tmp_path / "a.jsonl", options=plainly(dates=DateOptions(day_order="dmy")))
        (tmp_path / "a.jsonl").unlink()  # the sources are not needed
        yield made


def dates(corpus: Corpus) -> list[str | None]:
    """The dates of all articles in order."""
    return [item.date for item in corpus.find()]


def test_dates_are_read_anew(corpus: Corpus) -> None:
    """By the order that is known now; texts and languages are left alone, and what changed is counted."""
    before = [item.text for item in corpus.find()]
    done = corpus.refresh(["dates"], options=plainly(dates=MDY))
    assert dates(corpus) == ["2018-01-06", "2018-02-06", "2018-03-06", None, None]
    assert done == Refreshed(read=5, changed=3, dates=3)
    assert [item.text for item in corpus.find()] == before
    assert corpus.refresh(["dates"], options=plainly(dates=MDY)) == Refreshed(read=5)


def test_texts_are_cleaned_anew(corpus: Corpus) -> None:
    """By another rule; the index and the raw records follow."""
    raw = {item.id: corpus.store.raw_record(item) for item in corpus.find()}
    done = corpus.refresh(["texts"], options=plainly(rules={"nbsp": "keep"}, dates=DateOptions(day_order="dmy")))
    assert done == Refreshed(read=5, changed=1, texts=1)
    first = corpus.get("a")
    assert first is not None
    assert "\u00a0plan" in first.text
    assert {item.id: corpus.store.raw_record(item) for item in corpus.find()} == raw
    assert len(list(corpus.search("plan").hits)) == 5


def test_languages_are_detected_anew(corpus: Corpus) -> None:
    """Without a detector none was known; with one it is. Dates and texts stay."""
    done = corpus.refresh(["languages"], options=ReadOptions(expected=("nl",)))
    assert done == Refreshed(read=5, changed=5, languages=5)
    assert {item.language for item in corpus.find()} == {"nl"}
    assert dates(corpus)[0] == "2018-06-01"


def test_corrections_stay(corpus: Corpus) -> None:
    """Every field that was set by hand, whatever is inferred anew; undone, it is as before it was set."""
    corpus.correct("a", {"date": "2001", "title": "Van mij", "extra.a": "b", "authors": "An"})
    done = corpus.refresh(["texts"], options=plainly(dates=MDY, rules={"nbsp": "keep"}))
    first = corpus.get("a")
    assert first is not None
    assert (first.date, first.title, first.extra["a"], first.authors) == ("2001", "Van mij", "b", ("An",))
    assert first.date_earliest == "2001-01-01"
    assert "\u00a0" in first.text
    assert (done.changed, done.dates, done.texts) == (3, 2, 1)
    assert corpus.undo("a", ["date"]).date == "2018-06-01"


def test_only_those_that_meet_the_conditions(corpus: Corpus) -> None:
    """Others are not looked at; also where a condition is judged article by article."""
    for query, changed in (
        (Query(contains=("Dat is 2",)), ["2018-02-06"]),
        (Query(on="2018-06-03"), ["2018-02-06", "2018-03-06"]),
    ):
        done = corpus.refresh(["dates"], options=plainly(dates=MDY), query=query)
        assert (done.read, done.changed) == (1, 1)
        assert sorted(date for date in dates(corpus) if date is not None and date[5:7] != "06") == changed


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_batches(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """The same whatever the size; one run is noted, each article told once."""
    monkeypatch.setattr(refreshing, "BATCH_ARTICLES", batch)
    seen: list[int] = []
    assert corpus.refresh(["dates"], options=plainly(dates=MDY), on_article=seen.append).changed == 3
    assert len(seen) == 5
    [(command, options)] = corpus.store.rows("SELECT command, options FROM runs WHERE command <> 'add'")
    assert command == "refresh"
    assert '"what":["dates"]' in options
    assert '"day_order":"mdy"' in options


def test_a_refresh_that_changes_nothing_is_no_run(corpus: Corpus) -> None:
    """The file is as it was."""
    corpus.refresh(["dates"], options=plainly(dates=DateOptions(day_order="dmy")))
    assert corpus.store.value("SELECT count(*) FROM runs") == 1


def test_a_batch_that_is_broken_off_is_not_there(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those before it stay."""
    monkeypatch.setattr(refreshing, "BATCH_ARTICLES", 2)
    written = refreshing.write_change
    count = iter(range(9))

    def broken(*arguments: Any) -> None:
        if next(count) == 2:
            raise KeyboardInterrupt
        written(*arguments)

    monkeypatch.setattr(refreshing, "write_change", broken)
    with pytest.raises(KeyboardInterrupt):
        corpus.refresh(["dates"], options=plainly(dates=MDY))
    assert dates(corpus) == ["2018-01-06", "2018-02-06", "2018-06-03", None, None]


def test_without_the_record_an_article_stays(tmp_path: Path) -> None:
    """An export without raw records, and one with the bytes alone, are counted and left as they are."""
    (tmp_path / "a.txt").write_text(f"Datum: 05/06/2018\n\n{PROSE}")
    (tmp_path / "b.txt").write_text(f"Datum: 07/06/2018\n\n{PROSE} Dat is twee.")
    found, _ = run(
        tmp_path / "a.txt", tmp_path / "b.txt", detector="none", keep_raw=True, dates=DateOptions(day_order="dmy")
    )
    carried = [item.to_dict() for item in found]
    del carried[0]["raw"]
    write_jsonl(tmp_path / "uit.jsonl", *carried)
    with Corpus.create(tmp_path / "pers.db") as corpus:
        corpus.add(tmp_path / "uit.jsonl", options=plainly())
        assert corpus.refresh(["texts"], options=plainly(dates=MDY)) == Refreshed(read=2, not_kept=2)
        assert dates(corpus) == ["2018-06-05", "2018-06-07"]


def test_two_processes_refresh_alike(corpus: Corpus) -> None:
    """The same counts, the same articles."""
    done = corpus.refresh(["dates"], options=plainly(dates=MDY), jobs=2)
    assert done == Refreshed(read=5, changed=3, dates=3)
    assert dates(corpus) == ["2018-01-06", "2018-02-06", "2018-03-06", None, None]


def meanwhile(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, *acts: Callable[[Corpus], object]) -> None:
    """Let another program act between the reading of a batch and its writing, one act each time."""
    begin = refreshing.transaction
    waiting = list(acts)

    def late(store: Store) -> Any:
        if waiting:
            with Corpus.open(corpus.path) as other:
                waiting.pop(0)(other)
        return begin(store)

    monkeypatch.setattr(refreshing, "transaction", late)


def test_what_is_corrected_meanwhile_stays(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that sets a field while a batch is concluded is not overwritten; the index stays in step."""
    meanwhile(
        corpus,
        monkeypatch,
        lambda other: other.correct("a", {"title": "Van mij", "date": "2001"}),
        lambda other: other.correct("a", {"outlet": "Krant"}),
    )
    done = corpus.refresh(["texts"], options=plainly(dates=MDY, rules={"nbsp": "keep"}))
    first = corpus.get("a")
    assert first is not None
    assert (first.title, first.date, first.outlet) == ("Van mij", "2001", "Krant")
    assert "\u00a0plan" in first.text
    assert done == Refreshed(read=5, changed=3, dates=2, texts=1)
    assert [hit.article.id for hit in corpus.search("title:mij").hits] == [first.id]
    corpus.to_write().connection.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")


def test_what_is_removed_meanwhile_is_gone(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not come back, and the others are written."""
    meanwhile(corpus, monkeypatch, lambda other: other.remove(Query(contains=("Dat is 1",))))
    done = corpus.refresh(["dates"], options=plainly(dates=MDY))
    assert (done.changed, dates(corpus)) == (2, ["2018-02-06", "2018-03-06", None, None])
