"""Two articles side by side as one page of HTML that needs nothing else: no network, no script to be read.

Texts are hostile: they become text and nothing but text. What a browser would act on without showing it (controls,
characters that turn the direction of writing, white space without width) is spelled out; a Content-Security-Policy
allows the page's own style and script by their digests and nothing besides.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus_tool.model.langtag import language_name
from corpus_tool.model.side_by_side import (
    SIDES,
    SIGNS,
    Change,
    ChangeKind,
    Head,
    Part,
    Piece,
    SharedTerm,
    SideBySide,
    SideName,
)
from corpus_tool.patterns import lazy

HUES = 4
"""So many colors of passages, in turn."""

_DATA = Path(__file__).parent.parent / "data" / "side_by_side"
_HIDDEN = lazy(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_WEB_ADDRESS = lazy(r"https?://[^\s\x00-\x20<>\"'\\]+")
_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "pnb", "ps", "sd", "ug", "ur", "yi"])
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])
_OTHER: dict[SideName, SideName] = {"left": "right", "right": "left"}
_SAID: dict[ChangeKind, str] = {"changed": "in other words", "left": "only left", "right": "only right"}
_TAGS: dict[ChangeKind, str] = {"changed": "span", "left": "del", "right": "ins"}


def html_page(view: SideBySide) -> str:
    """The page: what is said of the pair, both texts in full, and the evidence."""
    style, script = ((_DATA / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    titles = " · ".join(_spelled(head.title or head.name) for head in (view.left, view.right))
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{html.escape(titles)}</title>",
            f"<style>{style}</style>",
            "</head>",
            f'<body class="{view.kind}{"" if view.passages() else " unnumbered"}">',
            _masthead(view),
            '<main class="sides">',
            *(_side(view, side) for side in SIDES),
            "</main>",
            *_evidence(view),
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def _digest(code: str) -> str:
    """How a Content-Security-Policy names an inline style or script (W3C CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def safe(text: str) -> str:
    """Text as HTML that shows it and does nothing else; what a browser would hide is spelled out in a `span`.

    >>> safe('<b title="x">\\u202e')
    '&lt;b title=&quot;x&quot;&gt;<span class="control">\\\\u202e</span>'
    """
    escaped = html.escape(text)
    if escaped.isprintable():
        return escaped
    return _HIDDEN.sub(lambda match: f'<span class="control">{_spelled(match[0])}</span>', escaped)


def _spelled(text: str) -> str:
    return _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def _bdi(text: str) -> str:
    """Text within other text, whose direction of writing it does not touch."""
    return f"<bdi>{safe(text)}</bdi>"


def _masthead(view: SideBySide) -> str:
    facts = (f"<div><dt>{safe(fact.label)}</dt><dd>{_bdi(fact.value)}</dd></div>" for fact in view.facts)
    if view.kind == "twins":
        numbers = "Passages with the same number likely say the same; the number leads to the other text. "
        marks = f"{numbers if view.passages() else ''}<mark>Underlined</mark> is what both share."
    else:
        marks = ", ".join(
            f'<{_TAGS[kind]} class="change {kind}"><span class="sign">{sign}1</span>{_SAID[kind]}</{_TAGS[kind]}>'
            for kind, sign in SIGNS.items()
        )
    name = {"twins": "Twins", "differences": "What differs"}[view.kind]
    return "\n".join(
        (
            '<header class="page">',
            f"<h1>{name}</h1>",
            f"<dl>{''.join(facts)}</dl>",
            f'<p class="marks">{marks}</p>',
            "</header>",
        )
    )


# The texts


def _side(view: SideBySide, side: SideName) -> str:
    """One text: its head and the cells of its rows, each of which takes a row of the grid."""
    head = view.head(side)
    text = _Side(view, side)
    cells = (text.cell(cell, opens=opens) for cell, opens in zip(view.cells(side), _openings(view), strict=True))
    return "\n".join(
        (
            f'<article class="{side}"{_language(head.language)}>',
            f'<header class="cell head"><h2>{_bdi(head.title or head.name)}</h2>',
            f'<p class="about" lang="en">{_about(head)}</p></header>',
            *cells,
            "</article>",
        )
    )


def _openings(view: SideBySide) -> Iterator[bool]:
    """Whether a block begins on either side of each row."""
    for row in view.rows:
        yield any(part.opens for cell in row for part in cell)


def _language(tag: str | None) -> str:
    """The attributes of language and direction; a browser finds the direction of text in an unknown language."""
    if tag in (None, "und", "zxx", "mul"):
        return ' lang="" dir="auto"'
    return f' lang="{html.escape(tag or "")}" dir="{direction(tag or "")}"'


def direction(tag: str) -> str:
    """Where lines of a language begin, as HTML says it: by its script, where its tag has one.

    >>> direction("he"), direction("fr-BE"), direction("az-Arab"), direction("ar-Latn")
    ('rtl', 'ltr', 'rtl', 'ltr')
    """
    language, *subtags = tag.split("-")
    script = next((subtag.title() for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), None)
    turned = script in _RIGHT_TO_LEFT_SCRIPTS if script else language.lower() in _RIGHT_TO_LEFT
    return "rtl" if turned else "ltr"


def _about(head: Head) -> str:
    language = head.language
    if language not in (None, "und", "zxx"):
        language = f"{language_name(language)} ({language})"
    known = (head.outlet, head.date or "date not known", language, f"{head.words:,} words", head.id)
    shown = [_bdi(value) for value in known if value]
    if head.url:
        address = safe(head.url)
        linked = _WEB_ADDRESS.fullmatch(head.url) is not None and _HIDDEN.search(head.url) is None
        link = f'<a href="{html.escape(head.url)}" rel="noopener noreferrer nofollow">{address}</a>'
        shown.append(f"<bdi>{link if linked else address}</bdi>")
    return " · ".join(shown)


class _Side:
    """What makes the cells of one text, and knows which anchors are made already."""

    def __init__(self, view: SideBySide, side: SideName) -> None:
        self._side, self._other = side, _OTHER[side]
        self._anchored: set[Change] = set()
        self._theirs = {
            piece.change for cell in view.cells(self._other) for part in cell for piece in part.pieces if piece.change
        }

    def cell(self, parts: Iterable[Part], *, opens: bool) -> str:
        """One side of a row; white space between parts stands between their elements."""
        made = "".join(self._part(part) for part in parts)
        return f'<div class="cell{" opens" if opens else ""}">{made}</div>'

    def _part(self, part: Part) -> str:
        pieces = list(part.pieces)
        after = ""
        while pieces and not pieces[-1].change and pieces[-1].text != (kept := pieces[-1].text.rstrip()):
            after = pieces[-1].text[len(kept) :] + after
            pieces[-1:] = [pieces[-1]._replace(text=kept)] if kept else []
        if not pieces:
            return safe(after)
        tag = "h3" if part.kind == "subhead" else "p"
        names, more, number = ["part", *(["opens"] if part.opens else [])], "", ""
        if part.passage is not None:
            names += ["passage", f"hue-{(part.passage - 1) % HUES + 1}"]
            names += ["goes-on"] if part.opens and not part.begins else []
            more = f' data-passage="{part.passage}"'
        if part.begins:
            more += f' id="{self._side}-{part.passage}"'
            number = f'<a class="number" lang="en" href="#{self._other}-{part.passage}">{part.passage}</a>'
        made = "".join(map(self._piece, pieces))
        return f'<{tag} class="{" ".join(names)}"{more}>{number}{made}</{tag}>{safe(after)}'

    def _piece(self, piece: Piece) -> str:
        text = safe(piece.text)
        if piece.change is not None:
            return self._change(piece.change, text)
        if piece.term is not None:
            return f'<mark data-term="{piece.term}">{text}</mark>'
        return text

    def _change(self, change: Change, text: str) -> str:
        """A change with its sign and number, which leads to the other text where that has it, too."""
        number, kind = change
        sign = f"{SIGNS[kind]}{number}"
        if change in self._theirs:
            sign = f'<a class="sign" href="#{self._other}-{number}">{sign}</a>'
        else:
            sign = f'<span class="sign">{sign}</span>'
        anchor = "" if change in self._anchored else f' id="{self._side}-{number}"'
        self._anchored.add(change)
        tag, place = (_TAGS[kind], "") if text else ("span", " place")
        return f'<{tag} class="change {kind}{place}" data-change="{number}"{anchor}>{sign}{text}</{tag}>'


# The evidence


def _evidence(view: SideBySide) -> Iterator[str]:
    """A table of the parts of the score; nothing where there are none."""
    if not view.terms:
        return
    yield '<section class="evidence"><h2>Evidence</h2>'
    yield "<table>"
    heads = (("", "left"), ("count", "times"), ("", "right"), ("count", "times"), ("", "kind"), ("share", "share"))
    cells = "".join(f'<th scope="col"{f" class={name!r}" if name else ""}>{said}</th>' for name, said in heads)
    yield f'<thead><tr>{cells}<th class="bar"></th></tr></thead>'
    yield "<tbody>"
    most = max(term.share for term in view.terms)
    for number, term in enumerate(view.terms, 1):
        yield _line(number, term, view, most)
    yield "</tbody></table></section>"


def _line(number: int, term: SharedTerm, view: SideBySide, most: float) -> str:
    worded = bool(term.left or term.right)
    cells = []
    for head, text, count in ((view.left, term.left, term.left_count), (view.right, term.right, term.right_count)):
        cells.append(f'<td class="term-cell"{_language(head.language)}>{_bdi(text)}</td>')
        cells.append(f'<td class="count">{(count or "title") if worded else ""}</td>')
    width = term.share / most if term.share > 0 else 0.0
    cells += (
        f'<td class="kind">{_bdi(term.kind)}</td>',
        f'<td class="share">{term.share:.1%}</td>',
        f'<td class="bar"><svg aria-hidden="true"><rect width="{width:.1%}" height="100%"></rect></svg></td>',
    )
    names = f' id="term-{number}" data-term="{number}"' if worded else ' class="rest"'
    return f"<tr{names}>{''.join(cells)}</tr>"
