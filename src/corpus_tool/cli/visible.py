"""Hostile text made visible: nothing that a terminal would act on passes."""

from __future__ import annotations

import re

_ACTS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f"
_LINE = re.compile(f"[\t\n{_ACTS}]")
_LINES = re.compile(f"[{_ACTS}]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with control, bidi, zero-width and half-surrogate characters as escapes; `lines` keeps tab and LF.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return (_LINES if lines else _LINE).sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[match.group()]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
