"""Twins end to end: found, explained, refused with a reason, the same in any order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import cos, sin

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.errors import UsageError
from corpus_tool.link.encoder import encoded
from corpus_tool.link.evidence import contributions
from corpus_tool.link.features import Features, features_of_text
from corpus_tool.link.lexicon import WordPairs
from corpus_tool.link.scoring import OWN_STATISTICS, Scored
from corpus_tool.link.table import Link
from corpus_tool.link.twins import Comparison, TwinOptions, compare
from corpus_tool.link.vocabulary import TermMatrix
from tests.unit.link.stories import dutch, french, texts

MANY = range(OWN_STATISTICS + 4)


def ids(found: Comparison, pairs: Sequence[Scored]) -> set[tuple[str, str]]:
    """The ids of pairs."""
    return {(found.space.a.articles[pair.a].id, found.space.b.articles[pair.b].id) for pair in pairs}


@pytest.fixture(scope="module")
def among_many() -> Comparison:
    """Enough stories in both languages for the corpus to have statistics of its own."""
    return compare(dutch(MANY), french(MANY))


def test_every_story_finds_its_twin(among_many: Comparison) -> None:
    """Names and amounts that two stories share pair them, and most pairs are sure."""
    assert ids(among_many, among_many.twins()) == {(f"a{n:03}", f"b{n:03}") for n in MANY}
    assert [among_many.tier(pair) for pair in among_many.twins()].count("sure") > len(MANY) / 2


def test_two_articles_alone_are_never_sure() -> None:
    """Two files have no statistics of their own: the twin is found, likely at most; strangers are none."""
    found = compare(dutch([3]), french([3]))
    assert [found.tier(pair) for pair in found.twins()] == ["likely"]
    assert not compare(dutch([3]), french([8])).twins()


def test_any_order_gives_the_same(among_many: Comparison) -> None:
    """Shuffled articles give the same pairs with the same figures."""
    chance = random.Random(7)
    a, b = dutch(MANY), french(MANY)
    chance.shuffle(a)
    chance.shuffle(b)
    again = compare(a, b)
    assert again.twins() == among_many.twins()
    assert [again.explained(pair, texts(MANY)) for pair in again.twins()[:3]] == [
        among_many.explained(pair, texts(MANY)) for pair in among_many.twins()[:3]
    ]


def test_either_side_first_gives_the_same(among_many: Comparison) -> None:
    """Which language comes first makes no difference to pairs and tiers."""
    turned = compare(french(MANY), dutch(MANY))
    expected = {(b, a, among_many.tier(p)) for p in among_many.twins() for a, b in ids(among_many, [p])}
    assert {(b, a, turned.tier(p)) for p in turned.twins() for b, a in ids(turned, [p])} == expected


def test_kept_features_give_the_same(among_many: Comparison) -> None:
    """Features that were kept as bytes stand for their articles."""
    kept = [[Features.from_bytes(item.to_bytes()) for item in side] for side in (dutch(MANY), french(MANY))]
    one, other = ([item for item in side if item is not None] for side in kept)
    again = compare(one, other)
    assert again.twins() == among_many.twins()


def test_features_are_read_once(among_many: Comparison) -> None:
    """An iterator of features will do, and so will a matrix that was made of them before."""
    again = compare(iter(dutch(MANY)), TermMatrix.of(french(MANY)))
    assert again.twins() == among_many.twins()
    assert again.ranking.pairs == among_many.ranking.pairs


def test_the_parts_are_the_score(among_many: Comparison) -> None:
    """What the evidence adds up to is what the matrices gave, for pairs of any kind."""
    for pair in among_many.ranking.pairs[::7]:
        parts = contributions(among_many.space, pair.a, pair.b)
        assert sum(part.amount for part in parts) == pytest.approx(pair.score, abs=2e-3)


def test_evidence_names_what_is_shared(among_many: Comparison) -> None:
    """Names and the amount stand in the evidence with their places; shares add up to one."""
    pair = next(pair for pair in among_many.twins() if ids(among_many, [pair]) == {("a003", "b003")})
    found = among_many.explained(pair, texts(MANY)).to_dict()
    both = texts([3])
    for piece in found["evidence"]:
        for name, text in (("a", both["a003"]), ("b", both["b003"])):
            assert all(text[start:end] for start, end in piece[name]["spans"])
            assert not piece[name]["spans"] or piece[name]["text"] in {text[s:e] for s, e in piece[name]["spans"]}
    assert sum(piece["share"] for piece in found["evidence"]) == pytest.approx(1, abs=1e-3)
    terms = {(piece["kind"], piece["a"]["text"], piece["b"]["text"]) for piece in found["evidence"]}
    assert ("number", "23 miljoen", "23 millions") in terms
    assert any(kind == "same" for kind, _, _ in terms)
    assert set(found) == {
        *("a", "b", "score", "tier", "mutual", "margin", "mode", "candidates", "dates", "evidence", "passages"),
    }


def test_why_not(among_many: Comparison) -> None:
    """Strangers get the same account with the reasons; twins get no reason."""
    refused = among_many.why_not("a003", "b008", texts(MANY))
    assert refused.tier is None
    assert any(reason.startswith("not mutual: a003 is nearer to b003") for reason in refused.reasons)
    assert any(reason.startswith("below the threshold") for reason in refused.reasons)
    assert refused.to_dict()["reasons"] == list(refused.reasons)
    assert among_many.why_not("a003", "b003", texts(MANY)).reasons == ()
    with pytest.raises(UsageError, match="b003"):
        among_many.why_not("b003", "a003", texts(MANY))


def test_window_of_days() -> None:
    """Dated twins too far apart are none, with the reason; near ones and undated ones are; candidates are counted."""
    days_a = {n: f"2018-06-{1 + n % 20:02}" for n in MANY}
    days_b = days_a | {5: "2018-09-01"}
    del days_b[7]
    found = compare(dutch(MANY, days_a), french(MANY, days_b), TwinOptions(window_days=1))
    pairs = ids(found, found.twins())
    assert ("a004", "b004") in pairs
    assert ("a005", "b005") not in pairs
    assert ("a007", "b007") in pairs
    refused = found.why_not("a005", "b005", texts(MANY))
    assert refused.reasons[0] == "dates too far: 87 days apart, the window is 1"
    assert refused.dates.gap_days == 87
    undated = found.why_not("a007", "b007", texts(MANY)).dates
    assert (undated.b, undated.gap_days) == (None, None)
    expected = sum(abs(4 % 20 - n % 20) <= 1 for n in MANY if n not in (5, 7)) + 1 + (abs(4 - 5) > 99)
    assert next(p for p in found.ranking.pairs if p.a == found.places_a["a004"]).candidates == expected


def test_a_window_changes_no_score() -> None:
    """A pair has the same score with and without a window: days choose whom it is compared with."""
    days = {n: f"2018-06-{1 + n % 20:02}" for n in MANY}
    free, narrow = (compare(dutch(MANY, days), french(MANY, days), TwinOptions(window_days=w)) for w in (None, 2))
    scores = {(pair.a, pair.b): pair.score for pair in free.ranking.pairs}
    shared = [pair for pair in narrow.ranking.pairs if (pair.a, pair.b) in scores]
    assert shared
    assert all(pair.score == scores[pair.a, pair.b] for pair in shared)


def test_many_articles_of_a_story() -> None:
    """With `many` a second article about the story is a twin as well, no more than likely."""
    second = features_of_text("b900", "fr", texts([3])["b003"].replace("maire", "conseil"))
    b = [*french(MANY), second]
    one, many = compare(dutch(MANY), b), compare(dutch(MANY), b, TwinOptions(many=True))
    both = {("a003", "b003"), ("a003", "b900")}
    assert len(ids(one, one.twins()) & both) == 1
    assert both <= ids(many, many.twins())
    assert {many.tier(pair) for pair in many.twins() if ids(many, [pair]) <= both} <= {"likely", "possible"}


def test_a_dictionary_and_links_of_the_user() -> None:
    """Words of a dictionary become evidence of their kind, and the user's own links go before all others."""
    lexicon = WordPairs("nl", "fr", [("burgemeester", "maire"), ("haven", "port")])
    own = Link("bestuur", "direction", "user", 1.0)
    found = compare(dutch([3]), french([3]), TwinOptions(lexicons=(lexicon,), links=(own,)))
    kinds = {(x.kind, x.a.text, x.b.text) for x in found.explained(found.twins()[0], texts([3])).evidence}
    assert {("dictionary", "haven", "port"), ("user", "bestuur", "direction")} <= kinds
    plain = compare(dutch([3]), french([3]))
    assert found.twins()[0].score > plain.twins()[0].score


