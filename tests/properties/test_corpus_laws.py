"""A corpus file says the same as the sources that it was made of, whatever they hold and whatever is asked."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date as day
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.analyze.concordance import ConcordanceLine, concordance
from corpus_tool.analyze.node_pattern import NodePattern, compile_node
from corpus_tool.corpus import Corpus, read, read_all
from corpus_tool.errors import UsageError
from corpus_tool.model.article import INFERRED, Article, Block, Normalization
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.fields import NAMES
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from corpus_tool.selection import Selection, Tally, select
from corpus_tool.store.rows import COLUMNS_OF_SOURCE, LIGHT, WHOLE, article_of, digest_of, row_of
from corpus_tool.store.store import Store
from corpus_tool.stored import StoredArticles, light_enough, proposing
from tests.properties.article_strategies import articles, hostile_texts
from tests.properties.strategies import edtf_dates
from tests.unit.building import article, source

ROOT = Path(__file__).parents[2]
FOLDERS = ("seeds", "tests/formats")


def plainly(**options: Any) -> ReadOptions:
    """Options without a detector of languages, which takes its time."""
    return ReadOptions(detector="none", **options)


# An article and its row


def _paragraphed(item: Article) -> Article:
    """The article with the blocks that most have: the paragraphs of its text."""
    blocks, start = [], 0
    for part in item.text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return replace(item, normalization=replace(item.normalization, blocks=tuple(blocks)))


def _evident(item: Article, where: Any, start: int, length: int) -> Article:
    """The article with evidence that is a span of its text, or of its date."""
    said = item.text if where == "text" else item.date or ""
    span = Evidence(said[start : start + length], where, start, start + length, "regel")
    inferred = Inferred("methode", 0.5, (span,), ("2018-06",))
    return replace(item, inference={**item.inference, "date": inferred})


def rich_articles() -> st.SearchStrategy[Article]:
    """Articles with anything in any field, and those whose blocks and evidence are spans of their text."""
    where = st.sampled_from(["text", "field", "name", "url", "raw"])
    blocky = articles().map(_paragraphed)
    evident = st.builds(_evident, blocky, where, st.integers(0, 9), st.integers(0, 9))
    odd_place = st.builds(
        lambda item, name: replace(item, source=replace(item.source, encoding=name, format=name, sha256=name)),
        articles(),
        hostile_texts(1),
    )
    return articles() | blocky | evident | odd_place


def _stored(item: Article) -> tuple[Any, ...]:
    """The row of an article as SQLite gives it back, its source behind it."""
    import sqlite3

    row = row_of(item)
    with sqlite3.connect(":memory:") as connection:
        marks = ", ".join("?" * (len(WHOLE) + len(COLUMNS_OF_SOURCE)))
        found: tuple[Any, ...] = connection.execute(f"SELECT {marks}", (*row.values, *row.source)).fetchone()
    connection.close()
    return found


@settings(max_examples=100, deadline=None)
@given(item=rich_articles())
def test_an_article_comes_back_from_its_row(item: Article) -> None:
    """Odd names, empty lists, any evidence: nothing is lost but the raw record, which is kept apart."""
    again = article_of(_stored(item))
    assert again == replace(item, raw=None)
    assert again.to_dict() == replace(item, raw=None).to_dict()
    assert list(again.extra) == list(item.extra)
    assert digest_of(again) == digest_of(item) == row_of(item).digest


@settings(max_examples=30, deadline=None)
@given(item=rich_articles())
def test_a_light_article_lacks_the_heavy_columns_alone(item: Article) -> None:
    """What a listing reads is the whole article without its extra labels, its cleaning and its reasons."""
    whole = _stored(item)
    light = article_of((*whole[: len(LIGHT)], *whole[len(WHOLE) :]), whole=False)
    nothing: dict[str, Inferred | None] = {"date": None, "language": None, "title": None}
    assert light == replace(item, raw=None, extra={}, normalization=Normalization(), inference=nothing)


@settings(max_examples=60, deadline=None)
@given(item=rich_articles(), other=rich_articles())
def test_articles_that_differ_have_other_digests(item: Article, other: Article) -> None:
    """The digest is the same for the same article, and another one for another article."""
    same = replace(item, raw=None).to_dict() == replace(other, raw=None).to_dict()
    assert (digest_of(item) == digest_of(other)) is same


# Asking for articles


# The last day of the calendar is left out: it sorts as an open end.
DATES = st.none() | edtf_dates().map(str).filter(lambda date: "9999-12" not in date)
OUTLETS = ("Voorbeeldkrant", "VOORBEELDKRANT", "Été", "été", "\udce9", "straße", "STRASSE")


def asked_articles() -> st.SearchStrategy[list[Article]]:
    """Articles with few values in each field, odd ones among them, so that conditions often meet and values tie."""
    sure = st.sampled_from([None, *(Inferred("methode", confidence) for confidence in (0.0, 0.5, 1.0))])
    values: dict[str, st.SearchStrategy[Any]] = {
        "id": st.integers(0, 2**64 - 1).map("{:016x}".format),
        "name": st.sampled_from(["a", "B", "b#2", "\udce9"]),
        "title": st.sampled_from([None, "", "a", "B", "b", "É", "\ud83d", "\U0001f600"]),
        "date": DATES,
        "date_modified": st.sampled_from([None, "2018-06"]),
        "language": st.sampled_from([None, "nl", "nl-BE", "fr", "und", "zxx"]),
        "languages": st.sampled_from([{}, {"nl": 0.9, "fr": 0.1}]),
        "authors": st.sampled_from([(), ("An",), ("an", "Jo")]),
        "outlet": st.sampled_from([None, *OUTLETS]),
        "words": st.integers(0, 4),
        "text": st.sampled_from(["De raad\n\nÉén", "de RAAD 2", "", "kop"]),
        "extra": st.sampled_from([{}, {"x": "1"}, {"x": ""}]),
        "source": st.builds(
            source,
            path=st.sampled_from(["a.txt", "b/a.txt", "b/[1].csv", "caf\udce9/x.txt"]),
            also=st.sampled_from([None, (), ("c.txt",)]),
        ),
        "inference": st.tuples(sure, sure, sure).map(lambda made: dict(zip(INFERRED, made, strict=True))),
    }
    return st.lists(st.builds(article, **values), max_size=7, unique_by=lambda item: item.id)


def _dates_asked() -> st.SearchStrategy[str | None]:
    def fits(date: str) -> bool:
        known = EdtfDate.parse(date)
        # The first and the last day of the calendar are as good as an open end.
        return known.earliest not in (None, day.min) and known.latest not in (None, day.max)

    return st.none() | st.sampled_from(["2018", "2018-06", "2015-06-20"]) | edtf_dates().map(str).filter(fits)


def queries() -> st.SearchStrategy[Query]:
    """Queries with one to several conditions of any kind, and none at all."""

    def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple)

    truth = st.booleans()
    conditions: dict[str, st.SearchStrategy[Any]] = {
        "languages": some("nl", "nl-BE", "fr", "und", "zxx"),
        "since": _dates_asked(),
        "until": _dates_asked(),
        "on": _dates_asked(),
        "date_match": st.sampled_from(["overlaps", "within"]),
        "dated": truth,
        "mixed": truth,
        "min_words": st.sampled_from([0, 1, 3, 10**30]),
        "max_words": st.sampled_from([0, 1, 3, 10**30]),
        "contains": some("raad", "É", "\n", "kop"),
        "patterns": some("r..d", r"\d", "^$"),
        "outlets": some(*OUTLETS),
        "sources": some("a.txt", "*.csv", "b/*", "b/[1].csv", "caf\udce9/*", "/x"),
        "has": some(*NAMES, "extra.x", "source.also", "title.upper"),
        "min_language_confidence": st.sampled_from([0.0, 0.5, 1.0]),
        "min_date_confidence": st.sampled_from([0.0, 0.5, 1.0]),
    }
    names = st.lists(st.sampled_from(sorted(conditions)), max_size=3, unique=True)
    return names.flatmap(lambda chosen: st.builds(Query, **{name: conditions[name] for name in chosen}))


@contextmanager
def kept(items: Sequence[Article]) -> Iterator[Store]:
    """A corpus of articles, in memory."""
    with Corpus.in_passing(items) as corpus:
        yield corpus.store


@settings(max_examples=60, deadline=None)
@given(items=asked_articles(), asked=st.lists(queries(), min_size=1, max_size=6))
def test_a_query_means_the_same_in_a_corpus_file(items: list[Article], asked: list[Query]) -> None:
    """The articles that SQL gives are those that `Query` judges to match, counted and numbered alike."""
    with kept(items) as store:
        for query in asked:
            expected = [item for item in items if query.matches(item)]
            assert list(store.articles(query)) == expected, query
            assert store.count(query) in (None, len(expected)), query
            assert store.numbers(query) == [items.index(item) + 1 for item in expected], query
            assert [item for _, item in store.after(0, query, 99)] == expected
            lightly = list(store.articles(query, whole=False)) if light_enough((), Selection(query)) else None
            assert lightly is None or [item.id for item in lightly] == [item.id for item in expected], query


def _close(articles: Iterator[Article]) -> None:
    assert isinstance(articles, Generator)
    articles.close()


def selections() -> st.SearchStrategy[Selection]:
    """Orders by every field, limits and samples."""
    few = st.none() | st.integers(0, 4) | st.just(10**30)
    return st.builds(
        Selection, queries(), st.none() | st.sampled_from(NAMES), st.booleans(), few, st.none() | st.integers(0, 4)
    )


@settings(max_examples=60, deadline=None)
@given(items=asked_articles(), asked=st.lists(selections(), min_size=1, max_size=6))
def test_a_selection_means_the_same_in_a_corpus_file(items: list[Article], asked: list[Selection]) -> None:
    """Sort, direction, limit and sample give the same articles in the same order, and the same counts."""
    with kept(items) as store:
        for selection in asked:
            told, expected = Tally(), Tally()
            given_ = list(select(StoredArticles(store), selection, told))
            assert given_ == list(select(items, selection, expected)), selection
            assert told.cut_short or told == expected, selection  # reading ended where nothing more was wanted


@settings(max_examples=40, deadline=None)
@given(items=asked_articles(), asked=selections(), taken=st.integers(0, 3))
def test_a_selection_that_nobody_reads_to_its_end_is_closed_quietly(
    items: list[Article], asked: Selection, taken: int
) -> None:
    """Also after the file was closed, as where a pipe breaks; before, no less was counted than was given."""
    with kept(items) as store:
        tally = Tally()
        given_ = select(StoredArticles(store), asked, tally)
        read_ = [item for item, _ in zip(given_, range(taken), strict=False)]
        _close(given_)
        assert tally.matched >= len(read_)
        late = select(StoredArticles(store), asked, Tally())
        next(late, None)
    _close(late)


# A concordance


ODD = "øØłŁﬁœŒ²₂ĳßéÉ\u0301\u00ad\u200bı’'ʼ₽😀🫨ſｗ"


def odd_words() -> st.SearchStrategy[str]:
    """Words with letters that an index and a concordance take for different ones."""
    return st.text("abcefilmorstj2" + ODD, min_size=1, max_size=6)


def _patterned(word: str, shape: int) -> str:
    cut = max(1, len(word) // 2)
    return (word, f"{word[:cut]}*", f"*{word[cut:]}*", f"{word[0]}?{word[2:]}", f"*{word[-1]}")[shape]


def _lines(items: Iterator[Article] | Sequence[Article], pattern: NodePattern) -> list[ConcordanceLine]:
    return [line for item in items for line in concordance(item, pattern, window=2)]


@settings(max_examples=120, deadline=None)
@given(data=st.data(), texts=st.lists(st.lists(odd_words(), min_size=1, max_size=8), min_size=1, max_size=5))
def test_a_concordance_of_a_corpus_file_has_every_hit(data: st.DataObject, texts: list[list[str]]) -> None:
    """What the index proposes holds every line that a reading of all texts and titles gives, in the same order."""
    items = [
        article(id=f"{n:016x}", title=words[0] if n % 2 else None, text=" ".join(words))
        for n, words in enumerate(texts, 1)
    ]
    known = [word for words in texts for word in words]
    shaped = st.builds(_patterned, st.sampled_from(known) | odd_words(), st.integers(0, 4))
    phrases = st.lists(shaped, min_size=1, max_size=2).map(" ".join)
    spellings = phrases | phrases.map(str.upper) | phrases.map(str.casefold)
    with kept(items) as store:
        for typed in data.draw(st.lists(spellings, min_size=1, max_size=5)):
            try:
                pattern = compile_node(typed)
            except UsageError:  # a pattern of wildcards alone
                continue
            match = proposing((term.folded, term.prefix) for term in pattern.terms if term is not None)
            found = _lines(list(StoredArticles(store, match=match)), pattern)
            assert found == _lines(items, pattern), (typed, match)


# Whole folders


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A corpus file for each of the folders of samples."""
    place = tmp_path_factory.mktemp("made")
    paths = {}
    for folder in FOLDERS:
        paths[folder] = place / f"{Path(folder).name}.db"
        add(paths[folder], ROOT / folder)
    return paths


