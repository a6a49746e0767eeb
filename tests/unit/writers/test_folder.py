import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from corpus_tool.errors import CorpusToolError
from corpus_tool.model.article import Article
from corpus_tool.writers.folder import COLUMNS, MAX_NAME_BYTES, METADATA, file_name, slug, write_folder
from tests.properties.article_strategies import articles
from tests.unit.building import PROSE, article, numbered

TITLES = (
    *("../../weg", "/weg", "C:\\weg", "CON", "con.txt", "lpt1", "NUL ", "eind.", ".", "..", "", "-rf", ".bashrc"),
    *(
        "a/b\\c",
        'x:y*z?"<>|',
        "w" * 300,
        "ü" * 200,
        "eerste\ntweede",
        "\x00",
        "Gelijk",
        "GELIJK",
        "Hôtel",
        "Ho\u0302tel",
    ),
    *(
        "👩‍👧",
        "\u202etxt.exe",
        "aux\u200b",
        "~",
        "`id`",
        "%2e%2e%2f",
        "metadata.csv",
        "שלום",
        "日本",
        "Œuvre à l’été",
        " ",
    ),
)
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")
SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:txt|md)")


def check_name(name: str) -> None:
    """A name that any system takes, and that is neither hidden, an option nor reserved."""
    assert SAFE.fullmatch(name), name
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert not RESERVED.match(name)
    assert name != METADATA


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("date", [None, "2018-06-16/2018-06-17", "XXXX-06-18", "2018-06~"])
def test_a_file_name_is_safe(title: str, date: str | None) -> None:
    """Whatever the title and the date."""
    check_name(file_name(article(title=title or None, name=title or "x", date=date), "txt"))


@given(articles())
def test_any_article_has_a_safe_name(item: Article) -> None:
    """Law: names are safe for every article that can be."""
    check_name(file_name(item, "md"))


def test_file_names_tell_what_is_in_them() -> None:
    """Date, title or name, and id, which makes them distinct."""
    assert (
        file_name(article(date="2018-06", title="L’été à Liège"), "txt") == "2018-06_l-ete-a-liege_0123456789abcdef.txt"
    )
    assert file_name(article(title=None, name="krant 12"), "md") == "undated_krant-12_0123456789abcdef.md"
    assert file_name(article(title="שלום"), "txt") == "undated_0123456789abcdef.txt"
    assert file_name(article(date="XXXX-06-18", title="Kop"), "txt").startswith("06-18_kop_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("L’été : 2018", "l-ete-2018"), ("Straße", "strasse"), ("cœur", "coeur"), ("...", ""), ("a--b__c", "a-b-c")],
)
def test_slug(text: str, expected: str) -> None:
    """Lower-case ASCII with hyphens between words."""
    assert slug(text) == expected


def test_a_folder_of_articles(tmp_path: Path) -> None:
    """One file each with title and text, and a table that names every file."""
    given = [article(id=f"{n:016x}", title=title or None) for n, title in enumerate(TITLES)]
    folder = tmp_path / "diep" / "uit"
    assert write_folder(given, str(folder), "txt") == len(given)
    names = set(os.listdir(folder))
    assert len(names) == len(given) + 1
    with open(folder / METADATA, encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert list(rows[0]) == ["file", *COLUMNS]
    assert {row["file"] for row in rows} == names - {METADATA}
    assert [row["id"] for row in rows] == [item.id for item in given]
    assert sorted(os.listdir(tmp_path)) == ["diep"]
    for item, row in zip(given, rows, strict=True):
        title = f"{item.title}\n\n" if item.title else ""
        content = (folder / row["file"]).read_bytes().decode()
        assert content == f"{title}{item.text}\n"


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    """Bidi marks of right-to-left text are part of the text that a concordancer reads."""
    text = "שלום \u200fעולם"
    write_folder([article(text=text, title=None)], str(tmp_path), "txt")
    [name] = set(os.listdir(tmp_path)) - {METADATA}
    assert (tmp_path / name).read_text(encoding="utf-8") == f"{text}\n"


def test_a_folder_of_markdown(tmp_path: Path) -> None:
    """Each file opens with a level-1 heading."""
    write_folder([article(title="Kop")], str(tmp_path), "md")
    [name] = set(os.listdir(tmp_path)) - {METADATA}
    assert (tmp_path / name).read_text().startswith("# Kop\n\n- id: 0123456789abcdef\n")
    assert PROSE in (tmp_path / name).read_text()


def test_nothing_gives_a_table_without_rows(tmp_path: Path) -> None:
    """The header alone."""
    assert write_folder([], str(tmp_path / "uit"), "txt") == 0
    assert (tmp_path / "uit" / METADATA).read_text() == ",".join(("file", *COLUMNS)) + "\n"


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    """Without `force`; with it files of other names stay."""
    (tmp_path / "mijn.txt").write_text("x")
    with pytest.raises(CorpusToolError, match="not empty"):
        write_folder(numbered(1), str(tmp_path), "txt")
    assert os.listdir(tmp_path) == ["mijn.txt"]
    assert write_folder(numbered(2), str(tmp_path), "txt", force=True) == 2
    assert (tmp_path / "mijn.txt").read_text() == "x"
    assert len(os.listdir(tmp_path)) == 4


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """Is never replaced by a folder."""
    (tmp_path / "uit").write_text("x")
    for force in (False, True):
        with pytest.raises(CorpusToolError):
            write_folder(numbered(1), str(tmp_path / "uit"), "txt", force=force)
    assert (tmp_path / "uit").read_text() == "x"


@pytest.mark.parametrize("before", ["new", "empty", "full"])
@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt])
def test_an_error_leaves_nothing_of_ours(tmp_path: Path, before: str, error: type[BaseException]) -> None:
    """A folder that was new or empty is so again; in any other the table, which says what is whole, is missing."""
    folder = tmp_path / "uit"
    if before != "new":
        folder.mkdir()
    if before == "full":
        (folder / "mijn.txt").write_text("x")

    def broken() -> Iterator[Article]:
        yield from numbered(2)
        raise error

    with pytest.raises(error):
        write_folder(broken(), str(folder), "txt", force=True)
    assert folder.exists() is (before != "new")
    if before == "empty":
        assert os.listdir(folder) == []
    if before == "full":
        assert METADATA not in os.listdir(folder)
        assert (folder / "mijn.txt").read_text() == "x"
