"""Laws of twins that are kept: whatever happens to a corpus file, a look gives what one look at all of it gives."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.deduplicating import deduplicate
from corpus_tool.link.duplicates import Options
from corpus_tool.pairing import (
    TwinSearch,
    find_twins,
    is_up_to_date,
    kept_search,
    kept_twins,
    languages_of,
)
from corpus_tool.store.check import links_step, references_step
from corpus_tool.store.links import kept
from corpus_tool.store.store import Store
from corpus_tool.twin_dates import accept_dates, suggested_dates
from tests.unit.link.stories import DUTCH, FRENCH, story
from tests.unit.store.linked import add, anew, change, dated, drop, told

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "copy", "remove", "text", "date", "title", "language", "outlet", "dedupe", "look"]),
        st.integers(0, 9),
        st.integers(0, 5),
    ),
    max_size=10,
)
DAYS = (None, "2018-06-03", "2018-06-05", "2018-06", "2018", "2019-01-01")
LANGUAGES = ("nl", "fr", "de", "nl-BE", "und", "fr-FR")
SEARCHES = st.builds(
    TwinSearch,
    languages=st.sampled_from([(), ("fr", "nl"), ("nl", "fr"), ("de", "fr", "nl")]),
    window_days=st.sampled_from([3, None, 0]),
    many=st.booleans(),
    canonical=st.booleans(),
)


def take(store: Store, number: int, step: tuple[str, int, int], search: TwinSearch) -> None:
    """One step: an article comes, goes or changes, or links are looked for."""
    kind, seed, choice = step
    there = list(store.articles())
    old = there[(seed + choice) % len(there)]
    language = LANGUAGES[choice % 2]
    if kind == "add":
        add(store, [told(20 + number, language, date=DAYS[choice])])
    elif kind == "copy":
        add(store, [replace(old, id=f"c{number:015x}", name=f"c{number}", outlet="De Ster")])
    elif kind == "look":
        find_twins(store, search)
    elif kind == "dedupe":
        deduplicate(store, Options(outlets=("De Ster",) if choice % 2 else ()))
    elif kind == "remove" and len(there) > 1:
        drop(store, old.id)
    elif kind == "text":
        change(store, old, replace(old, text=story(seed, FRENCH if old.language == "fr" else DUTCH)))
    elif kind == "date":
        change(store, old, dated(old, DAYS[choice]))
    elif kind == "title":
        change(store, old, replace(old, title=f"Tarkenumbe {choice}"))
    elif kind == "language":
        change(store, old, replace(old, language=LANGUAGES[choice]))
    else:
        change(store, old, replace(old, outlet=("De Ster", None)[choice % 2]))


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, searches=st.lists(SEARCHES, min_size=1, max_size=2))
def test_twins_in_steps_as_at_once(steps: list[tuple[str, int, int]], searches: list[TwinSearch]) -> None:
    """Also what is told to hold before the look holds: it is what the look gives."""
    search = searches[0]
    with Store.in_passing() as store:
        add(store, [told(number, language) for number in range(5) for language in ("nl", "fr")])
        for number, step in enumerate(steps, 1):
            take(store, number, step, searches[number % len(searches)])
        held, before = kept_search(store), list(kept_twins(store))
        holds = held is not None and is_up_to_date(store, held)
        assert references_step(store).outcome == links_step(store).outcome == "whole"
        if held is not None and holds:
            assert find_twins(store, held) == before
        found = find_twins(store, search)
        state = kept(store, "twins")
        assert state is not None
        assert state.up_to_date
        assert list(kept_twins(store)) == found
        languages = languages_of(store, search)
        asked = replace(search, languages=languages) if len(languages) > 1 else search
        assert is_up_to_date(store, asked)
        with anew(store) as fresh:
            known = kept(store, "duplicates")
            if known is not None and search.canonical:
                copies = store.rows("SELECT article, kept, cluster, jaccard, containment FROM duplicates")
                numbers = {article.id: number for number, article in enumerate(fresh.articles(), 1)}
                ids = dict(store.rows("SELECT number, id FROM articles"))
                for article, best, *rest in list(copies):
                    row = (numbers[ids[article]], numbers[ids[best]], *rest)
                    fresh.connection.execute("INSERT INTO duplicates VALUES (?, ?, ?, ?, ?)", row)
            assert find_twins(fresh, search) == found


@settings(max_examples=10, deadline=None)
@given(undated=st.sets(st.integers(0, 43), max_size=4), first=st.integers(0, 43))
def test_dates_are_given_once(undated: set[int], first: int) -> None:
    """Accepted dates are no days, leave the pairs as they were, and are not suggested again."""
    with Store.in_passing() as store:
        for number in range(44):
            day = {"date": None} if number in undated else {}
            add(store, [told(number, "nl"), told(number, "fr", **day)])
        found = find_twins(store, TwinSearch())
        suggestions = list(suggested_dates(store, found))
        assert {int(item.id[1:], 16) for item in suggestions} == undated
        assert accept_dates(store, suggestions[: first + 1]) == len(suggestions[: first + 1])
        assert accept_dates(store, suggestions) == len(suggestions[first + 1 :])
        assert list(suggested_dates(store, kept_twins(store))) == []
        assert list(kept_twins(store)) == found
        state = kept(store, "twins")
        assert state is not None
        assert state.up_to_date
        assert find_twins(store, TwinSearch()) == found
