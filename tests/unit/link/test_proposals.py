"""Proposals: what is close is found, at any order, in parts, within a window of days."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.link import proposals
from corpus_tool.link.groups import Groups
from corpus_tool.link.proposals import Asked, Index, Proposals
from corpus_tool.link.shingles import shingle_sets, sketches

DAY = date(2018, 6, 18)
Dated = dict[str, tuple[str, date | None, date | None]]


def article(chance: random.Random, words: int = 150) -> list[str]:
    """Words of an article that is like no other."""
    return [f"w{chance.randrange(5_000)}" for _ in range(words)]


def edited(words: list[str], chance: random.Random, count: int) -> list[str]:
    """The article with so many words replaced, in one run."""
    at = chance.randrange(len(words) - count)
    return [*words[:at], *(f"new{chance.randrange(10**6)}" for _ in range(count)), *words[at + count :]]


def undated(texts: dict[str, str]) -> Dated:
    """Articles whose dates nobody knows."""
    return {ident: (text, None, None) for ident, text in texts.items()}


def proposed(articles: Dated, asked: Asked | None = None, known: frozenset[str] = frozenset()) -> Proposals:
    """What is proposed of articles, in the order in which they are given."""
    index = Index()
    texts = [text for text, _, _ in articles.values()]
    for (ident, (_, first, last)), made in zip(articles.items(), sketches(texts), strict=True):
        index.add(ident, made, first, last, new=ident not in known)
    return index.propose(asked)


def family(seed: int, size: int, shared: int = 0) -> dict[str, str]:
    """Articles and an edited copy of each; all end with the same words, where `shared` says how many."""
    chance = random.Random(seed)
    footer = article(chance, shared)
    texts = {}
    for number in range(size):
        words = article(chance, chance.randrange(30, 300))
        for name in ("a", "b"):
            texts[f"{number:04}{name}"] = " ".join([*words, *footer])
            words = edited(words, chance, 2)
    return texts


@pytest.mark.parametrize("shared", [0, 40])
def test_near_pairs_are_proposed(shared: int) -> None:
    """All pairs of Jaccard 0.8 are proposed, with a footer that all articles share as well; and few others are."""
    texts = family(1, 200, shared)
    sets = dict(zip(texts, shingle_sets(texts.values()), strict=True))
    near = set()
    for name, of_one in sets.items():
        other = name[:-1] + "b"
        both = len(set(of_one.tolist()) & set(sets[other].tolist()))
        if name != other and both >= 0.8 * (len(of_one) + len(sets[other]) - both):
            near.add((name, other))
    found = proposed(undated(texts)).near
    assert len(near) > 150
    assert near <= set(found)
    assert len(found) < 400


def test_a_report_inside_a_longer_article_is_proposed() -> None:
    """A text that is a tenth of another one is proposed with it."""
    chance = random.Random(2)
    words = article(chance, 100)
    texts = {"long": " ".join([*article(chance, 500), *words, *article(chance, 400)]), "short": " ".join(words)}
    assert proposed(undated(texts)).near == [("long", "short")]


def test_the_order_of_articles_makes_no_difference() -> None:
    """The same pairs come out whichever article was added first."""
    texts = undated(family(3, 60, 40))
    whole = proposed(texts)
    for seed in range(3):
        names = random.Random(seed).sample(list(texts), len(texts))
        assert proposed({name: texts[name] for name in names}) == whole


def test_adding_in_parts_finds_what_adding_at_once_finds() -> None:
    """The pairs of all articles are among those of the first part and those that the second one adds."""
    texts = undated(family(4, 100, 60))
    whole = proposed(texts)
    first = dict(random.Random(5).sample(list(texts.items()), 120))
    before, after = proposed(first), proposed(texts, known=frozenset(first))
    assert set(whole.near) <= {*before.near, *after.near}
    assert not set(before.near) & set(after.near)


def test_known_articles_are_not_paired_again() -> None:
    """Where nothing is new there is nothing to compare, nor anything equal to report."""
    texts = undated({**family(6, 20), "copy": family(6, 20)["0000a"]})
    assert proposed(texts, known=frozenset(texts)) == Proposals([], [])


def test_equal_texts_stand_for_each_other() -> None:
    """Copies are paired with the smallest id; only that is compared with others."""
    chance = random.Random(7)
    words = article(chance)
    same = " ".join(words)
    texts = {"d": same, "b": same.upper(), "c": same, "a": " ".join(edited(words, chance, 2))}
    assert proposed(undated(texts)) == Proposals([("b", "c"), ("b", "d")], [("a", "b")])


def test_short_notices_are_equal_or_nothing() -> None:
    """Two notices of nineteen words that differ in the day are no pair; the same notice twice is one."""
    notice = "Wegens werken is het zwembad in Veldrode dicht op {} 18 juni negen tot twaalf uur 's ochtends"
    texts = {"a": notice.format("maandag"), "b": notice.format("dinsdag"), "c": notice.format("MAANDAG")}
    assert proposed(undated(texts)) == Proposals([("a", "c")], [])


def test_texts_without_words_are_no_copies() -> None:
    """Empty texts and texts of signs alone have nothing to compare; one word is enough to be equal."""
    assert proposed(undated({"a": "", "b": "…", "c": "woord", "d": "Woord."})) == Proposals([("c", "d")], [])
    assert proposed({}) == Proposals([], [])


@pytest.mark.parametrize(("days", "window", "found"), [(0, 0, True), (3, 3, True), (4, 3, False), (4, None, True)])
def test_a_window_limits_pairs_by_date(days: int, window: int | None, found: bool) -> None:
    """Near and equal articles more days apart than the window are no pairs."""
    chance = random.Random(8)
    words = article(chance)
    later = DAY + timedelta(days)
    for other in (" ".join(words), " ".join(edited(words, chance, 2))):
        articles: Dated = {"a": (" ".join(words), DAY, DAY), "b": (other, later, later)}
        pairs = proposed(articles, Asked(window_days=window))
        assert bool(pairs.near or pairs.equal) == found


def test_dates_that_may_be_near_are_near() -> None:
    """A month overlaps its days, and an article without a date may be of any day."""
    chance = random.Random(9)
    words = article(chance)
    june = (date(2018, 6, 1), date(2018, 6, 30))
    articles: Dated = {
        "day": (" ".join(words), DAY, DAY),
        "month": (" ".join(edited(words, chance, 2)), *june),
        "none": (" ".join(edited(words, chance, 2)), None, None),
        "later": (" ".join(edited(words, chance, 2)), date(2019, 6, 18), date(2019, 6, 18)),
    }
    near = proposed(articles, Asked(window_days=1)).near
    assert near == [("day", "month"), ("day", "none"), ("later", "none"), ("month", "none")]


def test_copies_within_a_window_are_chained() -> None:
    """The same text day after day is joined from one day to the next; after a gap it is another."""
    text = " ".join(article(random.Random(10)))
    days = [0, 1, 2, 9, 10]
    articles: Dated = {f"{day:02}": (text, DAY + timedelta(day), DAY + timedelta(day)) for day in days}
    assert proposed(articles, Asked(window_days=1)).equal == [("00", "01"), ("01", "02"), ("09", "10")]


def test_a_footer_in_all_articles_costs_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs that are looked at grow with the articles where all of them share a passage."""
    counts: list[int] = []
    enough = proposals._Sketches._enough

    def counted(sketches: Any, codes: Any, asked: Asked) -> Any:
        counts.append(len(codes))
        return enough(sketches, codes, asked)

    monkeypatch.setattr(proposals._Sketches, "_enough", counted)
    for size in (100, 200, 400):
        proposed(undated(family(11, size, 200)))
    assert counts[0] > 100
    assert counts[2] < 5 * counts[0]


def test_many_edited_copies_of_one_article_hang_together() -> None:
    """A report in fifty papers, each with changes of its own, is proposed in a chain that reaches all of them."""
    chance = random.Random(13)
    words = article(chance)
    texts = {f"{number:02}": " ".join(edited(words, chance, 3)) for number in range(50)}
    near = proposed(undated(texts)).near
    assert Groups(near).members() == {"00": sorted(texts)}
    assert len(near) < 50 * 49 / 2


def test_many_rounds_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many places are sorted at once makes no difference to what is found."""
    texts = undated(family(12, 100, 40))
    whole = proposed(texts)
    for name, value in (("_PLACES", 100), ("_VALUES", 500), ("_ROWS", 7)):
        monkeypatch.setattr(proposals, name, value)
    assert proposed(texts) == whole


@pytest.mark.parametrize("asked", [{"jaccard": 0}, {"containment": 1.1}, {"window_days": -1}])
def test_what_cannot_be_asked_for(asked: dict[str, Any]) -> None:
    """Shares are above 0 and at most 1, and days are no fewer than none."""
    with pytest.raises(UsageError):
        Asked(**asked)
