"""Articles as rows: small, exact, and telling when they are damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.model.article import Block, Normalization, Removed
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.store.rows import WHOLE, article_of, bound, digest_of, from_json, row_of, to_json, unbound
from tests.unit.building import PROSE, article, source


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("Liège", "Liège"),
        ("caf\udce9", b"caf\xed\xb3\xa9"),
        ("\ud83d", b"\xed\xa0\xbd"),
        (3, 3),
        (None, None),
        ("", ""),
    ],
)
def test_what_sqlite_cannot_hold_as_text_is_a_blob(value: object, stored: object) -> None:
    """Half surrogates are no UTF-8; all else is bound as it is, and everything comes back."""
    assert bound(value) == stored
    assert type(bound(value)) is type(stored)
    assert unbound(stored) == value


@pytest.mark.parametrize("nothing", [{}, [], (), None, ""])
def test_nothing_is_null(nothing: object) -> None:
    """Empty lists and objects take no place."""
    assert to_json(nothing) is None
    assert from_json(None) is None


def test_json_is_compact_and_readable_but_for_half_surrogates() -> None:
    """Letters stand as they are; a half surrogate is spelled, for SQLite takes none."""
    assert to_json({"é": [1, "ø"]}) == '{"é":[1,"ø"]}'
    assert to_json(["\udce9é"]) == r'["\udce9\u00e9"]'
    assert from_json(r'["\udce9\u00e9"]') == ["\udce9é"]


def test_a_plain_article_has_little_beside_its_columns() -> None:
    """Blocks that are the paragraphs, spans of the text and absent alternatives are not written."""
    text = "Een zin.\n\nNog een zin."
    inferred = Inferred("lijst", 0.9, (Evidence("zin", "text", 4, 7, "woord"),))
    item = article(
        text=text,
        normalization=Normalization(blocks=(Block("paragraph", 0, 8), Block("paragraph", 10, 22))),
        inference={"date": None, "language": inferred, "title": None},
    )
    values = dict(zip(WHOLE, row_of(item).values, strict=True))
    assert values["normalization"] is None
    assert values["inference"] == '{"language":["lijst",0.9,[["text",4,7,"woord"]]]}'
    assert (values["authors"], values["extra"], values["languages"]) == (None, None, None)
    subhead = replace(item.normalization, blocks=(Block("subhead", 0, 8), Block("paragraph", 10, 22)))
    values = dict(zip(WHOLE, row_of(replace(item, normalization=subhead)).values, strict=True))
    assert values["normalization"] == '{"blocks":[["subhead",0,8],["paragraph",10,22]]}'


def test_other_places_are_none_of_a_stream_and_empty_of_a_file() -> None:
    """Unknown and none are told apart."""
    for also, stored in ((None, None), ((), "[]"), (("b.txt",), '["b.txt"]')):
        item = article(source=source(also=also))
        row = row_of(item)
        assert row.values[WHOLE.index("also")] == stored
        assert article_of((*row.values, *row.source)) == item


def test_the_digest_is_that_of_the_contract() -> None:
    """SHA-256 over canonical JSON: it must not change with a version, and sees every field but the raw record."""
    item = article()
    assert digest_of(item) == row_of(item).digest == digest_of(replace(item, raw="iets"))
    assert digest_of(item).hex() == "de3ec670c6e7662f194845d173b26ea5"
    changed = [
        replace(item, title="Kop"),
        replace(item, authors=("An",)),
        replace(item, extra={"a": None}),
        replace(item, source=source(also=("b",))),
        replace(item, normalization=replace(item.normalization, truncated=True)),
        replace(item, inference={**item.inference, "language": None}),
    ]
    assert len({digest_of(other) for other in (item, *changed)}) == len(changed) + 1


def test_the_view_of_evidence_tells_the_words() -> None:
    """Plain SQL sees each piece of evidence with its text, also where the row does not repeat it."""
    evidence = (
        Evidence("raad", "text", PROSE.index("raad"), PROSE.index("raad") + 4, "woord"),
        Evidence("nl", "field", 0, 2, "veld"),
        Evidence("elders", "name", 0, 6, "naam"),
    )
    date = Inferred("kop", 0.5, (Evidence("2018", "field", 0, 4, "veld"),), ("2019",))
    inference = {"date": date, "language": Inferred("lijst", 1.0, evidence), "title": None}
    connection = Corpus.in_passing([article(date="2018", inference=inference)]).store.connection
    with closing(connection):
        connection.execute("PRAGMA trusted_schema = ON")  # as it is where others open the file
        sql = 'SELECT field, method, confidence, "where", rule, text FROM evidence ORDER BY field, rule'
        rows = connection.execute(sql).fetchall()
    assert rows == [
        ("date", "kop", 0.5, "field", "veld", "2018"),
        ("language", "lijst", 1.0, "name", "naam", "elders"),
        ("language", "lijst", 1.0, "field", "veld", "nl"),
        ("language", "lijst", 1.0, "text", "woord", "raad"),
    ]


def test_a_span_outside_the_text_is_written_out() -> None:
    """Offsets that lead nowhere do not lose what was read there."""
    odd = (
        Evidence("weg", "text", 90_000, 90_003, "x"),
        Evidence("", "text", 5, 2, "x"),
        Evidence("u", "url", 0, 1, "x"),
    )
    item = article(
        inference={"date": None, "language": Inferred("m", 1.0, odd), "title": None},
        normalization=Normalization(removed=(Removed("marker", "\udce9", None, 3),), rules={"nbsp": 2}, truncated=True),
    )
    row = row_of(item)
    assert article_of((*row.values, *row.source)) == item
    with closing(sqlite3.connect(":memory:")) as connection:  # all of it is something that SQLite takes
        assert connection.execute("SELECT ?", (row.values[-1],)).fetchone() == (row.values[-1],)
