"""Two small articles and what connects them, written for the tests of views."""

from __future__ import annotations

from corpus_tool.link.alignment import Alignment, Passage
from corpus_tool.link.evidence import Found, Shared
from corpus_tool.link.twins import TwinDates, TwinPair
from corpus_tool.model.article import Article, Normalization
from corpus_tool.text.blocks import find_blocks
from corpus_tool.text.segment import sentences
from tests.unit.building import article

DUTCH = (
    "De stad Korten koopt drie bussen van Vandermolen.\n\nDe bussen\n\n"
    "Ze rijden vanaf maandag. Vandermolen levert ze uit Lissewick. De prijs blijft geheim."
)
FRENCH = (
    "La ville de Korten achète trois bus à Vandermolen. Le maire s'en réjouit.\n\n"
    "Ils rouleront dès lundi. Vandermolen les livre de Lissewick."
)
PASSAGES = (Passage((0,), (0,), 0.9), Passage((2,), (2,), 0.8), Passage((3,), (3,), 0.95))


def text_article(text: str, language: str | None = "nl", **values: object) -> Article:
    """An article of this text, with the blocks that it has."""
    return article(text=text, language=language, normalization=Normalization(blocks=tuple(find_blocks(text))), **values)


def dutch() -> Article:
    """The Dutch article."""
    return text_article(DUTCH, id="a" * 16, title="Drie bussen voor Korten", date="2018-06", outlet="De Kade")


def french() -> Article:
    """The French article."""
    return text_article(FRENCH, "fr", id="b" * 16, title=None, name="korten-fr")


def found(term: str, text: str) -> Found:
    """A term and all its places in a text."""
    spans = (place for place in range(len(text)) if text.startswith(term, place))
    return Found(term, tuple((place, place + len(term)) for place in spans))


def shared(*terms: tuple[str, str, str, float]) -> tuple[Shared, ...]:
    """Pieces of evidence: kind, Dutch term, French term, share."""
    return tuple(Shared(kind, found(a, DUTCH), found(b, FRENCH), share) for kind, a, b, share in terms)


def twin_pair(**values: object) -> TwinPair:
    """The two articles as twins, with three shared terms and what characters give."""
    defaults: dict[str, object] = {
        "a": "a" * 16,
        "b": "b" * 16,
        "score": 17.25,
        "tier": "likely",
        "mutual": True,
        "margin": 9.5,
        "candidates": 12,
        "dates": TwinDates(("2018-06-01", "2018-06-30"), None, None, False),
        "evidence": (
            *shared(("same", "Vandermolen", "Vandermolen", 0.5)),
            Shared("characters", Found("", ()), Found("", ()), 0.3),
            *shared(("same", "Lissewick", "Lissewick", 0.15)),
            *shared(("gazetteer", "bussen", "bus", 0.05)),
        ),
    }
    return TwinPair(**{**defaults, **values})


def alignment(*passages: Passage, a: str = DUTCH, b: str = FRENCH, tags: tuple[str, str] = ("nl", "fr")) -> Alignment:
    """The sentences of both texts, and these passages."""
    spans = (tuple(sentences(text, tag)) for text, tag in zip((a, b), tags, strict=True))
    return Alignment("translation", *spans, passages)
