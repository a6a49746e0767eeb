"""Counting articles and words: one by one and from sums, with totals that hold whatever the groups are."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze.counts import (
    MOST_FILLED,
    Count,
    GroupCounts,
    Sort,
    count_articles,
    count_rows,
    overview,
    overview_rows,
    unit_labels,
)
from corpus_tool.analyze.groups import Grouping
from corpus_tool.errors import UsageError
from corpus_tool.model.article import Article
from tests.unit.building import article

DATES = st.sampled_from([None, "2018-06-18", "2018-06", "2018", "2018-21", "2019-01-02", "XXXX-06-18", "2018/.."])
ARTICLES = st.lists(
    st.builds(
        article,
        language=st.sampled_from(["nl", "fr", None]),
        date=DATES,
        authors=st.sampled_from([(), ("A",), ("A", "B")]),
        words=st.integers(0, 900),
        characters=st.integers(0, 5000),
    ),
    max_size=12,
)
KEYS = st.lists(st.sampled_from(["language", "month", "year", "author", "dated", "day"]), unique=True, max_size=3)


def texts(counts: GroupCounts, sort: Sort = "natural") -> list[tuple[str | None, ...]]:
    """The values of the rows."""
    return [tuple(value.text for value in row.group) for row in counts.rows(sort)]


@given(ARTICLES, KEYS)
def test_nothing_is_lost(held: list[Article], keys: list[str]) -> None:
    """The total has every article once; so has the sum of the rows, but where one counts for each author."""
    grouping = Grouping(tuple(keys))
    counts = count_articles(held, grouping)
    undated = sum(item.date is None for item in held)
    assert counts.total == Count(len(held), sum(item.words for item in held), undated)
    rows = counts.rows()
    if "author" in keys:
        assert sum(row.counted.articles for row in rows) == sum(max(1, len(item.authors)) for item in held)
    else:
        assert sum(row.counted.articles for row in rows) == len(held)
        assert sum(row.counted.words for row in rows) == counts.total.words
        assert sum(row.counted.undated for row in rows) == undated
    assert all(row.counted.articles for row in rows)


@given(ARTICLES, KEYS)
def test_sums_made_before_count_the_same(held: list[Article], keys: list[str]) -> None:
    """Rows as of a `GROUP BY` over the fields give what the articles give."""
    grouping = Grouping(tuple(keys))
    numbers: Counter[tuple[object, ...]] = Counter()
    words: Counter[tuple[object, ...]] = Counter()
    for item in held:
        values = tuple(str(value) if isinstance(value, dict) else value for value in grouping.values(item))
        numbers[values] += 1
        words[values] += item.words
    summed = count_rows(((values, numbers[values], words[values]) for values in numbers), grouping)
    single = count_articles(held, grouping)
    assert (summed.total, summed.counts) == (single.total, single.counts)


@given(ARTICLES)
def test_the_overview_is_the_same_from_sums(held: list[Article]) -> None:
    """Language and date with their sums are enough for it."""
    rows = [((item.language, item.date), 1, item.words, item.characters) for item in held]
    assert overview(held) == overview_rows(rows)
    assert overview(held).to_dict()["articles"] == len(held)


def test_partial_dates_and_undated_articles_stand_apart() -> None:
    """A year under months is a row of its own behind the months; what has no date comes last."""
    counts = count_rows(
        [([text], 1, 10) for text in (None, "2018", "2018-21", "2018-07-01", "2018-06", "2018-06-30")],
        Grouping(("month",)),
    )
    shown = [(row.group[0].text, row.group[0].partial, row.counted.articles) for row in counts.rows()]
    assert shown == [
        ("2018-06", False, 2),
        ("2018-07", False, 1),
        ("2018", True, 1),
        ("2018-21", True, 1),
        (None, False, 1),
    ]


def test_rows_are_sorted_as_asked() -> None:
    """By articles or words, the most first; by key; each of them in reverse too."""
    counts = count_rows([(["b", None], 3, 10), (["a", None], 1, 90), (["c", None], 2, 90)], Grouping(("outlet",)))
    assert texts(counts) == texts(counts, "articles") == [("b",), ("c",), ("a",)]
    assert texts(counts, "words") == [("a",), ("c",), ("b",)]
    assert texts(counts, "key") == [("a",), ("b",), ("c",)]
    assert [row.group[0].text for row in counts.rows("key", reverse=True)] == ["c", "b", "a"]


def test_gaps_are_filled_for_each_value_of_other_keys() -> None:
    """Rows of 0 between the first and the last month of all; what there was stays as it was."""
    rows = [(("nl", "2018-11"), 2, 20), (("fr", "2019-01-05"), 1, 5), (("fr", None), 1, 5)]
    counts = count_rows(rows, Grouping(("language", "month")))
    before = dict(counts.counts)
    counts.fill()
    months = ["2018-11", "2018-12", "2019-01"]
    assert texts(counts, "key") == [*(("fr", m) for m in months), ("fr", None), *(("nl", m) for m in months)]
    assert all(counts.counts[group] == count for group, count in before.items())
    assert sum(count.articles for count in counts.counts.values()) == 4


def test_filling_is_refused_where_it_means_nothing_or_too_much() -> None:
    """Without a calendar unit, with two, and over ten thousand years of days; with no date there is nothing to do."""
    for names in (("language",), ("year", "month")):
        with pytest.raises(UsageError, match="one calendar unit"):
            GroupCounts(Grouping(names)).fill()
    wide = count_rows([(["0001-01-01"], 1, 1), (["9999-12-31"], 1, 1)], Grouping(("day",)))
    with pytest.raises(UsageError, match=f"over {MOST_FILLED:,} rows"):
        wide.fill()
    assert len(wide.counts) == 2
    undated = count_rows([([None], 1, 1), (["2018"], 1, 1)], Grouping(("month",)))
    undated.fill()
    assert len(undated.counts) == 2


def test_a_timeline_has_every_unit_of_every_group() -> None:
    """Gaps are zero, partial and undated articles are counted beside, and steps sum what they take in."""
    dated = [(("nl", "2018-01"), 2, 20), (("nl", "2018-04"), 1, 5), (("fr", "2018-02-03"), 4, 9)]
    timeline = count_rows(
        [*dated, (("nl", "2018"), 3, 1), (("nl", None), 6, 1)], Grouping(("language", "month"))
    ).timeline()
    assert timeline is not None
    assert list(unit_labels(timeline)) == ["2018-01", "2018-04"]
    dutch, french = timeline.lines
    assert timeline.bins(dutch, 1, "articles") == [2, 0, 0, 1]
    assert timeline.bins(french, 1, "words") == [0, 9, 0, 0]
    assert timeline.bins(dutch, 3, "articles") == [2, 1]
    assert (dutch.partial, dutch.total.undated, dutch.total.articles, french.partial) == (3, 6, 12, 0)
    assert [timeline.step(room) for room in (80, 4, 3, 1)] == [1, 1, 2, 4]


@pytest.mark.parametrize("names", [("month",), ("month", "language"), ("year", "month"), ("language", "outlet")])
def test_only_a_last_key_of_time_makes_lines(names: tuple[str, ...]) -> None:
    """One key, time in front, two units and no unit are tables."""
    grouping = Grouping(names)
    counts = count_rows([([None if name != "date" else "2018-06" for name in grouping.fields], 1, 1)], grouping)
    assert counts.timeline() is None


def test_no_timeline_without_a_whole_unit() -> None:
    """Where all dates are partial there is no first month."""
    assert count_rows([(("nl", "2018"), 1, 1)], Grouping(("language", "month"))).timeline() is None


def test_the_overview_tells_what_dates_can_mean() -> None:
    """First and last day are those that the outermost dates can mean; open ends and lone days tell nothing."""
    held = [
        article(date=text, language="nl", words=10, characters=60)
        for text in ("2018-06", "2017-12-31", "2018/..", "XXXX-06-18", None)
    ]
    seen = overview([*held, article(language=None, date=None, words=1, characters=5)])
    assert (seen.first, seen.last) == (date(2017, 12, 31), date(2018, 6, 30))
    told = seen.to_dict()
    assert told["precisions"] == {"day": 1, "month": 1, "interval": 1, "yearless": 1}
    assert (told["dated"], told["undated"], told["languages"]) == (4, 2, {"nl": 5, "not examined": 1})
    assert (told["words"], told["characters"], told["last_day"]) == (51, 305, "2018-06-30")
    assert overview([]).to_dict()["first_day"] is None
