"""Hostile text made visible: nothing that a terminal would act on passes."""

from __future__ import annotations

import re

from corpus_tool.patterns import lazy

_ACTS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u200b\u2060\ufeff\u2028\u2029"  # what takes no room, or ends a line
    "\ud800-\udfff\U000e0000-\U000e007f"  # half surrogates and tags
)
_LINE = lazy(f"[\t\n{_ACTS}]")
_LINES = lazy(f"[{_ACTS}]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with control, bidi, zero-width and half-surrogate characters as escapes; `lines` keeps tab and LF.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return (_LINES if lines else _LINE).sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[match.group()]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
