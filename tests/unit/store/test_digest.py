"""The corpus hash: the same for the same articles, another for any change, whatever the order of adding."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.options import ReadOptions
from corpus_tool.store.digest import corpus_hash, hash_of
from corpus_tool.store.rows import digest_of
from corpus_tool.store.store import Store
from tests.unit.building import write_jsonl


def made(path: Path, *sources: Path) -> Path:
    """A corpus file of sources in this order."""
    with Corpus.create(path) as corpus:
        corpus.add(sources, options=ReadOptions(detector="none"))
    return path


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two sources of three articles each."""
    first, second = (
        write_jsonl(
            tmp_path / f"{name}.jsonl", *({"text": f"Zin {n} van de bron {name} over het weer."} for n in range(3))
        )
        for name in "ab"
    )
    return first, second


def hash_at(path: Path) -> str:
    """The corpus hash of a file."""
    with Store.open(str(path)) as store:
        return corpus_hash(store)


def test_it_is_what_the_documentation_says(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """SHA-256 over a line for each article, sorted by id, with its id and its digest in hex."""
    path = made(tmp_path / "x.db", *two)
    with Store.open(str(path)) as store:
        lines = sorted(f"{article.id} {digest_of(article).hex()}\n" for article in store.articles())
    assert len(lines) == 6
    assert hash_at(path) == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_order_of_adding_does_not_count(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """The same articles in another order have the same hash; fewer of them another."""
    assert hash_at(made(tmp_path / "x.db", *two)) == hash_at(made(tmp_path / "y.db", *reversed(two)))
    assert hash_at(made(tmp_path / "z.db", two[0])) != hash_at(tmp_path / "x.db")


def test_any_field_counts(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """A correction of one field is another hash."""
    path = made(tmp_path / "x.db", *two)
    before = hash_at(path)
    with Corpus.open(path) as corpus:
        article = next(corpus.find())
        corpus.correct(article.id, {"outlet": "De Krant"})
    assert hash_at(path) != before


def test_an_empty_corpus_has_a_hash(tmp_path: Path) -> None:
    """That of nothing."""
    with Corpus.create(tmp_path / "x.db") as corpus:
        assert corpus_hash(corpus.store) == hash_of([]) == hashlib.sha256(b"").hexdigest()


def test_a_digest_that_is_none_is_damage(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """A digest that is no bytes ends in words."""
    path = made(tmp_path / "x.db", *two)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE articles SET digest = 7 WHERE number = 1")
    with pytest.raises(CorpusToolError, match="damaged") as told:
        hash_at(path)
    assert told.value.code == ExitCode.DAMAGED_INPUT
