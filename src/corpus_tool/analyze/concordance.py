"""The concordance: every place where a node stands, with the words around it (keyword in context; Luhn 1960)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Protocol

from corpus_tool.analyze.node_pattern import NodePattern
from corpus_tool.analyze.spellings import spellings
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.query import PATTERN_SECONDS
from corpus_tool.text.fold import fold

Field = Literal["title", "text"]
FIELDS: tuple[Field, ...] = ("title", "text")
WINDOW = 10
"""Words on each side of the node where nothing else is said."""

NEAREST = 5
"""How far from the node a word may be that lines are sorted by."""

_BORDER = "\n\n"  # between two paragraphs
_WIDEST = 1_000_000  # words
_USUAL = 16  # characters a word, with the blank after it, in nearly every window
_LONGEST = 200  # characters a word, on average over the window, where text is hardly text


class Cited(Protocol):
    """What a concordance reads of an article."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def date(self) -> str | None:
        """The date, as EDTF."""

    @property
    def language(self) -> str | None:
        """The language tag."""

    @property
    def outlet(self) -> str | None:
        """The outlet."""

    @property
    def title(self) -> str | None:
        """The title, which is not repeated in the text."""

    @property
    def text(self) -> str:
        """The text, an empty line between two paragraphs."""


class ConcordanceLine(NamedTuple):
    """One place where the node stands. `start` and `end` are code points of the text, or of the title, as `field` says.

    `left`, `node` and `right` follow one another there, character by character.
    """

    id: str
    name: str
    date: str | None
    language: str | None
    outlet: str | None
    field: Field
    start: int
    end: int
    left: str
    node: str
    right: str


def concordance(
    article: Cited, pattern: NodePattern, *, window: int = WINDOW, fields: Sequence[Field] = FIELDS
) -> Iterator[ConcordanceLine]:
    """Every line of an article, the title's first, in the order of the text.

    The window holds so many words on each side, a word being a run of letters and digits, and ends with the
    paragraph. Raises CorpusToolError where a regular expression takes too long.

    >>> from types import SimpleNamespace
    >>> from corpus_tool.analyze.node_pattern import compile_node
    >>> cited = SimpleNamespace(id="1", name="a", date=None, language="fr", outlet=None, title=None,
    ...     text="La police de l’ICE arrive.")
    >>> next(concordance(cited, compile_node("ice"), window=2))[5:]
    ('text', 15, 18, 'de l’', 'ICE', ' arrive.')
    """
    end = time.monotonic() + PATTERN_SECONDS
    known = (article.id, article.name, article.date, article.language, article.outlet)
    for field in fields:
        text = article.text if field == "text" else article.title
        if not text:
            continue
        context = None
        for start, stop in _found(pattern, text, end, article.name):
            if context is None:
                context = _Context(text, window)
            left, right = context.around(start, stop)
            yield ConcordanceLine(*known, field, start, stop, text[left:start], text[start:stop], text[stop:right])


def _found(pattern: NodePattern, text: str, end: float, name: str) -> Iterator[tuple[int, int]]:
    try:
        # A time of zero or less would be none at all.
        return pattern.spans(text, seconds=max(end - time.monotonic(), 0.001))
    except TimeoutError:
        message = f"the pattern took too long: {pattern.source!r}, over {PATTERN_SECONDS:g} s on {name}"
        raise CorpusToolError(message, hint="make it simpler; avoid repeats inside repeats") from None


