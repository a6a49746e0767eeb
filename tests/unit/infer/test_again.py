"""Concluding anew from a kept record: what is asked for, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.infer.again import KINDS, What, concluded_again
from corpus_tool.ingest.pipeline import Entry, Reading
from corpus_tool.model.article import Article
from corpus_tool.model.options import DateOptions, ReadOptions

TEXT = "Titel: Kop\nDatum: 05/06/2018\n\nDe raad\u00a0keurde het plan voor de oude haven goed, zegt de stad.\n"


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    """An article whose numeric date can be read in two orders, with a no-break space in its text."""
    (tmp_path / "a.txt").write_text(TEXT)
    [found] = Reading(ReadOptions(detector="none", keep_bytes=True)).entries([str(tmp_path)])
    return found


def again(entry: Entry, *what: What, **options: Any) -> Article:
    """The article concluded anew, as far as is asked for."""
    record, origin, _ = entry.recorded
    chosen = ReadOptions(detector="none", **options)
    return concluded_again(entry.article, record, origin, chosen, frozenset(what), None)


def changed(before: Article, after: Article) -> set[str]:
    """The fields that are not what they were."""
    left, right = before.to_dict(), after.to_dict()
    return {name for name in left if left[name] != right[name]}


@pytest.mark.parametrize("what", [(), *((kind,) for kind in KINDS), KINDS])
def test_the_same_options_conclude_the_same(entry: Entry, what: tuple[What, ...]) -> None:
    """Nothing is another than before, whatever is concluded anew."""
    assert again(entry, *what) == entry.article


def test_only_what_is_asked_for_is_another(entry: Entry) -> None:
    """Dates leave text and language alone, languages the date; texts take everything."""
    order = DateOptions(day_order="mdy")
    options: dict[str, Any] = {"dates": order, "rules": {"nbsp": "keep"}}
    dates = {"date", "date_earliest", "date_latest", "inference"}
    assert entry.article.date != again(entry, "dates", **options).date == "2018-05-06"
    assert changed(entry.article, again(entry, "dates", **options)) <= dates
    assert changed(entry.article, again(entry, "languages", **options)) == set()
    texts = changed(entry.article, again(entry, "texts", **options))
    assert {"text", "date", "normalization"} <= texts
    assert not {"id", "name", "source", "title", "extra"} & texts


def test_other_places_stay(entry: Entry) -> None:
    """Where else the record stands is not concluded from it."""
    place = replace(entry.article.source, also=("b.txt",))
    known = entry._replace(article=replace(entry.article, source=place))
    assert again(known, "texts").source == place


def test_where_no_text_would_be_left_the_article_stays(entry: Entry) -> None:
    """A list of boilerplate that takes all of it does not take the article."""
    record, origin, _ = entry.recorded
    emptied = replace(record, body=" \n ")
    options = ReadOptions(detector="none")
    assert concluded_again(entry.article, emptied, origin, options, frozenset({"texts"}), None) is entry.article
