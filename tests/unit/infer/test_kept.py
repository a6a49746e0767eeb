"""A raw record as a corpus file keeps it: the very bytes, and all that is needed to conclude it anew."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tool.corpus import Corpus
from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.infer.kept import KeptRecord, decoded, identifier, kept, restored
from corpus_tool.infer.origin import Origin
from corpus_tool.ingest.pipeline import Entry, Reading
from corpus_tool.model.article import Source
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord, Stated
from tests.properties.article_strategies import hostile_texts, json_values
from tests.unit.building import source

ROOT = Path(__file__).parents[3]
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "iso8859-15",
    "mac-roman",
    "cp850",
)
FIRST = "De raad keurde het plan voor de oude haven van Liège goed, één dag na het café-debat."
SECOND = "La maison du théâtre a rouvert hier soir ses portes, déjà un été après l’incendie."
SHAPES = {
    "a.txt": f"Titel: Kop één\nDatum: 2018-06-20\n\n{FIRST}\n\n{SECOND}\n",
    "b.txt": f"\n\n date 2018-06 {FIRST}\r\n\r\n date 2018-07 {SECOND}\r\n",
    "c.txt": f"{FIRST}\n\n----------\n\n{SECOND}\n\n----------\n\n{FIRST} En nog iets.\n",
    "d.csv": f'title,text,date,plaats\n"Kop, één","{FIRST}\n\n{SECOND}",2018-06,Gent\nTwee,"{SECOND}",,\n',
    "e.tsv": f"titel\ttekst\tdatum\nKop é\t{FIRST}\\n{SECOND}\t20 juni 2018\nTwee\t{SECOND}\t\n",
    "f.jsonl": f'{{"title": "Kop é", "text": "{FIRST}", "vak": [1, {{"x": null}}]}}\n{{"text": "{SECOND}"}}\n',
    "g.json": f'[{{"text": "{FIRST}", "date": "2018-06"}},\n {{"text": "{SECOND}", "titre": "Été"}}]\n',
    "h.md": f"---\ntitle: Kop é\ndate: 2018-06-20\n---\n\n{FIRST}\n\n## Tussenkop\n\n{SECOND}\n",
}


def entries(paths: list[Path], **options: Any) -> list[Entry]:
    """The articles of files with the records that they were concluded from, bytes kept."""
    chosen = replace(ReadOptions(detector="none", keep_bytes=True), **options)
    return list(Reading(chosen).entries([str(path) for path in paths]))


def check_entry(entry: Entry, data: bytes) -> None:
    """The record kept has the bytes of its file, and gives record, origin and id back."""
    article, (record, origin, bytes_kept) = entry
    assert bytes_kept == data[record.byte_start : record.byte_end]
    made = kept(record, origin, bytes_kept or b"")
    again = restored(made, article.source)
    assert again is not None
    assert again == (RawRecord(**{name: getattr(record, name) for name in RawRecord.__slots__}), origin)
    assert decoded(made, article.source) == record.raw
    assert identifier(made, article.source) == article.id


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_records_of_every_format_and_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    """Byte for byte what stands in the file, and equal to what was read, field by field."""
    text = SHAPES[name].replace("’", "'") if encoding in ("iso8859-15", "cp850") else SHAPES[name]
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(data)
    found = entries([tmp_path / name])
    assert found
    for entry in found:
        check_entry(entry, data)
    if name.endswith(".txt"):  # no byte of a text is lost between records
        assert b"".join(entry.recorded.data or b"" for entry in found).replace(b"\0", b"").strip() != b""


@pytest.mark.parametrize("folder", ["seeds", "tests/formats"])
def test_records_of_the_samples(folder: str) -> None:
    """Damaged and odd files too."""
    found = entries([ROOT / folder])
    assert len(found) > 30
    for entry in found:
        check_entry(entry, Path(entry.article.source.path).read_bytes())


@pytest.mark.parametrize("name", ["b.txt", "d.csv", "f.jsonl", "g.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_records_of_standard_input(monkeypatch: pytest.MonkeyPatch, name: str, encoding: str) -> None:
    """What cannot be read again is kept while it passes."""
    data = SHAPES[name].encode(encoding)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    found = entries([Path("-")])
    assert len(found) == 2
    for entry in found:
        assert entry.recorded.origin.stream
        check_entry(entry, data)


def test_what_a_path_and_a_profile_state_is_kept(tmp_path: Path) -> None:
    """Fields that stand in no byte of the record."""
    (tmp_path / "Krant").mkdir()
    (tmp_path / "Krant" / "2018-06-20_kop.txt").write_text(FIRST)
    [entry] = entries([tmp_path], from_path="{outlet}/{date}_{title}.txt")
    assert entry.article.outlet == "Krant"
    check_entry(entry, FIRST.encode())


def test_what_a_folder_teaches_is_kept(tmp_path: Path) -> None:
    """The order of numeric dates in its files, which no file says of itself."""
    for day in range(13, 29):
        (tmp_path / f"{day}.txt").write_text(f"Datum: {day}/06/2018\n\n{FIRST} {day}")
    found = entries([tmp_path])
    assert any(entry.recorded.origin.habits is not None for entry in found)
    for entry in found:
        check_entry(entry, Path(entry.article.source.path).read_bytes())


def test_little_is_written_of_a_plain_record(tmp_path: Path) -> None:
    """The text of the record is not repeated in the facts where the bytes give it."""
    (tmp_path / "a.txt").write_text(FIRST)
    [(_, (record, origin, data))] = entries([tmp_path / "a.txt"])
    facts = json.loads(kept(record, origin, data or b"").facts or "")
    assert facts == {"line": 1, "stem": "a", "below": "a.txt", "body_start": 0}


def test_bytes_alone_give_no_record() -> None:
    """An export carries raw records without the facts: they can be shown, and not concluded anew."""
    record = KeptRecord("Één".encode("cp1252"), None)
    assert restored(record, source(encoding="cp1252")) is None
    assert decoded(record, source(encoding="cp1252")) == "Één"
    assert decoded(record, source(encoding="geen")) == ""


def _stated() -> st.SearchStrategy[Stated]:
    where = st.sampled_from(["text", "raw", "field", "name", "url"])
    number = st.integers(0, 99)
    return st.builds(Stated, hostile_texts(), hostile_texts(), where, number, number, hostile_texts(), hostile_texts())


def _records() -> st.SearchStrategy[tuple[RawRecord, bytes]]:
    """Records whose text is what their bytes say, or is not; their body a part of it, or not."""

    def made(
        data: bytes, other: str | None, start: int | None, body: str | None, **more: Any
    ) -> tuple[RawRecord, bytes]:
        raw = data.decode("utf-8", "surrogateescape") if other is None else other
        record = RawRecord(
            number=1, raw=raw, body=raw[start:] if body is None else body, body_start=start, byte_start=0,
            byte_end=10, line=3, encoding="utf-8", encoding_method="ascii",
        )  # fmt: skip
        return replace(record, **more), data

    return st.builds(
        made,
        data=st.binary(max_size=20) | hostile_texts().map(lambda text: text.encode("utf-8", "replace")),
        other=st.none() | hostile_texts(),
        start=st.none() | st.integers(0, 5),
        body=st.none() | hostile_texts(),
        fields=st.dictionaries(st.sampled_from(["title", "date"]), _stated(), max_size=2),
        extra=st.dictionaries(hostile_texts(), json_values(), max_size=2),
        identity=st.none() | hostile_texts(),
    )


def _origins() -> st.SearchStrategy[Origin]:
    habits = st.builds(DateHabits, hostile_texts(), st.sampled_from([None, "dmy"]), st.none() | st.integers(1900, 2030))
    texts = hostile_texts()
    return st.builds(
        lambda stem, below, learned: Origin("pers/a.txt", stem, below, "plain", "0" * 64, False, learned),
        texts,
        texts,
        st.none() | habits,
    )


@settings(max_examples=80, deadline=None)
@given(made=_records(), origin=_origins())
def test_any_record_comes_back(made: tuple[RawRecord, bytes], origin: Origin) -> None:
    """Whatever a reader may give: undecodable bytes, half surrogates, a body of its own, an identity."""
    record, data = made
    again = kept(record, origin, data)
    place = Source("pers/a.txt", 1, 0, 10, "0" * 64, "utf-8", "ascii", "plain")
    assert restored(again, place) == (record, origin)
    assert decoded(again, place) == record.raw
    assert identifier(again, place) == record.id()


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """One file in each shape and encoding, in a folder for each encoding."""
    for encoding in ENCODINGS[:7]:
        (tmp_path / encoding).mkdir()
        for name, text in SHAPES.items():
            own = text.replace("haven", f"haven ({encoding})").replace("maison", f"maison ({encoding})")
            (tmp_path / encoding / name).write_bytes(own.encode(encoding))
    return tmp_path


def test_raw_records_of_a_corpus_file_are_those_of_the_files(folders: Path) -> None:
    """Written, compressed, and read again: the bytes of the file at the place that the article names."""
    with Corpus.create(folders / "pers.db") as corpus:
        corpus.add([folders / name for name in ENCODINGS[:7]], options=ReadOptions(detector="none"))
        found = list(corpus.find())
        assert len(found) > 100
        for item in found:
            place = item.source
            data = Path(place.path).read_bytes()[place.byte_start : place.byte_end]
            stored = corpus.store.raw_record(item)
            assert stored is not None
            assert stored[0] == data
            assert identifier(KeptRecord(*stored), place) == item.id
