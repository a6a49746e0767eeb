"""A date from a twin: a suggestion for an undated article, at the precision that survives.

Papers bring a story within days of each other, not on the same day. So the date of the other article is widened to
a month, and marked approximate; what is known no better than a month or a year stays as it is, approximate too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from corpus_tool.link.evidence import Shared
from corpus_tool.link.features import TWIN_METHOD
from corpus_tool.link.twins import TwinPair
from corpus_tool.model.edtf import EdtfDate, EdtfError
from corpus_tool.model.evidence import Evidence, Inferred

NEARBY_DAYS = 3
"""A twin's own day may be so far from that of the other: a month is kept only where it holds these days as well."""

CONFIDENCE = 0.8
TERMS = 5


def date_from_twin(pair: TwinPair, undated: str, other_date: str) -> tuple[EdtfDate, Inferred] | None:
    """The date to suggest for the undated article of a pair, with its reasons; None where nothing can be said.

    Only a sure pair says anything, and only of an article without a date. `other_date` is the EDTF date of the
    other one. Evidence is the other article, and the terms that both share, where they stand in the undated one.
    """
    mine, theirs = (pair.dates.a, pair.dates.b) if undated == pair.a else (pair.dates.b, pair.dates.a)
    if pair.tier != "sure" or undated not in (pair.a, pair.b) or mine is not None or theirs is None:
        return None
    suggested = approximate_date(other_date)
    if suggested is None:
        return None
    other = pair.b if undated == pair.a else pair.a
    source = Evidence(other_date, "field", 0, len(other_date), f"twin-{other}")
    return suggested, Inferred(TWIN_METHOD, CONFIDENCE, (source, *_terms(pair.evidence, undated == pair.a)), ())


def approximate_date(text: str) -> EdtfDate | None:
    """The date of a twin as one may suggest it for the other; None for dates that tell no month or year.

    >>> [str(approximate_date(day)) for day in ("2018-06", "2018-06-18", "2018-06-29", "2018", "201X")]
    ['2018-06~', '2018-06~', '2018-06/2018-07', '2018~', 'None']
    """
    try:
        known = EdtfDate.parse(text).unqualified
    except EdtfError:
        return None
    if known.earliest is None or known.latest is None:
        return None
    if known.precision in ("month", "season", "year"):
        return known.with_qualifier("~")
    if known.precision not in ("day", "interval"):
        return None
    return _months(known.earliest - timedelta(NEARBY_DAYS), known.latest + timedelta(NEARBY_DAYS))


def _months(first: date, last: date) -> EdtfDate:
    start, end = EdtfDate.month(first.year, first.month), EdtfDate.month(last.year, last.month)
    return start.with_qualifier("~") if start == end else EdtfDate.interval(start, end)


def _terms(pieces: Sequence[Shared], first: bool) -> list[Evidence]:
    sides = [(piece.kind, piece.a if first else piece.b) for piece in pieces]
    placed = [(kind, side) for kind, side in sides if side.spans][:TERMS]
    return [Evidence(side.text, "text", *side.spans[0], f"shared-{kind}") for kind, side in placed]
