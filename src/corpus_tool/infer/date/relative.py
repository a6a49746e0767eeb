"""Expressions that count from the day of the article: `gisteren`, `lundi dernier`, `three weeks ago`, `en janvier`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus_tool.infer.date.lexicon import Lexicon, languages, lexicon
from corpus_tool.infer.date.reading import fold, read_near
from corpus_tool.infer.date.resolve import Meaning, resolve
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy

_WEEKDAY = "{weekday}(?:{joined})?(?: {part})?"
_PART_OF = "{month_part}(?: |-)(?:{link} )?"

# What the rules look like, those that say more before those that say less. « and » enclose what is the expression,
# where a word before it only shows that it is one.
_TEMPLATES = (
    ("silent", "{silent}"),
    ("of-year", f"(?:{{month_before}} )?«(?:{_PART_OF})?{{month}},?(?: {{link}})? {{before}} {{year_unit}}»"),
    ("of-year", f"(?:{{month_before}} )?«(?:{_PART_OF})?{{month}},?(?: {{link}})?(?: l')? {{year_unit}} {{after}}»"),
    ("of-year", "{season},?(?: {link})? {before} {year_unit}"),
    ("of-year", "{season},?(?: {link})? {year_unit} {after}"),
    ("of-week", f"{_WEEKDAY},?(?: {{link}})? {{before}} {{week_unit}}"),
    ("of-week", f"{_WEEKDAY},?(?: {{link}})? {{week_unit}} {{after}}"),
    ("of-week", f"{{before}} {{week_unit}} {_WEEKDAY}"),
    ("weekday", f"{{before}} {_WEEKDAY}"),
    ("weekday", f"{_WEEKDAY} {{after}}"),
    ("weekday", _WEEKDAY),
    ("month", f"{{before}} (?:{_PART_OF}|mes de )?{{month}}"),
    ("month", f"(?:{{month_before}} )?«(?:{_PART_OF})?{{month}} {{after}}»"),
    ("month", f"{_PART_OF}{{month}}"),
    ("month", "{month_before} «{month}»"),
    ("shifted", f"(?:{_PART_OF})?{{before}} {{singular}}"),
    ("shifted", f"(?:{_PART_OF})?{{singular}} {{after}}"),
    ("weekend", "{plain_weekend}"),
    ("counted", "{ago}"),
    ("counted", "{ahead}"),
    ("counted", "{perhaps_ahead}"),
    ("day", "{day}(?:,? {part})?"),
)
_SLOTS = ("weekday", "month", "season", "singular", "before", "after", "n", "unit", "day")
_ENTRIES = ("silent", "ago", "ahead", "perhaps_ahead")
_CERTAIN = ("day", "shifted", "counted", "weekday")
_ELSEWHERE_A_WORD = frozenset(("hier", "morgen", "oggi", "mañana", "demain"))
"""Words for a day that are something else in another language, so that they need a text of known language."""

_AND_MONTH = (
    r"(?:\s(?:en|et|and|und|y|e|tot|tot en met|t/m|à|to|until|bis|a|al|hasta|fino a|of|ou|or|oder|o)\s|\s?[-/]\s?)"
)
_SENTENCE_START = lazy(r"(?:^|[.!?…:\n\"“”«»„(•|]|(?:^|\s)['‘’–—-])\s*$")


class Relative(NamedTuple):
    """An expression that needs a day to count from.

    `unit` is what is counted or named (`day`, `weekday`, `week`, `weekend`, `month`, `season`, `year` …), `offset`
    how many units away it lies (-1 for `gisteren` and `last`, 0 for `today` and `this`), None where only the tense
    tells: `lundi`, `en janvier`. `value` is the number of a weekday, month or season; `of` is the year or week in
    which it lies: `maandag vorige week`.
    """

    start: int
    end: int
    rule: str
    unit: str
    offset: int | None
    value: int | None = None
    of: tuple[str, int] | None = None

    def resolve(self, reference: datetime.date | EdtfDate, past: bool | None = None) -> EdtfDate | None:
        """The date it stands for in an article of `reference`; None if that is not known well enough to tell.

        >>> str(Relative(0, 9, "weekday", "weekday", None, 0).resolve(datetime.date(2018, 6, 19), past=False))
        '2018-06-25'
        """
        if self.rule == "perhaps" and past:
            return None  # `in three days he built it` is how long it took
        return resolve(Meaning(self.unit, self.offset, self.value, self.of), reference, past)


class _Rule(NamedTuple):
    name: str
    read: re.Pattern[str]


class _Rules:
    """The templates filled with the words of one language: one pattern that finds, one for each that reads."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        sources = list(self._sources())
        found = "|".join(f"(?P<r{at}>{words.filled(_plain(template))})" for at, (_, template) in enumerate(sources))
        self.find = re.compile(rf"(?<!\w)(?:{found})(?!\w)")
        self.rules = [
            _Rule(name, lazy(rf"(?:{words.filled(_grouped(template), _SLOTS)})(?!\w)")) for name, template in sources
        ]
        self.anchor = re.compile(words.filled(r"(?<!\w)(?:{weekday}|{month}|{unit}|{singular}|{day})"))
        month = words.filled("{month}", ("month",))
        self.and_month = re.compile(rf"{_AND_MONTH}{month}(?!\w)")

    def _sources(self) -> Iterator[tuple[str, str]]:
        for name, template in _TEMPLATES:
            entry = template.strip("{}")
            if entry in _ENTRIES:
                yield from ((entry, pattern) for pattern in self.words.patterns(entry))
            else:
                yield name, template


