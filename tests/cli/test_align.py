"""`corpus-tool align`, `show --twin`, `show --diff-with` and `export --format tmx`: two articles at once."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CONTROLS, PLAIN, write_jsonl

DUTCH = (
    "De haven van Vandermolen krijgt dit jaar 45 miljoen euro voor een nieuwe kade. Dat heeft het bestuur van "
    "Lissewick maandag bekendgemaakt.\n\nVolgens burgemeester Kortenavo is het te weinig. De werken beginnen pas in "
    "2021, en duren zeker tot het einde van 2024. Intussen wijken schepen uit naar Delacubert."
)
FRENCH = (
    "Le port de Vandermolen recevra cette année 45 millions d'euros pour un nouveau quai. La direction de Lissewick "
    "l'a annoncé lundi.\n\nSelon le bourgmestre Kortenavo, c'est trop peu. Les travaux ne commenceront qu'en 2021, et "
    "dureront au moins jusqu'à la fin de 2024. Entre-temps, les navires sont détournés vers Delacubert."
)
ELSEWHERE = (
    "Lissewick attend toujours son nouveau quai. Les commerçants de la place du marché se plaignent du bruit et de la "
    "poussière.\n\nUne réunion a eu lieu jeudi. Les habitants ont posé beaucoup de questions sur le port de "
    "Vandermolen, et personne n'a su dire d'où viendra l'argent. Une autre réunion suivra avant la fin du mois de mars."
)
HOSTILE = '\x1b]0;x\x07\u202e<script>alert(1)</script> "=1+1'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An article, its translation, and another one about the same."""
    return write_jsonl(
        tmp_path / "pers.jsonl",
        {"text": DUTCH, "language": "nl", "title": "Haven krijgt geld"},
        {"text": FRENCH, "language": "fr", "title": "De l'argent pour le port"},
        {"text": ELSEWHERE, "language": "fr"},
    )


def test_a_translation(ct: Run, source: Path) -> None:
    """Aligned throughout: every sentence of both, in order, with the characters that it stands at."""
    done = ct("align", source, "pers", "pers#2", *PLAIN)
    assert done.err == "corpus-tool: translation: 5 passages of 5 and 5 sentences\n"
    rows = done.tsv
    assert [row["text_a"] for row in rows] == [part for line in DUTCH.split("\n\n") for part in _sentences(line)]
    for row in rows:
        assert DUTCH[int(row["start_a"]) : int(row["end_a"])] == row["text_a"]
        assert FRENCH[int(row["start_b"]) : int(row["end_b"])] == row["text_b"]


def _sentences(line: str) -> list[str]:
    return [f"{part.rstrip('.')}." for part in line.split(". ")]


def test_as_json_in_either_order(ct: Run, source: Path) -> None:
    """A pair as `twins` gives it, with mode, passages and sentences; those of the pair's own first article first."""
    one, other = ("pers", "pers#2")
    data = ct("align", source, one, other, "--json", *PLAIN).json
    turned = ct("align", source, other, one, "--json", *PLAIN).json
    assert (data["a"], data["b"]) == (turned["b"], turned["a"])
    assert data["sentences"]["a"] == turned["sentences"]["b"]
    assert [[item["a"], item["b"]] for item in data["passages"]] == [[[n], [n]] for n in range(5)]
    assert [[item["b"], item["a"]] for item in turned["passages"]] == [[[n], [n]] for n in range(5)]


def test_one_article_and_its_twin(ct: Run, source: Path, tmp_path: Path) -> None:
    """In a corpus file the twin that is kept; in other sources the one that is found."""
    raw = ct("align", source, "pers", *PLAIN)
    corpus = tmp_path / "pers.db"
    ct("add", corpus, source, *PLAIN)
    ct("align", corpus, "pers").failed(1, "twins were not looked for")
    ct("twins", corpus)
    assert ct("align", corpus, "pers").stdout == raw.stdout
    assert len(raw.tsv) == 5
    ct("align", corpus, "pers#3").failed(1, "no twin of pers#3 was found", "--why-not")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ([], "there are 3 articles"),
        (["pers#2", "pers#3"], "are both in fr"),
        (["pers", "pers#2", "pers#3"], "3 articles are named"),
    ],
)
def test_what_cannot_be_aligned(ct: Run, source: Path, wanted: list[str], said: str) -> None:
    """It is told why, and what to name."""
    ct("align", source, *wanted, *PLAIN).failed(2, said)


