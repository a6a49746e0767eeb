"""The furniture of a press article: headline, byline, dateline, date line, label line, date marker.

These shapes tell where an article opens, and what must not be mistaken for its title.
"""

from __future__ import annotations

import datetime
import re

from corpus_tool.model.calendar import MONTH_PATTERN, WEEKDAY_PATTERN
from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import ends_sentence

TITLE_MAX = 200
"""Longest title, in code points."""

YEARS = range(1600, 2100)
"""Years in which an article can have been published."""

MARKER = lazy(
    r"^[ \t]*(?P<span>(?P<word>date|datum)(?P<colon>[ \t]*:)?[ \t]+(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?))"
    r"(?:[ \t]+|(?=\n)|\Z)",
    re.MULTILINE | re.IGNORECASE | re.ASCII,
)
"""A date marker at a line start: ` date 2018-06 `; the body follows on the same line or the next."""

_DAY = (  # a day as a dateline has it: `18 juni`, `le 3 mai 2019`, `June 19, 2018`, `18/06/2018`
    rf"(?:(?:le|den) )?(?:\d{{1,2}}(?:er|st|nd|rd|th)?\.? (?:{MONTH_PATTERN})\b\.?(?:,? \d{{4}})?"
    rf"|(?:{MONTH_PATTERN})\b\.? \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})"
)
_DATELINE = lazy(
    r"(?P<place>(?:[’'][st][- ])?[A-ZÀ-Þ][\w’'.-]*(?:[ /][^\W\d][\w’'.-]*){0,4})"
    r"(?P<region>, [A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)?)?"
    rf"(?:,? (?P<date>(?i:{_DAY})))?"
    r"(?:,? ?(?P<agency>\([^\W\d_][\w/.+ -]{1,30}\)))?"
    rf"(?:,? (?P<after>(?i:{_DAY})))?"
    r"(?P<close>\.? ?(?:[–—]|--?(?= )|:(?= ))) ?(?=[\W\d]*[A-ZÀ-Þ\d])"
)
_AGENCIES = "belga|anp|afp|ap|reuters|dpa|ats|apa|efe|ansa|bloomberg|xinhua|keystone-sda|novum|pa media|afp|tass"
_DATELINE_ALONE = lazy(  # a block of its own: only a date or a known agency tells it from a headline
    r"(?:[’'][st][- ])?[A-ZÀ-Þ][\w’'.-]*(?:[ /][^\W\d][\w’'.-]*){0,4}(?:, [A-ZÀ-Þ][\w.]+)?"
    rf"(?:, (?P<date>(?i:{_DAY})))?"
    rf"(?:,? ?(?P<agency>\((?i:{_AGENCIES})(?:[/, ]+[\w.-]+){{0,2}}\))(?:,? (?i:{_DAY}))?)?"
    r"\.? ?[-–—]{0,2}\s*\Z"
)
_CLOSING_SIGNS = ("- ", "–", "—", ": ")
_NUMBERED = r"\d{1,4}(?:er|e|ste|de|st|nd|rd|th)?|\d{1,2}[hu:]\d{0,2}"
_DATE_WORDS = lazy(
    rf"\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|{_NUMBERED}|uur|uhr|om|um|à|at|le|la|op|on|am|pm|the|of|den|vom|date|datum"
    r"|publié|publiée|publie|paru|mise?|jour|en ligne|gepubliceerd|geplaatst|bijgewerkt|gewijzigd|laatst|laatste|update"
    r"|published|posted|updated|last|first|veröffentlicht|aktualisiert|modifié|gmt|utc|bst|cet|cest|est|edt)\b",
    re.IGNORECASE,
)
_FULL_DATE = (
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)?\.? (?:{MONTH_PATTERN})\.?,? \d{{4}}\b"
    rf"|\b(?:{MONTH_PATTERN})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
)
_HAS_FULL_DATE = lazy(_FULL_DATE, re.IGNORECASE)
_DATED = lazy(
    rf"{_FULL_DATE}|\b\d{{4}}-\d\d\b|\b(?:{MONTH_PATTERN})\.?,? \d{{4}}\b"
    rf"|\b\d{{1,2}}(?:er|\.)? (?:{MONTH_PATTERN})\b|\b(?:{MONTH_PATTERN})\.? (?:[12]?\d|3[01])\b",
    re.IGNORECASE,
)
_DIGIT = lazy(r"\d")
_WORD = lazy(r"[^\W\d_]{2,}")
_PARTS = lazy(r"[|,;•·()–—]| [-/] ")

