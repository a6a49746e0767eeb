import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.ingest import pipeline
from corpus_tool.limits import TooSlow
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.readers import plain
from tests.unit.building import PROSE, run, write_jsonl


def rows(receipt: Receipt) -> dict[str, FileReport]:
    """The reports by the last part of their path."""
    return {os.path.basename(report.path): report for report in receipt.files}


def summary(report: FileReport) -> tuple[str, str | None, int, int, int]:
    """Outcome, reason, records, known, rejected."""
    return report.outcome, report.reason, report.records, report.known, report.rejected


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with every outcome a file can have."""
    root = tmp_path / "pile"
    (root / "sub").mkdir(parents=True)
    (root / "a.txt").write_text(PROSE)
    (root / "copy.txt").write_text(f"\ufeff\r\n{PROSE}\r\n", encoding="utf-8")
    (root / "empty.txt").write_text("")
    (root / "blank.txt").write_text(" \n\t\r\n")
    (root / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (root / "page.html").write_text("<p>x</p>")
    (root / ".hidden").write_text(PROSE)
    (root / "mixed.jsonl").write_text(
        '{"text": "Een nieuw plein voor de oude stad."}\n{broken\n{"title": "zonder tekst"}\n'
        '{"text": "Een nieuw plein voor de oude stad."}\n',
    )
    (root / "broken.json").write_text('[{"text": "Het eerste stuk over de trein."}, {"text": ')
    (root / "quote.csv").write_text('title,text\nEen,"nooit gesloten\n')
    (root / "header.csv").write_text("title,text\n")
    os.mkfifo(root / "pipe")
    (root / "outside").symlink_to(tmp_path)
    (root / "dangling").symlink_to("nowhere")
    (root / "sub" / "b.txt").write_text("Nog een stuk over de nieuwe brug bij de haven.")
    return root


EXPECTED: dict[str, tuple[str, str | None, int, int, int]] = {
    "a.txt": ("loaded", None, 1, 0, 0),
    "copy.txt": ("loaded", None, 0, 1, 0),
    "empty.txt": ("skipped", "empty", 0, 0, 0),
    "blank.txt": ("skipped", "empty", 0, 0, 0),
    "image.txt": ("skipped", "binary", 0, 0, 0),
    "page.html": ("skipped", "unsupported", 0, 0, 0),
    ".hidden": ("skipped", "hidden", 0, 0, 0),
    "mixed.jsonl": ("loaded", "bad-record", 1, 1, 2),
    "broken.json": ("error", "damaged-json", 1, 0, 0),
    "quote.csv": ("error", "unbalanced-quote", 0, 0, 0),
    "header.csv": ("skipped", "no-records", 0, 0, 0),
    "pipe": ("skipped", "not-a-regular-file", 0, 0, 0),
    "outside": ("skipped", "symlink-outside", 0, 0, 0),
    "dangling": ("skipped", "missing", 0, 0, 0),
    "b.txt": ("loaded", None, 1, 0, 0),
}


def test_every_entry_has_a_row_with_its_outcome(pile: Path) -> None:
    """Loaded, skipped or error, each with the code of its reason and what it gave."""
    articles, options = run(pile, detector="none")
    assert {name: summary(report) for name, report in rows(options.receipt).items()} == EXPECTED
    assert [item.name for item in articles] == ["a", "broken", "mixed", "b"]


def test_the_counts_add_up(pile: Path) -> None:
    """The sums of the rows are the totals, and as many articles were given as are counted."""
    articles, options = run(pile, detector="none")
    totals = options.receipt.totals()
    assert totals == {
        "files": len(EXPECTED),
        "records": len(articles),
        "stored": None,
        "known": 2,
        "rejected": 2,
        "skipped": 9,
        "errors": 2,
    }
    assert list(totals) == ["files", "records", "stored", "known", "rejected", "skipped", "errors"]
    assert options.receipt.damaged


def test_found_is_records_known_and_rejected(pile: Path) -> None:
    """Every record found in a file is counted exactly once."""
    _, options = run(pile, detector="none")
    for report in options.receipt.files:
        said = [item.severity for item in report.diagnostics]
        assert said.count("rejected") == report.rejected
        assert [item.code for item in report.diagnostics].count("duplicate-text") == report.known
    mixed = rows(options.receipt)["mixed.jsonl"]
    assert mixed.records + mixed.known + mixed.rejected == 4


def test_reading_a_source_twice_gives_its_articles_once(pile: Path) -> None:
    """What was seen is known the second time; the files are loaded all the same."""
    articles, options = run(pile / "a.txt", pile / "a.txt", detector="none")
    assert len(articles) == 1
    assert [summary(report) for report in options.receipt.files] == [
        ("loaded", None, 1, 0, 0),
        ("loaded", None, 0, 1, 0),
    ]
    assert not options.receipt.damaged


@pytest.mark.parametrize(("name", "damaged"), [("a.txt", False), ("empty.txt", False), ("quote.csv", True)])
def test_damaged_means_rejected_or_error(pile: Path, name: str, damaged: bool) -> None:
    """Skipped files lose nothing of worth; errors and rejected records do."""
    assert run(pile / name, detector="none")[1].receipt.damaged is damaged


def test_a_rejected_record_alone_is_damage(tmp_path: Path) -> None:
    """One bad line makes the exit code 3, the file stays loaded."""
    (tmp_path / "a.jsonl").write_text('{"text": "Een stuk over de markt."}\n[1]\n')
    _, options = run(tmp_path, detector="none")
    assert summary(options.receipt.files[0]) == ("loaded", "bad-record", 1, 0, 1)
    assert options.receipt.damaged


def test_the_receipt_as_json(tmp_path: Path) -> None:
    """Keys, order and values of the receipt are those of the contract; any path can be written."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    with open(path, "wb") as file:
        file.write(b'{"text": "Een stuk over de oude markt."}\n{kapot\n')
    _, options = run(os.fsdecode(path), detector="none")
    data = options.receipt.to_dict("0.1.0", {"detector": "none"})
    assert data == {
        "files": [
            {
                "path": f"{tmp_path}/caf\udce9.jsonl",
                "outcome": "loaded",
                "reason": "bad-record",
                "format": "jsonl",
                "encoding": "utf-8",
                "records": 1,
                "rejected": 1,
                "known": 0,
                "declared": None,
                "diagnostics": [
                    {
                        "code": "bad-record",
                        "severity": "rejected",
                        "record": 2,
                        "line": 2,
                        "byte": 41,
                        "message": data["files"][0]["diagnostics"][0]["message"],
                    }
                ],
            }
        ],
        "totals": {"files": 1, "records": 1, "stored": None, "known": 0, "rejected": 1, "skipped": 0, "errors": 0},
        "tool": "0.1.0",
        "options": {"detector": "none"},
    }
    assert list(data) == ["files", "totals", "tool", "options"]
    assert "caf\\udce9" in json.dumps(data)


