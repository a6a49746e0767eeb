"""`corpus-tool show`: one article to read, explained or raw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, ROOT, article, write_jsonl


def test_two_documents(ct: Run, two: Path) -> None:
    """The measured values: characters, paragraphs, subheads, no-break spaces, evidence."""
    dutch = ct("show", two, "000", "--json").json[0]
    assert (dutch["characters"], dutch["paragraphs"]) == (2778, 9)
    assert (dutch["title"], dutch["date"], dutch["language"]) == (None, "2018-06", "nl")
    assert dutch["inference"]["date"]["evidence"][0]["text"] == "date 2018-06"
    heads = [block for block in dutch["normalization"]["blocks"] if block["kind"] == "subhead"]
    words = [dutch["text"][block["start"] : block["end"]] for block in heads]
    assert words == ["Ongrondwettelijk beleid", "Samenwerking Microsoft"]
    assert len(dutch["text"].split()) == 439
    french = ct("show", two, "003", "--json", "--raw").json[0]
    assert (french["date"], french["language"], french["paragraphs"]) == (None, "fr", 7)
    assert (french["raw"].count("\u00a0"), french["text"].count("\u00a0")) == (18, 0)
    assert not french["text"].startswith(french["title"])
    assert len(french["text"].split()) == 469
    kept = ct("show", two, "003", "--json", "--rule", "nbsp=keep", *PLAIN).json[0]
    assert kept["text"].count("\u00a0") > 0


def test_raw_is_byte_exact(ct: Run, two: Path) -> None:
    """`--raw` gives the very bytes back: the documents, cp1252, a record in the middle of a file."""
    for path in (*two.iterdir(), ROOT / "seeds/encodings/2018-07-16_champions-du-monde.txt"):
        assert ct("show", path, "--raw", *PLAIN).stdout == path.read_bytes()
    file = ROOT / "seeds/marked/dossier-europe.txt"
    parts = [ct("show", file, f"dossier-europe{end}", "--raw", *PLAIN).stdout for end in ("", "#2", "#3")]
    assert b"".join(parts) == file.read_bytes()
    assert ct("show", file, "dossier-europe#2", "dossier-europe#3", "--raw", *PLAIN).stdout == parts[1] + parts[2]


def test_page_is_title_facts_and_text(ct: Run) -> None:
    """Without flags: the title, what is known, the paragraphs, wrapped at 80 columns, no trailing blanks."""
    done = ct("show", "seeds/headers/klimaatakkoord.txt", *PLAIN)
    assert done.code == 0
    assert done.lines[0] == "Historisch klimaatakkoord bereikt in Parijs"
    for fact in ("date      2015-12-12", "language  nl (Dutch)", "outlet    Voorbeeldkrant", "section   Klimaat"):
        assert fact in done.lines
    assert max(map(len, done.lines)) <= 80
    assert not any(line.endswith(" ") for line in done.lines)
    assert done.err == ""


def test_picking(ct: Run, tmp_path: Path) -> None:
    """An exact name wins over longer ones, a unique prefix of an id or name is enough, an id is never a path."""
    for number, name in enumerate(("krant", "krant-2", "ander")):
        write_jsonl(tmp_path / f"{name}.jsonl", article(number))

    def names(*wanted: str) -> list[str]:
        return [row["name"] for row in ct("show", tmp_path, *wanted, *PLAIN, "--json").json]

    assert names("krant") == ["krant"]
    assert names("and") == ["ander"]
    assert names("ander", "krant-2") == ["ander", "krant-2"]
    first = ct("show", tmp_path, "krant", *PLAIN, "--json").json[0]
    assert names(first["id"]) == names(first["id"][:12]) == ["krant"]


def test_a_prefix_that_fits_several_lists_them(ct: Run, tmp_path: Path) -> None:
    """Ambiguous: exit 2 and both on stderr with full ids, names and titles; none: exit 1."""
    write_jsonl(tmp_path / "krant-1.jsonl", article(1, title="Een [red]kop[/]"))
    write_jsonl(tmp_path / "krant-2.jsonl", article(2))
    done = ct("show", tmp_path, "krant", *PLAIN).failed(
        2, "'krant' fits 2 articles", "krant-1  Een [red]kop[/]", "krant-2"
    )
    assert sorted(len(line.split()[0]) for line in done.err.splitlines()[1:]) == [16, 16]
    ct("show", tmp_path, "zzz", *PLAIN).failed(1, "'zzz'", "corpus-tool list")
    ct("show", "seeds/", "0", *PLAIN).failed(2, "'0' fits")


def test_without_an_id_the_only_article_is_shown(ct: Run, tmp_path: Path) -> None:
    """One article needs no id; several are listed, ten at most; none is an error."""
    assert ct("show", "seeds/agency/lockdown-belgie.txt", *PLAIN).code == 0
    done = ct("show", "seeds", *PLAIN).failed(2, "there are 36 articles; name one", "and 26 more")
    assert len(done.err.splitlines()) == 12
    ct("show", tmp_path, *PLAIN).failed(1, "no article")
    ct("show", "4f1c", *PLAIN).failed(2, "'4f1c' does not exist", "sources first")


def test_several_sources_come_before_the_ids(ct: Run) -> None:
    """Leading arguments that exist, globs too, are sources; the rest are ids."""
    done = ct("show", "seeds/agency", "seeds/news*", "brit", "inc", *PLAIN, "--json")
    assert [row["name"] for row in done.json] == ["britain-votes", "incendie-cathedrale"]


def test_explain_gives_method_confidence_and_evidence(ct: Run) -> None:
    """`--explain`: for each field the value, method, confidence, what was read, at which bytes, by which rule."""
    done = ct("show", "seeds/000_3c1e9b07d25fa846.txt", "--explain")
    assert "date      2018-05, by header, confidence 0.99" in done.lines
    assert "            “date 2018-05”, bytes 1–13 of the file, rule marker" in done.lines
    assert any(line.startswith("language  nl, by words 1, confidence 0.9") for line in done.lines)
    assert "title     none: the text opens with running text" in done.lines
    assert "encoding  utf-8, by utf-8" in done.lines
    assert max(map(len, done.lines)) <= 80
    middle = ct("show", "seeds/marked/dossier-europe.txt", "dossier-europe#2", "--explain", *PLAIN)
    start = int(
        next(line for line in middle.lines if " bytes " in line and "of the file" in line)
        .split(" bytes ")[1]
        .split("–")[0]
    )
    data = (ROOT / "seeds/marked/dossier-europe.txt").read_bytes()
    assert data[start:].startswith(b"date 2022")


def test_explain_and_page_show_hostile_text_as_escapes(ct: Run, tmp_path: Path) -> None:
    """Escapes, bidi controls and Rich markup in title, text, labels and path are spelled, in every view."""
    source = write_jsonl(
        tmp_path / "x\x1b[31m[b].jsonl",
        article(1, title="Kop [red]x[/] \u202eom", **{"la\x1bbel [/]": "waar\x9bde"}),
        {"text": "Regel een \x1b]52;c;AAAA\x07 en \u2066meer\u2069 tekst [bold]vet[/bold] met een laatste woord."},
    )
    for view in ([], ["--explain"]):
        for wanted in ("x", "x\x1b[31m[b]#2"):
            name = source.stem if wanted == "x" else f"{source.stem}#2"
            done = ct("show", source, name, *view, "--rule", "controls=off", *PLAIN)
            assert done.code == 0, done
            assert not CONTROLS.search(done.out + done.err)
    first = ct("show", source, source.stem, *PLAIN).out
    assert "Kop [red]x[/] " in first
    assert not CONTROLS.search(ct("sniff", source, "--format", "table").out)
    assert not CONTROLS.search(ct("sniff", source).out)


def test_json_is_the_whole_record_and_escapes_controls(ct: Run, tmp_path: Path) -> None:
    """`--json` is a list, `--format jsonl` one object a line, with no raw control or bidi character."""
    source = write_jsonl(tmp_path / "a.jsonl", article(1, title="a\u202eb \u2028 c", note="x\x7fy\x85z"))
    done = ct("show", source, *PLAIN, "--json")
    assert len(done.json) == 1
    assert not CONTROLS.search(done.out)
    assert json.loads(ct("show", source, *PLAIN, "--format", "jsonl").out) == done.json[0]
    assert ct("show", source, *PLAIN, "--format", "csv", "--fields", "id,words").lines[0] == "id,words"


def test_show_writes_a_receipt_and_tells_damage(ct: Run, tmp_path: Path) -> None:
    """The receipt counts the whole source; damage elsewhere in it is exit 3 and told."""
    source = write_jsonl(tmp_path / "a.jsonl", article(1))
    source.write_text(source.read_text() + "{oops\n")
    done = ct("show", source, *PLAIN, "--receipt", tmp_path / "r.json")
    assert done.code == 3
    assert "[bad-record]" in done.err
    assert json.loads((tmp_path / "r.json").read_text())["totals"]["rejected"] == 1


def test_standard_input_can_be_shown(ct: Run) -> None:
    """`show -` reads an article from a pipe, and gives its bytes back."""
    data = (ROOT / "seeds/agency/lockdown-belgie.txt").read_bytes()
    assert ct("show", "-", *PLAIN, stdin=data).lines[0] == "België gaat op slot tot minstens 5 april"
    assert ct("show", "-", "--raw", *PLAIN, stdin=data).stdout == data


@pytest.fixture
def kept(ct: Run, tmp_path: Path) -> tuple[Path, Path]:
    """A folder in several formats and encodings, and a corpus file of it."""
    folder = tmp_path / "bron"
    folder.mkdir()
    (folder / "krant.txt").write_bytes(
        f" date 2018-06 {TEXT}\u00a0Één café.\n\nTussenkop\n\n{TEXT}\r\n".encode("cp1252")
    )
    (folder / "breed.txt").write_bytes(f"Titel: Kop\n\n{TEXT} Twee.".encode("utf-16"))
    write_jsonl(folder / "krant-2.jsonl", article(1, title="Één"), article(2))
    ct("add", tmp_path / "pers.db", folder, *PLAIN)
    return folder, tmp_path / "pers.db"


TEXT = "De raad keurde gisteren het plan voor de oude haven van Luik goed."
NAMES = ("krant", "breed", "krant-2", "krant-2#2")


@pytest.mark.parametrize("how", [[], ["--json"], ["--explain"], ["--all-blocks"], ["--raw"], ["--raw", "--json"]])
def test_a_corpus_file_shows_what_its_sources_show(ct: Run, kept: tuple[Path, Path], how: list[str]) -> None:
    """Page, record, reasons and bytes are those of the folder, by name and by the beginning of the id."""
    folder, path = kept
    for name in NAMES:
        raw = ct("show", folder, name, *how, *PLAIN)
        assert raw.code == 0
        assert ct("show", path, name, *how).stdout == raw.stdout
    [record] = ct("show", path, "krant-2#2", "--json").json
    assert ct("show", path, record["id"][:9], "--json").json == [record]


@pytest.mark.parametrize("how", [["--diff"], ["--diff", "--json"], ["--raw-span", "3:12"]])
def test_cleaning_is_told_from_the_record_kept(ct: Run, kept: tuple[Path, Path], how: list[str]) -> None:
    """Without the sources, which are gone."""
    folder, path = kept
    before = [ct("show", folder, name, *how, *PLAIN).stdout for name in NAMES]
    folder.rename(folder.with_name("weg"))
    assert [ct("show", path, name, *how).stdout for name in NAMES] == before
    assert any(b"nbsp" in out for out in before) or "3:12" in how


def test_picking_in_a_corpus_file(ct: Run, kept: tuple[Path, Path]) -> None:
    """Several that fit are listed, several asked for are shown in the order asked; one must be named."""
    _, path = kept
    ct("show", path, "kr").failed(2, "'kr' fits 3 articles", "krant-2#2", "Één")
    ct("show", path, "zzz").failed(1, "'zzz'", "corpus-tool list")
    ct("show", path).failed(2, "there are 4 articles; name one", "breed")
    assert [row["name"] for row in ct("show", path, "krant-2", "breed", "--json").json] == ["krant-2", "breed"]


def test_two_corpus_files_and_a_folder(ct: Run, kept: tuple[Path, Path], tmp_path: Path) -> None:
    """Looked into together; the bytes come from the one that keeps them."""
    folder, path = kept
    write_jsonl(tmp_path / "meer.jsonl", article(7))
    ct("add", tmp_path / "meer.db", tmp_path / "meer.jsonl", *PLAIN)
    folder.rename(folder.with_name("weg"))
    both = (path, tmp_path / "meer.db")
    assert ct("show", *both, "meer", "--json").json == ct("show", both[1], "meer", "--json").json
    whole = (folder.with_name("weg") / "krant.txt").read_bytes()
    assert ct("show", *both, "krant", "--raw").stdout == whole
    assert ct("show", *both, "krant", "--raw", "--json").json[0]["raw"] == whole.decode("cp1252")
    assert ct("show", path, tmp_path / "meer.jsonl", "krant", "--raw", *PLAIN).stdout == whole


def test_options_of_reading_are_refused_for_a_corpus_file(ct: Run, kept: tuple[Path, Path]) -> None:
    """It was read already; how it is cleaned anew can be tried without changing it."""
    ct("show", kept[1], "krant", "--encoding", "utf-8").failed(2, "--encoding", "refresh")
