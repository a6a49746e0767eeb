"""The articles of a corpus file, selected where they stand; that they are as those of its sources is a law."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from corpus_tool.selection import Selection, Tally, select
from corpus_tool.stored import StoredArticles, light_enough, proposing
from tests.unit.building import PROSE, write_jsonl


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A corpus file of four articles, two of them about a bridge."""
    texts = (PROSE, "Nog een stuk over de nieuwe brug.", "Iets heel anders over Gent.", "De brug gaat open.")
    write_jsonl(tmp_path / "bron.jsonl", *({"text": text} for text in texts))
    with Corpus.create(tmp_path / "pers.db") as made:
        made.add(tmp_path / "bron.jsonl", options=ReadOptions(detector="none"))
    return tmp_path / "pers.db"


def test_selections_of_stored_articles_are_capped(path: Path) -> None:
    """What a terminal does not show is counted, not read."""
    with Corpus.open(path) as made:
        tally = Tally()
        assert len(list(select(made.articles, Selection(), tally, cap=2))) == 2
        assert (tally.read, tally.matched, tally.given) == (4, 4, 4)
        tally = Tally()
        assert len(list(select(made.articles, Selection(limit=3), tally, cap=2))) == 2
        assert (tally.read, tally.matched, tally.given) == (4, 4, 3)


def test_light_enough() -> None:
    """Only what a light article has can be shown, sorted by and asked for with it."""
    assert light_enough(("id", "date", "source.path"), Selection())
    assert light_enough(("id",), Selection(Query(has=("title",), min_date_confidence=0.5), sort="words"))
    assert not light_enough(("extra.plaats",), Selection())
    assert not light_enough(("id",), Selection(sort="normalization"))
    assert not light_enough(("id",), Selection(Query(has=("extra.x",))))
    assert not light_enough(("raw",), Selection())


def test_a_sample_is_one_of_all_whatever_the_index_proposes(path: Path) -> None:
    """A concordance of a sample looks into the same articles as one of the sources."""
    with Corpus.open(path) as made:
        for size in range(5):
            chosen = Selection(sample=size, seed=size)
            proposed = StoredArticles(made.store, match=proposing([("brug", False)]))
            given = [item.id for item in select(proposed, chosen, Tally())]
            assert given == [item.id for item in select(list(made.find()), chosen, Tally())]
