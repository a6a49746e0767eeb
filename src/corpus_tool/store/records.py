"""Raw records in the corpus file: compressed against what was made of them, and back byte for byte."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from corpus_tool.model.article import Article

DICTIONARY_BYTES = 32768
"""How far a zlib stream can look back (RFC 1951)."""
LEVEL = 6
MOST_BYTES = 1 << 30
"""A record of more bytes is not one of ours: a few bytes of a hostile file can stand for gigabytes."""

_USUAL_RECORD = b'"},{"url":"https://www.","date":"20","outlet":"","source":"","text":"","title":"'
_USUAL_FACTS = (
    b'"extra":{"":""},"identity":"","raw":"","below":"","body_start":0,"date":["20",null,"raw",0,"marker","date"],'
    b'"outlet":["",null,"field",0,"field","outlet"],"url":["https://",null,"field",0,"field","url"]}}'
    b'{"line":1,"stem":"","body":"","fields":{"title":["",null,"field",0,"field","title"],"date":["20'
)
"""What records and facts often hold: as good as the text to be compressed against."""


class Known(NamedTuple):
    """What the columns of an article say of its record already: the dictionary that the record is packed against."""

    title: str | None
    outlet: str | None
    url: str | None
    text: str


def known(article: Article) -> Known:
    """What an article's columns say of its record; where they change, the record is to be packed anew."""
    return Known(article.title, article.outlet, article.url, article.text)


def packed(data: bytes, facts: str | None, of: Known) -> tuple[bytes, bytes | None]:
    """The bytes of a record and the facts about it as zlib streams (RFC 1950) with preset dictionaries.

    A record is mostly its article's title and text, and the facts are mostly the record, so that little more than the
    places are left to store.

    >>> sentence = "Een zin van het artikel. " * 4
    >>> len(packed(f"Kop\\n\\n{sentence}".encode(), None, Known("Kop", None, None, sentence))[0]) < 30
    True
    """
    stream = _packed(data, _for_record(of))
    return stream, None if facts is None else _packed(_encoded(facts), _for_facts(data, of.text))


def unpacked(stream: bytes, facts: bytes | None, of: Known) -> tuple[bytes, str | None]:
    """The reverse of `packed`; zlib.error or UnicodeDecodeError where something is not what it was."""
    data = _unpacked(stream, _for_record(of))
    if facts is None:
        return data, None
    return data, _unpacked(facts, _for_facts(data, of.text)).decode("utf-8", "surrogatepass")


def _for_record(of: Known) -> bytes:
    said = "\n".join((of.text, of.url or "", of.outlet or "", of.title or ""))
    return _encoded(said)[: DICTIONARY_BYTES - len(_USUAL_RECORD)] + _USUAL_RECORD


def _for_facts(data: bytes, text: str) -> bytes:
    return (data + _encoded(text))[: DICTIONARY_BYTES - len(_USUAL_FACTS)] + _USUAL_FACTS


def _packed(data: bytes, dictionary: bytes) -> bytes:
    compressing = zlib.compressobj(LEVEL, zdict=dictionary)
    return compressing.compress(data) + compressing.flush()


def _unpacked(stream: bytes, dictionary: bytes) -> bytes:
    decompressing = zlib.decompressobj(zdict=dictionary)
    data = decompressing.decompress(stream, MOST_BYTES)
    if not decompressing.eof:
        raise zlib.error("the stream ends early, or is larger than any record")
    return data


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
