"""Articles made ready by one process or by several: in the same order, with the same findings."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.errors import CorpusToolError
from corpus_tool.infer.kept import KeptRecord, decoded
from corpus_tool.ingest import pool
from corpus_tool.ingest.pipeline import Reading
from corpus_tool.ingest.pool import made_ready, prepared_entries
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.store.records import known, unpacked
from corpus_tool.store.rows import article_of
from corpus_tool.store.writing import Prepared
from tests.unit.building import PROSE, run, write_jsonl

LONG = "De trein naar Gent rijdt vandaag niet, zegt de vervoerder van de stad."
LINES = (
    '{"text": "Kort."}',
    "{kapot",
    '{"text": "   "}',
    f'{{"text": "{LONG}"}}',
    '{"text": "Kort."}',
    '{"text": "\\u200b"}',
    '{"text": "Ook kort."}',
    "[1]",
)


class HereAndNow:
    """A pool that does all in this process, each piece of work when it is asked for; the newest first if `late`."""

    def __init__(self, *_: Any, initializer: Any, initargs: Any, **__: Any) -> None:
        initializer(*initargs)

    def submit(self, work: Any, *arguments: Any) -> Future[Any]:
        """The result at once."""
        done: Future[Any] = Future()
        try:
            done.set_result(work(*arguments))
        except BrokenProcessPool as error:
            done.set_exception(error)
        return done

    def shutdown(self, **_: Any) -> None:
        """Nothing to do."""


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pools of this process, so that no test waits for others to start."""
    import signal

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(pool, "ProcessPoolExecutor", HereAndNow)
    monkeypatch.setattr(signal, "signal", lambda *_: before)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with files whose records give findings of every kind, between one another."""
    folder = tmp_path / "bron"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(LINES))
    (folder / "b.txt").write_text(PROSE)
    (folder / "c.csv").write_text(f'title,text\nEen,Kort\nTwee,{LONG},te veel\nDrie,"nooit dicht\n')
    (folder / "d.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "e.jsonl").write_text("\n".join(reversed(LINES)))
    return folder


def made(folder: Path, jobs: int, **options: Any) -> tuple[list[Prepared], list[dict[str, Any]], str]:
    """The articles, the rows of the receipt, and the error that ended it."""
    chosen = ReadOptions(detector="none", keep_bytes=True, **options)
    reports: list[FileReport] = []
    found: list[Prepared] = []
    try:
        found.extend(prepared_entries(Reading(chosen, reports.append), [str(folder)], jobs))
    except CorpusToolError as error:
        return found, [], f"{error}"
    return found, [report.to_dict() for report in reports], ""


@pytest.mark.usefixtures("pooled")
@pytest.mark.parametrize("records", [1, 2, 3, 64])
@pytest.mark.parametrize("ahead", [1, 3])
def test_a_pool_gives_what_one_process_gives(
    mixed: Path, monkeypatch: pytest.MonkeyPatch, records: int, ahead: int
) -> None:
    """Articles, rows and raw records in the same order; reports with the same findings in the same order."""
    expected = made(mixed, 1)
    assert [row["reason"] for row in expected[1]] == [
        "bad-record",
        None,
        "unbalanced-quote",
        "binary",
        "bad-record",
    ]
    monkeypatch.setattr(pool, "CHUNK_RECORDS", records)
    monkeypatch.setattr(pool, "CHUNKS_AHEAD", ahead)
    assert made(mixed, 2) == expected
    monkeypatch.setattr(pool, "CHUNK_BYTES", 1)
    assert made(mixed, 2) == expected


@pytest.mark.usefixtures("pooled")
@pytest.mark.parametrize("records", [1, 2, 64])
def test_a_strict_run_ends_at_the_same_place(mixed: Path, monkeypatch: pytest.MonkeyPatch, records: int) -> None:
    """The first trouble in the order of the sources ends it, though reading is ahead; what came before is given."""
    monkeypatch.setattr(pool, "CHUNK_RECORDS", records)
    assert made(mixed, 2, strict=True) == made(mixed, 1, strict=True)
    (mixed / "a.jsonl").write_text(
        "\n".join((LINES[3], LINES[5], LINES[1]))
    )  # one that is empty, then one that is none
    one = made(mixed, 1, strict=True)
    assert len(one[0]) == 1
    assert "record 2" in one[2]
    assert made(mixed, 2, strict=True) == one


@pytest.mark.usefixtures("pooled")
def test_a_process_that_was_ended_is_told_in_words(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed for want of memory, say: what to try stands in the message."""

    def killed(_: object) -> Iterator[object]:
        raise BrokenProcessPool

    monkeypatch.setattr(pool, "_conclude_all", killed)
    with pytest.raises(CorpusToolError, match="ended from outside") as told:
        list(prepared_entries(Reading(ReadOptions(detector="none", keep_bytes=True)), [str(mixed)], 2))
    assert "--jobs" in (told.value.hint or "")


def test_an_article_is_made_ready_with_its_record(tmp_path: Path) -> None:
    """Its row gives the article back, its record the bytes and the facts."""
    (tmp_path / "a.txt").write_text(PROSE)
    reading = Reading(ReadOptions(detector="none", keep_bytes=True))
    [entry] = reading.entries([str(tmp_path)])
    ready = made_ready(entry.article, entry.recorded)
    assert article_of((*ready.row.values, *ready.row.source)) == entry.article
    assert ready.raw is not None
    assert unpacked(ready.raw, ready.facts, known(entry.article))[0] == PROSE.encode()
    assert (ready.id, ready.text, ready.byte_end) == (entry.article.id, PROSE, len(PROSE))
    assert (ready.value("name"), ready.value("words")) == ("a", entry.article.words)
    with pytest.raises(ValueError, match="not kept"):
        made_ready(entry.article, entry.recorded._replace(data=None))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-8-sig", "utf-16", "utf-32"])
def test_an_export_with_raw_records_brings_them(tmp_path: Path, encoding: str) -> None:
    """The bytes, in the encoding of the source, without the facts; without raw records none."""
    (tmp_path / "bron").mkdir()
    data = "Het café van Liège gaat één dag dicht, zegt de stad.".encode(encoding)
    (tmp_path / "bron" / "a.txt").write_bytes(data)
    [item], _ = run(tmp_path / "bron", detector="none", keep_raw=True)
    for with_raw in (True, False):
        carried = {name: value for name, value in item.to_dict().items() if with_raw or name != "raw"}
        path = write_jsonl(tmp_path / "uit.jsonl", carried)
        [ready] = prepared_entries(Reading(ReadOptions(detector="none", keep_bytes=True)), [str(path)], 1)
        if not with_raw:
            assert (ready.raw, ready.facts) == (None, None)
            continue
        assert ready.raw is not None
        record = KeptRecord(*unpacked(ready.raw, ready.facts, known(item)))
        assert record == KeptRecord(data, None)
        assert decoded(record, item.source) == item.raw


def test_bytes_that_the_text_cannot_give_are_not_made_up(tmp_path: Path) -> None:
    """Of a record with a line in another encoding an export carries no bytes: better none than others."""
    (tmp_path / "a.txt").write_bytes(f"{PROSE}\nÉén café.\n".encode() + "Nog één café, déjà.\n".encode("cp1252"))
    [item], _ = run(tmp_path / "a.txt", detector="none", keep_raw=True)
    path = write_jsonl(tmp_path / "uit.jsonl", item.to_dict())
    [ready] = prepared_entries(Reading(ReadOptions(detector="none", keep_bytes=True)), [str(path)], 1)
    assert (ready.raw, ready.facts) == (None, None)
