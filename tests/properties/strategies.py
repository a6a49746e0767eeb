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
        st.builds(_masked, day, st.sampled_from([[slice(8, 10)], [slice(5, 7)], [slice(5, 7), slice(8, 10)]])),
        st.builds(_masked, year, st.sampled_from([[decade], [century]])),
        st.builds(_masked, day, st.sampled_from([[decade], [century, slice(8, 10)]])),
    )


def _yearless_texts() -> st.SearchStrategy[str]:
    """Unqualified dates of unknown year."""
    return _days().flatmap(lambda day: st.sampled_from([f"XXXX{day:-%m-%d}", f"XXXX{day:-%m}", f"XXXX-XX{day:-%d}"]))


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


_WRECKS = "ÃÂâ€™œž©¨\xa0\xad…«»Åßïë\x80\x85\x92\x9b\x9d"
_SIGNS = "\x00\x07\x08\t\n\r\x0b\x0c\x1b\x7f\x85[];mPX\\^_ \xa0\u202f\u2007\u2003\u3000\u2028\u2029"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u202e\u2066\u061c\U0001f3f4\U000e0067\U000e007f\ufe0f\ufffe\ufffd"
_MARKS = "\u0300\u0301\u0316\u0344\u0327e\u1100\u1161\u11a8\u0958\u212b\u212a\u05d0\u0645\U0001f469\U0001f6df"
_PRESS = (
    "De raad keurde het goed.",
    "Zo’n „ja”, zei Zoë.",
    "« Non », dit-il : c’est l’été !",
    "À l’œuvre",
    "Die Größe « ß »",
    "BRUSSEL (Belga) –",
    "Nieuwe oproep",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\u00a0",
    "é".encode().decode("cp1252"),
    "l’été à".encode().decode("latin-1"),
    "Ã  deux pas dâ€™ici",
    "date 2018-06 ",
    "\x1b[31mrood\x1b[0m",
    "👩‍👧",
)


def unruly_texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Any Unicode text, lone surrogates included, and texts thick with what cleaning rules look for."""
    anything = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=max_size)
    thick = st.text(_WRECKS + _SIGNS + _INVISIBLE + _MARKS + "abA1", max_size=max_size)
    wrecked = st.text(_WRECKS + _INVISIBLE + " \nab", max_size=max_size)
    return st.one_of(anything, thick, wrecked, press_texts())


def press_texts() -> st.SearchStrategy[str]:
    """Pieces of press text in Dutch, French and German, some of them wrecked."""
    return st.lists(st.sampled_from(_PRESS), max_size=12).map("".join)


def plain_texts() -> st.SearchStrategy[str]:
    """Text without controls, surrogates or byte order marks, such as any encoding of Unicode can carry."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe") | st.just("\n")
    return st.text(letters, max_size=40) | press_texts().map(lambda text: text.replace("\x1b", ""))


def unruly_bytes() -> st.SearchStrategy[bytes]:
    """Any bytes, and bytes in which lines of several encodings stand together."""
    line = st.sampled_from(["été\n", "Liège\r\n", "plain\r", "cœur ’s\n", "ж\n", "\n"])
    coded = st.builds(
        lambda text, name: text.encode(name, "ignore"), line, st.sampled_from(["utf-8", "cp1252", "cp850"])
    )
    stray = st.sampled_from(
        [b"\xe9", b"caf\xe9 ", b"\xc3", b"\xe2\x82", b"\xed\xa0\xbd", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"]
    )
    mixed = st.lists(coded | stray | st.binary(max_size=3), max_size=8).map(b"".join)
    wide = st.builds(
        lambda text, name: text.encode(name, "surrogatepass"), unruly_texts(12), st.sampled_from(["utf-16", "utf-32"])
    )
    cut = st.builds(lambda data, end: data[: len(data) - end], wide, st.integers(0, 3))
    return st.one_of(st.binary(max_size=60), mixed, cut)
