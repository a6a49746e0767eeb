"""Names of months and weekdays, as the press writes them in nineteen languages.

Full and abbreviated forms, folded to lower case; an abbreviation's point is left out. Source:
``data/calendar.json``, CLDR's Gregorian calendars and the press's own short forms (`mrt`, `févr`).

A name counts in texts of its language. Where the language is not known, names of the seven `CORE` languages
count, and full names of the others unless they are words of a core language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CORE = ("nl", "fr", "en", "de", "es", "it", "pt")
"""Languages whose names count in texts of every language, for papers quote each other's."""

_ALIASES = {"nb": "no"}
_ELSEWHERE_A_WORD = frozenset(
    [
        "mee",
        "leden",
        "marca",
        "maja",
        "julie",
        "marts",
        "luni",
        "luns",
        "joi",
        "niedziela",
        "qui",
        "vie",
        "ter",
        "sex",
        "seg",
        "qua",
    ]
)
"""Names of one language that are words, or persons, in texts of another."""


@cache
def _calendars() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).parent.parent / "data" / "calendar.json"
    languages: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))["languages"]
    return languages


def _numbered(lists: Iterable[list[str]], first: int) -> dict[str, int]:
    """Name → number, counted from `first`; a name that two lists have keeps the number of the first."""
    numbers: dict[str, int] = {}
    for names in lists:
        for number, forms in enumerate(names, first):
            for form in forms.split():
                numbers.setdefault(form, number)
    return numbers


def known_language(language: str | None) -> str | None:
    """The language of a tag, if the calendar has it: `nl` for `nl-BE`, `no` for `nb`; None for `ja` and None."""
    primary = (language or "").lower().partition("-")[0]
    primary = _ALIASES.get(primary, primary)
    return primary if primary in _calendars() else None


@cache
def _names(kind: str, language: str | None, first: int) -> dict[str, int]:
    """The names that count in a language, its own first; of months from 1, of weekdays from 0."""
    calendars = _calendars()
    tables = (kind, f"{kind}_short")
    core = [calendars[name][table] for table in tables for name in CORE]
    if language is None:
        core += [lists[kind] for lists in calendars.values()]
    shared = {name: number for name, number in _numbered(core, first).items() if name not in _ELSEWHERE_A_WORD}
    return (
        shared if language is None else {**shared, **_numbered((calendars[language][table] for table in tables), first)}
    )


@cache
def own_months(language: str) -> dict[str, int]:
    """The names of the months in one language alone, full and short → 1 to 12."""
    lists = _calendars()[language]
    return _numbered((lists["months"], lists["months_short"]), 1)


@cache
def full_months(language: str) -> dict[str, int]:
    """The full names of the months in one language → 1 to 12."""
    return _numbered((_calendars()[language]["months"],), 1)


@cache
def all_full_months() -> frozenset[str]:
    """The full names of the months in every language: a point after one of them ends a sentence."""
    return frozenset(name for language in _calendars() for name in full_months(language))


@cache
def full_weekdays(language: str) -> dict[str, int]:
    """The full names of the weekdays in one language → 0 (Monday) to 6."""
    return _numbered((_calendars()[language]["weekdays"],), 0)


def months_for(language: str | None) -> dict[str, int]:
    """Month names that count beside a number in a text of this language: its own, then those of `CORE`.

    >>> months_for("cs")["leden"], "leden" in months_for("nl")
    (1, False)
    """
    return _names("months", known_language(language), 1)


def weekdays_for(language: str | None) -> dict[str, int]:
    """Weekday names that count beside a date in a text of this language: its own, then those of `CORE`.

    >>> weekdays_for("fy")["so"], weekdays_for("de")["so"]
    (5, 6)
    """
    return _names("weekdays", known_language(language), 0)


MONTHS: dict[str, int] = months_for(None)
"""Month name, lower case → 1 to 12, where the language is not known."""

WEEKDAYS: dict[str, int] = weekdays_for(None)
"""Weekday name, lower case → 0 (Monday) to 6 (Sunday), as `datetime.date.weekday` counts."""

MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY_PATTERN = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
