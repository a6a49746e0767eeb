"""The front door: reading sources, and a corpus file as an object."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from corpus_tool import corpus
from corpus_tool.corpus import Corpus, is_stream, read, read_all, total_bytes
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from tests.unit.building import PROSE, write_jsonl

NO_DETECTOR = "none"


def test_read_takes_one_path_or_several(tmp_path: Path) -> None:
    """A string, a path object and a list of either give the same articles."""
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    options = ReadOptions(detector=NO_DETECTOR)
    ids = [[item.id for item in read(given, options=options)] for given in (path, str(path), [path], [str(path)])]
    assert ids == [ids[0]] * 4
    assert len(ids[0]) == 1


def test_read_names_a_source_that_does_not_exist_before_reading(tmp_path: Path) -> None:
    """A missing source is a usage error, and nothing of the others is given first."""
    (tmp_path / "a.txt").write_text(PROSE)
    with pytest.raises(UsageError, match="does not exist") as error:
        read([tmp_path, tmp_path / "weg"])
    assert error.value.code == ExitCode.USAGE


def test_read_collects_what_could_not_be_read(tmp_path: Path) -> None:
    """A damaged file is a row of the receipt and not an exception."""
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "b.txt").write_text(PROSE)
    reports: list[str] = []
    options = ReadOptions(detector=NO_DETECTOR)
    articles = list(read(tmp_path, options=options, on_report=lambda report: reports.append(report.outcome)))
    assert [item.name for item in articles] == ["b"]
    assert reports == ["skipped", "loaded"] == [report.outcome for report in options.receipt.files]


def test_read_all_names_the_other_places(tmp_path: Path) -> None:
    """An article knows every other place where the same record stands, with its record number."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PROSE)
    record = {"text": "Iets anders over de oude haven."}
    write_jsonl(tmp_path / "c.jsonl", record, {"text": "Nog iets over de markt."}, record)
    articles = read_all([str(tmp_path)], options=ReadOptions(detector=NO_DETECTOR))
    assert {item.name: item.source.also for item in articles} == {
        "a": (f"{tmp_path}/b.txt",),
        "c": (f"{tmp_path}/c.jsonl#3",),
        "c#2": (),
    }


def test_total_bytes_and_is_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of what would be read are summed, up to the limit; standard input is always a stream."""
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    (tmp_path / "b.txt").write_bytes(b"x" * 20)
    (tmp_path / ".hidden").write_bytes(b"x" * 1000)
    (tmp_path / "c.pdf").write_bytes(b"x" * 1000)
    assert total_bytes([str(tmp_path)]) == 30
    assert total_bytes([str(tmp_path), "-"]) is None
    assert not is_stream([str(tmp_path)])
    assert is_stream(["-"])
    monkeypatch.setattr(corpus, "HELD_BYTES", 29)
    assert is_stream([str(tmp_path)])
    monkeypatch.setattr(corpus, "HELD_BYTES", 30)
    assert not is_stream([str(tmp_path)])


def plainly(**options: Any) -> ReadOptions:
    """Options without a detector of languages."""
    return ReadOptions(detector=NO_DETECTOR, **options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three files, one of them with two articles."""
    root = tmp_path / "bron"
    root.mkdir()
    (root / "a.txt").write_text(f" date 2018-06\n\n{PROSE}")
    write_jsonl(
        root / "b.jsonl", {"text": f"{PROSE} Nog iets.", "title": "Kop"}, {"text": "Iets heel anders over Gent."}
    )
    (root / "c.txt").write_text("Nog een stuk over de nieuwe brug bij de haven.")
    return root


@pytest.fixture
def path(folder: Path) -> Path:
    """A corpus file of the folder."""
    path = folder.parent / "pers.db"
    with Corpus.create(path) as made:
        made.add(folder, options=plainly())
    return path


def test_a_corpus_file_as_an_object(path: Path) -> None:
    """Length, articles in order, one by its id or name; closed, it stands alone in its folder."""
    with Corpus.open(path) as made:
        assert len(made) == 4
        names = [item.name for item in made.articles]
        assert names == ["a", "b", "b#2", "c"] == [item.name for item in made.find()]
        first = made.get("a")
        assert first is not None
        assert made.get(first.id) == first == made.get(first.id[:8])
        assert made.get("b") is not None  # exact wins over b#2
        assert (made.get("zzz"), made.get("")) == (None, None)
    assert sorted(os.listdir(path.parent)) == ["bron", "pers.db"]


