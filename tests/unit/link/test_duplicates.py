"""Duplicates: what a pair is, clusters around the article that is kept, links, and the warning."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.link import duplicates
from corpus_tool.link.duplicates import Duplicates, Facts, Heavy, Options, Pair, compared, find_duplicates
from corpus_tool.link.proposals import Index
from corpus_tool.link.shingles import sketch, sketches

CHANCE = random.Random(1)
WORDS = [f"w{CHANCE.randrange(5_000)}" for _ in range(100)]


def replaced(first: int, count: int, name: str = "x") -> str:
    """The article with a run of words replaced."""
    return " ".join([*WORDS[:first], *(f"{name}{number}" for number in range(count)), *WORDS[first + count :]])


TEXTS = {
    "a": " ".join(WORDS),
    "b": " ".join(WORDS).title(),
    "c": replaced(50, 5),  # 9 of 96 shingles are lost: 87 of 105
    "d": replaced(10, 20),  # 24 are lost: 72 of 120
    "e": " ".join([*(f"before{n}" for n in range(200)), *WORDS, *(f"after{n}" for n in range(100))]),
    "f": " ".join(f"other{n}" for n in range(90)),
}


def found(texts: dict[str, str], facts: Iterable[Facts] = (), options: Options | None = None) -> Duplicates:
    """The duplicates of these texts, in the order given."""
    index = Index()
    given = {each.id: each for each in facts}
    for ident, made in zip(texts, sketches(texts.values()), strict=True):
        index.add(ident, made, None, None)
    return find_duplicates(
        index, [given.get(ident, Facts(ident)) for ident in texts], lambda ids: [texts[i] for i in ids], options
    )


def test_each_kind_of_pair() -> None:
    """A spelling is equal, five words of a hundred near, twenty edited, a report inside an article contained."""
    kinds = {pair[:2]: pair.kind(Options()) for pair in found(TEXTS).pairs}
    assert kinds == {
        ("a", "b"): "equal",
        ("a", "c"): "near",
        ("a", "d"): "edited",
        ("c", "d"): "edited",
        ("a", "e"): "contained",
        ("c", "e"): "contained",
    }


def test_what_is_shared_is_counted_exactly() -> None:
    """Jaccard and containment are those of the full sets, to be checked by hand."""
    pairs = {pair[:2]: pair for pair in found(TEXTS).pairs}
    assert (pairs["a", "c"].shared, pairs["a", "c"].jaccard) == (87, 87 / 105)
    assert (pairs["a", "d"].shared, pairs["a", "d"].jaccard) == (72, 72 / 120)
    assert pairs["a", "e"].containment == 1
    assert pairs["a", "e"].jaccard == 96 / 396
    assert pairs["a", "e"].shorter == "a"


def test_clusters_hold_equal_and_near_articles() -> None:
    """A cluster is named for its smallest id, its edges lead to the kept one; links stand beside it."""
    result = found(TEXTS)
    (cluster,) = result.clusters
    assert (cluster.id, cluster.kept, cluster.members) == ("a", "a", ["a", "b", "c"])
    assert [(edge.first, edge.second, edge.equal, edge.shared) for edge in cluster.edges] == [
        ("b", "a", True, 0),
        ("c", "a", False, 87),
    ]
    assert [(link.kind, link.pair[:2]) for link in result.links] == [("contained", ("a", "e")), ("edited", ("a", "d"))]


def test_two_articles_with_the_same_report_are_no_duplicates() -> None:
    """What is contained in two articles does not make them one."""
    texts = {"a": TEXTS["a"], "e": TEXTS["e"], "g": TEXTS["a"] + " " + " ".join(f"more{n}" for n in range(200))}
    result = found(texts)
    assert result.clusters == []
    assert [(link.kind, link.pair[:2]) for link in result.links] == [("contained", ("a", "g"))]


def test_a_lower_threshold_takes_in_edited_copies() -> None:
    """With a threshold of 0.5 an edited copy is near, with one of 0.95 a near one is edited."""
    assert found(TEXTS, options=Options(threshold=0.5)).clusters[0].members == ["a", "b", "c", "d"]
    assert found(TEXTS, options=Options(threshold=0.95)).clusters[0].members == ["a", "b"]


def test_the_order_of_articles_makes_no_difference() -> None:
    """Clusters, edges, links and pairs are the same for any order of the same articles."""
    whole = found(TEXTS)
    for seed in range(4):
        names = random.Random(seed).sample(sorted(TEXTS), len(TEXTS))
        assert found({name: TEXTS[name] for name in names}) == whole


def test_adding_articles_later_gives_the_same() -> None:
    """Pairs that are kept and those of new articles come to what all articles together come to."""
    whole = found(TEXTS)
    names = ["b", "d", "e"]
    before = found({name: TEXTS[name] for name in names})
    index = Index()
    for ident, made in zip(TEXTS, sketches(TEXTS.values()), strict=True):
        index.add(ident, made, None, None, new=ident not in names)
    after = find_duplicates(index, map(Facts, TEXTS), lambda ids: [TEXTS[i] for i in ids], known=before.pairs)
    assert after.clusters == whole.clusters
    assert {(link.kind, link.pair.jaccard) for link in after.links} == {
        (link.kind, link.pair.jaccard) for link in whole.links
    }


FACTS = [
    Facts("a", date(2018, 6, 19), 100, "De Lindebode"),
    Facts("b", None, 100, "Kempens Kompas"),
    Facts("c", date(2018, 6, 18), 99, "Het Zuiderblad"),
]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (Options(), "c"),
        (Options(keep="longest"), "a"),
        (Options(outlets=("Kempens Kompas",)), "b"),
        (Options(keep="longest", outlets=("Het Zuiderblad", "De Lindebode")), "c"),
    ],
)
def test_which_article_is_kept(options: Options, kept: str) -> None:
    """The earliest, or the longest, or that of the outlet that is named first; an unknown date is no early one."""
    (cluster,) = found({name: TEXTS[name] for name in "abc"}, FACTS, options).clusters
    assert (cluster.id, cluster.kept) == ("a", kept)
    assert {edge.second for edge in cluster.edges} == {kept}


def test_the_edge_of_a_chain_tells_what_is_shared() -> None:
    """Where near articles are a chain, its ends are compared as well, below the threshold too."""
    chain = {"a": TEXTS["a"], "b": replaced(0, 6), "c": replaced(0, 12)}
    (cluster,) = found(chain, options=Options(threshold=0.8, edited=0.8)).clusters
    assert [(edge.first, edge.second, edge.shared) for edge in cluster.edges] == [("b", "a", 90), ("c", "a", 84)]
    assert cluster.edges[1].jaccard < 0.8


def test_a_cluster_that_takes_most_of_an_outlet_is_a_warning() -> None:
    """Five of eight articles of an outlet in one cluster are reported; one of one is not, nor half of them."""
    texts = {f"n{number}": TEXTS["a"] for number in range(5)} | {
        f"o{number}": " ".join(f"{number}o{n}" for n in range(50)) for number in range(3)
    }
    facts = [Facts(name, outlet="Het Zuiderblad") for name in texts]
    assert found(texts, facts).heavy == [Heavy("n0", "Het Zuiderblad", 5, 8)]
    assert found(texts, [each._replace(outlet=each.id) for each in facts]).heavy == []
    more = {**texts, "p0": "een", "p1": "twee"}
    assert found(more, [Facts(name, outlet="Het Zuiderblad") for name in more]).heavy == []


def test_a_text_is_asked_for_once_and_few_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are compared in parts; those that hang together stand in one."""
    monkeypatch.setattr(duplicates, "BATCH_ARTICLES", 4)
    texts = {f"{number}{name}": TEXTS["a"] for number in range(9) for name in "ab"}
    asked: list[int] = []

    def read(ids: Sequence[str]) -> list[str]:
        asked.append(len(ids))
        return [texts[ident] for ident in ids]

    pairs = [(f"{number}a", f"{number}b") for number in range(9)]
    assert [pair[:2] for pair in compared(reversed(pairs), read)] == pairs
    assert asked == [4, 4, 4, 4, 2]


