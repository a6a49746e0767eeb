"""How a date stands in its line: set off by signs, behind a place or a name, at the end of a part.

All take the opening of a line as it is, and the date in it.
"""

from __future__ import annotations

from corpus_tool.infer.date.expressions import NOISE, TIME_AFTER, Expression
from corpus_tool.infer.date.reading import fold
from corpus_tool.model.calendar import WEEKDAY_PATTERN, WEEKDAYS
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import is_dateline

_SEPARATOR = lazy(r"[|•·–—/;]|\s-\s")
_PART = lazy(r"[|•·;]|\s[-–—/]\s|\s{2,}|(?<=^)\([^()]{2,20}\)\s")
_SIGNED = lazy(r"(?:^|\s)©\s[^|•·;©]{2,40}$")
_IN_BRACKETS = lazy(r"[A-ZÀ-Þ][\w’'.-]*(?:,? [A-ZÀ-Þ][\w’'.-]*){0,4},? \($")
_BRACKET_AFTER = lazy(r"\)\s?[-–—]")
_DASH_AFTER = lazy(r"\s[-–—]\s")
_SIGN_AFTER = lazy(r"\s*[|•·]|, (?:par|door|by|von|di|por) ")
_PAGE_AFTER = lazy(r"(?:\s+\d\d:\d\d(?::\d\d)?)?,?\s+(?:p|pp|blz|pg|pag|pagina|page|seite|s|pág)\.?\s?[A-Z]?\d")
_EDITION_AFTER = lazy(
    r",\s+(?:p|pp|blz|pg|pag|pagina|page|seite|s|pág|editie|édition|edition|ausgabe|edición|edizione|edição|nr|no)\b|,\s+n[°º]"
    r"|,\s+\w+editie"
)
_PLACE_BEFORE = lazy(r"[A-ZÀ-Þ][^\W\d_]+(?:[ ’'-][A-ZÀ-Þ]?[^\W\d_]+){0,3},(?P<article> le| den)? ")
_AUTHOR_BEFORE = lazy(r"(?:di|da|por|de|av|af) [A-ZÀ-Þ][\w’'.-]+(?: [\w’'.-]+){0,3} [-–—|•·] ")
_CAPITALS = lazy(r"[A-ZÀ-Þ][A-ZÀ-Þ’'./-]+(?:[ ,/-]+[A-ZÀ-Þ][A-ZÀ-Þ’'./-]+){0,4},?\s(?:le |den |am )?$")
_OPENS_IN_CAPITALS = lazy(r"(?:’[sS]-)?[A-ZÀ-Þ]{2,}")
_AGENCY = lazy(r"\([A-Z][\w/.+ -]{1,20}\)")
_AGENCY_NAMED = lazy(r"\([^()]{2,30}\)")
_AGENCY_AFTER = lazy(r"\s*(?:\([^()\n]{2,30}\)|/[^/\n]{2,30}/)?\s*(?:[-–—=:.]|$)")
_DATELINE_CLOSE = lazy(r"\s[-–—]+\s|[–—]|--")
_PARTICLES = frozenset(
    "le la les de du des den der het op aan am an im in en sur sous lez lès bij ’s 's el los del di da on upon".split()  # noqa: SIM905 - readable
)
_WEEKDAY_BEFORE = lazy(rf"\b({WEEKDAY_PATTERN})\.?,?\s+(?:(?:le|den|der|the|el|il|dem|op)\s+)?$")
_WEEKDAY_AFTER = lazy(rf"\s*,?\s*\(?({WEEKDAY_PATTERN})\b")


def part_before(window: str, found: Expression) -> str:
    """What stands before a date since the last sign."""
    return _PART.split(window[: found.start])[-1]


def after_time(window: str, found: Expression) -> str:
    """What stands after a date and its time."""
    after = window[found.end :]
    time = TIME_AFTER.match(after)
    return after[time.end() :] if time else after


def has_time(window: str, found: Expression) -> bool:
    """Whether a time stands right after a date."""
    return TIME_AFTER.match(window[found.end : found.end + 30]) is not None


def opens_line(window: str, found: Expression) -> bool:
    """Whether nothing but a weekday and small words stand before a date."""
    return not NOISE.sub("", window[: found.start])


def opens_list(window: str, found: Expression) -> bool:
    """Whether a date opens a line of a calendar: `21/09/2013: vrij`."""
    return opens_line(window, found) and after_time(window, found)[:2] == ": "


def is_whole_part(window: str, found: Expression) -> bool:
    """Whether a date, with weekday and time, is all that stands between two signs."""
    before = part_before(window, found)
    return len(before) < found.start and not NOISE.sub("", before + _PART.split(after_time(window, found))[0])