def _plain(template: str) -> str:
    return template.replace("«", "(?:").replace("»", ")")


def _grouped(template: str) -> str:
    return template.replace("«", "(?P<core>").replace("»", ")")


@cache
def _rules(language: str) -> _Rules:
    words = lexicon(language)
    if words is None:
        raise ValueError(f"no words for dates in {language!r}")
    return _Rules(words)


def find_relative(text: str, language: str | None) -> Iterator[Relative]:
    """Every expression that counts from the day of the article, left to right.

    Without a language only words count that mean the same in every language that has them.

    >>> [(found.unit, found.offset) for found in find_relative("Gisteren nog niet, volgende maand wel.", "nl")]
    [('day', -1), ('month', 1)]
    """
    folded = fold(text)
    words = lexicon(language)
    if words is not None:
        yield from _found(text, folded, _rules(words.language))
    elif language is None:
        yield from _in_any_language(text, folded)


def _in_any_language(text: str, folded: str) -> Iterator[Relative]:
    """What the words of any language say, where no two say different things of the same place."""
    found = [item for name in languages() for item in _found(text, folded, _rules(name)) if item.rule in _CERTAIN]
    found.sort(key=lambda item: (item.start, -item.end))
    for group in _overlapping(found):
        item = group[0]
        if len({other[3:] for other in group}) == 1 and folded[item.start : item.end] not in _ELSEWHERE_A_WORD:
            yield item


def _overlapping(found: list[Relative]) -> Iterator[list[Relative]]:
    """Sorted expressions in groups that overlap."""
    group: list[Relative] = []
    end = 0
    for item in found:
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end)
    if group:
        yield group


def _found(text: str, folded: str, rules: _Rules) -> Iterator[Relative]:
    for found in read_near(
        folded, rules.anchor, rules.find, _BEFORE_ANCHOR, lambda match: _read(text, folded, match, rules)
    ):
        yield from found


_BEFORE_ANCHOR = 40
"""How far before the name of a day, month or unit an expression can begin: `dans le courant de la semaine`."""


def _read(text: str, folded: str, match: re.Match[str], rules: _Rules) -> list[Relative]:
    """What a match means; nothing where it only looks like such an expression."""
    name, read = rules.rules[int((match.lastgroup or "r0")[1:])]
    parts = None if name == "silent" else read.match(folded, match.start())
    item = None if parts is None else _relative(name, parts, rules.words)
    if item is None or parts is None or not _is_written_so(text, parts, rules.words):
        return []
    if item.unit == "month" and item.value is not None and item.offset is None:
        return [item, *_months_after(folded, item, rules)]
    return [item]


def _months_after(folded: str, item: Relative, rules: _Rules) -> Iterator[Relative]:
    """The months coordinated with one: the second of `in mei en juni`."""
    match = rules.and_month.match(folded, item.end)
    if match is not None and (value := rules.words.value("months", match["month"])) is not None:
        yield item._replace(start=match.start("month"), end=match.end("month"), value=int(value))


def _relative(name: str, match: re.Match[str], words: Lexicon) -> Relative | None:
    """What a match means."""
    parts = {slot: found for slot, found in match.groupdict().items() if found is not None}
    start, end = match.span("core" if "core" in parts else 0)
    table = {"weekday": "weekdays", "month": "months"}
    named = {slot: words.value(table[slot], parts[slot]) for slot in table if slot in parts}
    offset = next((words.value(slot, parts[slot]) for slot in ("before", "after") if slot in parts), None)
    shift = None if offset is None else int(offset)
    if "season" in parts and name == "of-year":
        unit = words.value("singular", parts["season"])
        return Relative(start, end, name, unit or "", None, None, ("year", shift or 0))
    for unit, number in named.items():
        of = {"of-year": ("year", shift or 0), "of-week": ("week", shift or 0)}.get(name)
        return Relative(start, end, name, unit, None if of else shift, int(number or 0), of)
    if name == "day":
        return Relative(start, end, name, "day", int(words.value("days", parts["day"]) or 0))
    if name == "weekend":
        return Relative(start, end, name, "weekend", None)
    if "singular" in parts:
        return Relative(start, end, name, words.value("singular", parts["singular"]) or "", shift)
    if "unit" not in parts:
        return None
    number = words.value("numbers", parts["n"]) or parts["n"]
    count = int(number) * (-1 if name == "ago" else 1)
    rule = "perhaps" if name == "perhaps_ahead" else "counted"
    return Relative(start, end, rule, words.value("counted", parts["unit"]) or "", count)


def _is_written_so(text: str, match: re.Match[str], words: Lexicon) -> bool:
    """Whether the capitals fit: names of days and months have them in English and German, elsewhere no word has.

    A capital inside a sentence makes a name (`De Morgen`, `Avril`) or a noun (German `Morgen`); all capitals, or the
    first word of a sentence, tell nothing.
    """
    groups = match.groupdict()
    slot = next((slot for slot in ("weekday", "month", "day") if groups.get(slot)), None)
    if slot is None:
        return True
    start, end = match.span(slot)
    if "capitals" in words and slot != "day":
        return text[start].isupper() or not text[start].islower()
    if not text[start].isupper() or text[start:end].isupper():
        return True
    return _SENTENCE_START.search(text, max(0, match.start() - 4), match.start()) is not None or match.start() == 0
