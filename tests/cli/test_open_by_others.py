"""A corpus file is one that sqlite-utils and Datasette open and search; run where they are installed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN

TEXTS = {
    "nl": "Het contract van Microsoft met l’ICE is omstreden, zeggen medewerkers van het bedrijf in een open brief.",
    "fr": "Les salariés de Microsoft demandent la fin du contrat. L’été dernier déjà, ils avaient écrit au patron.",
    "en": "The town council has approved a new bridge over the canal after years of debate about its cost.",
}


@pytest.fixture
def press(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of three articles, two of which name Microsoft."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    path = tmp_path / "press.db"
    assert ct("add", path, *(tmp_path / f"{name}.txt" for name in TEXTS), *PLAIN, "-q").code == 0
    return path


def names(rows: list[dict[str, Any]]) -> list[str]:
    """The names of articles that another program gave."""
    return sorted(row["name"] for row in rows)


def test_index_is_declared_as_others_look_for_it(press: Path) -> None:
    """sqlite-utils and Datasette find the index of a table by the text of its declaration: `content="articles"`."""
    listed = "SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"articles\"%'"
    with closing(sqlite3.connect(press)) as connection:
        assert connection.execute(listed).fetchall() == [("articles_fts",)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Microsoft", ["fr", "nl"]),
        ("ete", ["fr"]),
        ('"l ICE"', ["nl"]),
        ("microsoft NOT ice", ["fr"]),
        ("brid*", ["en"]),
    ],
)
def test_sqlite_utils_searches(press: Path, typed: str, found: list[str]) -> None:
    """`sqlite-utils search press.db articles Microsoft` gives the articles, in any case and without accents."""
    sqlite_utils = pytest.importorskip("sqlite_utils.cli")
    testing = pytest.importorskip("click.testing")
    done = testing.CliRunner().invoke(sqlite_utils.cli, ["search", str(press), "articles", typed])
    assert done.exit_code == 0, done.output
    assert names(json.loads(done.output)) == found


def test_sqlite_utils_reads_every_table_and_view(press: Path) -> None:
    """sqlite-utils gives the rows of every table, and of the view of evidence."""
    sqlite_utils = pytest.importorskip("sqlite_utils")
    database = sqlite_utils.Database(press)
    with closing(database.conn):
        counts = {table.name: table.count for table in database.tables}
        assert (counts["articles"], counts["records"], counts["runs"]) == (3, 3, 1)
        assert database.table("articles").detect_fts() == "articles_fts"
        assert database.view_names() == ["evidence"]
        assert list(database.view("evidence").rows) == []  # nothing was inferred of these


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("_search=Microsoft", ["fr", "nl"]),
        ("_search=ete", ["fr"]),
        ("_search=microsoft+NOT+ice&_searchmode=raw", ["fr"]),
        ("_search=Microsoft&name=nl", ["nl"]),
    ],
)
def test_datasette_searches_as_json(press: Path, asked: str, found: list[str]) -> None:
    """Datasette's table gives the articles that its search finds."""
    code, body = datasette_get(press, f"/press/articles.json?{asked}&_shape=array")
    assert code == 200
    assert names(json.loads(body)) == found


def test_datasette_has_a_search_field(press: Path) -> None:
    """Datasette's page of the table has a field to search in, and shows what is found; facets count it."""
    code, body = datasette_get(press, "/press/articles?_search=Microsoft&_facet=name")
    assert code == 200
    assert 'name="_search"' in body
    assert "2 rows" in body
    assert TEXTS["fr"] in body
    assert TEXTS["en"] not in body


def test_datasette_shows_evidence(ct: Run, press: Path) -> None:
    """Why a value is believed can be read in the view."""
    assert ct("set", press, "nl", "date=2019-12", "-q").code == 0
    code, body = datasette_get(press, "/press/evidence.json?_shape=array")
    assert code == 200
    assert [(row["field"], row["method"], row["rule"], row["text"]) for row in json.loads(body)] == [
        ("date", "user", "user", "2019-12")
    ]


def datasette_get(path: Path, address: str) -> tuple[int, str]:
    """What Datasette answers, asked in this process; skipped where it is not installed."""
    app = pytest.importorskip("datasette.app")

    async def get() -> tuple[int, str]:
        datasette = app.Datasette([str(path)])
        answer = await datasette.client.get(address)
        for database in datasette.databases.values():
            database.close()
        return answer.status_code, answer.text

    return asyncio.run(get())