def add(path: Path, *sources: Path, jobs: int = 1) -> ReadOptions:
    """Add sources to a corpus file, which is made where it does not exist; the options with the receipt."""
    options = plainly()
    with Corpus.open(path) if path.exists() else Corpus.create(path) as corpus:
        corpus.add(list(sources), options=options, jobs=jobs)
    return options


def dump(path: Path, *, runs: bool = False) -> list[str]:
    """A corpus file as SQL, without what was run and when, if not asked for."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if runs or not line.startswith('INSERT INTO "runs"')]


def digests(path: Path) -> dict[str, bytes]:
    """The digest of each article of a corpus file."""
    with Store.open(str(path)) as store:
        return dict(store.rows("SELECT id, digest FROM articles"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_was_added_is_what_is_read(made: dict[str, Path], folder: str) -> None:
    """Article by article the same values in the same order, copies named."""
    with Corpus.open(made[folder]) as corpus:
        stored = [item.to_dict() for item in corpus.find()]
    raw = read_all([str(ROOT / folder)], options=plainly())
    assert stored == [item.to_dict() for item in raw]
    assert len(stored) > 30


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_corpus_file_is_read_as_its_sources_are(made: dict[str, Path], folder: str) -> None:
    """`read` gives what the sources give, the raw records too where they are asked for."""
    raw = {item.id: item.raw for item in read(ROOT / folder, options=plainly(keep_raw=True))}
    assert {item.id: item.raw for item in read(made[folder], options=plainly(keep_raw=True))} == raw


@pytest.mark.parametrize("folder", FOLDERS)
def test_adding_twice_is_adding_once(made: dict[str, Path], folder: str) -> None:
    """The second time not a byte of the contents changes, not even the list of runs; all is counted as known."""
    before = dump(made[folder], runs=True)
    receipt = add(made[folder], ROOT / folder).receipt
    assert dump(made[folder], runs=True) == before
    assert (receipt.records, receipt.stored, receipt.known > 30) == (0, 0, True)


def test_two_processes_make_the_same_file(tmp_path: Path) -> None:
    """The same SQL, reports and findings included, for a source with findings of every kind between its records."""
    texts = (
        "Kort.",
        None,
        "   ",
        "De trein naar Gent rijdt vandaag niet, zegt de vervoerder.",
        "Kort.",
        "",
        "Ook kort.",
    )
    lines = ["{bad" if text is None else f'{{"text": "{text}", "date": "2018-13"}}' for text in texts]
    (tmp_path / "gemengd.jsonl").write_text("\n".join(lines))
    sources = [tmp_path / "gemengd.jsonl", ROOT / "seeds", ROOT / "tests/formats", tmp_path / "gemengd.jsonl"]
    receipts = [add(tmp_path / f"{jobs}.db", *sources, jobs=jobs).receipt for jobs in (1, 2)]
    assert dump(tmp_path / "2.db") == dump(tmp_path / "1.db")
    assert receipts[0].totals() == receipts[1].totals()
    assert [report.to_dict() for report in receipts[0].files] == [report.to_dict() for report in receipts[1].files]


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_export_that_is_added_gives_the_same_digests(made: dict[str, Path], folder: str, tmp_path: Path) -> None:
    """JSON Lines carry every field."""
    from corpus_tool.writers.base import WriteOptions
    from corpus_tool.writers.registry import load_writer

    with Corpus.open(made[folder]) as corpus, open(tmp_path / "uit.jsonl", "wb") as out:
        load_writer("jsonl").write(corpus.find(), out, WriteOptions())
    add(tmp_path / "weer.db", tmp_path / "uit.jsonl")
    assert digests(tmp_path / "weer.db") == digests(made[folder])


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("what", ["texts", "languages", "dates"])
def test_refreshing_by_the_same_options_changes_nothing(made: dict[str, Path], folder: str, what: Any) -> None:
    """What is concluded of the records kept is what was concluded of the sources."""
    before = dump(made[folder], runs=True)
    with Corpus.open(made[folder]) as corpus:
        done = corpus.refresh([what], options=plainly())
    assert (done.changed, done.not_kept) == (0, 0)
    assert done.read > 30
    assert dump(made[folder], runs=True) == before


def test_a_copy_of_a_corpus_file_is_the_same(made: dict[str, Path]) -> None:
    """Articles, raw records and facts are those of the file that was added."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "kopie.db"
        add(copy, *made.values())
        assert digests(copy) == digests(made["seeds"]) | digests(made["tests/formats"])
        with Store.open(str(copy)) as copied:
            for path in made.values():
                with Store.open(str(path)) as store:
                    for item in store.articles():
                        assert copied.raw_record(item) == store.raw_record(item)