def test_translation_memory(ct: Run, source: Path, tmp_path: Path) -> None:
    """A translation, from `align` and from `export`; what only tells the same story is left out, and told of."""
    done = ct("align", source, "pers", "pers#2", "--format", "tmx", *PLAIN)
    tree = ElementTree.fromstring(done.stdout)
    texts = [[part.text for part in unit.iter("seg")] for unit in tree.iter("tu")]
    assert len(texts) == 5
    assert texts[1] == [
        "Dat heeft het bestuur van Lissewick maandag bekendgemaakt.",
        "La direction de Lissewick l'a annoncé lundi.",
    ]
    ct("align", source, "pers", "pers#3", "--format", "tmx", *PLAIN).failed(1, "none is a translation")
    out = tmp_path / "pers.tmx"
    done = ct("export", source, "-o", out, *PLAIN)
    assert (done.code, done.out) == (0, "")
    assert f"→ {out}: 1 translation" in done.err
    assert len(list(ElementTree.parse(out).iter("tu"))) == 5
    ct("export", source, "-o", out, *PLAIN).failed(1, "--force")
    assert ct("export", source, "--format", "tmx", *PLAIN).stdout == out.read_bytes()
    ct("add", tmp_path / "pers.db", source, *PLAIN)
    ct("export", tmp_path / "pers.db", "--format", "tmx").failed(1, "twins were not looked for")


def test_side_by_side(ct: Run, source: Path) -> None:
    """Both texts in full, one after the other at 80 columns, in two columns at 150; the same marks in both."""
    narrow = ct("show", source, "pers", "--twin", *PLAIN)
    wide = ct("show", source, "pers", "--twin", *PLAIN, COLUMNS="150")
    for done in (narrow, wide):
        assert (done.code, done.err) == (0, "")
        assert "aligned as a translation" in " ".join(done.out.split())
        assert all(done.out.count(f"[{number}]") >= 2 for number in range(1, 6))
    assert max(map(len, narrow.lines)) <= 80
    assert any("Haven krijgt geld" in line and "De l'argent" in line for line in wide.lines)
    assert ct("show", source, "pers", "pers#3", "--twin", *PLAIN).code == 0


def test_as_a_page(ct: Run, tmp_path: Path) -> None:
    """One page that needs nothing else; what articles hold is text in it, and never more."""
    source = write_jsonl(
        tmp_path / "x.jsonl",
        {"text": f"{DUTCH} {HOSTILE}", "title": f"Kop {HOSTILE}", "language": "nl", "url": "javascript:alert(1)"},
        {"text": f"{FRENCH} {HOSTILE}", "language": "fr"},
    )
    page = ct("show", source, "x", "--twin", "--format", "html", *PLAIN)
    assert page.out.startswith("<!doctype html>") or page.out.startswith("<!DOCTYPE html>")
    assert "<script>alert" not in page.out
    assert 'href="javascript' not in page.out
    assert not CONTROLS.search(page.out)
    assert not CONTROLS.search(ct("show", source, "x", "--twin", *PLAIN).out)
    ct("show", source, "x", "--format", "html", *PLAIN).failed(2, "--format html is of two articles")
    ct("show", source, "x", "--twin", "--format", "csv", *PLAIN).failed(2, "their forms are")


def test_differences(ct: Run, tmp_path: Path) -> None:
    """What differs between two articles, as a view, a page and JSON with the stretches of both."""
    source = write_jsonl(
        tmp_path / "k.jsonl",
        {"text": DUTCH, "language": "nl"},
        {"text": DUTCH.replace("45 miljoen", "54 miljoen") + " Meer volgt.", "language": "nl"},
    )
    done = ct("show", source, "k", "--diff-with", "k#2", *PLAIN)
    assert "[~1 45]" in done.out
    assert "[~1 54]" in done.out
    assert "Meer volgt" in done.out
    assert ct("show", source, "--diff-with", "k#2", *PLAIN).stdout == done.stdout
    data = ct("show", source, "k", "--diff-with", "k#2", "--json", *PLAIN).json
    kinds = [stretch["kind"] for stretch in data["stretches"]]
    assert kinds == ["same", "changed", "same", "second"]
    assert 0 < data["jaccard"] < 1
    assert "<html" in ct("show", source, "k", "--diff-with", "k#2", "--format", "html", *PLAIN).out
    ct("show", source, "k", "--diff-with", "k", *PLAIN).failed(2, "k is compared with itself")


