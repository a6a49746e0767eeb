"""The words for dates in each language, as ``data/dates/<language>.json`` has them.

Values are regular expressions for folded text (lower case, `'` for every apostrophe), alternatives parted by `|`.
A blank stands for white space; `{weekday}`, `{month}`, `{n}` and the other slots below stand for the words of that
kind. A language is added by adding a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from corpus_tool.model.calendar import full_months, full_weekdays
from corpus_tool.model.edtf import SeasonCode

_FOLDER = Path(__file__).parents[2] / "data" / "dates"

BLANK = r"(?:\s{1,2}|(?<='))"
"""White space between two words, a line's end included; none is needed after an apostrophe: `quest'anno`."""

NOTHING = "(?!)"
"""A pattern that matches nowhere: what a file does not have."""

SEASONS: dict[str, SeasonCode] = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


class _Slot(NamedTuple):
    """What may stand in a slot: a pattern, all words of a table or its rows for some keys; and more besides."""

    kind: Literal["pattern", "table", "rows"] = "pattern"
    name: str = ""
    besides: str = ""


_SLOTS = {
    "weekday": _Slot("table", "weekdays"),
    "month": _Slot("table", "months"),
    "unit": _Slot("table", "counted"),
    "singular": _Slot("table", "singular"),
    "season": _Slot("rows", "singular spring summer autumn winter"),
    "week_unit": _Slot("rows", "singular week"),
    "year_unit": _Slot("rows", "singular year"),
    "n": _Slot("table", "numbers", r"\d{1,3}"),
    "before": _Slot("table", "before"),
    "after": _Slot("table", "after"),
    "day": _Slot("table", "days"),
    "part": _Slot("pattern", "day_parts"),
    "joined": _Slot("pattern", "joined_parts"),
    "month_part": _Slot("pattern", "month_part"),
    "month_before": _Slot("pattern", "month_before"),
    "link": _Slot("pattern", "link"),
    "plain_weekend": _Slot("pattern", "plain_weekend"),
    "ordinal": _Slot("table", "ordinals"),
    "quarter": _Slot("rows", "singular quarter"),
    "half": _Slot("pattern", "half"),
    "week_number": _Slot("pattern", "week_number"),
    "century": _Slot("table", "century_words"),
    "century_unit": _Slot("rows", "singular century"),
    "decade_word": _Slot("table", "decade_words"),
    "nth": _Slot(besides=r"1?\d|2[01]"),
    "roman": _Slot(besides=r"x{0,2}(?:ix|iv|v?i{0,3})"),
    "decade": _Slot("table", "decade_words", r"(?:1\d|20)?\d0"),
    "year": _Slot(besides=r"(?:1\d|20)\d\d(?!\d)"),
    "other_year": _Slot(besides=r"(?:1\d|20)\d\d(?!\d)"),
}
_SLOT = re.compile(rf"\{{({'|'.join(_SLOTS)})\}}")


class Lexicon:
    """The words of one language; what its file does not have is empty."""

    def __init__(self, language: str, words: Mapping[str, object]) -> None:
        self.language = language
        self._words = words
        self._values: dict[tuple[str, str], str | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._words

    def pattern(self, name: str) -> str:
        """An entry of the file that is one pattern."""
        value = self._words.get(name, NOTHING)
        return str(value)

    def patterns(self, name: str) -> list[str]:
        """An entry of the file that is a list of patterns."""
        value = self._words.get(name, [])
        return value if isinstance(value, list) else [str(value)]

    def table(self, name: str) -> dict[str, str]:
        """Meaning → pattern of the words; months and weekdays come from the calendar unless the file has them."""
        value = self._words.get(name)
        if isinstance(value, dict):
            return value
        if name not in ("months", "weekdays"):
            return {}
        numbered = (full_months if name == "months" else full_weekdays)(self.language)
        return {str(number): _words_for(numbered, number) for number in sorted(set(numbered.values()))}

    def value(self, name: str, word: str) -> str | None:
        """What a word of a table means.

        >>> lexicon("fr").value("numbers", "trois"), lexicon("nl").value("days", "eergisteren")
        ('3', '-2')
        """
        key = (name, word)
        if key not in self._values:
            rows = self.table(name).items()
            fits = (meaning for meaning, words in rows if re.fullmatch(self.filled(words), word))
            self._values[key] = next(fits, None)
        return self._values[key]

    def filled(self, template: str, named: Collection[str] = ()) -> str:
        """The pattern of a template; the slots in `named` become groups of that name.

        >>> re.fullmatch(lexicon("nl").filled("{n} {unit}", ("n",)), "twee weken")["n"]
        'twee'
        """

        def words(match: re.Match[str]) -> str:
            name = match[1]
            group = f"?P<{name}>" if name in named else "?:"
            return f"({group}{self.filled(self._slot(_SLOTS[name]))})"

        return _SLOT.sub(words, template.replace(" ", BLANK))

    def _slot(self, slot: _Slot) -> str:
        found = [slot.besides]
        if slot.kind == "table":
            found += self.table(slot.name).values()
        elif slot.kind == "rows":
            name, *keys = slot.name.split()
            found += [self.table(name)[key] for key in keys if key in self.table(name)]
        elif slot.name:
            found.append(self.pattern(slot.name))
        return "|".join(filter(None, found)) or NOTHING


def _words_for(numbered: dict[str, int], number: int) -> str:
    """The names of one month or weekday, the longer first."""
    return "|".join(sorted((name for name, value in numbered.items() if value == number), key=len, reverse=True))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, by their two-letter codes."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("??.json")))


@cache
def _load(language: str) -> Lexicon:
    return Lexicon(language, json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8")))


def lexicon(language: str | None) -> Lexicon | None:
    """The words of a language, by its tag; None if there is no file for it.

    >>> lexicon("nl-BE").language, lexicon("ja")
    ('nl', None)
    """
    primary = (language or "").lower().partition("-")[0]
    return _load(primary) if primary in languages() else None
