"""Which articles of a reading are given, in which order and how many; and what was counted on the way."""

from __future__ import annotations

import heapq
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus_tool.model.article import Article
from corpus_tool.query import Query, sort_key


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles of a reading are given, and in which order: query, sample, sort, limit, in this order."""

    query: Query = field(default_factory=Query)
    sort: str | None = None
    reverse: bool = False
    limit: int | None = None
    sample: int | None = None
    seed: int = 0

    def told(self) -> dict[str, Any]:
        """What was asked for, as plain values."""
        order = {name: getattr(self, name) for name in ("sort", "reverse", "limit", "sample", "seed")}
        return {"query": self.query.told(), **{name: value for name, value in order.items() if value}}

    @property
    def holds_all(self) -> bool:
        """Whether every matching article must be held before the first is given."""
        return self.sort is not None or self.reverse


@dataclass(slots=True)
class Tally:
    """What a selection counted: articles read, matching, given, and matching only by overlap of dates.

    `cut_short` says that reading ended early because the limit was reached.
    """

    read: int = 0
    matched: int = 0
    given: int = 0
    by_overlap: int = 0
    cut_short: bool = False


OnOther = Callable[[Article, str], None]


class Selectable(Iterable[Article]):
    """Articles that know how to select among themselves: those of a corpus file need not be looked at one by one."""

    @abstractmethod
    def selected(self, selection: Selection, tally: Tally, *, cap: int | None = None) -> Iterator[Article]:
        """As `select` gives them."""


def select(
    articles: Iterable[Article],
    selection: Selection,
    tally: Tally,
    *,
    streaming: bool = False,
    on_other: OnOther | None = None,
    cap: int | None = None,
) -> Iterator[Article]:
    """The selected articles; with `streaming`, reading ends as soon as the limit is reached.

    `on_other` is called with every article that does not meet the query, and with the reason. `cap` says that only so
    many will be looked at: articles that can be counted otherwise are then counted as given, and not given.
    """
    if isinstance(articles, Selectable) and on_other is None:
        return articles.selected(selection, tally, cap=cap)
    return _selected(articles, selection, tally, streaming=streaming, on_other=on_other)


def _selected(
    articles: Iterable[Article], selection: Selection, tally: Tally, *, streaming: bool, on_other: OnOther | None
) -> Iterator[Article]:
    matching = _matching(articles, selection.query, tally, on_other)
    if selection.sample is not None:
        matching = iter(sample(matching, selection.sample, selection.seed))
    if selection.sort is not None:
        matching = iter(in_order(matching, selection.sort, reverse=selection.reverse))
    elif selection.reverse:
        matching = reversed(list(matching))
    # What is held was read to its end: nothing is cut short then.
    held = selection.holds_all or selection.sample is not None
    try:
        yield from _limited(matching, selection.limit, tally, streaming=streaming and not held)
    finally:
        _close(articles)  # a file that was not read to its end is reported too


def in_order(articles: Iterable[Article], name: str, *, reverse: bool) -> list[Article]:
    """Sorted by a field, equal values in the order given; articles without a value come last in both directions."""
    key = sort_key(name)
    keyed = [(key(article), article) for article in articles]
    present = sorted((item for item in keyed if not item[0][0]), key=lambda item: item[0], reverse=reverse)
    return [article for _, article in present] + [article for (missing, _), article in keyed if missing]


def _matching(articles: Iterable[Article], query: Query, tally: Tally, on_other: OnOther | None) -> Iterator[Article]:
    for article in articles:
        tally.read += 1
        reason = query.why_not(article)
        if reason is None:
            tally.matched += 1
            tally.by_overlap += query.only_by_overlap(article)
            yield article
        elif on_other is not None:
            on_other(article, reason)


def sample(articles: Iterable[Article], size: int, seed: int) -> list[Article]:
    """A random sample that depends on the articles and the seed only, not on their order; given in their order.

    Each id is hashed with the seed and the `size` smallest are kept: the sample of a stream in the memory of
    the sample (bottom-k sketch, Cohen and Kaplan 2007).
    """
    import hashlib  # it loads OpenSSL

    heap: list[tuple[int, int, Article]] = []
    for position, article in enumerate(articles):
        rank = -int.from_bytes(hashlib.sha256(f"{seed}:{article.id}".encode()).digest()[:8], "big")
        if len(heap) < size:
            heapq.heappush(heap, (rank, -position, article))
        elif heap and rank > heap[0][0]:
            heapq.heapreplace(heap, (rank, -position, article))
    return [article for _, _, article in sorted(heap, key=lambda item: -item[1])]


def _limited(articles: Iterator[Article], limit: int | None, tally: Tally, *, streaming: bool) -> Iterator[Article]:
    """The first articles up to the limit; in a stream nothing is read after them, not even to see if there is more."""
    if streaming and limit == 0:
        tally.cut_short = True
        return
    for article in articles:
        if limit is not None and tally.given >= limit:
            continue
        tally.given += 1
        yield article
        if streaming and tally.given == limit:
            tally.cut_short = True
            return


def _close(articles: Iterable[Article]) -> None:
    if isinstance(articles, Generator):
        articles.close()
