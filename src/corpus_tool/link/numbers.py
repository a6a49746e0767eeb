"""Numbers by value: `20 millions`, `twintig miljoen` and `20 Mio.` are one number, `5 %` and `5 procent` one share.

A term is `#` and the value, or `%` and the value for a share of a hundred. Values are decimal, never binary floats:
`#20000000`, `#1.5`, `%2.7`.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import cache
from typing import NamedTuple

from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold

# Digits, with separators between groups of them: of thousands a blank, a point, a comma or an apostrophe.
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_LONGEST = 18  # digits; a longer one is a code, not an amount

_POWERS: dict[int, str] = {
    2: "honderd hundred cent hundert",
    3: "duizend mille thousand tausend tsd",
    6: "miljoen miljoenen mln million millions millionen mio mln millon millones milione milioni",
    9: "miljard miljarden mld milliard milliards milliarden mrd miljarder",
    12: "biljoen biljoenen trillion trillions",
}
_SCALES = {word: power for power, words in _POWERS.items() for word in words.split()}
_SCALES_OF: dict[str, dict[str, int]] = {
    "en": {"billion": 9, "billions": 9, "bn": 9, "m": 6, "tn": 12, "trillion": 12},
    "nl": {"biljoen": 12, "triljoen": 18},
    "fr": {"billion": 12, "billions": 12, "trillion": 18, "trillions": 18},
    "de": {"billion": 12, "billionen": 12, "trillion": 18, "trillionen": 18},
}
_OWN_SCALES = [word for words in _SCALES_OF.values() for word in words]
_PERCENT = r"%|procent\b|percent\b|per cent\b|pour cent\b|pourcent\b|prozent\b"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*\.?"
_NUMBER = lazy(rf"{_DIGITS}")
_AFTER = lazy(rf"[ \u00a0\u202f]?(?:(?P<percent>{_PERCENT})|(?P<scale>{_WORD}))", re.IGNORECASE)
_SPELLED_SCALES = sorted(
    {form for word in (*_SCALES, *_OWN_SCALES) for form in (word, word.capitalize())}, reverse=True
)
_SCALE_WORD = lazy(rf"[ \u00a0](?:{'|'.join(_SPELLED_SCALES)})\b")
_WORD_BEFORE = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_LONGEST_NUMERAL = 40  # characters of a number in words

_UNITS: dict[str, str] = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "de": "null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
}
_TENS: dict[str, str] = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "fr": "vingt trente quarante cinquante soixante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
}
_HUNDREDS = {"nl": "honderd", "de": "hundert"}
_THOUSANDS = {"nl": "duizend", "de": "tausend"}
_LEAST = 3  # one and two are articles, pronouns, prefixes


class Number(NamedTuple):
    """A number in a text: its term and its span."""

    term: str
    start: int
    end: int


def numbers(text: str, language: str) -> list[Number]:
    """The numbers of a text that are written with digits, or in words before a scale, in order.

    >>> [n.term for n in numbers("20 millions, 1.234,5 en 2,7 % in 2018, twintig miljoen", "nl")]
    ['#20000000', '#1234.5', '%2.7', '#2018', '#20000000']
    """
    found = [
        _with_scale(text, *match.span(), language)
        for match in _NUMBER.finditer(text)
        if match.start() == 0 or not text[match.start() - 1].isalnum()
    ]
    spelled = number_words(language)
    for match in _SCALE_WORD.finditer(text) if spelled else ():
        before = _WORD_BEFORE.search(text[max(0, match.start() - _LONGEST_NUMERAL) : match.start()])
        value = spelled.get(fold(before[0])) if before is not None else None
        power = _scale(match[0][1:], language)
        if before is not None and value is not None and power is not None:
            start = match.start() - len(before[0])
            found.append(Number(_term(Decimal(value).scaleb(power)), start, match.end()))
    return sorted((number for number in found if number is not None), key=lambda number: number.start)


def _with_scale(text: str, start: int, end: int, language: str) -> Number | None:
    value = _value(text[start:end], language)
    if value is None:
        return None
    after = _AFTER.match(text, end)
    if after is None:
        return Number(_term(value), start, end)
    if after["percent"]:
        return Number(_term(value, "%"), start, after.end())
    power = _scale(after["scale"], language)
    if power is None:
        return Number(_term(value), start, end)
    return Number(_term(value.scaleb(power)), start, after.end())


def _value(digits: str, language: str) -> Decimal | None:
    """The value of digits with separators: the last one parts decimals unless three digits follow it."""
    plain = digits.replace("\u00a0", " ").replace("\u202f", " ")
    for mark in " ’'":
        plain = plain.replace(mark, "")
    if len(plain) > _LONGEST or not plain.replace(".", "").replace(",", "").isascii():
        return None
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    mark, other = plain[last], "," if plain[last] == "." else "."
    decimals = len(plain) - last - 1
    thousands = decimals == 3 and other not in plain and (plain.count(mark) > 1 or (mark == ",") == (language == "en"))
    whole = plain.replace(other, "")
    return Decimal(whole.replace(mark, "")) if thousands else Decimal(whole.replace(mark, ".", 1).replace(",", "."))


def _scale(word: str, language: str) -> int | None:
    key = fold(word).rstrip(".")
    return _SCALES_OF.get(language, {}).get(key, _SCALES.get(key))


def _term(value: Decimal, mark: str = "#") -> str:
    with localcontext() as context:
        context.prec = 60
        return f"{mark}{value.normalize():f}"


@cache
def number_words(language: str) -> dict[str, int]:
    """Folded numerals in words → value, from three up, for nl fr en de; empty for other languages.

    >>> number_words("nl")["tweeduizend"], number_words("fr")["quatre-vingt-dix"], number_words("de")["funfundzwanzig"]
    (2000, 90, 25)
    """
    if language not in _UNITS:
        return {}
    units = _UNITS[language].split()
    table = {word: value for value, word in enumerate(units) if word}
    tens = dict(zip(_TENS[language].split(), range(20, 100, 10), strict=False))
    table |= tens | _compounds(language, units, tens)
    if language in _HUNDREDS:
        hundred, thousand = _HUNDREDS[language], _THOUSANDS[language]
        small = {word: value for word, value in table.items() if 2 <= value < 10}
        table |= {word + hundred: 100 * value for word, value in small.items()}
        table |= {word + thousand: 1000 * value for word, value in table.items() if 2 <= value < 1000}
        table |= {hundred: 100, thousand: 1000}
    return {word: value for word, value in table.items() if value >= _LEAST}


def _compounds(language: str, units: list[str], tens: dict[str, int]) -> dict[str, int]:
    if language in ("nl", "de"):
        link = "en" if language == "nl" else "und"
        return {unit + link + ten: value + n for ten, value in tens.items() for n, unit in enumerate(units[1:10], 1)}
    if language == "en":
        return {f"{ten}-{unit}": value + n for ten, value in tens.items() for n, unit in enumerate(units[1:10], 1)}
    teens = {"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16}
    teens |= {f"dix-{word}": value for word, value in (("sept", 17), ("huit", 18), ("neuf", 19))}
    table = {f"dix-{word}": 10 + value for word, value in (("sept", 7), ("huit", 8), ("neuf", 9))}
    for ten, value in tens.items():
        table |= {f"{ten}-{unit}": value + n for n, unit in enumerate(units[2:10], 2)}
    table |= {f"soixante-{word}": 60 + value for word, value in teens.items()}
    table |= {"quatre-vingts": 80, "quatre-vingt": 80}
    table |= {f"quatre-vingt-{unit}": 80 + n for n, unit in enumerate(units[1:10], 1)}
    return table | {f"quatre-vingt-{word}": 80 + value for word, value in teens.items()}
