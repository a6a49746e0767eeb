"""The reader that CONTRIBUTING.md builds works as the page says."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from corpus_tool import ReadOptions, read
from corpus_tool.readers.registry import READERS, Entry

PAGE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"
_BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block_with(start: str) -> str:
    """The fenced block of the page that begins with some words."""
    return next(body for body in _BLOCK.findall(PAGE.read_text(encoding="utf-8")) if body.startswith(start))


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's sample in a file, its reader being registered as the page says."""
    module_path = tmp_path / "wire.py"
    module_path.write_text(block_with('"""News wires'), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("corpus_tool.readers.wire", module_path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "corpus_tool.readers.wire", module)
    row = re.fullmatch(r'"(\w+)": Entry\("(\w+)", "(\w+)"\),\n', block_with('"wire": Entry'))
    assert row is not None
    monkeypatch.setitem(READERS, row[1], Entry(row[2], row[3]))
    path = tmp_path / "items.txt"
    path.write_text(block_with("ZCZC"), encoding="utf-8")
    return path


def test_reader_of_the_page(sample: Path) -> None:
    """The reader is recognized and gives both items with what their headers and their openings state."""
    options = ReadOptions()
    articles = list(read(sample, options=options))
    assert [report.format for report in options.receipt.files] == ["wire"]
    assert [(a.title, a.date, a.language, a.extra) for a in articles] == [
        ("Bus rijdt weer", "2018-06-18", "nl", {"code": "BRU012"}),
        ("Brug blijft dicht", None, "nl", {"code": "BRU013"}),
    ]
    assert not options.receipt.codes


def test_reader_of_the_page_loses_nothing(sample: Path) -> None:
    """Text after the last item is reported."""
    sample.write_text(sample.read_text(encoding="utf-8") + "Einde van de dienst\n", encoding="utf-8")
    options = ReadOptions()
    assert len(list(read(sample, options=options))) == 2
    assert dict(options.receipt.codes) == {"outside-record": 1}
