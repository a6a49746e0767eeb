"""What a corpus file holds: numbers that add up, from indexes alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.model.options import ReadOptions
from corpus_tool.store.digest import corpus_hash
from corpus_tool.store.info import AT_ONCE, Group, Info, info, year_of
from corpus_tool.store.store import Store
from tests.unit.building import write_jsonl

DATES = (
    "2018-06-20",
    "2018-06-21",
    "2018-06",
    "2018",
    "2019-22",
    "2017-12-01",
    "201X",
    "2018-12/2019-01",
    None,
    None,
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Ten articles of two languages and three outlets, dated in many ways, and a file that gives none."""
    records = [
        {
            "text": f"De trein naar Gent reed {n} keer niet.",
            **({"language": "nl"} if n < 7 else {"language": "fr"} if n < 9 else {}),
            **({"outlet": ("De Krant", "Le Journal")[n % 2]} if n else {}),
            **({"date": date} if date else {}),
        }
        for n, date in enumerate(DATES)
    ]
    folder = tmp_path / "bron"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", *records[:6], {"nothing": 1})
    write_jsonl(folder / "b.jsonl", *records[6:])
    (folder / "c.txt").write_text("")
    path = tmp_path / "pers.db"
    with Corpus.create(path) as made:
        made.add(folder, options=ReadOptions(detector="none"))
    return path


def told(path: Path, *, sizes: bool = False, with_hash: bool = False) -> Info:
    """What is told of a file."""
    with Store.open(str(path)) as store:
        return info(store, sizes=sizes, with_hash=with_hash)


def test_counts_by_language(corpus: Path) -> None:
    """Largest first; how many are dated to the day, how many to less; what has no language stands by itself."""
    with Store.open(str(corpus)) as store:
        words = [article.words for article in store.articles()]
    assert told(corpus).languages == (
        Group("nl", 7, sum(words[:7]), 3, 4),
        Group("fr", 2, sum(words[7:9]), 0, 1),
        Group("not examined", 1, words[9], 0, 0),
    )


def test_counts_by_year(corpus: Path) -> None:
    """A date counts for the year that it lies in, however little of it is known; others come last."""
    found = told(corpus).years
    assert [(group.name, group.articles, group.to_the_day, group.less_precise) for group in found] == [
        ("2017", 1, 1, 0),
        ("2018", 4, 2, 2),
        ("2019", 1, 0, 1),
        ("several years", 2, 0, 2),
        ("undated", 2, 0, 0),
    ]


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2018-06-20~", "2018"),
        ("2018-XX-05", "2018"),
        ("2018-06-01/2018-08-31", "2018"),
        ("2018-24", "several years"),
        ("2018/..", "several years"),
        ("XXXX-06-18", "year not known"),
        (None, "undated"),
    ],
)
def test_the_year_of_a_date(date: str | None, year: str) -> None:
    """One year only where both of its days lie in it: a winter lies in two."""
    assert year_of(date) == year


def test_numbers_add_up(corpus: Path) -> None:
    """Each way to group gives all articles, and languages and years all words."""
    found = told(corpus)
    for groups in (found.languages, found.years, found.outlets, found.formats):
        assert sum(group.articles for group in groups) == found.articles == 10
    for groups in (found.languages, found.years):
        assert sum(group.words or 0 for group in groups) == found.words > 0


def test_outlets_formats_and_files(corpus: Path) -> None:
    """Outlets by size; what became of the files, and why some gave nothing."""
    found = told(corpus)
    assert found.outlets == (Group("Le Journal", 5), Group("De Krant", 4), Group("not stated", 1))
    assert found.formats == (Group("jsonl", 10),)
    assert (found.files, found.sources, found.rejected) == ({"loaded": 2, "skipped": 1}, 2, 1)
    assert found.reasons["empty"] == 1


def test_runs_and_corrections(corpus: Path) -> None:
    """Every command that wrote is told with its options and sums; one that was broken off has no end."""
    with Corpus.open(corpus) as opened:
        article = next(opened.find())
        opened.correct(article.id, {"outlet": "Anders"})
    with closing(sqlite3.connect(corpus, isolation_level=None)) as connection:
        connection.execute("UPDATE runs SET ended = NULL WHERE number = 1")
    found = told(corpus)
    assert found.corrections == 1
    assert [run.command for run in found.runs] == ["add", "set"]
    assert found.runs[0].ended is None
    assert found.runs[0].options == {"detector": "none"}
    assert found.runs[0].totals["stored"] == 10


def test_sizes_and_hash_only_on_request(corpus: Path) -> None:
    """Both need every page; the pages are all told, and the hash is that of the corpus."""
    plain = told(corpus)
    assert (plain.sizes, plain.hash) == (None, None)
    found = told(corpus, sizes=True, with_hash=True)
    assert found.sizes is not None
    with Store.open(str(corpus)) as store:
        texts = [article.text for article in store.articles()]
        assert found.hash == corpus_hash(store)
        has_dbstat = store.value("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'")
    assert found.sizes.text == sum(len(text.encode()) for text in texts)
    assert found.sizes.raw_records == 10
    if has_dbstat:
        assert sum(found.sizes.pages.values()) == found.bytes == corpus.stat().st_size


@pytest.mark.parametrize("sql", AT_ONCE)
def test_indexes_answer_by_themselves(corpus: Path, sql: str) -> None:
    """No statement looks at an article, or sorts what it finds: a million of them are told at once."""
    with Store.open(str(corpus)) as store:
        plan = [row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(plan) == 1
    assert "USING COVERING INDEX" in plan[0]


def test_an_empty_corpus(tmp_path: Path) -> None:
    """Nothing to count is no error."""
    with Corpus.create(tmp_path / "leeg.db"):
        pass
    found = told(tmp_path / "leeg.db", sizes=True, with_hash=True)
    assert (found.articles, found.words, found.languages, found.runs) == (0, 0, (), ())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles SET date = 'juni' WHERE number = 1",
        "UPDATE articles SET source = 99 WHERE number = 1",
        "UPDATE runs SET options = '{'",
        "DROP TABLE files",
    ],
)
def test_damage_is_told_in_words(corpus: Path, sql: str) -> None:
    """A value that is none, or a table that is gone, ends in words that name the next thing to try."""
    with closing(sqlite3.connect(corpus, isolation_level=None)) as connection:
        connection.execute(sql)
    with pytest.raises(CorpusToolError, match="is damaged") as found:
        told(corpus)
    assert found.value.code == ExitCode.DAMAGED_INPUT
    assert "check" in found.value.hint
