"""The corpus file opens with plain SQL, Python and the programs that `docs/corpus-file.md` names, as it shows them."""

from __future__ import annotations

import doctest
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus_tool.store.store import Store
from tests.docs.test_examples import FLAGS, RERUN, ROOT

PAGE = ROOT / "docs" / "corpus-file.md"
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<typed>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_IMPORT = re.compile(r"^>>> import (\w+)", re.MULTILINE)
BLOCKS = [(match["kind"], match["body"]) for match in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


class Query(NamedTuple):
    """An SQL block, and the block of rows that follows it."""

    sql: str
    shown: str


def _queries() -> Iterator[Query]:
    for (kind, body), (next_kind, shown) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        if kind == "sql" and "CREATE TABLE" not in body:
            assert next_kind == "text", body
            yield Query(body, shown)


QUERIES = list(_queries())
COMMANDS = [
    (match["typed"], match["shown"])
    for kind, body in BLOCKS
    if kind == "text"
    for match in _COMMAND.finditer(body)
    if not match["typed"].startswith("corpus-tool ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands of the page make of the sample corpus: `press.db` and others."""
    path = tmp_path_factory.mktemp("page")
    RERUN.prepare(path)
    RERUN.rerun(PAGE, path)
    return path


@pytest.fixture
def press(folder: Path) -> Iterator[sqlite3.Connection]:
    """The corpus file of the page, opened to read by the standard library alone."""
    with closing(sqlite3.connect(f"file:{folder}/press.db?mode=ro", uri=True)) as connection:
        yield connection


def shell_list(rows: list[tuple[Any, ...]]) -> str:
    """Rows as the `sqlite3` shell prints them."""
    return "".join("|".join("" if value is None else str(value) for value in row) + "\n" for row in rows)


def test_printed_schema_is_that_of_the_file(press: sqlite3.Connection) -> None:
    """The SQL that the page prints makes the tables, indexes and views of a corpus file, comments and all."""
    [schema] = [body for kind, body in BLOCKS if kind == "sql" and "CREATE TABLE" in body]
    listed = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema)
        assert press.execute(listed).fetchall() == empty.execute(listed).fetchall()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: " ".join(query.sql.split())[:60])
def test_sql_examples(query: Query, press: sqlite3.Connection) -> None:
    """Plain SQL gives the rows that the page shows."""
    assert shell_list(press.execute(query.sql).fetchall()) == query.shown


@pytest.mark.parametrize("libraries", [(), ("pandas",), ("duckdb", "polars", "pyarrow")], ids="+".join)
def test_python_examples(libraries: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks give what they show, those that need a library where it is installed."""
    for name in libraries:
        pytest.importorskip(name)
    monkeypatch.chdir(folder)
    if "pyarrow" in libraries:
        assert RERUN.run("corpus-tool export press.db -o press.parquet --force -q", folder) == ""
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for kind, body in BLOCKS:
        if kind == "python" and set(_IMPORT.findall(body)) <= {"sqlite3", "zlib", *libraries}:
            test = doctest.DocTestParser().get_doctest(body, names, f"{PAGE.name}, {libraries}", str(PAGE), 0)
            runner.run(test, clear_globs=False)
            names = test.globs
    result = runner.summarize()
    assert result.failed == 0
    assert result.attempted
    _check_raw_records(names["raw_record"], names["press"], folder)
    names["press"].close()


def _check_raw_records(raw_record: Any, press: sqlite3.Connection, folder: Path) -> None:
    """The page's way to a raw record gives the very bytes of every record of the sample corpus."""
    with Store.open(str(folder / "press.db")) as store:
        for article in store.articles():
            kept = store.raw_record(article)
            assert kept is not None
            assert raw_record(press, article.id) == kept[0]


@pytest.mark.parametrize(("typed", "shown"), COMMANDS, ids=lambda text: text.split("\n")[0][:60])
def test_other_programs(typed: str, shown: str, folder: Path) -> None:
    """Commands of other programs print what the page shows, where they are installed."""
    tool = typed.split()[0]
    if shutil.which(tool) is None and shutil.which(tool, path=str(Path(sys.executable).parent)) is None:
        pytest.skip(f"{tool} is not installed")
    printed = RERUN.run(typed, folder)
    assert RERUN.fits(printed, shown), printed


def test_backup_of_the_page_is_whole(folder: Path) -> None:
    """A copy made by SQLite's backup is a corpus file that `check` finds whole."""
    with (
        closing(sqlite3.connect(folder / "press.db")) as source,
        closing(sqlite3.connect(folder / "copy-2.db")) as target,
    ):
        source.backup(target)
    assert RERUN.run("corpus-tool check copy-2.db && echo fine", folder).endswith("\nfine\n")
    same = "corpus-tool info {} --hash --json | grep -o 'hash.*'"
    assert RERUN.run(same.format("copy-2.db"), folder) == RERUN.run(same.format("press.db"), folder)


def test_vacuum_leaves_the_file_whole(folder: Path) -> None:
    """`VACUUM` keeps the numbers of articles, so that the index stays in step."""
    shutil.copy(folder / "press.db", folder / "vacuumed.db")
    with closing(sqlite3.connect(folder / "vacuumed.db")) as connection:
        connection.execute("VACUUM")
    assert RERUN.run("corpus-tool check vacuumed.db -q && echo fine", folder).endswith("\nfine\n")


def test_tables_of_others_do_no_harm_and_updates_do(folder: Path) -> None:
    """`check` bears tables beside ours, and tells an article that another program changed."""
    shutil.copy(folder / "press.db", folder / "changed.db")
    with closing(sqlite3.connect(folder / "changed.db")) as connection:
        connection.execute("CREATE TABLE notes (article INTEGER, note TEXT)")
        connection.commit()
        assert RERUN.run("corpus-tool check changed.db -q && echo fine", folder).endswith("\nfine\n")
        connection.execute("UPDATE articles SET outlet = 'Another' WHERE number = 1")
        connection.commit()
    assert RERUN.run("corpus-tool check changed.db -q > /dev/null; echo $?", folder).endswith("3\n")
