"""Dates spelled out in digits and month names: one pattern, and what its matches say.

`2018-06-18`, `18/06/2018`, `18 juni 2018`, `June 18, 2018`, `juni 2018`, and days or months that share a year:
`3-5 mei 2018`, `mei en juni 2018`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_tool.infer.date.ranges import AND, TO, is_pair, opens_between, range_of
from corpus_tool.infer.date.reading import Expression, Reading, full_year, make_date, read_near
from corpus_tool.model.calendar import WEEKDAY_PATTERN, all_full_months, known_language, months_for, own_months
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy

DAY_FIRST = frozenset(
    [
        "nl",
        "fr",
        "de",
        "es",
        "it",
        "pt",
        "da",
        "sv",
        "no",
        "nb",
        "nn",
        "fi",
        "fy",
        "af",
        "lb",
        "ca",
        "gl",
        "pl",
        "cs",
        "ro",
        "en-gb",
        "en-ie",
        "en-au",
        "en-nz",
        "en-za",
        "en-in",
    ]
)
"""Languages whose press writes the day before the month in numeric dates; English alone is ambiguous."""
MONTH_FIRST = frozenset(("en-us", "en-ph"))

Dates = tuple[Expression, ...] | None
"""What a match says: expressions, or None if it is no date after all."""

YEAR = r"(?:1\d{3}|20\d\d|'\d\d)(?![\d']|[.,]\d(?!\d?[:hu]))"
OF = r"(?:de |de l'année |del |do |d'|dell'|of |van |von |in |des jahres |l'année |el año )?"

# Words of other languages: without a year they name a month only in their own language, or with a point in none.
_HOMOGRAPHS = frozenset(["out", "set", "mag", "gen", "ene", "ago", "mar", "may", "dic"])
_NUMBERED = lazy(
    r"(?:\b(?:n[or]?|num|nr|art|artikel|article|arrêt|dossier|zaak|case|wet|loi|law|v|version|versie)\.?|°|§|#) ?$"
)

_ROMAN = dict(
    zip(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"), (2, 3, 4, 6, 7, 8, 9, 11, 12), strict=True)
)
"""Months as numerals, in dates with a year: `12-VI-2018`."""

_VERBS = frozenset(["may", "march"])
"""English months that without a capital are verbs: `children under 18 may enter`."""


def trie(words: list[str]) -> str:
    """A pattern for these words that reads each letter once.

    >>> trie(["juni", "juli", "jun"])
    'ju(?:li|n(?:i)?)'
    """
    if words == [""]:
        return ""
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + trie(rest) for first, rest in branches.items()]
    joined = parts[0] if len(parts) == 1 and "" not in words else f"(?:{'|'.join(parts)})"
    return f"{joined}?" if "" in words else joined


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    """The pattern for one language; those of the calendar's core languages always count.

    Where a number shows that a month may stand there, any word will do, and `_READ` looks it up.
    """
    month = trie(list(months_for(language)))
    ordinal = r"(?: ?(?:er|ère|ste|de|st|nd|rd|th|sten|ten|den|e)\b|\.?[º°ª]|\.)?"
    weekday = rf"(?:(?:{WEEKDAY_PATTERN})\.? )?"
    between = rf"(?: ?[-/] ?| {TO} | {AND} )(?:le |de |den |el |il |l'|the )?{weekday}"
    ending = r"(?:st|nd|rd|th)?(?![\d:]|[.,]\d)"
    return re.compile(
        r"(?:(?<![\w./:-])|(?<=\bmi-)|(?<=\bmid-))(?:"
        r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d\d)(?:-(?P<id>\d\d))?)(?![\d-])(?:(?=t\d\d)|(?!\w))|(?:"
        r"(?P<slash>(?P<sy>\d{4})(?P<ss>[/.])(?P<sm>\d\d?)(?P=ss)(?P<sd>\d\d?))(?!\d)"
        r"|(?P<numeric>(?P<na>\d\d?)(?P<sep> ?[/.-] ?)(?P<nb>\d\d?)(?P=sep)(?P<ny>\d{4}|'?\d\d))(?![\d/-]|[.,]\d)"
        rf"|(?P<day>(?:(?P<df>[0-3]?\d){ordinal}(?P<dc>{between}))?(?P<dd>\d\d?){ordinal}(?: {{1,2}}|-)"
        rf"(?:de |of |di |van )?(?P<dm>{_NAME})\b\.?(?:(?:,? {{1,2}}|,|-){OF}(?P<dy>{YEAR}|(?<=-)\d\d(?!\d)))?)"
        r"|(?P<figures>(?P<fm>0[1-9]|1[0-2])/(?P<fy>(?:19|20)\d\d))(?![\d/.-])"
        rf"|(?P<name>(?P<nm>{month})\b\.?(?:"
        rf" (?:the )?(?P<ed>[0-3]?\d){ending}(?:(?P<ec>{between})(?P<el>[0-3]?\d){ending})?"
        rf"(?:,? {{1,2}}{OF}(?P<ey>{YEAR}))?"
        rf"|(?:(?P<mc>{between})(?P<ml>{_NAME})\b\.?)?(?:,? {{1,2}}|-|/){OF}(?P<my>{YEAR}|(?<=\bm[ae]i )68\b)))"
        r")(?!-?[^\W\d]|\d))"
    )


_NAME = r"[^\W\d_]{2,14}"


def read(reading: Reading) -> Iterator[Expression]:
    """Every date that digits and month names spell, left to right."""
    pattern = _pattern(known_language(reading.language))
    for found in read_near(reading.folded, _DIGITS, pattern, _BEFORE_DIGITS, lambda match: _read(match, reading)):
        yield from found


_DIGITS = lazy(r"\d+")
_BEFORE_DIGITS = 30
"""How far before its first digit a date can begin: `september tot en met oktober 2018`."""


def _read(match: re.Match[str], reading: Reading) -> Dates:
    """What a match says; a point after the full name of a month is that of the sentence."""
    found = _READ[match.lastgroup or ""](match, reading)
    if found and match.group().endswith(".") and match["dm"] in all_full_months():
        return (*found[:-1], found[-1]._replace(end=match.end() - 1))
    return found


def _one(match: re.Match[str], date: EdtfDate | None, rule: str) -> Dates:
    return (Expression(date, match.start(), match.end(), rule),)


def _iso(match: re.Match[str], reading: Reading) -> Dates:
    day = int(match["id"]) if match["id"] else None
    return _one(match, make_date(int(match["iy"]), int(match["im"]), day, reading.years), "iso")


def _slash(match: re.Match[str], reading: Reading) -> Dates:
    return _one(match, make_date(int(match["sy"]), int(match["sm"]), int(match["sd"]), reading.years), "slash")


def _numeric(match: re.Match[str], reading: Reading) -> Dates:
    """Day and month by their size, else by the order stated, the sign between them, or the language."""
    first, second, year = int(match["na"]), int(match["nb"]), full_year(match["ny"])
    short = len(match["ny"]) < 4
    if short and (" " in match["sep"] or _NUMBERED.search(reading.folded, max(0, match.start() - 12), match.start())):
        return None
    day_first, month_first = (
        make_date(year, month, day, reading.years) for month, day in ((second, first), (first, second))
    )
    if day_first is None or month_first is None or first == second:
        date = day_first or (None if "." in match["sep"] else month_first)
        return None if date is None and short else _one(match, date, "numeric")
    if "." in match["sep"]:
        return _one(match, day_first, "numeric")
    order = reading.day_order or _order_of_language(reading.language)
    date = {"dmy": day_first, "mdy": month_first, None: make_date(year, years=reading.years)}[order]
    return (Expression(date, match.start(), match.end(), "numeric", (day_first, month_first)),)


def _order_of_language(language: str | None) -> str | None:
    tag = (language or "").lower()
    if tag in DAY_FIRST or tag.partition("-")[0] in DAY_FIRST:
        return "dmy"
    return "mdy" if tag in MONTH_FIRST else None


def _day(match: re.Match[str], reading: Reading) -> Dates:
    year = match["dy"]
    month = months_for(reading.language).get(match["dm"]) or (_ROMAN.get(match["dm"]) if year else None)
    if month is None or not (year or _names_a_month(match["dm"], match.end("dm"), reading)):
        return None
    last = _on(year, month, int(match["dd"]), reading)
    if match["df"]:
        first = _on(year, month, int(match["df"]), reading)
        between = opens_between(reading.folded, match.start())
        return range_of(first, last, match, ("df", "dd"), match["dc"], between=between)
    return _one(match, last, "day")


def _name(match: re.Match[str], reading: Reading) -> Dates:
    """What begins with the name of a month: `June 18, 2018`, `juni 2018`, `mei en juni 2018`."""
    month = months_for(reading.language)[match["nm"]]
    return _english(match, month, reading) if match["ed"] else _month(match, month, reading)


def _english(match: re.Match[str], month: int, reading: Reading) -> Dates:
    """`June 18, 2018` in any language; without a year only in English, with a capital."""
    name, year = match["nm"], match["ey"]
    if not year:
        primary = (reading.language or "en").partition("-")[0].lower()
        if primary != "en" or name not in own_months("en") or not reading.text[match.start()].isupper():
            return None
    first = _on(year, month, int(match["ed"]), reading)
    if match["el"]:
        last = _on(year, month, int(match["el"]), reading)
        return range_of(first, last, match, ("ed", "el"), match["ec"])
    return None if first is None and not year else _one(match, first, "english")


def _month(match: re.Match[str], month: int, reading: Reading) -> Dates:
    year = full_year(match["my"])
    if not match["ml"]:
        planet = match["nm"] == "mars" and _is_planet(match, reading)
        return None if planet else _one(match, make_date(year, month, years=reading.years), "month")
    last = months_for(reading.language).get(match["ml"])
    if last is None or (is_pair(match["mc"]) and (last - month) % 12 != 1):
        return None
    ends = make_date(year - (month > last), month, years=reading.years), make_date(year, last, years=reading.years)
    return range_of(*ends, match, ("nm", "ml"), match["mc"])


def _figures(match: re.Match[str], reading: Reading) -> Dates:
    """`06/2018`, unless it is the number of a law, a case or the like."""
    if _NUMBERED.search(reading.folded, max(0, match.start() - 12), match.start()):
        return None
    return _one(match, make_date(int(match["fy"]), int(match["fm"]), years=reading.years), "figures")


_READ = {
    "iso": _iso,
    "slash": _slash,
    "numeric": _numeric,
    "day": _day,
    "name": _name,
    "figures": _figures,
}


def _on(year: str | None, month: int, day: int, reading: Reading) -> EdtfDate | None:
    """The day, in the year if there is one; None if there is no such day."""
    if year:
        return make_date(full_year(year), month, day, reading.years)
    try:
        return EdtfDate.parse(f"XXXX-{month:02}-{day:02}")
    except ValueError:
        return None


def _names_a_month(name: str, end: int, reading: Reading) -> bool:
    """Whether a name beside a day, without a year, is that of a month: `18 mag` is in Italian, not in Dutch."""
    language = known_language(reading.language)
    if name in _VERBS and language in ("en", None):
        return reading.text[end - len(name)].isupper()
    if language is not None and name in _HOMOGRAPHS:
        return name in own_months(language)
    return name not in _HOMOGRAPHS or reading.folded[end : end + 1] == "."


def _is_planet(match: re.Match[str], reading: Reading) -> bool:
    """Whether `Mars 2020` is a mission: a capital inside a sentence, in a text that is not all capitals."""
    start = match.start("nm")
    before = reading.text[max(0, start - 12) : start].rstrip()
    return reading.text[start : start + 4] == "Mars" and before[-1:].islower()
