"""Hypothesis strategies for articles and for the raw values they are made from."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from corpus_tool.model.article import Article, Block, Normalization, Removed, Source
from corpus_tool.model.evidence import Evidence, Inferred
from tests.properties.strategies import edtf_dates

HOSTILE = (
    "=1+1",
    "+32 2",
    "-5 graden",
    "@SUM(A1)",
    "'=1",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\n",
    "\n\n",
    "\\",
    "\\n",
    "\\t",
    "\\\\",
    "\\u202e",
    "\\udce9",
    "\x1b[31m",
    "\x00",
    "\x85",
    "\u2028",
    "\u202e",
    "\u200f",
    "שלום",
    "مرحبا",
    "👩‍👧",
    "\ud83d",
    "null",
    "[]",
    "# Kop",
    "<b>",
    "De raad keurde het goed.",
    "Zo’n „ja”",
    "l’été à Liège",
    "date 2018-06 ",
    " ",
    "Kop",
    "é",
)


def hostile_texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Texts that are hard on quoting, escaping and cleaning."""
    return st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), min_size=min_size, max_size=8).map("".join)


def json_values() -> st.SearchStrategy[Any]:
    """Values as they stand in `extra`."""
    plain = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | hostile_texts()
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(hostile_texts(), inner, max_size=2)
    )


def _evidence() -> st.SearchStrategy[Evidence]:
    where = st.sampled_from(["text", "raw", "field", "name", "url"])
    return st.builds(Evidence, hostile_texts(), where, st.integers(0, 99), st.integers(0, 99), st.just("rule"))


def _inferred() -> st.SearchStrategy[Inferred | None]:
    return st.none() | st.builds(
        Inferred,
        st.text(max_size=5),
        st.floats(0, 1),
        st.lists(_evidence(), max_size=2).map(tuple),
        st.none() | st.lists(edtf_dates().map(str), max_size=2).map(tuple),
    )


def _normalizations() -> st.SearchStrategy[Normalization]:
    place = st.none() | st.integers(0, 99)
    return st.builds(
        Normalization,
        st.dictionaries(st.text(max_size=5), st.integers(1, 9), max_size=2),
        st.lists(st.builds(Removed, st.just("marker"), hostile_texts(), place, place), max_size=2).map(tuple),
        st.lists(st.builds(Block, st.just("paragraph"), st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
        st.booleans(),
    )


def _sources() -> st.SearchStrategy[Source]:
    number = st.integers(0, 10**6)
    return st.builds(
        Source,
        path=hostile_texts(1),
        record=st.integers(1, 99),
        byte_start=number,
        byte_end=number,
        sha256=st.none() | st.just("0" * 64),
        encoding=st.just("utf-8"),
        encoding_method=st.just("ascii"),
        format=st.just("plain"),
        also=st.none() | st.lists(hostile_texts(1), max_size=2).map(tuple),
    )


def articles() -> st.SearchStrategy[Article]:
    """Articles with anything in every field: for laws of the model, not of the pipeline."""
    date = st.none() | edtf_dates().map(str)
    word = st.none() | hostile_texts(1)
    return st.builds(
        Article,
        id=st.integers(0, 2**64 - 1).map("{:016x}".format),
        name=hostile_texts(1),
        title=word,
        date=date,
        date_earliest=date,
        date_latest=date,
        date_modified=date,
        language=st.sampled_from([None, "nl", "nl-BE", "und", "zxx"]),
        languages=st.dictionaries(st.sampled_from(["nl", "fr"]), st.floats(0, 1), max_size=2),
        authors=st.lists(hostile_texts(1), max_size=2).map(tuple),
        outlet=word,
        section=word,
        url=word,
        words=st.integers(0, 99),
        characters=st.integers(0, 99),
        paragraphs=st.integers(0, 99),
        text=hostile_texts(),
        extra=st.dictionaries(hostile_texts(), json_values(), max_size=2),
        normalization=_normalizations(),
        source=_sources(),
        inference=st.fixed_dictionaries({key: _inferred() for key in ("date", "language", "title")}),
        raw=st.none() | hostile_texts(),
    )


def foreign_records() -> st.SearchStrategy[dict[str, Any]]:
    """Objects such as other programs write, with hostile values in every field that we know, and in others."""
    word = hostile_texts(1)
    return st.fixed_dictionaries(
        {"text": word.map(lambda text: f"Een stuk {text} over de haven.{text}\n\nSlot {text}")},
        optional={
            "title": word,
            "date": edtf_dates().map(str) | st.sampled_from(["18 juni 2018", "gisteren", "2018-13"]),
            "updated": edtf_dates().map(str),
            "language": st.sampled_from(["nl", "Frans", "nl-BE", "klingon?", "no"]),
            "authors": st.lists(word, max_size=3) | word,
            "outlet": word,
            "section": word,
            "url": st.just("https://example.org/2018/06/20/kop") | word,
            "Oplage": json_values(),
        },
    )
