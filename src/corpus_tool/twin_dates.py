"""Dates that follow from sure twins: suggested for undated articles, and written into a corpus file on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus_tool.link.dating import date_from_twin
from corpus_tool.link.features import TWIN_METHOD
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred
from corpus_tool.pairing import FoundTwin, explained
from corpus_tool.store.changing import USER, Change, write_change
from corpus_tool.store.store import Store
from corpus_tool.store.writing import log_run, prepare, transaction
from corpus_tool.version import __version__


class Suggested(NamedTuple):
    """A date for an undated article, from a sure twin."""

    id: str
    date: EdtfDate
    inferred: Inferred


def suggested_dates(store: Store, found: Iterable[FoundTwin]) -> Iterator[Suggested]:
    """Dates for undated articles from their sure twins, the surest twin's date where there are several."""
    done: set[str] = set()
    for twin in found:
        days = twin.pair.dates.a, twin.pair.dates.b
        if twin.pair.tier != "sure" or (days[0] is None) == (days[1] is None):
            continue
        undated, dated = (twin.pair.a, twin.pair.b) if days[0] is None else (twin.pair.b, twin.pair.a)
        if undated in done:
            continue
        article, other = store.by_id(undated), store.by_id(dated)
        if article is None or other is None or not _may_be_dated(article):
            continue
        suggestion = date_from_twin(explained(store, twin), undated, other.date or "")
        if suggestion is not None and str(suggestion[0]) != article.date:
            done.add(undated)
            yield Suggested(undated, *suggestion)


def _may_be_dated(article: Article) -> bool:
    """Whether an article has no date, or one from a twin, and nobody said that it is to have none."""
    inferred = article.inference.get("date")
    if inferred is None:
        return article.date is None
    return inferred.method == TWIN_METHOD or (article.date is None and inferred.method != USER)


def accept_dates(store: Store, suggestions: Sequence[Suggested]) -> int:
    """Write suggested dates into the articles that are still without one; how many they were."""
    written = 0
    with transaction(store) as connection:
        if suggestions:
            log_run(connection, "twins", __version__, {"accept_dates": len(suggestions)}, done=True)
        for suggestion in suggestions:
            article = store.by_id(suggestion.id)
            if article is not None and _may_be_dated(article) and article.date != str(suggestion.date):
                change = Change(article, prepare(_dated(article, suggestion), None, None))
                write_change(connection, change, keep_twins=True)
                written += 1
    return written


def _dated(article: Article, suggestion: Suggested) -> Article:
    date = suggestion.date
    return replace(
        article,
        date=str(date),
        date_earliest=None if date.earliest is None else date.earliest.isoformat(),
        date_latest=None if date.latest is None else date.latest.isoformat(),
        inference={**article.inference, "date": suggestion.inferred},
    )
