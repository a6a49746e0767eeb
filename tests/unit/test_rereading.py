"""Raw records again: from the corpus file that keeps them, else from a source that is still what it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.options import ReadOptions
from corpus_tool.rereading import changes_of, date_reasons_of, raw_bytes, raw_span, record_of
from tests.unit.building import PROSE, article, run, source

NO_DETECTOR = "none"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PROSE.encode()),
        ("bom.txt", b"\xef\xbb\xbf" + PROSE.encode()),
        ("crlf.txt", PROSE.replace(". ", ".\r\n\r\n").encode()),
        ("cp1252.txt", "Zo’n café, één euro. Het debat duurde tot na middernacht.".encode("cp1252")),
        ("utf16.txt", PROSE.encode("utf-16")),
        ("bad.txt", b"Caf\xe9 \xff\x81 " + PROSE.encode()),
    ],
)
def test_raw_bytes_of_a_whole_file(tmp_path: Path, name: str, data: bytes) -> None:
    """The bytes of a record that is the whole file are those of the file."""
    (tmp_path / name).write_bytes(data)
    articles, _ = run(tmp_path / name, detector=NO_DETECTOR)
    assert [raw_bytes(item) for item in articles] == [data]


def test_raw_bytes_of_lines_and_rows(tmp_path: Path) -> None:
    """Of JSON Lines and CSV the bytes are the line or row, also where it spans lines and holds accents."""
    first, second = '{"text": "één twee drie"}', '{"text": "vier vijf zes"}'
    (tmp_path / "a.jsonl").write_text(f"{first}\n{second}\n", encoding="utf-8")
    lines = [raw_bytes(item).decode().strip() for item in run(tmp_path / "a.jsonl", detector=NO_DETECTOR)[0]]
    assert lines == [first, second]
    rows = ['één,"Kop\nover twee ""regels"", zo"', "twee,vier vijf zes"]
    (tmp_path / "b.csv").write_text("title,text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    given = [raw_bytes(item).decode().strip() for item in run(tmp_path / "b.csv", detector=NO_DETECTOR)[0]]
    assert given == rows


def test_raw_bytes_refuses_a_file_that_changed_or_went(tmp_path: Path) -> None:
    """Other bytes under the same name are not given as the record's."""
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    [item] = run(path, detector=NO_DETECTOR)[0]
    path.write_text(PROSE.replace("haven", "markt"))
    with pytest.raises(CorpusToolError, match="not the file that was read"):
        raw_bytes(item)
    path.unlink()
    with pytest.raises(CorpusToolError, match="cannot be read"):
        raw_bytes(item)


def test_raw_bytes_refuses_what_is_no_file(tmp_path: Path) -> None:
    """An article that names standard input, no checksum, a pipe or a folder has no bytes to give; nothing hangs."""
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), str(tmp_path), "/dev/zero", "-", "a\0b"):
        with pytest.raises(CorpusToolError):
            raw_bytes(article(source=source(path=path)))
    (tmp_path / "a.txt").write_text(PROSE)
    with pytest.raises(CorpusToolError, match="not known"):
        raw_bytes(article(source=source(path=str(tmp_path / "a.txt"), sha256=None)))


def plainly(**options: Any) -> ReadOptions:
    """Options without a detector of languages."""
    return ReadOptions(detector=NO_DETECTOR, **options)


LATIN = f"Titel: Kop\n\n{PROSE}\u00a0Één café.\n".encode("cp1252")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A corpus file whose only source is gone."""
    (tmp_path / "a.txt").write_bytes(LATIN)
    with Corpus.create(tmp_path / "pers.db") as corpus:
        corpus.add(tmp_path / "a.txt", options=plainly())
    (tmp_path / "a.txt").unlink()
    return tmp_path / "pers.db"


def test_a_corpus_file_keeps_what_its_sources_had(kept: Path) -> None:
    """Bytes, spans and changes come from the record kept, though the source is gone."""
    with Corpus.open(kept) as corpus:
        [item] = corpus.find()
    sources = ["elders.txt", str(kept)]
    assert raw_bytes(item, sources) == LATIN
    assert record_of(item, sources, plainly()).record.raw == LATIN.decode("cp1252")
    at = item.text.index("café")
    assert raw_span(item, at - 5, at + 4, sources, plainly()) == "\u00a0Één café"
    changes = changes_of(item, sources, plainly())
    assert {change.rule for change in changes} >= {"nbsp"}
    raw = LATIN.decode("cp1252")
    assert all(raw[change.raw_start : change.raw_end] == change.old for change in changes)
    with pytest.raises(CorpusToolError):
        raw_bytes(item, ["elders.txt"])
    with pytest.raises(CorpusToolError):
        record_of(item, [], plainly())


def test_a_source_is_read_again(tmp_path: Path) -> None:
    """Where no corpus file keeps the record, and its file is what it was."""
    (tmp_path / "a.txt").write_bytes(LATIN)
    [item], _ = run(tmp_path / "a.txt", detector=NO_DETECTOR)
    assert record_of(item, [str(tmp_path)], plainly()).record.raw == LATIN.decode("cp1252")
    (tmp_path / "a.txt").write_text("Iets heel anders, dat er eerst niet stond.")
    with pytest.raises(CorpusToolError, match="does not hold the record"):
        record_of(item, [str(tmp_path)], plainly())


def test_a_span_is_one_of_the_text(kept: Path) -> None:
    """Beyond its ends, and backwards, there is none."""
    with Corpus.open(kept) as corpus:
        [item] = corpus.find()
    assert raw_span(item, 3, 3, [str(kept)], plainly()) == ""
    for span in ((-1, 2), (3, 2), (0, len(item.text) + 1)):
        with pytest.raises(UsageError, match="no span"):
            raw_span(item, *span, [str(kept)], plainly())


def test_the_reasons_of_a_date_are_those_of_the_record_kept(tmp_path: Path) -> None:
    """The same from the corpus file as from the source; a date that was set by hand has none."""
    (tmp_path / "a.txt").write_text(f"Datum: 20 juni 2018\n\n{PROSE}")
    with Corpus.create(tmp_path / "pers.db") as corpus:
        corpus.add(tmp_path / "a.txt", options=plainly())
        [item] = corpus.find()
        expected = date_reasons_of(item, [str(tmp_path / "a.txt")], plainly())
        assert expected
        (tmp_path / "a.txt").unlink()
        assert date_reasons_of(item, [str(tmp_path / "pers.db")], plainly()) == expected
        item = corpus.correct("a", {"date": "2001"})
        assert date_reasons_of(item, [str(tmp_path / "pers.db")], plainly()) == []
