"""What states no field is kept under its own label."""

from __future__ import annotations

from typing import Any


def keep(extra: dict[str, Any], label: str, value: Any) -> None:
    """Keep a value under its label; a second one under `label#2`.

    >>> extra: dict[str, Any] = {}
    >>> for value in "abc":
    ...     keep(extra, "Plaats", value)
    >>> extra
    {'Plaats': 'a', 'Plaats#2': 'b', 'Plaats#3': 'c'}
    """
    if label not in extra:
        extra[label] = value
        return
    taken, free = 1, 2
    while f"{label}#{free}" in extra:  # in doubling steps, then halving: a label may come 100,000 times
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if f"{label}#{middle}" in extra else (taken, middle)
    extra[f"{label}#{free}"] = value