class Compass:
    """An encoder that knows each story by its amount, and says so as a direction."""

    name = "compass"

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """A direction for each text, the same in both languages."""
        amounts = [int("".join(filter(str.isdigit, text)) or 0) for text in texts]
        return [[cos(n), sin(n), cos(2 * n), sin(2 * n)] for n in amounts]


def test_an_encoder_adds_its_part() -> None:
    """What an encoder gives is one more part of the score, named, and the parts still add up."""
    stories = texts(MANY)
    vectors = encoded(Compass(), stories.items())
    found = compare(dutch(MANY), french(MANY), TwinOptions(vectors=vectors))
    pair = found.twins()[0]
    assert "encoder" in {piece.kind for piece in found.explained(pair, stories).evidence}
    assert sum(x.amount for x in contributions(found.space, pair.a, pair.b)) == pytest.approx(pair.score, abs=2e-3)
    with pytest.raises(UsageError, match="no vector"):
        compare(dutch([1]), french([1]), TwinOptions(vectors={}))


def test_sides_of_two_languages_are_refused() -> None:
    """A side is of one language; an empty side is said to be empty."""
    with pytest.raises(UsageError, match="fr, nl"):
        compare([*dutch([1]), *french([1])], french([2]))
    with pytest.raises(UsageError, match="none"):
        compare(dutch([1]), [])


def test_articles_without_a_word() -> None:
    """Empty articles are no trouble, and nobody's twins."""
    empty = [features_of_text(f"b9{n}", "fr", "") for n in range(3)]
    assert compare(dutch([1, 2]), empty).twins() == []
    found = compare(dutch([1, 2]), [*empty, *french([2])])
    assert ids(found, found.twins()) == {("a002", "b002")}
