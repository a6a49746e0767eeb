"""Near-duplicates of a corpus file: kept, brought up to date, the same in parts as at once."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.deduplicating import deduplicate, kept_options
from corpus_tool.errors import CorpusToolError
from corpus_tool.link.duplicates import Options
from corpus_tool.model.article import Article
from corpus_tool.query import Query
from corpus_tool.store.changing import Change, remove, write_change
from corpus_tool.store.links import kept
from corpus_tool.store.near_duplicates import copies, copies_of, not_compared
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Writing, prepare, transaction
from tests.unit.building import article

WORDS = [f"{start}{end}" for start in ("ber", "kol", "wat", "rin", "sto", "mel", "dra", "vos") for end in "aeiouy"]


def text(seed: int, changed: int = 0, size: int = 120) -> str:
    """A text of its own for each seed; of the same seed, with so many words at its end replaced."""
    draw = random.Random(seed)
    words = [draw.choice(WORDS) for _ in range(size)]
    return " ".join([*words[: size - changed], *("anders" + word for word in words[size - changed :])])


def item(number: int, words: str, day: str | None = None, outlet: str | None = None) -> Article:
    """An article of these words."""
    made = article(id=f"{number:016x}", name=f"stuk-{number}", date=day)
    return replace(
        made,
        text=words,
        words=len(words.split()),
        characters=len(words),
        outlet=outlet,
        date_earliest=day,
        date_latest=day,
    )


def add(store: Store, items: Sequence[Article]) -> None:
    """Keep articles."""
    writing = Writing(store, "add", "1.0", {})
    for each in items:
        writing.add(prepare(each, None, None))
    writing.end({})


def change(store: Store, old: Article, new: Article) -> None:
    """Put an article in the place of another."""
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(new, None, None)))


@pytest.fixture
def store() -> Iterator[Store]:
    """Three texts: the first twice and nearly a third time, the second twice, the third once."""
    with Store.in_passing() as made:
        add(
            made,
            [
                item(1, text(1), "2018-06-20"),
                item(2, text(1), "2018-06-18"),
                item(3, text(1, changed=4), "2018-06-25"),
                item(4, text(2), "2018-06-20"),
                item(5, text(2), "2019-01-01"),
                item(6, text(3)),
            ],
        )
        yield made


def names(found: dict[str, str]) -> dict[int, int]:
    """Which article repeats which."""
    return {int(one, 16): int(other, 16) for one, other in found.items()}


def test_what_repeats_what_is_kept(store: Store) -> None:
    """The earliest of each cluster is kept, the others repeat it; nothing of it is in a file that was not asked."""
    assert kept(store, "duplicates") is None
    deduplicate(store, Options())
    assert names(copies(store)) == {1: 2, 3: 2, 5: 4}
    rows = copies_of(store, f"{3:016x}")
    assert [(row.article[-1], row.kept[-1], row.cluster[-1], row.jaccard == 1) for row in rows] == [
        ("1", "2", "1", True),
        ("3", "2", "1", False),
    ]
    assert copies_of(store, f"{2:016x}") == rows  # the kept one is in its cluster too
    assert copies_of(store, f"{6:016x}") == []
    assert kept_options(store) == Options()


def test_conditions_by_what_is_kept(store: Store) -> None:
    """In SQL and article by article the same; where nothing was looked for it is an error with the next thing to do."""
    with pytest.raises(CorpusToolError, match="not looked for"):
        list(store.articles(Query(canonical=True)))
    deduplicate(store, Options())
    for canonical in (True, False):
        query = Query(canonical=canonical)
        found = [each.id for each in store.articles(query)]
        judged = replace(query, copies=copies(store))
        assert found == [each.id for each in store.articles() if judged.matches(each)]
        assert store.count(query) == len(found) == 3
    assert replace(Query(canonical=True), copies=copies(store)).why_not(item(1, "")) == f"it repeats {2:016x}"


def test_another_window_and_threshold(store: Store) -> None:
    """What is asked for anew is looked for anew, whatever was kept."""
    deduplicate(store, Options(window_days=3))
    assert names(copies(store)) == {1: 2}
    deduplicate(store, Options(window_days=None, threshold=1.0))
    assert names(copies(store)) == {1: 2, 5: 4}
    deduplicate(store, Options(keep="longest", window_days=10))
    assert names(copies(store)) == {1: 2, 3: 2}


def test_added_articles_are_compared_with_all(store: Store) -> None:
    """A result that lacks them says so; afterwards it is what a look at all of them gives."""
    deduplicate(store, Options())
    add(store, [item(7, text(3, changed=3)), item(8, text(9))])
    found = kept(store, "duplicates")
    assert found is not None
    assert (found.up_to_date, not_compared(store)) == (False, 2)
    deduplicate(store, Options())
    found = kept(store, "duplicates")
    assert found is not None
    assert (found.up_to_date, not_compared(store)) == (True, 0)
    assert names(copies(store)) == {1: 2, 3: 2, 5: 4, 7: 6}


def test_a_kept_article_that_goes_or_changes(store: Store) -> None:
    """Those that repeated it repeat each other now, though no pair of them was kept."""
    deduplicate(store, Options())
    with transaction(store) as connection:
        remove(connection, [2])
    assert kept(store, "duplicates") is not None
    deduplicate(store, Options())
    assert names(copies(store)) == {3: 1, 5: 4}
    old = next(iter(store.by_key(f"{1:016x}", 1)))
    change(store, old, replace(old, text=text(5)))
    deduplicate(store, Options())
    assert names(copies(store)) == {5: 4}
    old = next(iter(store.by_key(f"{4:016x}", 1)))
    change(store, old, replace(old, date="2020", date_earliest="2020-01-01", date_latest="2020-12-31"))
    deduplicate(store, Options())
    assert names(copies(store)) == {4: 5}


def test_nothing_new_writes_nothing(store: Store) -> None:
    """Asked twice, the second time no run is noted."""
    deduplicate(store, Options())
    runs = store.value("SELECT count(*) FROM runs")
    found = deduplicate(store, Options())
    assert store.value("SELECT count(*) FROM runs") == runs
    assert len(found.clusters) == 2


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "change", "look"]), st.integers(0, 5), st.integers(0, 12)), max_size=14
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_in_steps_as_at_once(steps: list[tuple[str, int, int]]) -> None:
    """Whatever came, went and changed between looks, the clusters are those of one look at what is there."""
    with Store.in_passing() as store, Store.in_passing() as fresh:
        for number, (step, seed, changed) in enumerate(steps, 1):
            there = list(store.articles())
            if step == "add":
                add(store, [item(number, text(seed, changed))])
            elif step == "look":
                deduplicate(store, Options())
            elif there and step == "remove":
                with transaction(store) as connection:
                    remove(connection, [store.number_of(there[seed % len(there)].id) or 0])
            elif there:
                old = there[seed % len(there)]
                change(store, old, replace(old, text=text(changed % 6, seed)))
        found = deduplicate(store, Options())
        add(fresh, list(store.articles()))
        assert deduplicate(fresh, Options()).clusters == found.clusters
        assert copies(fresh) == copies(store)
        assert not_compared(store) == 0