def has_page(window: str, found: Expression) -> bool:
    """Whether a page stands after a date, as in a citation, or `d.d.` or the sign of an outlet before it."""
    if _SIGNED.search(window[: found.start].rstrip()) and not window[found.end :].strip(" ."):
        return True
    return _PAGE_AFTER.match(window, found.end) is not None or window[: found.start].rstrip().endswith("d.d.")


def is_separated(window: str, found: Expression, *, opens: bool) -> bool:
    """Whether a sign sets a date off from the words beside it; a weekday and a place may stand between.

    `14.11.05 - Route bekend` is a line of a chronology, but for the one that opens the text.
    """
    before, after = without_weekday(window[: found.start]), after_time(window, found)
    parts = _SEPARATOR.split(f"{before} ")
    place = parts[-1].strip(" ,").split()
    if len(parts) > 1 and len(place) <= 3 and all(word[:1].isupper() for word in place):
        return True
    lists = not opens and not before.strip() and _DASH_AFTER.match(after) is not None
    return _SEPARATOR.match(after.lstrip()) is not None and not lists


def is_signed(window: str, found: Expression) -> bool:
    """Whether a name stands before a date with a time: `Tom Jansen 5 mei 2013, 15:41`."""
    name = window[: found.start].split()
    return 0 < len(name) <= 3 and has_time(window, found) and all(word[0].isupper() for word in name)


def set_off(window: str, found: Expression, number: int, *, is_short: bool) -> str | None:
    """The method of a full date that opens a line and is set off from what follows; None for running text.

    A dash sets off on the first line only: further down such lines are those of a chronology. A comma alone does not:
    `20 juni 2018, de dag waarop`.
    """
    before, after = window[: found.start], after_time(window, found)
    dash = number == 0 and _DASH_AFTER.match(after) is not None
    if opens_line(window, found) and (dash or _SIGN_AFTER.match(after)):
        return "date-line"
    place = _PLACE_BEFORE.fullmatch(without_weekday(before)) if number < ALONE_LINES else None
    if place and (dash or not after.strip() or _EDITION_AFTER.match(after.lower())):
        return "dateline"
    if place and place["article"] and after.startswith(". "):
        return "dateline"
    if is_short and _AUTHOR_BEFORE.fullmatch(before) and not NOISE.sub("", after):
        return "byline"
    return None


TOP_LINES = 6
ALONE_LINES = 3  # a place and a date without a dash are a dateline only so near the top


def opens_as_dateline(line: str, window: str, found: Expression, number: int) -> bool:
    """Whether a line opens with place and date; below the top only where the place stands in capitals."""
    if not is_dateline(line) or not _names_a_place(window, found):
        return False
    in_capitals = _OPENS_IN_CAPITALS.match(line) is not None or _AGENCY.search(window) is not None
    return in_capitals or number < (TOP_LINES if _DATELINE_CLOSE.search(window) else ALONE_LINES)


def follows_capitals(window: str, found: Expression) -> bool:
    """Whether a place in capitals, and nothing else but a weekday, stands before a date that a sign closes.

    So does any place before a date in brackets: `Marlow Springs, Colo. (November 9, 2012) –`.
    """
    before = without_weekday(window[: found.start])
    if _IN_BRACKETS.fullmatch(before):
        return _BRACKET_AFTER.match(window, found.end) is not None
    return _CAPITALS.fullmatch(before) is not None and _AGENCY_AFTER.match(window, found.end) is not None


def dateline_end(window: str) -> int:
    """Where the dash of a dateline stands: what follows it is running text, but for a date set between two dashes."""
    closes = [match.start() for match in _DATELINE_CLOSE.finditer(window)]
    return closes[-1] if closes else len(window)


def _names_a_place(window: str, found: Expression) -> bool:
    """Whether only names stand before the first date of a dateline: `Mauerfall vom 9. November 1989:` is a headline."""
    words = _AGENCY_NAMED.sub(" ", without_weekday(window[: found.start])).replace("(", " ").replace(")", " ").split()
    small = [word for word in words if word[0].islower() and word.strip(",.") not in _PARTICLES]
    return not small or found.start > dateline_end(window)


def without_weekday(before: str) -> str:
    """What stands before a date, without its weekday."""
    match = _WEEKDAY_BEFORE.search(fold(before))
    return before[: match.start()] if match else before


def weekday_agrees(line: str, found: Expression) -> bool | None:
    """Whether the weekday beside a date is the one it has; None where there is no weekday or no full date."""
    if found.date is None or found.date.precision != "day" or found.date.earliest is None:
        return None
    before = _WEEKDAY_BEFORE.search(line[: found.start].lower())
    match = before or _WEEKDAY_AFTER.match(line[found.end : found.end + 20].lower())
    return None if match is None else WEEKDAYS[match[1]] == found.date.earliest.weekday()
