"""Dictionaries of the user's, as tables and as FreeDict files."""

from __future__ import annotations

from io import BytesIO
from xml.etree.ElementTree import ParseError

import pytest

from corpus_tool.link.lexicon import WordPairs, pairs_of_tei, pairs_of_tsv

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<entry><form><orth>grens</orth></form><sense>
<cit type="trans"><quote>frontière</quote></cit><cit type="trans"><quote>limite</quote></cit>
<cit type="example"><quote>aan de grens</quote></cit></sense></entry>
<entry><form><orth>zonder vertaling</orth></form></entry></body></text></TEI>"""


def test_freedict() -> None:
    """Each translation of an entry is a pair; examples are none."""
    assert pairs_of_tei(BytesIO(TEI.encode())) == [("grens", "frontière"), ("grens", "limite")]


def test_damaged_xml_is_said() -> None:
    """A dictionary that breaks off is an error, not half a dictionary."""
    with pytest.raises(ParseError):
        pairs_of_tei(BytesIO(TEI[:200].encode()))


def test_table() -> None:
    """Comments and lines without a tab are left out, further columns too."""
    assert pairs_of_tsv(["# nl fr\n", "grens\tfrontière\tf\n", "\n", "los\n"]) == [("grens", "frontière")]


def test_both_ways_by_key() -> None:
    """Words are found by their keys, in either direction; phrases and other languages give nothing."""
    pairs = WordPairs("nl", "fr", [("Grens", "Frontière"), ("op weg", "en route")])
    assert list(pairs.translations("grens", "nl", "fr")) == ["frontiere"]
    assert list(pairs.translations("frontiere", "fr", "nl")) == ["grens"]
    assert list(pairs.translations("grens", "nl", "de")) == []
    assert list(pairs.translations("opweg", "nl", "fr")) == []
