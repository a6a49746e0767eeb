"""Near-duplicates of a corpus file: kept, brought up to date, the same in parts as at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool import deduplicating
from corpus_tool.corpus import Corpus
from corpus_tool.deduplicating import TRIES, deduplicate, is_up_to_date, kept_duplicates, kept_options
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.link.duplicates import Duplicates, Options
from corpus_tool.link.shingles import shingle_sets
from corpus_tool.query import Query
from corpus_tool.store.changing import remove
from corpus_tool.store.links import kept
from corpus_tool.store.near_duplicates import copies, copies_of, not_compared
from corpus_tool.store.store import Store
from corpus_tool.store.writing import transaction
from tests.unit.store.linked import (
    Write,
    add,
    after,
    anew,
    change,
    corpus_file,
    dated,
    drop,
    elsewhere,
    identifier,
    item,
    once,
    text,
    the,
)

"""What another program does to a corpus file."""


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


def sorted_pairs(found: Duplicates) -> Duplicates:
    """The same, its pairs in order: those that are kept come as they stand."""
    return found._replace(pairs=sorted(found.pairs))


def is_whole(store: Store, options: Options) -> None:
    """What is kept is told to hold, and is what one look at the same articles gives."""
    state = kept(store, "duplicates")
    assert state is not None
    assert state.up_to_date
    assert is_up_to_date(store, options)
    assert not_compared(store) == 0
    with anew(store) as fresh:
        found = deduplicate(fresh, options)
        assert copies(store) == copies(fresh)
        assert kept_duplicates(store, options).clusters == found.clusters
        rows = (
            "SELECT a.id, cluster, jaccard, containment FROM duplicates JOIN articles a ON number = article ORDER BY 1"
        )
        assert list(store.rows(rows)) == list(fresh.rows(rows))


def test_shares_are_those_of_the_texts(store: Store) -> None:
    """Each edge leads to the article kept and counts the runs of words of both, of the one named first first.

    Also of a member whose pair is kept in the other order, of one whose words a smaller id has as well, and of one that
    is only in a chain with the kept one.
    """
    add(store, [item(7, text(1, 4)), item(9, f"{text(1, 4)} {text(8, size=12)}", "2018-06-01")])
    add(store, [item(8, f"{text(2)} {text(7, size=9)}", "2020-01-01")])
    found = deduplicate(store, Options())
    texts = {each.id: each.text for each in store.articles()}
    cluster, second = found.clusters
    assert (cluster.kept, second.kept) == (identifier(9), identifier(4))
    assert [edge.first for edge in cluster.edges] == [identifier(number) for number in (1, 2, 3, 7)]
    assert [edge.first for edge in second.edges] == [identifier(number) for number in (5, 8)]
    longer = second.edges[1]
    assert longer.first_size > longer.second_size > 0
    for edge in (*cluster.edges, longer):
        one, other = (set(map(int, shingles)) for shingles in shingle_sets([texts[edge.first], texts[edge.second]]))
        assert edge.second == (cluster if edge is not longer else second).kept
        assert edge[2:] == (len(one & other), len(one), len(other), False)
    for row in copies_of(store, identifier(9)):
        edge = next(edge for edge in cluster.edges if edge.first == row.article)
        assert (row.jaccard, row.containment) == (round(edge.jaccard, 4), round(edge.containment, 4))
        assert row.jaccard < row.containment


def test_the_same_is_given_from_what_is_kept(store: Store) -> None:
    """Clusters, links and pairs, without a look at the texts; written is nothing."""
    add(store, [item(7, f"{text(1)} {text(8, size=60)}"), item(8, text(2, 20))])
    found = deduplicate(store, Options())
    assert {link.kind for link in found.links} == {"contained", "edited"}
    assert sorted_pairs(kept_duplicates(store, Options())) == found
    assert not is_up_to_date(store, Options(threshold=0.9))
    assert not is_up_to_date(store, Options(keep="longest"))


def test_equal_articles_with_a_window(store: Store) -> None:
    """Those of the same words are told to be equal whether a window parts dates or not, near ones are not."""
    for options in (Options(), Options(window_days=4), Options(window_days=10)):
        found = deduplicate(store, options)
        kinds = {int(edge.first, 16): edge.kind(options) for cluster in found.clusters for edge in cluster.edges}
        assert kinds[1] == "equal"
        assert kinds.get(3) == ("near" if options.window_days != 4 else None)
        rows = {row.article: row for row in copies_of(store, identifier(2))}
        assert (rows[identifier(1)].jaccard, rows[identifier(1)].containment) == (1.0, 1.0)


def test_a_lower_threshold_than_the_last_time(store: Store) -> None:
    """Pairs that were none before are looked for: what was kept is not all that is asked for now."""
    add(store, [item(7, text(2, 30))])
    pairs = len(deduplicate(store, Options(edited=0.9, containment=1.0, threshold=0.9)).pairs)
    options = Options(threshold=0.5)
    found = deduplicate(store, options)
    assert len(found.pairs) > pairs
    assert names(copies(store)) == {1: 2, 3: 2, 5: 4, 7: 4}
    is_whole(store, options)
    add(store, [item(8, f"{text(2, 60)} {text(11)}")])
    assert deduplicate(store, options).links == []
    options = Options(threshold=0.5, containment=0.3)
    links = deduplicate(store, options).links
    assert [(link.kind, link.pair.second[-1]) for link in links] == [("contained", "8")]
    is_whole(store, options)


def test_outlets_and_words_decide_who_is_kept(store: Store) -> None:
    """Where one changes nothing is compared again, and yet another article is kept."""
    options = Options(outlets=("De Maan",))
    deduplicate(store, options)
    change(store, the(store, identifier(1)), replace(the(store, identifier(1)), outlet="De Maan"))
    assert not_compared(store) == 0
    assert not is_up_to_date(store, options)
    deduplicate(store, options)
    assert names(copies(store)) == {2: 1, 3: 1, 5: 4}
    is_whole(store, options)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    """A corpus file of three equal texts, of which the second is the earliest, one near them, and one of its own."""
    items = [
        item(1, text(1), "2018-06-20"),
        item(2, text(1), "2018-06-18"),
        item(3, text(1), "2018-06-25"),
        item(4, text(1, changed=4), "2018-06-19"),
        item(5, text(2)),
    ]
    with corpus_file(tmp_path / "pers.db", items) as store:
        yield store


def removes_the_kept_one(other: Store) -> None:
    """Take the second article out."""
    drop(other, identifier(2))


def adds_and_looks(other: Store) -> None:
    """Add copies of what is there, and look for duplicates."""
    add(other, [item(6, text(2)), item(7, text(1), "2018-06-17")])
    deduplicate(other, Options())


def adds(other: Store) -> None:
    """Add a copy of what is there."""
    add(other, [item(6, text(2, changed=3))])


def changes_a_text(other: Store) -> None:
    """Give the first article the text of the last one."""
    old = the(other, identifier(1))
    change(other, old, replace(old, text=text(2)))


def changes_a_date(other: Store) -> None:
    """Have the third article be the earliest."""
    change(other, the(other, identifier(3)), dated(the(other, identifier(3)), "2017"))


def looks_otherwise(other: Store) -> None:
    """Look for duplicates in another window."""
    deduplicate(other, Options(window_days=1))


WRITES = [removes_the_kept_one, adds_and_looks, adds, changes_a_text, changes_a_date]


@pytest.mark.parametrize("write", WRITES)
def test_another_writes_while_texts_are_read(file: Store, write: Write) -> None:
    """A sketch is kept of the text that it was made of, or not at all."""
    found = deduplicate(file, Options(), once(file, write))
    is_whole(file, Options())
    assert sorted_pairs(kept_duplicates(file, Options())) == found


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("step", ["find_duplicates", "_index"])
@pytest.mark.parametrize("looked", [False, True])
def test_another_writes_while_articles_are_compared(
    file: Store, write: Write, step: str, looked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found in a state that is no more is not kept; it is done once more, the first time or a later one."""
    if looked:
        deduplicate(file, Options())
        add(file, [item(8, text(2, changed=2))])
    after(monkeypatch, deduplicating, step, once(file, write))
    found = deduplicate(file, Options())
    is_whole(file, Options())
    assert sorted_pairs(kept_duplicates(file, Options())) == found


