"""What a concordance looks for, words or a regular expression, and where a text has it.

A pattern of words becomes a regular expression over the text as it stands (see `spellings`): nothing is folded while
searching, and what is found is a span of the text. The expression begins with the characters that the first letter may
be, and looks back for the border of the word only behind them: so it is searched at the speed of a scan, which one that
begins with a look-behind is not.

A wildcard in front of a word (`*migr*`) leaves nothing to scan for. Then the letters behind it are searched, and the
word that holds them is tried from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

from corpus_tool.analyze.pattern_language import (
    SPACED,
    Gap,
    IndexTerm,
    Literal,
    Part,
    Star,
    begins_word,
    ends_word,
    index_terms,
    is_word,
    parse,
)
from corpus_tool.analyze.spellings import Spellings, character_class, spellings
from corpus_tool.errors import UsageError
from corpus_tool.query import PATTERN_SECONDS

Span = tuple[int, int]

LONGEST_REGION = 8
"""So many letters in a row may be spelled by joined ones (`œ`, `ﬃ`); the ways to do it double with every few."""

_GAP = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?|\n[^\S\n]*+)"
"""Blanks of any kind with at most one line end among them: an empty line ends the paragraph."""

_LOOSE = f"{_GAP}?+"


class NodePattern(Protocol):
    """What a concordance looks for."""

    @property
    def source(self) -> str:
        """The pattern as it was typed."""

    @property
    def terms(self) -> tuple[IndexTerm | None, ...]:
        """What an index of the words of folded texts can look up, for each word of the pattern in order.

        Every text with a hit has all of them. None is a word that the index cannot help with; a regular expression
        has no terms.
        """

    def spans(self, text: str, *, seconds: float = PATTERN_SECONDS) -> Iterator[Span]:
        """The nodes in a text, in the order of their beginnings; TimeoutError after so many seconds."""


def compile_node(pattern: str, *, regex: bool = False, case: bool = False) -> NodePattern:
    """What is to be found in texts; `case` minds case and accents. UsageError where the pattern is none.

    >>> text = "L’immigration selon l’ICE"
    >>> [text[start:end] for start, end in compile_node("*migr*").spans(text)]
    ['immigration']
    >>> list(compile_node("l'ice").spans(text))
    [(20, 25)]
    """
    return RegexPattern(pattern, case=case) if regex else WordPattern(pattern, case=case)


class RegexPattern:
    """A regular expression of the `regex` library, on the text as it stands; matches of nothing are left out."""

    __slots__ = ("_compiled", "source", "terms")

    def __init__(self, source: str, *, case: bool = False) -> None:
        import regex

        self.source = source
        self.terms: tuple[IndexTerm | None, ...] = ()
        if not source:
            raise UsageError("the pattern is empty", "name what to look for")
        try:
            self._compiled: Any = regex.compile(source, 0 if case else regex.IGNORECASE)
        except regex.error as error:
            raise UsageError(
                f"the pattern {source!r} is no regular expression: {error}",
                "without --regex, * and ? are wildcards; see docs/concordance.md",
            ) from None

    def spans(self, text: str, *, seconds: float = PATTERN_SECONDS) -> Iterator[Span]:
        """The matches, one after the other; TimeoutError where finding them takes longer than so many seconds."""
        # All at once: the clock of the library runs while whoever takes the matches does something else.
        found = [match.span() for match in self._compiled.finditer(text, timeout=seconds)]
        return (span for span in found if span[0] < span[1])


class WordPattern:
    """Words, phrases and wildcards, compared without case, accents and ligatures, or exactly with `case`."""

    __slots__ = ("_anchor", "_group", "_known", "_parts", "_run", "_unfolding", "_version", "_whole", "source", "terms")

    def __init__(self, source: str, *, case: bool = False) -> None:
        self.source = source
        self._known = spellings()
        self._parts = parse(source, case=case)
        self.terms = index_terms(self._parts)
        self._unfolding = _Unfolding(self._known, case=case)
        # The nodes of a phrase may overlap: what follows the first letter is looked at, not consumed.
        self._group = 1 if len(self.terms) > 1 else 0
        self._known.learn("".join(part.text for part in self._parts if isinstance(part, Literal)))
        self._compile()

    def _compile(self) -> None:
        """Make the expressions anew, with all that is known of characters by now."""
        parts, make = self._parts, self._unfolding
        self._version = self._known.version
        end = f"(?!{self._known.classes.solid})" if ends_word(parts) else ""
        self._anchor = None
        anchor = _anchor(parts)
        if anchor is not None:
            self._anchor = re.compile(make.literal(anchor.text), re.DOTALL)
            self._run = re.compile(f"{self._known.classes.word}*+")
            self._whole = re.compile(_trimmed(make.body(parts)) + end, re.DOTALL)
            return
        head, rest = make.head(parts)
        rest = _trimmed(rest) + end
        self._whole = re.compile(f"{head}(?=({rest}))" if self._group else head + rest, re.DOTALL)

    def spans(self, text: str, *, seconds: float = PATTERN_SECONDS) -> Iterator[Span]:  # noqa: ARG002 — never slow
        """The nodes, in the order of their beginnings; those of a phrase may overlap: `ha ha` in `ha ha ha`."""
        self._known.learn(text)
        if self._version != self._known.version:
            self._compile()
        if self._anchor is not None:
            return self._around_anchors(text, self._anchor)
        if self._group:
            return ((match.start(), match.end(1)) for match in self._whole.finditer(text))
        return map(re.Match.span, self._whole.finditer(text))

    def _around_anchors(self, text: str, anchor: re.Pattern[str]) -> Iterator[Span]:
        """Each word that holds the letters of the anchor, tried from its beginning."""
        whole, run, word = self._whole, self._run, self._known.word
        found = anchor.search(text)
        while found is not None:
            start = place = found.start()
            while start and text[start - 1] in word:
                start -= 1
            node = whole.match(text, start)
            if node is not None:
                yield node.span()
            within = run.match(text, place)
            found = anchor.search(text, max(within.end() if within else 0, place + 1))


def _anchor(parts: list[Part]) -> Literal | None:
    """The letters to search where the first word begins with a wildcard; None where it does not, or is no more."""
    if isinstance(parts[0], Literal):
        return None
    for part in parts:
        if isinstance(part, Gap):
            return None
        if isinstance(part, Literal):
            return part
    return None


def _trimmed(expression: str) -> str:
    """Without blanks that may follow the last sign."""
    return expression.removesuffix(_LOOSE)


Way = list[str]
"""One way to spell some letters: for each character of the text, those it may be."""


class _Unfolding:
    """Parts of a pattern as regular expressions that find every spelling of them."""

    __slots__ = ("_case", "_known")

    def __init__(self, known: Spellings, *, case: bool) -> None:
        self._known = known
        self._case = case

    def head(self, parts: list[Part]) -> tuple[str, str]:
        """The first character with the border before it, and the rest."""
        classes = self._known.classes
        # Seen from behind the first character; the second holds for a word with a soft hyphen in it.
        border = f"(?<!{classes.solid}.)(?<!{classes.solid}{classes.invisible}.)" if begins_word(parts) else ""
        first, rest = parts[0], self.body(parts[1:])
        if isinstance(first, Star):
            return classes.letter + border, f"{classes.word}*+{rest}"
        if not isinstance(first, Literal):
            return classes.letter + border, f"{classes.after}*+{rest}"
        ways, *others = self._regions(first.text)
        opening = character_class({sign for way in ways for sign in way[0]})
        after = [self._after() + self._way(way[1:]) for way in ways]
        if len(ways) == 1:
            choice = after[0]
        else:
            choice = _any_of([f"(?<={character_class(way[0])}){then}" for way, then in zip(ways, after, strict=True)])
        loose = _LOOSE if first.text[0] in SPACED else ""
        return opening + border, choice + loose + "".join(map(self._region, others)) + rest

    def body(self, parts: list[Part]) -> str:
        """Parts one after the other.

        Within a word what stands between two stars is taken where it first fits (an atomic group): trying it further
        on could find nothing more, and would take as many powers of the time as there are stars.
        """
        made, at = "", 0
        while at < len(parts):
            part = parts[at]
            at += 1
            if not isinstance(part, Star):
                made += self._single(part)
                continue
            end = next((n for n in range(at, len(parts)) if isinstance(parts[n], Star | Gap)), len(parts))
            between = "".join(map(self._single, parts[at:end]))
            run = f"{self._known.classes.word}{'+' if part.least else '*'}"
            if not between:
                made += f"{run}+"
            elif end < len(parts) and isinstance(parts[end], Star) and all(map(_within_word, parts[at:end])):
                made += f"(?>{run}?{between})"
            else:
                made += f"{run}?{between}"
            at = end
        return made

    def _single(self, part: Part) -> str:
        classes = self._known.classes
        if isinstance(part, Literal):
            return self.literal(part.text)
        return _GAP if isinstance(part, Gap) else f"{classes.letter}{classes.after}*+"

    def literal(self, text: str) -> str:
        """Every spelling of some letters and signs."""
        return "".join(map(self._region, self._regions(text)))

    def _region(self, ways: list[Way]) -> str:
        made = _any_of([self._way(way) for way in ways])
        return f"{_LOOSE}{made}{_LOOSE}" if len(ways) == 1 and len(ways[0]) == 1 and _is_spaced(ways[0][0]) else made

    def _way(self, way: Way) -> str:
        return "".join(character_class(signs) + self._after() for signs in way)

    def _after(self) -> str:
        """What may stand behind any letter and is not looked at."""
        classes = self._known.classes
        return f"{classes.invisible if self._case else classes.dropped}*+"

    def _regions(self, text: str) -> list[list[Way]]:
        """The ways to spell a text, region by region: no joined letter reaches over the border of two."""
        regions = []
        start = 0
        while start < len(text):
            end = reach = start + 1
            at = start
            while at < end:
                reach = max(reach, *(at + size for size in self._sizes(text, at, start + LONGEST_REGION)))
                end, at = reach, at + 1
            regions.append(list(self._ways(text, start, end)))
            start = end
        return regions

    def _ways(self, text: str, start: int, end: int) -> Iterator[Way]:
        if start == end:
            yield []
            return
        for size in self._sizes(text, start, end):
            signs = "".join(self._signs(text[start : start + size]))
            for way in self._ways(text, start + size, end):
                yield [signs, *way]

    def _sizes(self, text: str, start: int, limit: int) -> list[int]:
        """How many letters from here on one character can stand for."""
        longest = min(limit, len(text)) - start
        return [size for size in range(1, longest + 1) if self._signs(text[start : start + size])]

    def _signs(self, folded: str) -> list[str]:
        """The characters that are compared as one."""
        if self._case and is_word(folded[0]):
            return [folded] if len(folded) == 1 else []
        return self._known.of.get(folded, [])


def _any_of(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"(?:{'|'.join(expressions)})"


def _is_spaced(signs: str) -> bool:
    return any(sign in SPACED for sign in signs)


def _within_word(part: Part) -> bool:
    return not isinstance(part, Literal) or all(map(is_word, part.text))
