"""Lines of a styled text that hold every sign of it.

Rich measures a line by its words and cuts off what a joiner between two of them makes wider; here a line is measured as
it will stand, and what does not fit goes to the next.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from corpus_tool.cli.layout import graphemes
from corpus_tool.patterns import lazy

TAB = 4
_WORD = lazy(r"\s*\S+")


def wrapped(text: Text, width: int) -> list[Text]:
    """The text in lines of at most so many cells; a line end of its own is one here, white space at an end is not.

    >>> [line.plain for line in wrapped(Text("Een haven\\nin Gent"), 5)]
    ['Een', 'haven', 'in', 'Gent']
    """
    made: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        line.expand_tabs(TAB)
        for part in line.divide(_breaks(line.plain, width)):
            part.rstrip()
            part.no_wrap, part.overflow = True, "ignore"
            made.append(part)
    return made


def _breaks(line: str, width: int) -> list[int]:
    """Where lines begin, but for the first: at words, inside a word only where it is wider than a line."""
    breaks: list[int] = []
    start = 0
    for match in _WORD.finditer(line):
        if cell_len(line[start : match.end()]) <= width:
            continue
        word = match.end() - len(match[0].lstrip())
        if word > start and line[start:word].strip():
            start = word
            breaks.append(start)
        at = start
        if cell_len(line[start : match.end()]) > width:
            for sign, _ in graphemes(line[start : match.end()]):
                if at > start and cell_len(line[start : at + len(sign)]) > width:
                    start = at
                    breaks.append(start)
                at += len(sign)
    return breaks
