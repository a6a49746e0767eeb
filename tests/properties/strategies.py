"""Hypothesis strategies for the values of the model, shared by the property tests."""

from datetime import date

from hypothesis import strategies as st

from corpus_tool.model.edtf import EdtfDate

# Mostly a few years, so that two drawn dates often meet; sometimes the ends of the calendar.
_YEARS = st.integers(2009, 2021) | st.sampled_from([1, 2, 1600, 1899, 1900, 9998, 9999])
_MONTHS = st.integers(1, 12)
_QUALIFIERS = st.sampled_from(["", "", "~", "?", "%"])


def _days() -> st.SearchStrategy[date]:
    """Calendar days, mostly of a few years."""
    near = st.dates(date(2009, 1, 1), date(2021, 12, 31))
    edges = st.sampled_from([date.min, date(1900, 2, 28), date(2000, 2, 29), date(2016, 2, 29), date.max])
    return near | near | edges


def _masked(text: str, digits: list[slice]) -> str:
    """The text with each slice replaced by as many X."""
    for part in digits:
        text = text[: part.start] + "X" * len(text[part]) + text[part.stop :]
    return text


def _dated_texts() -> st.SearchStrategy[str]:
    """Unqualified dates, no intervals, of which the year or at least the century is known."""
    year, month, day = _YEARS.map("{:04d}".format), _MONTHS.map("{:02d}".format), _days().map(str)
    decade, century = slice(3, 4), slice(2, 4)
    return st.one_of(
        day,
        st.builds("{}-{}".format, year, month),
        year,
        st.builds("{}-{}".format, year, st.integers(21, 24)),
        st.builds(
            _masked, day, st.sampled_from([[slice(8, 10)], [slice(5, 7)], [slice(5, 7), slice(8, 10)]])
        ),
        st.builds(_masked, year, st.sampled_from([[decade], [century]])),
        st.builds(_masked, day, st.sampled_from([[decade], [century, slice(8, 10)]])),
    )


def _yearless_texts() -> st.SearchStrategy[str]:
    """Unqualified dates of unknown year."""
    return _days().flatmap(
        lambda day: st.sampled_from([f"XXXX{day:-%m-%d}", f"XXXX{day:-%m}", f"XXXX-XX{day:-%d}"])
    )


def _qualified(texts: st.SearchStrategy[str]) -> st.SearchStrategy[EdtfDate]:
    return st.builds(lambda text, qualifier: EdtfDate.parse(text + qualifier), texts, _QUALIFIERS)


def _intervals() -> st.SearchStrategy[EdtfDate]:
    """Closed intervals, their ends in order, and intervals open at one end."""
    ends = _qualified(_dated_texts())
    closed = st.tuples(ends, ends).map(lambda pair: sorted(pair, key=lambda end: end.sort_key))
    return st.one_of(
        closed.map(lambda pair: EdtfDate.interval(*pair)),
        ends.map(lambda end: EdtfDate.interval(end, None)),
        ends.map(lambda end: EdtfDate.interval(None, end)),
    )


def dated_edtf_dates() -> st.SearchStrategy[EdtfDate]:
    """EDTF dates of every supported form that say something of the year."""
    return _qualified(_dated_texts()) | _intervals()


def edtf_dates() -> st.SearchStrategy[EdtfDate]:
    """EDTF dates of every supported form, yearless ones included."""
    return dated_edtf_dates() | _qualified(_yearless_texts())