def test_the_two_documents(ct: Run, two: Path) -> None:
    """They tell one story, and none is a translation of the other."""
    done = ct("align", two, "--json")
    assert done.json["mode"] == "comparable"
    shown = ct("show", two, "000_2f", "--twin", COLUMNS="160")
    assert "Microsoft 7 ↔ 9" in " ".join(shown.out.split())
    assert json.loads(ct("twins", two, "--passages", "--format", "jsonl").out)["mode"] == "comparable"


def test_two_that_are_no_twins(ct: Run, source: Path, tmp_path: Path) -> None:
    """They are shown and aligned by themselves, and have no tier: that takes their surroundings."""
    corpus = tmp_path / "pers.db"
    ct("add", corpus, source, *PLAIN)
    ct("twins", corpus)
    assert ct("show", corpus, "pers", "pers#2", "--twin", "--json").json["tier"] == "likely"
    data = ct("show", corpus, "pers", "pers#3", "--twin", "--json").json
    assert data["tier"] is None
    assert data["reasons"] == ["not among the twins that were found; these two were compared by themselves"]
    for name, tier in (("pers#2", "likely"), ("pers#3", "none")):
        shown = ct("show", corpus, "pers", name, "--twin").lines
        assert next(line.split() for line in shown if line.startswith("tier")) == ["tier", tier]
    assert ct("align", corpus, "pers#3", "pers", "--json").json["tier"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "--twin", "--raw"), "--raw does not go with --twin"),
        (("show", "--twin", "--explain"), "--explain does not go with --twin"),
        (("show", "--twin", "--diff"), "--diff does not go with --twin"),
        (("show", "--twin", "--all-blocks"), "--all-blocks does not go with --twin"),
        (("show", "--twin", "--raw-span", "0:9"), "--raw-span does not go with --twin"),
        (("show", "--twin", "--fields", "id"), "--fields does not go with --twin"),
        (("show", "--twin", "--diff-with", "pers#2"), "--diff-with does not go with --twin"),
        (("show", "--diff-with", "pers#2", "--raw"), "--raw does not go with --diff-with"),
        (("show", "--twin", "--format", "md"), "no form"),
        (("export", "--format", "tmx", "--sample", "2"), "--sample does not go with --format tmx"),
        (("export", "--format", "tmx", "--sort", "date"), "--sort does not go with --format tmx"),
        (("export", "--format", "tmx", "--raw"), "--raw does not go with --format tmx"),
        (("export", "--format", "tmx", "--fields", "id"), "--fields does not go with --format tmx"),
        (("align", "--format", "md"), "--format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_does_not_go_together(ct: Run, source: Path, arguments: tuple[str, ...], said: str) -> None:
    """It is refused, and not passed over in silence."""
    command, *more = arguments
    wanted = [] if command == "export" else ["pers"]
    done = ct(command, source, *wanted, *more, *PLAIN).failed(2)
    assert said in " ".join(done.err.split())


def test_a_dictionary(ct: Run, tmp_path: Path) -> None:
    """Words that it pairs tell passages of two articles about one story; what is no dictionary stops the command."""
    source = write_jsonl(
        tmp_path / "x.jsonl",
        {"text": "De hond slaapt onder de oude boom. Er valt vandaag veel regen.", "language": "nl"},
        {"text": "Le chien dort sous le vieil arbre. Beaucoup de pluie tombe ce jour.", "language": "fr"},
    )
    table = tmp_path / "nl-fr.tsv"
    words = ("hond chien", "slaapt dort", "oude vieil", "boom arbre", "valt tombe", "veel beaucoup", "regen pluie")
    table.write_text("\n".join(pair.replace(" ", "\t") for pair in words), encoding="utf-8")
    arguments = ("align", source, "x", "x#2", "--least", "0.01", *PLAIN)
    plain, known = ct(*arguments), ct(*arguments, "--lexicon", f"nl-fr={table}")
    assert known.code == 0
    scores = [sum(float(row["score"]) for row in done.tsv) for done in (plain, known)]
    assert scores[1] > scores[0]
    table.write_text("", encoding="utf-8")
    ct(*arguments, "--lexicon", f"nl-fr={table}").failed(1, "holds no pairs of words")