def test_without_rows_the_sums_are_the_same(pile: Path) -> None:
    """A receipt that keeps no rows counts alike."""
    kept, flat = (
        run(pile, detector="none")[1].receipt,
        run(pile, detector="none", receipt=Receipt(keep=False))[1].receipt,
    )
    assert flat.files == []
    assert flat.totals() == kept.totals()
    assert flat.codes == kept.codes


def test_a_file_abandoned_by_its_reader_is_counted(tmp_path: Path) -> None:
    """Whoever stops reading early still finds the articles given so far in the receipt."""
    path = write_jsonl(tmp_path / "a.jsonl", *({"text": f"Stuk {n} over de haven."} for n in range(9)))
    options = ReadOptions(detector="none")
    given = pipeline.Reading(options).articles([str(path)])
    next(given)
    next(given)
    given.close()
    assert options.receipt.totals()["records"] == 2


def test_strict_stops_at_the_first_trouble(tmp_path: Path) -> None:
    """The error names file, record, line and code; nothing after it is given."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Een stuk over de markt."}\n{kapot\n{"text": "Nog een stuk."}\n')
    options, given = ReadOptions(detector="none", strict=True), []
    with pytest.raises(CorpusToolError, match=r"a\.jsonl, record 2, line 2: .* \[bad-record\]") as error:
        given.extend(item.name for item in pipeline.Reading(options).articles([str(path)]))
    assert error.value.code == ExitCode.FAILED
    assert given == ["a"]


@pytest.mark.parametrize("name", ["quote.csv", "broken.json", "mixed.jsonl"])
def test_strict_stops_at_damage(pile: Path, name: str) -> None:
    """A damaged file and a rejected record stop a strict run."""
    with pytest.raises(CorpusToolError, match=name):
        run(pile / name, detector="none", strict=True)


@pytest.mark.parametrize("name", ["a.txt", "empty.txt", "image.txt", "page.html", "pipe", "dangling", "header.csv"])
def test_strict_is_not_stopped_by_what_is_skipped(pile: Path, name: str) -> None:
    """What loses nothing of worth stops nothing."""
    run(pile / name, detector="none", strict=True)


def test_strict_stops_at_a_record_that_cleaning_empties(tmp_path: Path) -> None:
    """Also what is only found while concluding stops a strict run."""
    write_jsonl(tmp_path / "a.jsonl", {"text": "\u200b"})
    assert summary(run(tmp_path, detector="none")[1].receipt.files[0]) == ("loaded", "bad-record", 0, 0, 1)
    with pytest.raises(CorpusToolError, match="no text is left"):
        run(tmp_path, detector="none", strict=True)


def test_a_record_over_the_limit(tmp_path: Path) -> None:
    """A record larger than the limit is rejected and named, those beside it are read."""
    write_jsonl(tmp_path / "a.jsonl", {"text": "kort stuk"}, {"text": "lang " * 100}, {"text": "nog een kort stuk"})
    articles, options = run(tmp_path, detector="none", max_record_bytes=200)
    assert [item.name for item in articles] == ["a", "a#3"]
    assert summary(options.receipt.files[0]) == ("loaded", "record-too-large", 2, 0, 1)
    (tmp_path / "b.txt").write_text("lang " * 100)
    assert summary(run(tmp_path / "b.txt", detector="none", max_record_bytes=200)[1].receipt.files[0])[1:] == (
        *("record-too-large", 0, 0, 1),
    )


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    """A file larger than the limit is an error of that file."""
    (tmp_path / "a.txt").write_text(PROSE)
    _, options = run(tmp_path, detector="none", max_file_bytes=10)
    assert summary(options.receipt.files[0]) == ("error", "too-large", 0, 0, 0)


def test_a_record_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record whose conclusion is interrupted is rejected, and the next one is read."""
    real = pipeline.conclude

    def slow(record: Any, *rest: Any) -> Any:
        if record.number == 1:
            raise TooSlow
        return real(record, *rest)

    monkeypatch.setattr(pipeline, "conclude", slow)
    write_jsonl(tmp_path / "a.jsonl", {"text": "Een stuk."}, {"text": "Nog een stuk."}, {"text": "Een stuk."})
    articles, options = run(tmp_path, detector="none")
    assert [item.name for item in articles] == ["a#2"]
    assert summary(options.receipt.files[0]) == ("loaded", "record-timeout", 1, 1, 1)


