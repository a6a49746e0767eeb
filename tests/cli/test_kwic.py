"""`corpus-tool kwic`: every hit of a pattern with the words around it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

from corpus_tool.cli.concordance_lines import cut_left
from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, article, write_jsonl

HEADER = "id\tname\tdate\tlanguage\toutlet\tfield\tstart\tend\tleft\tnode\tright"


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Three articles: a title, elisions, two paragraphs, one without a hit."""
    return write_jsonl(
        tmp_path / "press.jsonl",
        {
            "title": "Gent wacht op de trein",
            "text": "De trein naar Gent rijdt.\n\nIn Gent regent het weer.",
            "date": "2018-06",
        },
        {"text": "À l’immigration, l'ICE de Gand dit déjà non ; l’ICE attend.", "language": "fr"},
        {"text": "Vandaag is er geen nieuws over het spoor, en morgen evenmin."},
    )


def test_two_documents_have_the_measured_hits(ct: Run, two: Path) -> None:
    """Microsoft: 7 Dutch lines and 10 French ones, one of these in the title; summed up on stderr."""
    done = ct("kwic", two, "Microsoft")
    assert Counter(row["language"] for row in done.tsv) == {"nl": 7, "fr": 10}
    assert [row["field"] for row in done.tsv if row["language"] == "fr"] == ["title", *["text"] * 9]
    assert done.err == "corpus-tool: 2 articles from 2 files → 17 hits in 2 of 2 articles\n"
    assert {row["node"] for row in ct("kwic", two, "l'ICE", *PLAIN).tsv} == {"l’ICE"}
    migr = Counter(row["node"].lower() for row in ct("kwic", two, "*migr*", *PLAIN).tsv)
    assert migr["immigration"] == 4
    assert not any("’" in node or " " in node for node in migr)


def test_a_line_holds_what_stands_in_the_article(ct: Run, press: Path) -> None:
    """Offsets in JSON lead into the title or the text that `show --json` gives."""
    shown = {record["id"]: record for record in ct("export", press, *PLAIN, "--format", "jsonl").jsonl}
    lines = ct("kwic", press, "gent", *PLAIN, "--json").json
    assert [line["field"] for line in lines] == ["title", "text", "text"]
    for line in lines:
        whole = shown[line["id"]][line["field"]]
        assert whole[line["start"] : line["end"]] == line["node"] == "Gent"
        assert f"{line['left']}{line['node']}{line['right']}" in whole
    assert lines[1]["left"] == "De trein naar "
    assert (lines[1]["date"], lines[1]["outlet"], lines[1]["name"]) == ("2018-06", None, "press")


def test_every_format_tells_the_same(ct: Run, press: Path) -> None:
    """TSV, CSV, JSON and JSON Lines have the same fields and values; an empty answer is a header or `[]`."""
    asked = ("kwic", press, "*", *PLAIN, "-q")
    objects = ct(*asked, "--json").json
    assert ct(*asked, "--format", "jsonl").jsonl == objects
    tsv = ct(*asked)
    assert tsv.lines[0] == HEADER
    cells = [["" if value is None else str(value) for value in line.values()] for line in objects]
    assert [list(row.values()) for row in tsv.tsv] == cells
    assert list(csv.reader(io.StringIO(ct(*asked, "--format", "csv").out)))[1:] == cells
    nothing = ("kwic", press, "zzz", *PLAIN)
    assert ct(*nothing).out == f"{HEADER}\n"
    assert ct(*nothing, "--format", "csv").out == HEADER.replace("\t", ",") + "\n"
    assert (ct(*nothing, "--json").out, ct(*nothing, "--format", "jsonl").out) == ("[]\n", "")
    assert ct(*nothing).err.endswith("→ 0 hits in 0 of 3 articles\n")
    assert [ct(*nothing).code, ct(*nothing, "-e").code, ct(*asked, "-e").code] == [0, 1, 0]


