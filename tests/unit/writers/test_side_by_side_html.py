"""The page of two articles: complete in itself, linked, and safe against whatever a text holds."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from corpus_tool.link.views import difference_view, twin_view
from corpus_tool.model.side_by_side import Head, Part, Piece, Row, SharedTerm, SideBySide
from corpus_tool.writers.side_by_side_html import direction, html_page, safe
from tests.unit.side_by_side import DUTCH, FRENCH, PASSAGES, alignment, dutch, french, text_article, twin_pair
from tests.unit.writers.page_reading import Page

HOSTILE = (
    "</p></div></article><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "<img src=x onerror=alert(1)>",
    "<!-- ]]> <![CDATA[ <?php ?>",
    "&lt;b&gt; &#x202e; &amp;amp; &notanentity",
    "a\x00\x1b[31m\x9b\u202eb\u2066c\ud800\u200bd\r\ne",
    "</style><style>*{display:none}</style></title>",
)


def twins() -> str:
    """The page of the twins."""
    return html_page(twin_view(dutch(), french(), twin_pair(), alignment(*PASSAGES)))


def page_of(text: str, **head: object) -> str:
    """A page whose every text is this one."""
    values: dict[str, object] = {name: text for name in Head._fields if name not in ("words", "url", "language")}
    made = Head(**{**values, "words": 1, "url": None, "language": "nl", **head})
    row = Row((Part((Piece(text), Piece(text, term=1)), passage=1, begins=True),), (Part((Piece(text),)),))
    return html_page(SideBySide("twins", made, made, (row,), terms=(SharedTerm(text, text, text, 1, 0, 0.5),)))


def test_both_texts_stand_there_in_full() -> None:
    """Read back, the page has both texts to the last blank, and their titles."""
    page = Page(twins())
    assert page.texts == {"left": DUTCH, "right": FRENCH}
    assert page.titles == ["Drie bussen voor Korten", "korten-fr"]


def test_passages_lead_to_each_other() -> None:
    """Every link leads to an element of the page; ids are there once; numbers are the same on both sides."""
    page = Page(twins())
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    links = [link.removeprefix("#") for link in page.attributes("href")]
    assert links == ["right-1", "right-2", "right-3", "left-1", "left-2", "left-3"]
    assert set(links) <= set(ids)


def test_changes_lead_to_each_other() -> None:
    """What is a place only on the other side is linked too; a paragraph without a place is not."""
    one, other = "De oude brug is dicht.\n\nSlot.", "De brug blijft dicht.\n\nNieuw hier.\n\nSlot."
    page = Page(html_page(difference_view(text_article(one), text_article(other))))
    assert page.texts == {"left": one, "right": other}
    assert page.attributes("href") == ["#right-1", "#right-2", "#left-1", "#left-2"]
    assert {"left-1", "left-2", "right-1", "right-2", "right-3"} <= set(page.attributes("id"))
    assert [tag for tag, attrs in page.tags if attrs.get("data-change")] == ["del", "span", "span", "span", "ins"]


def test_a_change_over_two_blocks_has_one_anchor() -> None:
    """Each block has its piece with the sign, the first of them the id."""
    view = difference_view(text_article("Slot."), text_article("Een alinea.\n\nTwee alinea.\n\nSlot."))
    page = Page(html_page(view))
    ids = page.attributes("id")
    assert ids.count("right-1") == 1
    assert page.attributes("data-change") == ["1", "1"]


def test_language_and_direction() -> None:
    """Each column and each term of the table has its own; of an unknown language the browser finds the direction."""
    page = Page(twins())
    articles = [attrs for tag, attrs in page.tags if tag == "article"]
    assert [(attrs["lang"], attrs["dir"]) for attrs in articles] == [("nl", "ltr"), ("fr", "ltr")]
    arabic = Page(page_of("نص", language="ar-EG"))
    assert ("article", {"class": "left", "lang": "ar-EG", "dir": "rtl"}) in arabic.tags
    assert arabic.attributes("lang").count("ar-EG") == 4
    for tag in (None, "und", "mul"):
        assert ("article", {"class": "left", "lang": "", "dir": "auto"}) in Page(page_of("x", language=tag)).tags
    assert [direction(tag) for tag in ("he-IL", "AR", "ar-Latn", "pa-arab", "zh-Hant-TW")] == ["rtl"] * 2 + [
        "ltr",
        "rtl",
        "ltr",
    ]


def test_the_evidence_is_a_table() -> None:
    """A row a term with counts on both sides and share; a term of the title says so, a wordless part has no counts."""
    page = twins()
    assert page.count("<tr") == 5
    row = page[page.index('<tr id="term-1"') : page.index('<tr id="term-2"')]
    assert re.sub(r"<[^>]+>", " ", row).split() == ["Vandermolen", "2", "Vandermolen", "2", "same", "50.0%"]
    assert ">title<" in page_of("x")
    assert "<table>" not in html_page(difference_view(text_article("a"), text_article("b")))


def test_the_policy_allows_the_own_style_and_script_only() -> None:
    """The digests in the policy are those of what stands in the page; nothing is loaded, no style attributes."""
    page = twins()
    policy = Page(page).attributes("content")[0]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert set(parts) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    for tag in ("style", "script"):
        (code,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert parts[f"{tag}-src"] == f"'sha256-{digest}'"
    assert not re.search(r"\bstyle=|\bsrc=|@import|url\(|https?:", page)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """The elements and attributes are those of a harmless page, and the text reads back as it was."""
    page, harmless = Page(page_of(text)), Page(page_of("x"))
    shown = [(tag, attrs) for tag, attrs in page.tags if attrs != {"class": "control"}]
    assert shown == harmless.tags
    assert page.texts == {"left": text * 2, "right": text}
    assert page_of(text).encode("utf-8")


def test_what_a_browser_hides_is_spelled_out() -> None:
    """Controls, bidi controls, half surrogates and white space without width; emoji keep their joiner."""
    assert safe("a\u202eb") == 'a<span class="control">\\u202e</span>b'
    assert safe("\x1b\ud800\u200b\U000e0041").count("control") == 4
    assert safe("👩\u200d👧 é\n\t") == "👩\u200d👧 é\n\t"
    assert "\u202e" not in page_of("x\u202ey")
    assert "<title>x\\u202ey · x\\u202ey</title>" in page_of("x\u202ey")


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org/é", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)//https://example.org", False),
        ("data:text/html,<script>alert(1)</script>", False),
        (' https://example.org/" onclick="alert(1)', False),
        ('https://example.org/" onclick="alert(1)', False),
        ("https://example.org/\u202egnp", False),
        ("//example.org", False),
        ("example.org", False),
    ],
)
def test_only_web_addresses_are_links(address: str, linked: bool) -> None:
    """An address of the web is a link; any other is shown, and leads nowhere."""
    page = Page(page_of("x", url=address))
    assert (address in page.attributes("href")) == linked
    assert len(page.attributes("href")) == 1 + 2 * linked
    shown = "".join(page.others)
    assert address.replace("\u202e", "") in shown.replace("\u202e", "")


def test_lines_inside_a_block_stay() -> None:
    """White space at the end of a block stands between the elements, where it takes no room."""
    view = twin_view(text_article("Regel een\nregel twee\n\nNa."), french(), twin_pair(evidence=()), alignment())
    page = html_page(view)
    assert '<p class="part opens">Regel een\nregel twee</p>\n\n<p class="part opens">Na.</p>' in page
