"""The articles of corpus files: selected where they stand, or given one after another among other sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from corpus_tool.errors import CorpusToolError, Diagnostic, ExitCode
from corpus_tool.model.article import Article
from corpus_tool.model.receipt import FileReport
from corpus_tool.selection import Selectable, Selection, Tally, in_order, sample

if TYPE_CHECKING:
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.query import Query
    from corpus_tool.store.store import Store


class StoredArticles(Selectable):
    """The articles of a corpus file, selected where they stand.

    `light` ones lack what a listing does not show; with `raw` they carry their decoded raw records. `match` is an
    expression for the full-text index that narrows them.
    """

    def __init__(self, store: Store, *, light: bool = False, raw: bool = False, match: str | None = None) -> None:
        self.store = store
        self._whole = not light
        self._raw = raw
        self._match = match

    def __iter__(self) -> Iterator[Article]:
        return self.selected(Selection(), Tally())

    def selected(self, selection: Selection, tally: Tally, *, cap: int | None = None) -> Iterator[Article]:
        """The articles of a selection; what is not given because of the limit or the cap is counted, not read.

        Where only reading could tell how many there are, reading ends there.
        """
        limit = selection.limit
        if cap is not None and (limit is None or cap < limit):
            limit = cap
        try:
            for article in self._ordered(selection, limit):
                tally.given += 1
                tally.by_overlap += selection.query.only_by_overlap(article)
                yield with_raw(self.store, article) if self._raw else article
        except GeneratorExit:  # nobody wants more; the file may be closed by now
            with suppress(CorpusToolError):
                self._tell(selection, tally, all_given=limit is None or tally.given < limit)
            raise
        self._tell(selection, tally, all_given=limit is None or tally.given < limit)

    def _tell(self, selection: Selection, tally: Tally, *, all_given: bool) -> None:
        """Fill the tally: what was not looked at is counted by SQL."""
        query = selection.query
        tally.read = self.store.count() or 0
        counted = None
        if selection.sample is not None:
            counted = self._count(query)
        elif self._match is not None or not all_given:
            counted = self.store.count(query)  # of all; those that the index passed over were not looked at
        if counted is None:
            tally.matched = tally.given
            tally.cut_short = not all_given
            return
        tally.matched = counted
        tally.given = min([counted, *(most for most in (selection.limit, selection.sample) if most is not None)])
        tally.by_overlap = self.count_by_overlap(query, counted)

    def _ordered(self, selection: Selection, limit: int | None) -> Iterator[Article]:
        """In the order asked for; what SQL cannot sort is held and sorted here."""
        from corpus_tool.store.store import sortable

        query, name, down = selection.query, selection.sort, selection.reverse
        if selection.sample is None and (name is None or sortable(name)):
            return self._articles(query, sort=name, reverse=down, limit=limit)
        if selection.sample is None:
            articles = self._articles(query)
        else:  # of all, not of those that the index proposes
            found = self.store.articles(query, whole=self._whole)
            articles = iter(sample(found, selection.sample, selection.seed))
        if name is not None:
            articles = iter(in_order(articles, name, reverse=down))
        elif down:
            articles = reversed(list(articles))
        return articles if limit is None else islice(articles, min(limit, sys.maxsize))

    def _articles(
        self, query: Query, *, sort: str | None = None, reverse: bool = False, limit: int | None = None
    ) -> Iterator[Article]:
        return self.store.articles(query, sort=sort, reverse=reverse, limit=limit, whole=self._whole, match=self._match)

    def _count(self, query: Query) -> int:
        found = self.store.count(query)
        return sum(1 for _ in self._articles(query)) if found is None else found

    def count_by_overlap(self, query: Query, matched: int) -> int:
        """How many of the `matched` articles meet a query only because their dates are not known to the day."""
        from corpus_tool.store.sql import within

        if query.date_match != "overlaps" or not (query.since or query.until or query.on):
            return 0
        return matched - self._count(within(query))


def with_raw(store: Store, article: Article) -> Article:
    """A stored article with its decoded raw record, where that is kept."""
    from corpus_tool.infer.kept import KeptRecord, decoded

    kept = store.raw_record(article)
    return article if kept is None else replace(article, raw=decoded(KeptRecord(*kept), article.source))


def proposing(terms: Iterable[tuple[str, bool]]) -> str | None:
    """The full-text expression that proposes every text with these folded words, or beginnings of words."""
    from corpus_tool.store.odd_letters import expression_for

    return expression_for(terms)


HEAVY = frozenset(("extra", "normalization", "inference", "raw"))
"""The fields that a light article lacks."""


def light_enough(fields: Iterable[str], selection: Selection) -> bool:
    """Whether light articles are enough to show these fields of a selection."""
    named = (*fields, *selection.query.has, selection.sort or "id")
    return HEAVY.isdisjoint(name.split(".")[0] for name in named)


def stored_entries(path: str, reading: Reading) -> Iterator[tuple[Store, Article]]:
    """The articles of a corpus file that were not seen before, with the file, and a report as for any other file.

    A damaged file gives what can be read of it, and its report says so.
    """
    from corpus_tool.ingest.read_file import note, strict_error
    from corpus_tool.model.article import own_place
    from corpus_tool.store.store import Store

    report = FileReport(path, format="corpus")
    try:
        with Store.open(path) as store:
            for article in store.articles():
                if reading.seen.add(article.id):
                    report.records += 1
                    yield store, article
                    continue
                report.known += 1
                for place in (own_place(article), *(article.source.also or ())):
                    if reading.on_known is not None:
                        reading.on_known(article.id, place)
    except CorpusToolError as error:
        if error.code != ExitCode.DAMAGED_INPUT:
            raise
        note(report, Diagnostic("damaged-corpus", error.message, path))
        if reading.options.strict:
            raise strict_error(report) from None
    finally:
        reading.finish(report)
