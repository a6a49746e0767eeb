"""`corpus-tool set`: correct fields by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl


@pytest.fixture
def path(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of three articles; two names begin alike."""
    write_jsonl(tmp_path / "krant.jsonl", article(1, date="2018-06-20", title="Kop"), article(2))
    write_jsonl(tmp_path / "ander.jsonl", article(3))
    ct("add", tmp_path / "pers.db", tmp_path / "krant.jsonl", tmp_path / "ander.jsonl", *PLAIN)
    return tmp_path / "pers.db"


def shown(ct: Run, path: Path, name: str = "krant") -> dict[str, Any]:
    """The article as JSON."""
    record: dict[str, Any] = ct("show", path, name, "--json").json[0]
    return record


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("title=Nieuwe kop", "title", "Nieuwe kop"),
        ("title=a=b", "title", "a=b"),
        (" title = x ", "title", "x"),
        ("date=2019-01", "date", "2019-01"),
        ("language=Frans", "language", "fr"),
        ("authors=An Peeters; Jo Maes", "authors", ["An Peeters", "Jo Maes"]),
        ("outlet=Voorbeeldkrant", "outlet", "Voorbeeldkrant"),
        ("section=Cultuur", "section", "Cultuur"),
        ("url=https://example.org/?a=b", "url", "https://example.org/?a=b"),
        ("extra.Plaats=Gent", "extra", {"Plaats": "Gent"}),
        ("title=", "title", None),
        ("date=", "date", None),
        ("authors=", "authors", []),
    ],
)
def test_each_field(ct: Run, path: Path, typed: str, field: str, value: object) -> None:
    """Set, said on stderr, seen by every command, and taken back."""
    before = shown(ct, path)
    done = ct("set", path, "krant", typed)
    assert (done.code, done.out) == (0, "")
    name = "extra.Plaats" if field == "extra" else field
    assert done.err == f"corpus-tool: krant: {name} set by hand\n"
    assert shown(ct, path)[field] == value
    undone = ct("set", path, "krant", "--undo", name)
    assert (undone.code, undone.err) == (0, f"corpus-tool: krant: {name} as before\n")
    assert shown(ct, path) == before


def test_several_at_once(ct: Run, path: Path) -> None:
    """Fields together, undone together; -q is silent; the evidence is the user's."""
    assert ct("set", path, "krant", "title=Twee", "date=2001", "-q").err == ""
    record = shown(ct, path)
    assert (record["title"], record["date"], record["date_latest"]) == ("Twee", "2001", "2001-12-31")
    assert {record["inference"][name]["method"] for name in ("title", "date")} == {"user"}
    assert "user" in ct("show", path, "krant", "--explain").out
    assert [row["name"] for row in ct("list", path, "--until", "2001", "--fields", "name").tsv] == ["krant"]
    done = ct("set", path, "krant", "--undo", "title, date", "outlet=Krant")
    assert done.err == "corpus-tool: krant: title, date as before\ncorpus-tool: krant: outlet set by hand\n"
    assert (shown(ct, path)["title"], shown(ct, path)["outlet"]) == ("Kop", "Krant")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["krant", "date=gisteren"], ["'gisteren'", "2018-06"]),
        (["krant", "language=xx"], ["'xx'", "near it"]),
        (["krant", "kleur=rood"], ["'kleur' cannot be corrected", "extra.LABEL"]),
        (["krant", "text=x"], ["'text' cannot be corrected"]),
        (["krant", "title"], ["not of the form field=value"]),
        (["krant", "=x"], ["not of the form field=value"]),
        (["krant"], ["nothing is to be set"]),
        (["krant", "--undo", ","], ["nothing is to be set"]),
        (["krant", "--undo", "kleur"], ["'kleur' cannot be corrected"]),
        (["kran", "title=x"], ["'kran' fits 2 articles", "krant#2"]),
        (["", "title=x"], ["Usage: corpus-tool set"]),
    ],
)
def test_what_is_refused(ct: Run, path: Path, arguments: list[str], told: list[str]) -> None:
    """Exit 2 with what was expected, and nothing is changed."""
    before = [shown(ct, path, name) for name in ("krant", "krant#2", "ander")]
    ct("set", path, *arguments).failed(2, *told)
    assert [shown(ct, path, name) for name in ("krant", "krant#2", "ander")] == before


def test_what_is_not_there(ct: Run, path: Path, tmp_path: Path) -> None:
    """An article, a correction, a corpus file."""
    ct("set", path, "zzz", "title=x").failed(1, "'zzz'", "corpus-tool list")
    ct("set", path, "krant", "--undo", "title").failed(1, "title of krant was not corrected by hand")
    ct("set", tmp_path / "weg.db", "krant", "title=x").failed(2, "does not exist", "corpus-tool add")
    ct("set", tmp_path / "krant.jsonl", "krant", "title=x").failed(1, "no corpus file")
    ct("set", tmp_path, "krant", "title=x").failed(1, "a folder")
    assert ct("set").failed(2, "Usage: corpus-tool set").err.count("  corpus-tool set ") >= 3


def test_a_bad_value_undoes_nothing(ct: Run, path: Path) -> None:
    """What is to be set is checked before what is to be undone is."""
    ct("set", path, "krant", "date=2001")
    ct("set", path, "krant", "--undo", "date", "language=xx").failed(2, "'xx'")
    assert shown(ct, path)["date"] == "2001"


def test_odd_bytes_in_a_value(ct: Run, path: Path) -> None:
    """They become U+FFFD, as in what is read; a label, too."""
    assert ct("set", path, "krant", "title=caf\udce9", "extra.\udce9=\udce9").code == 0
    record = shown(ct, path)
    assert (record["title"], record["extra"]) == ("caf\ufffd", {"\ufffd": "\ufffd"})