_OPENING = lazy(
    r"(?:door|par|by|von|tekst|texte|text|auteur|author|redactie|rédaction|redaktion)\b ?(:?) ?", re.IGNORECASE
)
_STAFF = (
    r"(?:(?:van|de|from|von|door|par|by) )?"
    r"(?:(?:onze|een|de|la|le|notre|un|une|our|a|the|unser\w*|der) |l[’'])?(?:eigen |web)?"
    r"(?:redactie|redact(?:eur|rice)|verslaggee?f?(?:ver|ster)|correspondente?|medewerk(?:er|ster)|rédaction|correspondante?"
    r"|envoyée? spéciale?|journaliste?|newsroom|(?:news|web) ?desk|staff(?: (?:writer|reporter)s?)?|reporters?"
    r"|redaktion|korrespondent(?:in|en)?|mitarbeiter(?:in|n)?)"
)
_CAPITALIZED = r"[A-ZÀ-Þ](?:[’'][A-ZÀ-Þ])?[\w’'.-]*"
_PARTICLE = r"(?:van|von|vom|zu|de|den|der|du|des|del|della|di|da|la|le|ten|ter|te|el|al|d[’']|’t|'t)"
_PERSON = rf"{_CAPITALIZED}(?: (?:{_PARTICLE} ?)*{_CAPITALIZED}){{0,3}}"
_PERSONS = rf"{_PERSON}(?:(?:, ?| (?:en|et|and|und|&|y|e) ){_PERSON}){{0,3}}"
_AFTER_NAME = (  # the end, a sign that sets off a date or a role, or up to three words of an outlet or place
    r"(?:$|\s*[|•·(,]|\s+[-–—]\s"
    r"|\s(?:avec|met|with|mit|for|voor|pour|für|à|in|te|aus|au|en)\s(?:\S+ ?){1,3}$)"
)
_NAMED = lazy(rf"(?:{_PERSONS}|belga|afp|anp|dpa|ap|ats|apa){_AFTER_NAME}")
_STAFFED = lazy(rf"(?i:{_STAFF})\b(?: {_PERSONS})?{_AFTER_NAME}")
# One of these stands in every word of `_STAFF`: most headlines are spared the pattern.
_STAFF_ROOTS = (
    "redact", "verslag", "correspond", "medewerk", "rédact", "envoy", "journalist", "newsroom", "desk", "staff",
    "report", "redakt", "korrespond", "mitarbeit",
)  # fmt: skip
_BYLINE_MAX, _BYLINE_WORDS = 120, 14

_LIST_ITEM = lazy(r"[-–—•*·▪►>]\s|\d{1,3}[.)]\s")
_INNER_SENTENCE = lazy(r"[^\W\d_]{3,}\.\s+[A-ZÀ-Þ„“«\"]")


def valid_marker_date(value: str) -> bool:
    """Whether `2018`, `2018-06` or `2018-06-20` names a year, month or day that an article can have.

    >>> valid_marker_date("2018-06"), valid_marker_date("2018-13")
    (True, False)
    """
    parts = [int(part) for part in value.split("-")]
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return parts[0] in YEARS


def is_dateline(text: str) -> bool:
    """Whether a text opens with place, date or agency and a dash: `BRUSSEL, 18 juni (Belga) -`.

    A place alone is one only in capitals and before a sentence, for `INTERVIEW - Een schepen spreekt` is a
    headline; so is `Anderlecht - Club Brugge 2-1`.
    """
    head = text[:TITLE_MAX]
    if not ("(" in head or head[:2].isupper() or _DIGIT.search(head)):
        return False  # no dateline, and the patterns need not say so
    if len(text) <= _BYLINE_MAX and (match := _DATELINE_ALONE.match(head)):
        return bool(match["date"] or match["agency"])
    if not any(sign in head for sign in _CLOSING_SIGNS):
        return False
    match = _DATELINE.match(head)
    if match is None:
        return False
    if match["date"] or match["agency"] or match["after"]:
        return True
    alone = match["region"] is None and match["place"].isupper() and match["close"].startswith(" ")
    return alone and (len(text) > _BYLINE_MAX or ends_sentence(text))


def is_date_line(line: str) -> bool:
    """Whether a short line is there for its date: little but weekday, day, month, year and time.

    Up to three words beside a full date may name a place, outlet or section, set off by a sign: `Le Soir, 18
    juin 2018`. Words that lean on the date make a headline: `Brand in juni 2018`, `14 juli in Parijs`.
    """
    if len(line) > _BYLINE_MAX or not _DIGIT.search(line) or not _DATED.search(line):
        return False
    rest = _WORD.findall(_without_date(line))
    if not rest:
        return True
    if len(rest) > 3 or not _HAS_FULL_DATE.search(line):
        return False
    apart = [part for part in _PARTS.split(_HAS_FULL_DATE.sub("1", line)) if _WORD.search(_without_date(part))]
    return all(part.strip()[:1].isupper() and not any(map(str.isdigit, part)) for part in apart)


def _without_date(text: str) -> str:
    return _DATE_WORDS.sub(" ", _DATED.sub(" ", text))


def is_byline(line: str) -> bool:
    """Whether a short line names who wrote the article: `Door onze redactie`, `Par Prénom Nom`.

    What follows `door`, `par`, `by` or `von` must be an editorial staff or look like names to the end of the
    line or to a sign, a date or a role: `Door brand verwoeste school weer open` is a headline.
    """
    if len(line) > _BYLINE_MAX or len(line.split()) > _BYLINE_WORDS:
        return False
    staff = any(root in line.lower() for root in _STAFF_ROOTS)
    if staff and _STAFFED.match(line):
        return True
    opening = _OPENING.match(line)
    if opening is None or opening.end() == len(line):
        return False
    who = line[opening.end() :]
    spelled = opening[1] or opening.group().rstrip().lower() in ("door", "par", "by", "von")
    return bool(spelled) and (_NAMED.match(who) is not None or (staff and _STAFFED.match(who) is not None))


def is_title(line: str) -> bool:
    """Whether one line has the form of a headline: short, not a sentence, no furniture of another kind.

    >>> is_title("Immigration : le géant entre deux chaises"), is_title("De raad keurde het goed.")
    (True, False)
    """
    return (
        0 < len(line) <= TITLE_MAX
        and any(map(str.isalpha, line))
        and not line.endswith((",", ";", ":"))
        and not ends_sentence(line)
        and not _INNER_SENTENCE.search(line)
        and not _LIST_ITEM.match(line)
        and not is_dateline(line)
        and not is_date_line(line)
        and not is_byline(line)
    )
