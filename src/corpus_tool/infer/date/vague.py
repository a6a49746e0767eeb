"""Dates longer than a month: seasons, quarters, halves and weeks of a year, decades, centuries, bare years.

In words of the text's language; without a known language, in those of all. Decades, centuries and bare years are
found apart (`find_long_periods`): an article is not published in them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from corpus_tool.infer.date.lexicon import SEASONS, Lexicon, languages, lexicon
from corpus_tool.infer.date.reading import Expression, Reading, full_year, make_date, read_near
from corpus_tool.infer.date.resolve import quarter
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy

# « and » enclose the expression where words beside it only show that it is one.
_PERIODS = (
    ("season", "{season},?(?: {link})? {year}(?: ?[-/] ?(?P<next>\\d{4}|\\d\\d))?"),
    ("season", "{season} '(?P<short>\\d\\d)"),
    ("quarter", "{ordinal} {quarter},?(?: {link})? {year}"),
    ("half", "{ordinal} {half},?(?: {link})? {year}"),
    ("quarter", "[qt](?P<digit>[1-4])(?: |-|/| - )?{year}"),
    ("quarter", "{year}(?: |-)?q(?P<digit>[1-4])"),
    ("half", "h(?P<digit>[12])(?: |-|/)?{year}"),
    ("week", "{week_number}\\.? (?P<week>\\d\\d?)(?:,?(?: {link})? |/|-| ?\\| ?| \\(){year}"),
    ("week", "{year}-?w(?P<week>\\d\\d)(?:-(?P<weekday>[1-7]))?"),
)
_LONG = (
    ("years", "{year_ranges}"),
    ("decade", "{decades}"),
    ("century", "{centuries}"),
    ("year", "(?:{year_before}) «{year}»(?!(?<=[1-8]00) | ?(?:%|€|\\$|[a-zà-ÿ]*(?:{counted_after})\\b)|[-/.,]?\\d)"),
    ("year", "(?:{year_weakly_before}) «{year}»(?=$|[.;:)!?\\n”]|,(?! ?\\d)|\\s(?:{after_year})\\b)"),
    ("year", "{month_part}(?: |-)(?:{link} )?{year}(?![-/.,]?\\d)"),
    ("year", "(?<=\\(){year}(?=\\))"),
)
_SLOTS = ("season", "ordinal", "year", "other_year", "century", "nth", "roman", "decade")
_COUNTED_AFTER = (
    "euros?|eur|dollars?|pond|frank|francs?|mensen|personen|personnes|people|personas|persone|pessoas|menschen|gevallen"
    "|cas|cases|casos|casi|fällen|huizen|gezinnen|woningen|scholen|ménages|logements|exempla(?:ren|ires)|exemplare|km"
    "|kilometers?|kilomètres?|metern?|meters?|metres?|mètres?|metros|kg|ton|tonnen?|tonnes|leden|bezoekers|visiteurs"
    "|zuschauern?|einwohnern?|woorden|mots|words|voters|jobs|banen"
)
_AFTER_YEAR = "en|et|and|und|y|e|al|nog|déjà|schon|bereits"
# Season words that are other words in another language, so that they need a text of known language.
_ELSEWHERE_A_WORD = frozenset(("fall", "estate", "été", "lente", "t"))


class _Rules(NamedTuple):
    """The templates filled with the words of one language, or of all: what finds, what must be near, what reads."""

    find: re.Pattern[str]
    anchor: re.Pattern[str]
    readers: list[tuple[str, str, re.Pattern[str]]]


@cache
def _rules(language: str | None, *, long: bool) -> _Rules:
    readers: dict[str, tuple[str, str, re.Pattern[str]]] = {}
    anchors = [r"\d+"]
    for name in (language,) if language else languages():
        if (words := lexicon(name)) is None:
            continue
        anchors += [words.filled(r"(?<!\w)(?:{century_unit}|{decade_word})")] * long
        for rule, template in _sources(words, long=long):
            plain = re.sub(r"\?P<\w+>", "?:", words.filled(template.replace("«", "(?:").replace("»", ")")))
            grouped = words.filled(template.replace("«", "(?P<core>").replace("»", ")"), _SLOTS)
            readers.setdefault(plain, (rule, name, lazy(rf"(?:{grouped})(?!\w|-\d)")))
    found = "|".join(f"(?P<r{at}>{pattern})" for at, pattern in enumerate(readers))
    find = re.compile(rf"(?<![\w./:-])(?:{found})(?!\w|-\d)")
    return _Rules(find, re.compile("|".join(dict.fromkeys(anchors))), list(readers.values()))


def _sources(words: Lexicon, *, long: bool) -> Iterator[tuple[str, str]]:
    """The templates, with the lists of the language in their place."""
    for rule, template in _LONG if long else _PERIODS:
        entry = template.strip("{}")
        if entry in ("year_ranges", "decades", "centuries"):
            for pattern in words.patterns(entry):
                first, _, last = pattern.partition("{year}")
                yield rule, f"{first}{{year}}{last.replace('{year}', '{other_year}')}" if last else pattern
            continue
        for slot in ("year_before", "year_weakly_before"):
            template = template.replace(f"{{{slot}}}", words.pattern(slot))
        yield rule, template.replace("{counted_after}", _COUNTED_AFTER).replace("{after_year}", _AFTER_YEAR)


def find_periods(reading: Reading) -> Iterator[Expression]:
    """Seasons, quarters, halves and weeks of a year."""
    yield from _find(reading, long=False)


def find_long_periods(reading: Reading) -> Iterator[Expression]:
    """Decades, centuries, ranges of years, and years that a word beside them makes one: `in 1968`."""
    yield from _find(reading, long=True)


def _find(reading: Reading, *, long: bool) -> Iterator[Expression]:
    words = lexicon(reading.language)
    if words is None and reading.language is not None:
        return iter(())
    rules = _rules(words.language if words else None, long=long)

    def read(match: re.Match[str]) -> Expression | None:
        rule, language, reader = rules.readers[int((match.lastgroup or "r0")[1:])]
        parts = reader.match(reading.folded, match.start())
        if parts is None or (words is None and match.group().split()[0] in _ELSEWHERE_A_WORD):
            return None
        groups = parts.groupdict()
        start, end = parts.span("core" if groups.get("core") else 0)
        date = _READ[rule](groups, language, reading.years)
        return None if date is None and long else Expression(date, start, end, rule)

    return read_near(reading.folded, rules.anchor, rules.find, _BEFORE_ANCHOR, read)


_BEFORE_ANCHOR = 40
"""How far before its digits, or the word `century`, a period can begin: `tweede kwartaal van het jaar 2018`."""


def with_part(reading: Reading, found: list[Expression]) -> list[Expression]:
    """The expressions, months with the word before them that names a part of it: `begin juni 2018`, `mi-juin 2018`."""
    known = lexicon(reading.language)
    pattern = _part(known.language if known else None)

    def start(item: Expression) -> int:
        part = pattern.search(reading.folded, max(0, item.start - 30), item.start) if item.rule == "month" else None
        return part.start() if part else item.start

    return [item._replace(start=start(item)) for item in found]


@cache
def _part(language: str | None) -> re.Pattern[str]:
    names = (language,) if language else languages()
    parts = [words.filled("{month_part}(?: |-)(?:{link} )?") for name in names if (words := lexicon(name))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})$")


Groups = dict[str, str | None]


def _meaning(groups: Groups, slot: str, table: str, language: str) -> str | None:
    words, found = lexicon(language), groups.get(slot)
    return words.value(table, found) if words is not None and found else None


def _season(groups: Groups, language: str, years: range) -> EdtfDate | None:
    """`zomer 2018`; `winter 2008/2009` is one winter, `zomer 2008/2009` none."""
    unit = _meaning(groups, "season", "singular", language)
    year = int(groups["year"] or 0) if groups.get("year") else full_year(groups.get("short") or "0")
    if unit is None or year not in years:
        return None
    if (after := groups.get("next")) and (unit != "winter" or int(after) % 100 != (year + 1) % 100):
        return None
    return EdtfDate.season(year, SEASONS[unit])


def _number(groups: Groups, language: str) -> int:
    return int(groups.get("digit") or _meaning(groups, "ordinal", "ordinals", language) or 0)


def _quarter(groups: Groups, language: str, years: range) -> EdtfDate | None:
    year, number = int(groups["year"] or 0), _number(groups, language)
    return quarter(year, number) if year in years and number else None


def _half(groups: Groups, language: str, years: range) -> EdtfDate | None:
    year, number = int(groups["year"] or 0), _number(groups, language)
    if year not in years or number not in (1, 2):
        return None
    return EdtfDate.interval(EdtfDate.month(year, 6 * number - 5), EdtfDate.month(year, 6 * number))


def _week(groups: Groups, _language: str, years: range) -> EdtfDate | None:
    """A week of ISO 8601, Monday to Sunday, or a day of it."""
    year, week = int(groups["year"] or 0), int(groups["week"] or 0)
    if year not in years:
        return None
    try:
        if weekday := groups.get("weekday"):
            return EdtfDate.from_date(datetime.date.fromisocalendar(year, week, int(weekday)))
        first, last = (datetime.date.fromisocalendar(year, week, day) for day in (1, 7))
    except ValueError:
        return None
    return EdtfDate.interval(EdtfDate.from_date(first), EdtfDate.from_date(last))


def _decade(groups: Groups, language: str, years: range) -> EdtfDate | None:
    """`jaren 90`, `1990s`, `neunziger Jahre`: of two digits those of the last century, but for `00`."""
    found = groups["decade"] or ""
    if found.isdigit():
        tens = found[:3] if len(found) == 4 else ("20" if found == "00" else "19") + found[0]
    else:
        tens = f"19{_meaning(groups, 'decade', 'decade_words', language)}"
    return EdtfDate.parse(f"{tens}X") if int(tens) * 10 in years else None


_ROMAN = {"i": 1, "v": 5, "x": 10}


def _century(groups: Groups, language: str, years: range) -> EdtfDate | None:
    """The 18th century is `17XX`."""
    if roman := groups.get("roman"):
        digits = [_ROMAN[sign] for sign in roman]
        after = [*digits[1:], 0]
        number = sum(-digit if digit < more else digit for digit, more in zip(digits, after, strict=True))
    else:
        number = int(groups.get("nth") or _meaning(groups, "century", "century_words", language) or 0)
    return EdtfDate.parse(f"{number - 1:02d}XX") if 1000 <= number * 100 - 1 <= years.stop else None


def _year(groups: Groups, _language: str, years: range) -> EdtfDate | None:
    return make_date(int(groups["year"] or 0), years=years)


def _years(groups: Groups, _language: str, years: range) -> EdtfDate | None:
    first, last = (make_date(int(groups[slot] or 0), years=years) for slot in ("year", "other_year"))
    if first is None or last is None or first.text >= last.text:
        return None
    return EdtfDate.interval(first, last)


_READ: dict[str, Callable[[Groups, str, range], EdtfDate | None]] = {
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "week": _week,
    "years": _years,
    "decade": _decade,
    "century": _century,
    "year": _year,
}