def test_find_takes_a_query_an_order_and_a_limit(path: Path) -> None:
    """As `list` does; a field that is none is a usage error at once."""
    with Corpus.open(path) as made:
        assert [item.name for item in made.find(Query(dated=True))] == ["a"]
        assert [item.name for item in made.find(sort="name", reverse=True, limit=2)] == ["c", "b#2"]
        assert [item.name for item in made.find(Query(has=("title",)), sort="authors")] == ["b"]
        with pytest.raises(UsageError, match="no field"):
            made.find(sort="kleur")


def test_create_does_not_overwrite(path: Path, folder: Path) -> None:
    """A corpus file, any file, and a folder that is not there."""
    before = path.read_bytes()
    for taken in (path, folder / "a.txt", folder, path.parent / "weg" / "x.db"):
        with pytest.raises(CorpusToolError):
            Corpus.create(taken)
    assert path.read_bytes() == before
    assert not (path.parent / "weg").exists()


def test_open_refuses_what_is_no_corpus_file(folder: Path, tmp_path: Path) -> None:
    """And leaves it as it is."""
    for other in (folder, folder / "a.txt", tmp_path / "weg.db"):
        with pytest.raises(CorpusToolError):
            Corpus.open(other)
    assert (folder / "a.txt").read_text() == f" date 2018-06\n\n{PROSE}"
    assert not (tmp_path / "weg.db").exists()


def test_reading_does_not_open_to_write(path: Path) -> None:
    """Only the first call that writes does; a file that may not be written can be read."""
    path.chmod(0o444)
    with Corpus.open(path) as made:
        assert len(list(made.find())) == 4
    path.chmod(0o644)


def test_a_corpus_file_is_read_beside_files(path: Path, folder: Path) -> None:
    """Each article once, those of the corpus file with a report of their own; known places are told."""
    (folder / "d.txt").write_text("Een vijfde stuk, dat niet in het bestand staat.")
    options = plainly(keep_raw=True)
    found = list(read([path, folder, path], options=options))
    assert [item.name for item in found] == ["a", "b", "b#2", "c", "d"]
    assert found[0].raw == f" date 2018-06\n\n{PROSE}"
    reports = [(report.format, report.records, report.known) for report in options.receipt.files]
    assert reports == [
        ("corpus", 4, 0), ("plain", 0, 1), ("jsonl", 0, 2), ("plain", 0, 1), ("plain", 1, 0), ("corpus", 0, 4),
    ]  # fmt: skip
    places = [item.source.also for item in read_all([str(path), str(path)], options=plainly())]
    assert places == [()] * 4  # the same place is no other


def test_in_passing(folder: Path) -> None:
    """Searched and gone: no file is made."""
    before = sorted(os.listdir(folder))
    with Corpus.in_passing(read(folder, options=plainly())) as made:
        assert len(made) == 4
        assert [hit.article.name for hit in made.search("brug").hits] == ["c"]
    assert sorted(os.listdir(folder)) == before


def test_remove_gives_back_the_number(path: Path, folder: Path) -> None:
    """What is added again comes back, behind the others."""
    with Corpus.open(path) as made:
        assert made.remove(Query(sources=("b.jsonl",))) == 2
        assert made.remove(Query(sources=("b.jsonl",))) == 0
        assert len(made) == 2
        assert made.add(folder, options=plainly()).stored == 2
        assert [item.name for item in made.find()] == ["a", "c", "b", "b#2"]
        commands = [row[0] for row in made.store.rows("SELECT command FROM runs")]
    assert commands == ["add", "remove", "add"]  # a removal of nothing is no run


def test_one_article_or_an_error(path: Path) -> None:
    """What corrects names one article."""
    with Corpus.open(path) as made:
        for key in ("zzz", ""):
            with pytest.raises(CorpusToolError, match="no one article"):
                made.correct(key, {"title": "x"})