@pytest.mark.parametrize("wrong", [{"keep": "last"}, {"threshold": 0}, {"threshold": 2}])
def test_options_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    """A rule that is not known and a threshold out of range are said to be so."""
    with pytest.raises(UsageError):
        Options(**wrong)


def test_shares_of_nothing_are_nothing() -> None:
    """Texts without shingles share none, unless their words are the same."""
    assert (Pair("a", "b").jaccard, Pair("a", "b").containment) == (0, 0)
    assert Pair("a", "b", equal=True).jaccard == 1


def test_a_window_holds_inside_clusters() -> None:
    """A chain of days, a month, or an undated article does not make one of what lies years apart."""
    words = " ".join(f"woord{number}" for number in range(40))
    days = {
        "a": (date(2010, 1, 1), date(2010, 1, 1)),
        "b": (None, None),
        "c": (date(2020, 6, 1), date(2020, 6, 1)),
        "d": (date(2020, 6, 1), date(2020, 6, 30)),
        "e": (date(2020, 6, 20), date(2020, 6, 20)),
        "f": (date(2020, 6, 21), date(2020, 6, 21)),
        "g": (date(2020, 6, 23), date(2020, 6, 23)),
    }
    index = Index()
    for name, (earliest, latest) in days.items():
        index.add(name, sketch(words), earliest, latest)
    facts = [Facts(name, earliest, 40, latest=latest) for name, (earliest, latest) in days.items()]
    found = find_duplicates(index, facts, lambda names: [words] * len(names), Options(window_days=2))
    assert {cluster.kept: cluster.members for cluster in found.clusters} == {
        "a": ["a", "b"],
        "c": ["c", "d"],
        "e": ["e", "f"],
    }
    assert {pair.kind(Options()) for pair in found.pairs} == {"equal"}
    assert all(edge.equal for cluster in found.clusters for edge in cluster.edges)
