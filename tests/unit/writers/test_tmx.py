"""TMX: what an XML reader gets back, the order of elements, and text that XML cannot carry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.version import __version__
from corpus_tool.writers.tmx import Unit, write

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# From the DTD of TMX 1.4 (tmx14.dtd), of what is written here:
#   <!ELEMENT tmx    (header, body)>               version
#   <!ELEMENT header (note | prop | ude)*>         REQUIRED, below
#   <!ELEMENT body   (tu*)>
#   <!ELEMENT tu     ((note | prop)*, tuv+)>
#   <!ELEMENT tuv    ((note | prop)*, seg)>        xml:lang
#   <!ELEMENT prop   (#PCDATA)>                    type
#   <!ELEMENT seg    (#PCDATA | …)*>
REQUIRED = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
SEGTYPES = {"block", "paragraph", "sentence", "phrase"}


def written(*units: Unit, source_language: str | None = None) -> bytes:
    """The file of some units."""
    out = io.BytesIO()
    write(iter(units), out, source_language=source_language)
    return out.getvalue()


def unit(text_a: str = "De brug is dicht.", text_b: str = "Le pont est fermé.", score: float | None = 0.98) -> Unit:
    """A unit in Dutch and French."""
    return Unit(text_a, text_b, "nl", "fr", "00000000000000aa", "00000000000000bb", score)


def read_back(data: bytes) -> list[Unit]:
    """The units of a file; fails where an element stands elsewhere than the DTD has it."""
    root = ElementTree.fromstring(data)
    assert (root.tag, root.attrib) == ("tmx", {"version": "1.4"})
    header, body = root
    assert (header.tag, body.tag, len(header)) == ("header", "body", 0)
    assert set(header.attrib) == REQUIRED
    assert header.attrib["segtype"] in SEGTYPES
    units = []
    for tu in body:
        assert tu.tag == "tu"
        tags = [child.tag for child in tu]
        assert tags in (["tuv", "tuv"], ["prop", "tuv", "tuv"])
        sides = []
        for tuv in tu.iter("tuv"):
            assert [child.tag for child in tuv] == ["prop", "seg"]
            assert tuv[0].attrib == {"type": "x-article"}
            assert not tuv[1].attrib
            sides.append((tuv[1].text or "", tuv.attrib[XML_LANG], tuv[0].text or ""))
        (text_a, tag_a, id_a), (text_b, tag_b, id_b) = sides
        score = tu.findtext("prop[@type='x-score']")
        units.append(Unit(text_a, text_b, tag_a, tag_b, id_a, id_b, None if score is None else float(score)))
    return units


def test_units_come_back() -> None:
    """Texts, languages, ids and scores are those that went in; a score that is not said stays so."""
    units = [unit(), unit("Twee", "Deux", None)]
    assert read_back(written(*units)) == units


def test_no_units() -> None:
    """A file without units is whole."""
    assert read_back(written()) == []


def test_header() -> None:
    """The header names the tool and its version; no language is the source unless it is said."""
    header = ElementTree.fromstring(written())[0]
    assert (header.attrib["creationtool"], header.attrib["creationtoolversion"]) == ("corpus-tool", __version__)
    assert header.attrib["srclang"] == "*all*"
    assert ElementTree.fromstring(written(source_language="nl-BE"))[0].attrib["srclang"] == "nl-BE"


def test_language_not_known() -> None:
    """A text whose language is not known is undetermined."""
    assert read_back(written(unit()._replace(language_a=None)))[0].language_a == "und"


def test_streams() -> None:
    """Each unit is written before the next is asked for."""
    out = io.BytesIO()

    def units() -> Iterator[Unit]:
        for number in range(3):
            assert out.getvalue().count(b"</tu>") == number
            yield unit()

    write(units(), out)
    assert out.getvalue().endswith(b"</body>\n</tmx>\n")


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("<script>&amp; \"x\" ]]> <!-- 'y'", "<script>&amp; \"x\" ]]> <!-- 'y'"),
        ("a\x00b\x1b[31mc\x0b", "a\\u0000b\\u001b[31mc\\u000b"),
        ("\ud800\ufffe\uffff", "\\ud800\\ufffe\\uffff"),
        ("regel\r\nregel\ttab ", "regel\r\nregel\ttab "),
        ("a\u202eb\u2028c\x85d\x9f", "a\u202eb\u2028c\x85d\x9f"),
        ("😀 é ﷽", "😀 é ﷽"),
    ],
)
def test_hostile_text(text: str, back: str) -> None:
    """Markup and all that XML 1.0 allows come back as they were, what it forbids is spelled out."""
    assert read_back(written(unit(text, text)))[0][:2] == (back, back)


def test_nothing_dangerous_stands_raw() -> None:
    """Controls, bidi controls and separators are nowhere in the bytes, nor does anything look outside the file."""
    data = written(unit("a\u202e\u2066\u200f\x9b\u2028\r", "b")).decode()
    assert not set(data) & set("\u202e\u2066\u200f\x9b\u2028\r")
    assert "<!DOCTYPE" not in data
    assert "&#x202e;" in data


def test_hostile_language_and_id() -> None:
    """Tags and ids are escaped as well, also in attributes."""
    nasty = 'nl" onclick="x\n<'
    found = read_back(written(unit()._replace(language_b=nasty, article_a="<&>\x01")))[0]
    assert (found.language_b, found.article_a) == (nasty, "<&>\\u0001")


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text(text_a: str, text_b: str) -> None:
    """Any text at all gives XML that can be read, and one that XML can carry comes back."""
    found = read_back(written(unit(text_a, text_b)))[0]
    legal = all(c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" for c in text_a)
    assert (found.text_a == text_a) == legal
