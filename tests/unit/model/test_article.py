import json
from typing import Any

import pytest
from hypothesis import given

from corpus_tool.model.article import Article, Normalization, Removed, Source
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.fields import NAMES
from tests.properties.article_strategies import articles
from tests.unit.building import article, source

CONTRACT = {
    "id": "string",
    "name": "string",
    "title": "string or null",
    "date": "string or null",
    "date_earliest": "string or null",
    "date_latest": "string or null",
    "date_modified": "string or null",
    "language": "string or null",
    "languages": "object",
    "authors": "list of strings",
    "outlet": "string or null",
    "section": "string or null",
    "url": "string or null",
    "words": "integer",
    "characters": "integer",
    "paragraphs": "integer",
    "text": "string",
    "extra": "object",
    "normalization": "object",
    "source": "object",
    "inference": "object",
}
JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "string or null": (str, type(None)),
    "integer": (int,),
    "object": (dict,),
    "list of strings": (list,),
}


@given(articles())
def test_to_dict_has_the_keys_and_types_of_the_contract(item: Article) -> None:
    """Every key is present, in order, and of its type; the whole is plain JSON."""
    data = item.to_dict()
    assert [name for name in data if name != "raw"] == list(CONTRACT)
    for name, kind in CONTRACT.items():
        assert isinstance(data[name], JSON_TYPES[kind]), name
        assert not isinstance(data[name], bool)
    assert json.loads(json.dumps(data)) == data
    assert ("raw" in data) == (item.raw is not None)


@given(articles())
def test_from_dict_reads_what_to_dict_writes(item: Article) -> None:
    """The article comes back equal, also by way of JSON."""
    assert Article.from_dict(item.to_dict()) == item
    assert Article.from_dict(json.loads(json.dumps(item.to_dict()))) == item


def test_an_article_of_which_nothing_is_known() -> None:
    """Null for strings and inferred values, empty lists and objects; the keys of `inference` are always there."""
    item = article(
        title=None, language=None, normalization=Normalization(), inference=dict.fromkeys(("date", "language", "title"))
    )
    data = item.to_dict()
    assert [data[name] for name in ("title", "date", "date_earliest", "language", "outlet", "url")] == [None] * 6
    assert (data["authors"], data["languages"], data["extra"]) == ([], {}, {})
    assert data["inference"] == {"date": None, "language": None, "title": None}
    assert data["normalization"] == {"rules": {}, "removed": [], "blocks": [], "truncated": False}


def test_inner_objects() -> None:
    """The keys of normalization, source, inference and evidence, in order."""
    evidence = Evidence("date 2018-06", "raw", 1, 13, "marker")
    item = article(
        normalization=Normalization({"nbsp": 2}, (Removed("marker", "x", 0, 1), Removed("note", "y", None, None))),
        inference={"date": Inferred("header", 0.99, (evidence,), ()), "language": None, "title": None},
        source=source(also=None, sha256=None),
    )
    data = item.to_dict()
    assert list(data["source"]) == [
        *("path", "record", "byte_start", "byte_end", "sha256", "encoding", "encoding_method", "format", "also"),
    ]
    assert data["source"]["also"] is None
    assert data["normalization"]["removed"][1] == {"kind": "note", "text": "y", "raw_start": None, "raw_end": None}
    assert data["inference"]["date"] == {
        "method": "header",
        "confidence": 0.99,
        "evidence": [{"text": "date 2018-06", "where": "raw", "start": 1, "end": 13, "rule": "marker"}],
        "alternatives": [],
    }
    assert "alternatives" not in Inferred("headline", 0.9).to_dict()


WRONG: list[tuple[tuple[str | int, ...], Any]] = [
    (("id",), 12),
    (("title",), 12),
    (("date",), ["2018"]),
    (("words",), "12"),
    (("words",), True),
    (("words",), 1.5),
    (("text",), None),
    (("extra",), []),
    (("languages",), {"nl": "0.9"}),
    (("authors",), "An Peeters"),
    (("authors",), ["An", 12]),
    (("raw",), 12),
    (("source", "path"), None),
    (("source", "record"), "1"),
    (("source", "byte_start"), None),
    (("source", "also"), "a.txt"),
    (("source", "also"), [1]),
    (("source",), "a.txt"),
    (("normalization", "rules"), {"nbsp": "2"}),
    (("normalization", "rules"), []),
    (("normalization", "blocks"), [{"kind": "paragraph", "start": "0", "end": 1}]),
    (("normalization", "blocks"), ["paragraph"]),
    (("normalization", "blocks"), [{"kind": "paragraph"}]),
    (("normalization", "removed"), [{"kind": "x", "text": 1, "raw_start": 0, "raw_end": 1}]),
    (("normalization", "truncated"), 0),
    (("inference", "language", "confidence"), "hoog"),
    (("inference", "language", "method"), None),
    (("inference", "language", "evidence"), {}),
    (("inference", "language", "evidence", 0, "start"), None),
    (("inference", "language", "alternatives"), [2018]),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_from_dict_refuses_another_shape(path: tuple[str | int, ...], value: Any) -> None:
    """A value of another type anywhere is a TypeError, a missing key a KeyError: nothing hostile gets in."""
    data = article().to_dict()
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises((TypeError, KeyError)):
        Article.from_dict(data)


@pytest.mark.parametrize("name", [*NAMES])
def test_from_dict_refuses_a_missing_key(name: str) -> None:
    """Every key of the contract is needed."""
    data = article().to_dict()
    del data[name]
    with pytest.raises(KeyError):
        Article.from_dict(data)


def test_source_round_trip() -> None:
    """A source comes back with its other places as a tuple, or with none known."""
    for also in ((), ("b.txt", "c#2"), None):
        assert Source.from_dict(source(also=also).to_dict()) == source(also=also)