class _Context:
    """The words around places of a text."""

    __slots__ = ("_first", "_last", "_limit", "_room", "_text", "_words")

    def __init__(self, text: str, window: int) -> None:
        known = spellings()
        known.learn(text)
        self._text = text
        self._words = _window(min(window, _WIDEST), known.version)
        self._room = _USUAL * window
        self._limit = _LONGEST * window
        self._first, self._last = 0, -1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where the window of a node begins and where it ends."""
        text = self._text
        if not self._first <= start <= end <= self._last:
            before = text.rfind(_BORDER, 0, start)
            after = text.find(_BORDER, max(start, end - 1))  # a match may end between two line ends
            self._first = 0 if before < 0 else before + len(_BORDER)
            self._last = len(text) if after < 0 else max(after, end)
        # Words are counted away from the node: to its left in the text as a mirror shows it.
        first = max(self._first, start - self._room)
        left = self._before(first, start)
        if left == start - first and first > self._first:
            left = self._before(max(self._first, start - self._limit), start)
        right = self._words.match(text, end, min(self._last, end + self._limit))
        return start - left, right.end() if right else end

    def _before(self, first: int, start: int) -> int:
        words = self._words.match(self._text[first:start][::-1])
        return words.end() if words else 0


@lru_cache(maxsize=8)
def _window(window: int, version: int) -> re.Pattern[str]:
    """So many words and what stands between them; where there are not more, all to the end."""
    known = spellings()
    assert known.version == version
    if not window:
        return re.compile("")
    other, word = known.classes.other, known.classes.word
    return re.compile(rf"(?:{other}*+{word}++){{0,{window}}}+(?:{other}*+\Z)?")


SortKey = Callable[[ConcordanceLine], Any]
"""What lines are sorted by; None where a line has nothing to say, which sorts last."""


def sort_keys(names: str, *, window: int = WINDOW) -> list[SortKey]:
    """The keys of a comma list such as `R1,R2,date`; UsageError for one that is none, or beyond the window."""
    return [_sort_key(name.strip(), window) for name in names.split(",") if name.strip()]


def _sort_key(name: str, window: int) -> SortKey:
    known = {"date": _date, **{plain: _plain(plain) for plain in ("node", "language", "name", "outlet")}}
    if name in known:
        return known[name]
    side, place = name[:1].upper(), name[1:]
    if side not in ("L", "R") or place not in map(str, range(1, NEAREST + 1)):
        hint = f"lines are sorted by L1 to L{NEAREST}, R1 to R{NEAREST}, {', '.join(known)}"
        raise UsageError(f"--sort {name!r} is no key", hint)
    if int(place) > window:
        raise UsageError(f"--sort {name} is beyond a window of {window} words", f"widen it: --window {place}")
    return _word(side, int(place) - 1)


def _plain(name: str) -> SortKey:
    return lambda line: fold(getattr(line, name) or "") or None


def _date(line: ConcordanceLine) -> Any:
    try:
        date = EdtfDate.parse(line.date or "")
    except ValueError:
        return None
    return None if date.precision == "yearless" else date.sort_key


def _word(side: str, place: int) -> SortKey:
    """The folded word so far from the node, 0 the nearest."""

    def key(line: ConcordanceLine) -> Any:
        words = words_of(line.left)[::-1] if side == "L" else words_of(line.right)
        return fold(words[place]) if place < len(words) else None

    return key


def words_of(text: str) -> list[str]:
    """The words of a context, in the sense of the window.

    >>> words_of("l’État-major, 12 %")
    ['l', 'État', 'major', '12']
    """
    known = spellings()
    known.learn(text)
    return _word_runs(known.version).findall(text)


@lru_cache(maxsize=2)
def _word_runs(version: int) -> re.Pattern[str]:
    assert spellings().version == version
    return re.compile(f"{spellings().classes.word}++")


def sorted_lines(
    lines: Iterable[ConcordanceLine], keys: Sequence[SortKey], *, reverse: bool = False
) -> list[ConcordanceLine]:
    """All lines by the first key, among equals by the next, at last in the order given; turned round with `reverse`.

    Lines without a value come last either way. Without keys `reverse` gives the last line first.
    """
    held = list(lines)
    if not keys and reverse:
        held.reverse()
    for key in reversed(keys):
        keyed = [(key(line), line) for line in held]
        present = sorted((pair for pair in keyed if pair[0] is not None), key=_first, reverse=reverse)
        held = [line for _, line in present] + [line for value, line in keyed if value is None]
    return held


def _first(pair: tuple[Any, ConcordanceLine]) -> Any:
    return pair[0]