def test_options_of_the_search(ct: Run, press: Path) -> None:
    """Window, field, case, regular expressions, conditions, order and limit."""

    def column(name: str, *asked: str) -> list[str]:
        return [row[name] for row in ct("kwic", press, *PLAIN, *asked).tsv]

    assert column("left", "-w", "1", "gent") == ["", "naar ", "In "]
    assert column("field", "--in", "title", "gent") == ["title"]
    assert column("field", "--in", "text", "gent") == ["text", "text"]
    assert column("node", "ice") == ["ICE", "ICE"]
    assert column("node", "--case", "ice") == []
    assert column("node", "deja") == ["déjà"]
    assert column("node", "--regex", r"g\w+[dt]\b") == ["Gent", "Gent", "Gent", "gent", "Gand"]
    assert column("name", "--dated", "g?n?") == ["press"] * 3
    assert column("right", "--sort", "R1", "gent") == [" regent het weer.", " rijdt.", " wacht op de trein"]
    assert column("right", "--sort", "R1", "-r", "gent") == [" wacht op de trein", " rijdt.", " regent het weer."]
    assert column("start", "-r", "ice") == column("start", "ice")[::-1]
    assert len(column("start", "-n", "2", "gent")) == 2


def test_a_limit_counts_all_where_sources_are_small_and_ends_a_stream(ct: Run, press: Path) -> None:
    """Two of three lines, all three counted; from standard input reading ends with the second."""
    assert "→ 3 hits in 1 of 3 articles" in ct("kwic", press, "gent", *PLAIN, "-n", "2").err
    done = ct("kwic", "-", "gent", *PLAIN, "-n", "2", stdin=press.read_bytes())
    assert len(done.lines) == 3
    assert "reading ended at the limit → 2 hits in 1 of 1 article\n" in done.err
    sorted_ = ct("kwic", "-", "gent", *PLAIN, "-n", "2", "--sort", "L1", stdin=press.read_bytes())
    assert "→ 3 hits in 1 of 3 articles" in sorted_.err


def test_the_last_argument_is_the_pattern(ct: Run, press: Path) -> None:
    """Also when it is the name of a file, or begins with a hyphen behind `--`; all others are sources."""
    (press.parent / "gent").write_text("x")
    assert len(ct("kwic", press.name, "gent", *PLAIN, cwd=press.parent).lines) == 4
    assert len(ct("kwic", press, *PLAIN, "--", "-").lines) == 1
    ct("kwic", press, *PLAIN).failed(2, "is the pattern, and no source is named", "corpus-tool kwic press/")
    ct("kwic", press, "De", "trein", *PLAIN).failed(2, "'De' does not exist", "stands in quotes")
    ct("kwic", "missing/", "trein", *PLAIN).failed(2, "'missing/' does not exist")
    assert ct("kwic").failed(2, "Usage: corpus-tool kwic").err.count("  corpus-tool kwic ") >= 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([""], ["the pattern is empty"]),
        ([r"a\w"], ["position 2", "--regex"]),
        (["(", "--regex"], ["no regular expression", "position"]),
        (["a", "--sort", "L9"], ["'L9'", "L1 to L5"]),
        (["a", "--sort", "R4", "-w", "3"], ["window of 3 words", "--window 4"]),
        (["a", "--format", "md"], ["'md'", "tsv"]),
        (["a", "--in", "titel"], ["titel", "title"]),
    ],
)
def test_mistakes_are_told_before_anything_is_read(ct: Run, press: Path, arguments: list[str], told: list[str]) -> None:
    """A bad pattern or option: exit 2, nothing on stdout, what is wrong and what to do."""
    ct("kwic", press, *PLAIN, *arguments).failed(2, *told)


def test_the_table_has_the_node_in_one_column(ct: Run, press: Path) -> None:
    """Every node begins at the same cell, `T` marks the title, contexts are cut at the far ends, nothing is wider."""
    for width in (60, 80, 120):
        done = ct("kwic", press, "gent", *PLAIN, "--format", "table", COLUMNS=str(width))
        at = done.lines[0].index("Gent")
        assert all(line[at : at + 4] == "Gent" for line in done.lines), done.out
        assert max(map(cell_len, done.lines)) <= width
    assert [" T " in line for line in done.lines] == [True, False, False]
    assert done.lines[1].startswith(f"{ct('list', press, *PLAIN).tsv[0]['id'][:8]}  2018-06     ")


