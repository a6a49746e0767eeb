"""What a term is worth, in a corpus of its own statistics and in one without."""

from __future__ import annotations

from corpus_tool.link.features import Features
from corpus_tool.link.vocabulary import Vocabulary, document_chance


def articles(*terms: str) -> list[Features]:
    """One article for each string, with its words as terms."""
    return [Features(str(n), "nl", dict.fromkeys(words.split(), 1)) for n, words in enumerate(terms)]


def test_two_articles_have_weights() -> None:
    """Without any statistics a frequent word of the language is worth little, and a rare one much."""
    vocabulary = Vocabulary.of("nl", articles("maar kanaal"))
    assert vocabulary.worth("maar") < 0.5
    assert vocabulary.worth("kanaal") > 3


def test_the_corpus_tells_in_the_end() -> None:
    """A word that every article of a large corpus has is worth nothing, however rare it is elsewhere."""
    vocabulary = Vocabulary.of("nl", articles(*["kanaal"] * 500, "zeldzaam"))
    assert vocabulary.worth("kanaal") < 0.2
    assert vocabulary.worth("zeldzaam") > 5


def test_names_by_their_share() -> None:
    """A term is a name where most of its articles have it as one."""
    as_name = Features("a", "nl", {"vliet": 1}, frozenset(["vliet"]))
    vocabulary = Vocabulary.of("nl", [as_name, *articles("vliet raad", "raad")])
    assert vocabulary.is_name("vliet")
    assert not vocabulary.is_name("raad")


def test_chances_by_kind() -> None:
    """Weekdays and small numbers are expected anywhere, amounts are not."""
    assert document_chance("@weekday:1", "nl") > document_chance("@BE", "nl")
    assert document_chance("#3", "nl") > document_chance("#2000000", "nl")


def test_order_makes_no_difference() -> None:
    """The places of terms do not depend on the order of the articles."""
    some = articles("b a", "c a", "d")
    assert Vocabulary.of("nl", some) == Vocabulary.of("nl", some[::-1])
