"""`corpus-tool config show`: settings and where each comes from."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl


def origins(ct: Run, *arguments: object, **more: object) -> dict[str, tuple[str, str]]:
    """Setting → (value, origin)."""
    return {
        row["setting"]: (row["value"], row["origin"]) for row in ct("config", "show", "--json", *arguments, **more).json
    }


def test_precedence_and_origin(ct: Run, tmp_path: Path) -> None:
    """Flag over environment over folder file over user file over default, each named as the origin."""
    user = tmp_path / ".config" / "corpus-tool" / "config.yaml"
    user.parent.mkdir(parents=True)
    folder = tmp_path / "project"
    folder.mkdir()
    assert origins(ct, cwd=folder)["color"] == ("auto", "default")
    user.write_text("color: never\ndetector: none\nexpect: [nl, fr]\n")
    assert origins(ct, cwd=folder)["color"] == ("never", str(user))
    assert origins(ct, cwd=folder)["expect"] == ("nl,fr", str(user))
    (folder / "corpus-tool.yaml").write_text("color: always\nencoding: no\n")
    found = origins(ct, cwd=folder)
    assert found["color"] == ("always", "corpus-tool.yaml")
    assert found["encoding"] == ("no", "corpus-tool.yaml")
    assert found["detector"] == ("none", str(user))
    (folder / "other.yaml").write_text("color: never\n")
    assert origins(ct, "--config", "other.yaml", cwd=folder)["color"] == ("never", "other.yaml")
    environ = origins(ct, cwd=folder, CORPUS_TOOL_COLOR="auto")
    assert environ["color"] == ("auto", "environment CORPUS_TOOL_COLOR")
    assert origins(ct, "--color", "never", cwd=folder, CORPUS_TOOL_COLOR="auto")["color"] == ("never", "flag")


def test_sizes_are_shown_as_they_are_typed(ct: Run) -> None:
    """2GB, not 2147483648; an uneven size in bytes."""
    assert origins(ct)["max-file-size"] == ("2GB", "default")
    assert origins(ct, CORPUS_TOOL_MAX_FILE_SIZE="1500")["max-file-size"][0] == "1500"


def test_settings_are_obeyed(ct: Run, tmp_path: Path) -> None:
    """A folder file's values reach the reading, and a flag overrides them."""
    write_jsonl(tmp_path / "a.jsonl", {"kop": "Titel", "lijf": article(1)["text"]})
    (tmp_path / "corpus-tool.yaml").write_text("detector: none\nmap:\n  text: lijf\n")
    done = ct("list", "a.jsonl", "--fields", "title,language", cwd=tmp_path)
    assert done.lines[1:] == ["Titel\t"]
    assert ct("list", "a.jsonl", "--map", "text=nowhere", cwd=tmp_path).code == 3


def test_yaml_is_plain_strings_and_mistakes_are_named(ct: Run, tmp_path: Path) -> None:
    """Unknown settings, anchors, and values of the wrong form: exit 2 with the file and what is known."""
    for text, told in (
        ("colour: never\n", "'colour'"),
        ("expect: &a [nl]\nsplit: *a\n", "corpus-tool.yaml"),
        ("max-file-size: much\n", "'much'"),
        ("color: sometimes\n", "'sometimes'"),
        ("[1, 2\n", "corpus-tool.yaml"),
    ):
        (tmp_path / "corpus-tool.yaml").write_text(text)
        ct("config", "show", cwd=tmp_path).failed(2, told)
    (tmp_path / "corpus-tool.yaml").write_text("colour: never\n")
    ct("list", ".", *PLAIN, cwd=tmp_path).failed(2, "'colour'", "color")


def test_forms(ct: Run) -> None:
    """TSV has the variable of each setting; the table fits 80 columns; `config` alone is help with exit 2."""
    rows = ct("config", "show").tsv
    assert list(rows[0]) == ["setting", "value", "origin", "variable", "about"]
    assert {row["variable"] for row in rows} >= {"CORPUS_TOOL_FROM_PATH", "CORPUS_TOOL_COLOR"}
    assert max(map(len, ct("config", "show", "--format", "table").lines)) <= 80
    ct("config").failed(2, "Usage: corpus-tool config")
    ct("config", "shw").failed(2, "shw")