def test_any_width_works(ct: Run, press: Path) -> None:
    """On 1 cell and on 20 no line is wider; columns beside the node give way."""
    for width in (1, 5, 20, 40, 50):
        done = ct("kwic", press, "gent", *PLAIN, "--format", "table", COLUMNS=str(width))
        assert (done.code, len(done.lines)) == (0, 3)
        assert max(map(cell_len, done.lines)) <= width
    assert "Gent" in done.out


def test_wide_signs_keep_the_column(ct: Run, tmp_path: Path) -> None:
    """CJK and accents of their own in the context: the node stands at the same cell, counted in cells."""
    texts = ["日本語 " * 12 + "Gent " + "日本語 " * 12, "kort Gent", "x\u0323 " * 40 + "Gent"]
    source = write_jsonl(tmp_path / "a.jsonl", *({"text": f"{text} en verder"} for text in texts))
    done = ct("kwic", source, "gent", *PLAIN, "--format", "table")
    assert len({cell_len(line[: line.index("Gent")]) for line in done.lines}) == 1
    assert max(map(cell_len, done.lines)) <= 80


def test_the_left_context_keeps_its_end() -> None:
    """Cut from the left, by signs and not by characters, with the ellipsis first."""
    assert cut_left("een lange zin", 6) == "…e zin"
    assert cut_left("e\u0301e\u0301e\u0301", 2) == "…e\u0301"
    assert [cut_left("日本", width) for width in range(5)] == ["", "…", "…", "…本", "日本"]


def test_a_terminal_shows_fifty_and_counts_all(ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over 50 lines: 50 and how many there are; with -n as many as asked; in a pipe no cap."""
    source = write_jsonl(tmp_path / "a.jsonl", *(article(n) for n in range(70)))
    assert len(ct("kwic", source, "nummer", *PLAIN, "--format", "table").lines) == 70
    monkeypatch.setattr("corpus_tool.cli.output.to_terminal", lambda: True)
    done = ct("kwic", source, "nummer", *PLAIN, TERM="dumb")
    assert done.lines[50:] == ["50 of 70 shown; -n 70 shows all"]
    assert "70 hits in 70 of 70 articles" in done.err
    assert len(ct("kwic", source, "nummer", *PLAIN, "-n", "60", TERM="dumb").lines) == 60


def test_hostile_text_reaches_no_terminal_and_no_flat_format_raw(ct: Run, tmp_path: Path) -> None:
    """Escapes and bidi controls in texts and names are shown or spelled, never given."""
    text = "Een \x1b[31mrode\x1b[0m trein \u202enaar\x9b Gent\tmet een \\ erin en nog wat woorden."
    source = write_jsonl(tmp_path / "a\x1b[2J.jsonl", {"text": text, "title": "Rode \x1b]52;c;AAAA\x07 trein"})
    for form in ("table", "tsv", "csv", "json", "jsonl"):
        done = ct("kwic", source, "trein", *PLAIN, "--rule", "controls=off", "--format", form, COLUMNS="200")
        assert not CONTROLS.search(done.out.replace("\t", "")), form
    (row,) = ct("kwic", source, "gent", *PLAIN).tsv
    assert " een \\\\ erin" in row["right"]
    assert " een \\ erin" in ct("kwic", source, "gent", *PLAIN, "--format", "jsonl").jsonl[0]["right"]


def test_a_pattern_that_takes_too_long_stops_the_command(
    ct: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is named, and what to try."""
    monkeypatch.setattr("corpus_tool.analyze.concordance.PATTERN_SECONDS", 0.02)
    source = write_jsonl(tmp_path / "a.jsonl", {"text": "a" * 60 + "b en nog een paar woorden."})
    done = ct("kwic", source, "(a|a)+$", "--regex", *PLAIN)
    assert done.code == 1
    assert "the pattern took too long" in done.err
    assert "on a\n" in done.err
