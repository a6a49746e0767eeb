"""Whether numeric dates are written day first or month first, as the dates show of which only one reading exists."""

from __future__ import annotations

import re
from collections import Counter

from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy

ORDER_CHARACTERS = 8000
"""How much of a text is looked through."""

PATTERN = r"(?<![\w./:-])(\d\d?)([/-])(\d\d?)\2((?:1[6-9]|20)\d\d)(?![\d/-])"
"""A numeric date with a four-digit year; also used on bytes."""

_NUMERIC = lazy(PATTERN, re.ASCII)
_HINTS = (
    lazy(r"/\d\d?/[12]\d\d\d", re.ASCII),
    lazy(r"-\d\d?-[12]\d\d\d", re.ASCII),
)  # found at once where there are none


def order_of(first: int, second: int) -> DayOrder | None:
    """The order that two numbers show: a number above 12 is no month.

    >>> order_of(20, 6), order_of(6, 20), order_of(3, 4)
    ('dmy', 'mdy', None)
    """
    if 12 < first <= 31 and 1 <= second <= 12:
        return "dmy"
    return "mdy" if 12 < second <= 31 and 1 <= first <= 12 else None


def order_of_text(text: str) -> tuple[DayOrder, int, int] | None:
    """The order that all telling dates of a text show, with the span of the first; None where none does, or both.

    Dates with points tell nothing of those with other signs: they are day first everywhere.
    """
    shown: dict[DayOrder, tuple[int, int]] = {}
    if not any(hint.search(text, 0, ORDER_CHARACTERS) for hint in _HINTS):
        return None
    for match in _NUMERIC.finditer(text, 0, ORDER_CHARACTERS):
        order = order_of(int(match[1]), int(match[3]))
        if order is not None:
            shown.setdefault(order, match.span())
    if len(shown) != 1:
        return None
    [(order, span)] = shown.items()
    return order, *span


def agreed(orders: Counter[DayOrder]) -> DayOrder | None:
    """The order that telling dates agree on; one contradiction in twenty is taken for a slip.

    >>> agreed(Counter({"dmy": 40, "mdy": 1})), agreed(Counter({"dmy": 3, "mdy": 1})), agreed(Counter())
    ('dmy', None, None)
    """
    total = orders.total()
    return next((order for order, count in orders.items() if count >= 0.95 * total), None) if total else None