def test_the_time_limit_is_that_of_the_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`record_seconds` bounds the work on one record."""

    def endless(*_args: object) -> None:
        while True:
            pass

    monkeypatch.setattr(pipeline, "conclude", endless)
    (tmp_path / "a.txt").write_text(PROSE)
    _, options = run(tmp_path, detector="none", record_seconds=0.02)
    assert options.receipt.files[0].reason == "record-timeout"


@pytest.mark.parametrize("bug", [KeyError("bug"), AssertionError("bug"), TypeError("bug"), ValueError("bug")])
def test_a_bug_shows_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bug: Exception) -> None:
    """What a reader does wrong is neither a diagnostic nor an error with a code."""

    def broken(_source: object) -> Iterator[object]:
        raise bug
        yield

    monkeypatch.setattr(plain, "read", broken)
    (tmp_path / "a.txt").write_text(PROSE)
    with pytest.raises(type(bug), match="bug"):
        run(tmp_path, detector="none")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """The change is said in the receipt, and what was read is given."""
    path = write_jsonl(tmp_path / "a.jsonl", {"text": "Een stuk."}, {"text": "Nog een stuk."})
    options = ReadOptions(detector="none")
    names = []
    for item in pipeline.Reading(options).articles([str(path)]):
        names.append(item.name)
        os.utime(path, (1, 1))
    assert names == ["a", "a#2"]
    assert [item.code for item in options.receipt.files[0].diagnostics].count("changed-while-reading") == 1


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    """A file that is gone when its turn comes is skipped as missing."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PROSE + name)
    options = ReadOptions(detector="none")
    for _ in pipeline.Reading(options).articles([str(tmp_path)]):
        (tmp_path / "b.txt").unlink(missing_ok=True)
    assert [report.reason for report in options.receipt.files] == [None, "missing"]


