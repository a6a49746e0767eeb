"""The title: the headline of a text, where its first blocks show one; never invented."""

from __future__ import annotations

from corpus_tool.infer.date.headers import header_lines
from corpus_tool.infer.date.lines import line_dates
from corpus_tool.model.article import Block
from corpus_tool.model.fields import field_of, fold_label
from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import ends_sentence
from corpus_tool.text.furniture import TITLE_MAX, is_byline, is_date_line, is_dateline, is_title
from corpus_tool.text.normalize import Normalized

MAX_BLOCKS_TRIED = 4
_LABEL_LINE = lazy(r"(?P<label>[^\W\d_][\w’' -]{0,30}?)[ \u00a0]?:\s")
DATELINE_MAX = 120
PLAINLY = 4.0
"""The score of a date that its line is there for and for nothing else."""
_CREDITS = frozenset(("foto", "photo", "beeld", "bild", "image", "copyright"))


def find_title(normalized: Normalized) -> Block | None:
    """The block that is the headline: one line, no sentence, with text after it.

    Bylines, date lines and label lines before it are passed over; anything else ends the search.
    """
    blocks = normalized.blocks
    for block in blocks[: min(MAX_BLOCKS_TRIED, len(blocks) - 1)]:
        if block.end - block.start > TITLE_MAX:
            return None
        line = normalized.text[block.start : block.end]
        if "\n" not in line and is_title(line) and not _is_labeled(line) and not _is_dated(line):
            return None if _goes_on(normalized, block) else block
        if not _is_furniture(line):
            return None
    return None


def _goes_on(normalized: Normalized, block: Block) -> bool:
    """Whether the next block goes on with a small letter: then a page break cut running text in two."""
    return normalized.text[block.end + 2 : block.end + 3].islower()


def _is_labeled(line: str) -> bool:
    """Whether a line states a field or a picture's maker; other words before a colon open a headline."""
    match = _LABEL_LINE.match(line)
    return match is not None and (field_of(match["label"]) is not None or fold_label(match["label"]) in _CREDITS)


def _is_furniture(block: str) -> bool:
    if is_dateline(block):  # one that stands alone; the opening of running text ends the search
        return len(block) <= DATELINE_MAX and not ends_sentence(block)
    return all(
        is_byline(line) or is_date_line(line) or _LABEL_LINE.match(line) or _is_dated(line)
        for line in block.split("\n")
    )


def _is_dated(line: str) -> bool:
    """Whether a line states a date, names an issue, or is plainly there for its date: `Jaargang 9, juni 2018`."""
    if any(header_lines(line)):
        return True
    return any(found.method == "imprint" or found.score >= PLAINLY for found in line_dates(line, None))
