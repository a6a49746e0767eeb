"""`corpus-tool formats`: what can be read and written."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_every_reader_and_writer_has_a_row(ct: Run) -> None:
    """The table is made from the registries: none is missing, and kinds without a reader are named."""
    from corpus_tool.readers.registry import READERS
    from corpus_tool.writers.registry import PAIR_FORMATS, WRITERS

    rows = ct("formats").tsv
    named = {
        direction: {row["format"] for row in rows if row["direction"] == direction} for direction in ("read", "write")
    }
    assert named == {"read": set(READERS), "write": {*WRITERS, *PAIR_FORMATS, "txt"}}
    assert any("PDF" in row["about"] for row in rows if row["direction"] == "skip")
    assert all(row["about"] for row in rows)


def test_forms_agree(ct: Run) -> None:
    """JSON and TSV hold the same rows; the table fits 80 columns and has no blanks at line ends."""
    assert [list(row) for row in ct("formats", "--json").json] == [["direction", "format", "endings", "about"]] * len(
        ct("formats").tsv
    )
    table = ct("formats", "--format", "table")
    assert max(map(len, table.lines)) <= 80
    assert not any(line.endswith(" ") for line in table.lines)
    assert "direction" in table.lines[0]


def test_mistakes(ct: Run) -> None:
    """An unknown form names the known ones; a stray argument is refused."""
    ct("formats", "--format", "xml").failed(2, "'table', 'tsv', 'json'")
    ct("formats", "csv").failed(2, "csv")
