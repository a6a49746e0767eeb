"""Blocks: what stands between empty lines, and which of them are subheads."""

from __future__ import annotations

from corpus_tool.model.article import Block
from corpus_tool.patterns import lazy

SUBHEAD_MAX = 100
"""Longest subhead, in code points."""

SENTENCE_MARKS = ".!?…。！？؟।"
_CLOSERS = "\"'”’»“)]›"  # “ closes a German or Polish quotation
LIST_ITEM = lazy(r"[-–—•*·▪►>]\s|\(?\d{1,3}[.)]\s")
"""How an item of a list begins."""


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a sentence mark, also inside a closing quotation mark or bracket.

    >>> ends_sentence('Hij zei: "Nee."'), ends_sentence("Ongrondwettelijk beleid")
    (True, False)
    """
    return text.rstrip().rstrip(_CLOSERS + "   ").endswith(tuple(SENTENCE_MARKS))


def find_blocks(text: str) -> list[Block]:
    """The blocks of normalized text, in order, each a "paragraph" or a "subhead"; `rules_blocks` tells other kinds.

    A subhead is one short line between empty lines that does not end as a sentence does; the first and the
    last block are never one, for a heading needs text on both sides to head a part of it.
    """
    if not text:
        return []
    blocks: list[Block] = []
    start = 0
    for part in text.split("\n\n"):
        end = start + len(part)
        inner = start > 0 and end < len(text)
        blocks.append(Block("subhead" if inner and is_heading(part) else "paragraph", start, end))
        start = end + 2
    return blocks


def is_heading(block: str) -> bool:
    """Whether a block has the form of a heading: one short line, no sentence mark or comma at its end, no list item."""
    return (
        0 < len(block) <= SUBHEAD_MAX
        and "\n" not in block
        and block[-1] not in ",;:"
        and any(map(str.isalpha, block))
        and not ends_sentence(block)
        and not LIST_ITEM.match(block)
    )
