from pathlib import Path

import pytest

from corpus_tool.ingest.sniffing import SAMPLE_CHARACTERS, sniff
from corpus_tool.model.options import ReadOptions
from corpus_tool.writers.base import WriteOptions
from corpus_tool.writers.jsonl import write
from tests.unit.building import PROSE, article, write_jsonl


def sniffed(path: Path) -> list[dict[str, object]]:
    """What `sniff` says of a path, as rows."""
    return [item.to_dict() for item in sniff([str(path)], ReadOptions(detector="none"))]


def test_what_would_be_read(tmp_path: Path) -> None:
    """Format, reasons, number of records and what the first one states; nothing is concluded."""
    write_jsonl(tmp_path / "a.jsonl", {"titel": "Kop", "Oplage": 12, "text": PROSE}, {"text": "x y"}, {"text": "x y"})
    [row] = sniffed(tmp_path / "a.jsonl")
    assert (row["format"], row["articles"], row["known"], row["rejected"]) == ("jsonl", 2, 1, 0)
    assert row["why"]
    assert row["fields"] == {"title": "Kop", "text": PROSE[:SAMPLE_CHARACTERS], "extra.Oplage": "12"}
    assert list(row) == [
        *("path", "outcome", "format", "encoding", "articles", "rejected", "known", "why", "fields", "diagnostics"),
    ]


def test_what_would_not_be_read(tmp_path: Path) -> None:
    """A file that is skipped says why in place of a format."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    [row] = sniffed(tmp_path)
    assert (row["outcome"], row["format"], row["articles"], row["fields"]) == ("skipped", None, 0, {})
    assert "PDF cannot be read yet" in str(row["why"])


@pytest.mark.parametrize("name", ["a.jsonl"])
def test_an_export_of_our_own_shows_its_fields(tmp_path: Path, name: str) -> None:
    """A whole article shows what it holds, empty values left out."""
    with open(tmp_path / name, "wb") as out:
        write([article(date="2018-06")], out, WriteOptions())
    [row] = sniffed(tmp_path)
    fields = row["fields"]
    assert isinstance(fields, dict)
    assert (fields["date"], fields["language"]) == ("2018-06", "nl")
    assert "outlet" not in fields