@pytest.mark.parametrize(
    "write",
    [
        removes_the_kept_one,
        adds_and_looks,
        pytest.param(adds),
        pytest.param(changes_a_text),
        pytest.param(changes_a_date),
    ],
)
def test_another_writes_between_reading_and_comparing(
    file: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came after the texts were read is read too, or is not told to have been looked at."""
    after(monkeypatch, deduplicating, "_sketch", once(file, write))
    deduplicate(file, Options())
    is_whole(file, Options())


@pytest.mark.parametrize("step", ["find_duplicates", "_sketch"])
def test_another_looks_in_another_window_meanwhile(file: Store, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pairs that it found are not all that is asked for here."""
    after(monkeypatch, deduplicating, step, once(file, looks_otherwise))
    deduplicate(file, Options())
    is_whole(file, Options())


def test_another_writes_all_the_time(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some tries it is an error that says so, and nothing is told to hold."""
    deduplicate(file, Options())
    tried: list[int] = []

    def write() -> None:
        tried.append(0)
        with elsewhere(file) as other:
            add(other, [item(50 + len(tried), text(2))])

    add(file, [item(6, text(2))])
    with monkeypatch.context() as patch:
        after(patch, deduplicating, "find_duplicates", write)
        with pytest.raises(CorpusToolError, match="is being written by another program") as raised:
            deduplicate(file, Options())
    assert raised.value.code is ExitCode.FAILED
    assert len(tried) == TRIES
    assert not is_up_to_date(file, Options())
    assert names(copies(file)) == {1: 2, 3: 2, 4: 2}  # as it was
    deduplicate(file, Options())
    is_whole(file, Options())


def test_what_is_read_afterwards_is_what_was_found(file: Store) -> None:
    """Of a corpus that stands still for a reader too, articles of others that came since and all."""
    with Corpus.open(file.path) as corpus:
        corpus.store.stand_still()
        assert len(corpus) == 5
        add(file, [item(6, text(2))])
        assert len(corpus) == 5
        found = corpus.dedupe()
        assert identifier(6) in {name for cluster in found.clusters for name in cluster.members}
        assert names(corpus.copies()) == {1: 2, 3: 2, 4: 2, 6: 5}
        assert len(corpus) == 6
        add(file, [item(7, text(2))])
        assert len(corpus) == 6  # it stands still again
        assert sorted_pairs(corpus.dedupe()) == found


def is_told_to_be_damaged(file: Store) -> None:
    """Whatever is asked of the file, and whether what it keeps is to be brought up to date or not."""
    for stale in (False, True):
        file.connection.execute("UPDATE looked_for SET up_to_date = ?", (not stale,))
        with Corpus.open(file.path) as corpus, pytest.raises(CorpusToolError, match="is damaged") as raised:
            corpus.dedupe()
        assert raised.value.code is ExitCode.DAMAGED_INPUT


@pytest.mark.parametrize(
    "options",
    [
        '{"x": 1}',
        "{}",
        "[]",
        pytest.param("x"),
        '{"outlets": 5}',
        '{"outlets": [], "threshold": "x"}',
        '{"outlets": [], "threshold": 7}',
        '{"outlets": [], "keep": "x"}',
        pytest.param('{"outlets": [], "window_days": "x"}'),
        pytest.param('{"outlets": [], "containment": null}'),
    ],
)
def test_damaged_options(file: Store, options: str) -> None:
    """How duplicates were looked for is read from the file, which may say anything."""
    deduplicate(file, Options())
    file.connection.execute("UPDATE looked_for SET options = ?", (options,))
    is_told_to_be_damaged(file)


def test_a_window_of_fewer_days_than_none() -> None:
    """It is refused where options are made, also by a file: clusters would be taken apart without end."""
    with pytest.raises(UsageError):
        Options(window_days=-1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sketches SET sketch = x'00' WHERE article = 1",
        "UPDATE sketches SET sketch = 'x' WHERE article = 1",
        "UPDATE near_duplicates SET shared = 'x' WHERE b = 4",
        "UPDATE near_duplicates SET of_a = 'x' WHERE b = 4",
        "UPDATE articles SET date_earliest = 'x' WHERE number = 1",
    ],
)
def test_damaged_rows(file: Store, statement: str) -> None:
    """They are told to be damaged too."""
    deduplicate(file, Options())
    file.connection.execute(statement)
    is_told_to_be_damaged(file)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "text", "date", "outlet", "look"]),
        st.integers(0, 5),
        st.integers(0, 12),
    ),
    max_size=14,
)
OUTLETS = (None, "De Ster", "De Maan")
DAYS = (None, "2018-06-18", "2018-06-20", "2018-06-21", "2018-06-27", "2018-06", "2018", "2018-06-19/2018-06-22")
OPTIONS = st.builds(
    Options,
    threshold=st.sampled_from([0.8, 0.8, 0.6, 0.95, 1.0]),
    edited=st.sampled_from([0.5, 0.5, 0.7]),
    containment=st.sampled_from([0.9, 0.9, 1.0]),
    window_days=st.sampled_from([None, None, 0, 2, 7]),
    keep=st.sampled_from(["first", "longest"]),
    outlets=st.sampled_from([(), ("De Maan",), ("De Ster", "De Maan")]),
)
Steps = list[tuple[str, int, int]]


def take(store: Store, number: int, step: tuple[str, int, int], options: Options) -> None:
    """One step: an article comes, goes or changes, or duplicates are looked for."""
    kind, seed, changed = step
    there = list(store.articles())
    old = there[seed % len(there)] if there else None
    if kind == "add":
        size = 120 if changed != 7 else 90  # which is contained in the longer one
        add(
            store,
            [
                item(
                    number,
                    text(seed % 3, changed if size == 120 else 0, size),
                    DAYS[(seed + changed) % 8],
                    OUTLETS[seed % 3],
                )
            ],
        )
    elif kind == "look":
        deduplicate(store, options)
    elif old is None:
        return
    elif kind == "remove":
        drop(store, old.id)
    elif kind == "text":
        new = text(changed % 3, seed)
        change(store, old, replace(old, text=new, words=len(new.split()), characters=len(new)))
    elif kind == "date":
        change(store, old, dated(old, DAYS[changed % 8]))
    else:
        change(store, old, replace(old, outlet=OUTLETS[changed % 3]))


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, looks=st.lists(OPTIONS, min_size=1, max_size=3))
def test_in_steps_as_at_once(steps: Steps, looks: list[Options]) -> None:
    """Whatever came, went and changed between looks of whatever kind, the clusters are those of one look at all."""
    with Store.in_passing() as store:
        for number, step in enumerate(steps, 1):
            take(store, number, step, looks[number % len(looks)])
        deduplicate(store, looks[0])
        is_whole(store, looks[0])


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, options=OPTIONS.filter(lambda options: options.window_days is None))
def test_links_in_steps_as_at_once(steps: Steps, options: Options) -> None:
    """Of few articles every pair is looked at: what is contained and what is edited is the same too."""
    with Store.in_passing() as store:
        for number, step in enumerate(steps, 1):
            take(store, number, step, options)
        found = deduplicate(store, options)
        with anew(store) as fresh:
            assert deduplicate(fresh, options) == found