@pytest.mark.parametrize("wrong", [{"detector": "kleur"}, {"from_path": "a.txt"}, {"input_format": "kleur"}])
def test_options_that_cannot_be_used(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """An unknown detector, format or path pattern is a usage error before anything is read."""
    with pytest.raises(UsageError):
        run(tmp_path, **wrong)


def test_fields_from_the_path(tmp_path: Path) -> None:
    """What the path states counts as stated, what the record states counts more; a path that does not fit is noted."""
    folder = tmp_path / "De Krant"
    folder.mkdir()
    (folder / "2018-06_kop.txt").write_text(PROSE)
    write_jsonl(folder / "2018-07_kop.txt", {"text": "Een stuk over de haven.", "date": "2018-07-20"})
    (folder / "los.txt").write_text("Nog een stuk over de haven.")
    articles, options = run(tmp_path, detector="none", from_path="{outlet}/{date}_{title}.txt")
    assert [(item.outlet, item.date, item.title) for item in articles] == [
        ("De Krant", "2018-06", "kop"),
        ("De Krant", "2018-07-20", "kop"),
        (None, None, None),
    ]
    assert [item.code for item in rows(options.receipt)["los.txt"].diagnostics] == ["path-no-match"]


def read_stdin(data: bytes, monkeypatch: pytest.MonkeyPatch, **options: Any) -> tuple[list[Article], Receipt]:
    """The articles of standard input, and the receipt."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    articles, chosen = run("-", detector="none", **options)
    return articles, chosen.receipt


@pytest.mark.parametrize(
    ("data", "format_name"),
    [
        (PROSE.encode(), "plain"),
        (f"title: Kop\ndate: 2018-06\n\n{PROSE}".encode(), "labeled"),
        (f'{{"text": "{PROSE}"}}\n'.encode(), "jsonl"),
        (f'[{{"text": "{PROSE}"}}]'.encode(), "json"),
        (f'title,text\nKop,"{PROSE}"\n'.encode(), "csv"),
        (b"\xff\xfe" + PROSE.encode("utf-16-le"), "plain"),
    ],
)
def test_standard_input(data: bytes, format_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is read as any file is; its checksum stands in the receipt and not with the article."""
    [item], receipt = read_stdin(data, monkeypatch)
    assert (item.name, item.text, item.source.path, item.source.format) == ("stdin", PROSE, "-", format_name)
    assert (item.source.sha256, item.source.also) == (None, None)
    row = receipt.files[0].to_dict()
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert (row["path"], row["outcome"]) == ("-", "loaded")


def test_standard_input_that_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on standard input is skipped as empty."""
    articles, receipt = read_stdin(b"", monkeypatch)
    assert (articles, receipt.files[0].reason) == ([], "empty")


def test_standard_input_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text on standard input that is larger than the limit is an error, however long it goes on."""
    _, receipt = read_stdin(b"tekst " * 100_000, monkeypatch, max_file_bytes=70_000)
    assert receipt.files[0].reason == "too-large"


def test_standard_input_of_a_process() -> None:
    """A real pipe into a real process gives the articles."""
    code = (
        "from corpus_tool import read, ReadOptions\n"
        "for item in read('-', options=ReadOptions(detector='none')): print(item.name, item.words)"
    )
    records = b"".join(json.dumps({"text": f"stuk {n} over de haven"}).encode() + b"\n" for n in range(3))
    done = subprocess.run([sys.executable, "-c", code], input=records, capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["stdin 5", "stdin#2 5", "stdin#3 5"]


def test_ids_are_the_same_on_every_machine(tmp_path: Path) -> None:
    """Line ends, a byte order mark and blanks at the edges do not count; path, name and encoding do not either."""
    text = "Één kop\n\nEen stuk over de oude haven van de stad."
    variants = {
        "a.txt": text.encode(),
        "b/c.txt": text.replace("\n", "\r\n").encode(),
        "d.txt": b"\xef\xbb\xbf" + text.encode() + b"\n\n",
        "e.txt": text.encode("utf-16"),
        "f.txt": text.encode("cp1252"),
    }
    (tmp_path / "b").mkdir()
    for name, data in variants.items():
        (tmp_path / name).write_bytes(data)
    ids = {run(tmp_path / name, detector="none")[0][0].id for name in variants}
    assert ids == {hashlib.sha256(text.encode()).hexdigest()[:16]}
