"""What `dedupe` and `twins` share: windows of days, the articles that meet conditions, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from corpus_tool.corpus import Corpus
    from corpus_tool.query import Query

LINK_FORMATS = ("table", "tsv", "csv", "json", "jsonl")
_UNITS = {"d": 1, "w": 7}


class Window(NamedTuple):
    """How many days may lie between two articles; None for any number."""

    days: int | None


class _Days(click.ParamType[Window]):
    """A number of days or weeks, told in words where it is none."""

    name = "a number of days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        """The window; a usage error that says what was expected."""
        typed = str(value).strip().lower()
        if typed == "any":
            return Window(None)
        number, unit = (typed[:-1], typed[-1]) if typed[-1:] in _UNITS else (typed, "d")
        if not (number.isascii() and number.isdecimal() and len(number) < 7):
            self.fail(f"{value!r} is no window: 3d, 2w, or any; 999999d at most", param, ctx)
        return Window(int(number) * _UNITS[unit])


DAYS = _Days()


def check_extra(what: str) -> None:
    """MissingExtra, before anything is read, where the libraries that links need are not installed."""
    from importlib.util import find_spec

    from corpus_tool.errors import MissingExtra

    if not all(map(find_spec, ("numpy", "scipy", "rapidfuzz", "anyascii"))):
        raise MissingExtra(what, "links")


def matching(corpus: Corpus, query: Query) -> set[str] | None:
    """The ids of the articles that meet a query; None where there is no condition."""
    if query.empty:
        return None
    return {article.id for article in corpus.store.articles(query, whole=False)}


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """What is called for each article done: a line on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from corpus_tool.cli.progress import Counted

    line = Counted(total)
    try:
        yield line.one
    finally:
        line.clear()
