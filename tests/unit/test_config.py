import os
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.config import (
    FOLDER_FILE,
    MOST_SECONDS,
    SETTINGS,
    check_field,
    load_profile,
    load_settings,
    parse_size,
    resolve,
    user_file,
    variable,
)
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.yaml_text import YamlError, load_yaml


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, an empty home, and no variables of ours."""
    for setting in SETTINGS:
        monkeypatch.delenv(variable(setting.name), raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return tmp_path


def put(path: Path | str, text: str) -> str:
    """A file with this text, its folders made; its path as given."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return str(path)


def test_defaults() -> None:
    """Without any other source every setting has its default, in its own form."""
    found = resolve({})
    assert {value.origin for value in found.values()} == {"default"}
    assert {name: value.value for name, value in found.items()} == {
        "input-format": None,
        "encoding": None,
        "split": None,
        "map": {},
        "from-path": None,
        "profile": None,
        "rule": {},
        "boilerplate": None,
        "detector": "pooled",
        "expect": (),
        "only": (),
        "reference": None,
        "assume-year": None,
        "day-order": None,
        "date-from": (),
        "color": "auto",
        "max-file-size": 2 << 30,
        "max-record-size": 64 << 20,
        "record-seconds": 30.0,
    }


def test_precedence(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flag > environment > folder file > user file > default, each with its origin."""
    steps = [("pooled", "default")]
    assert resolve({})["detector"] == steps[-1]
    user = put(alone / "xdg/corpus-tool/config.yaml", "detector: d-user\n")
    steps.append(("d-user", user))
    assert resolve({})["detector"] == steps[-1]
    put(FOLDER_FILE, "detector: d-folder\n")
    assert resolve({})["detector"] == ("d-folder", FOLDER_FILE)
    monkeypatch.setenv("CORPUS_TOOL_DETECTOR", "d-env")
    assert resolve({})["detector"] == ("d-env", "environment CORPUS_TOOL_DETECTOR")
    assert resolve({"detector": "d-flag"})["detector"] == ("d-flag", "flag")
    assert resolve({"detector": None})["detector"].value == "d-env"


def test_each_setting_comes_from_where_it_is_said(alone: Path) -> None:
    """One file does not hide another: settings are looked up one by one."""
    user = put(alone / "xdg/corpus-tool/config.yaml", "encoding: cp1252\ncolor: never\n")
    put(FOLDER_FILE, "encoding: latin-1\nexpect: nl\n")
    found = resolve({"color": "always"})
    assert found["encoding"] == ("latin-1", FOLDER_FILE)
    assert found["expect"] == (("nl",), FOLDER_FILE)
    assert found["color"] == ("always", "flag")
    put(FOLDER_FILE, "expect: nl\n")
    assert resolve({})["encoding"] == ("cp1252", user)


def test_a_named_file_takes_the_place_of_that_of_the_folder(alone: Path) -> None:
    """With `--config` the folder's file is not read, the user's still is."""
    put(FOLDER_FILE, "encoding: latin-1\ncolor: never\n")
    put(alone / "xdg/corpus-tool/config.yaml", "detector: none\n")
    named = put(alone / "other.yaml", "encoding: cp1252\n")
    found = resolve({}, named)
    assert found["encoding"] == ("cp1252", named)
    assert found["color"].origin == "default"
    assert found["detector"].value == "none"


def test_a_named_file_that_does_not_exist() -> None:
    """Is a usage error."""
    with pytest.raises(UsageError, match=r"--config 'weg\.yaml' does not exist"):
        resolve({}, "weg.yaml")


def test_empty_values_count_as_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty flag, variable or key leaves the value to the next source."""
    put(FOLDER_FILE, "detector:\nencoding: ''\nexpect: []\nmap: {}\ncolor: never\n")
    monkeypatch.setenv("CORPUS_TOOL_COLOR", "")
    found = resolve({"expect": (), "encoding": ""})
    assert [found[name].origin for name in ("detector", "encoding", "expect", "map")] == ["default"] * 4
    assert found["color"].value == "never"


@pytest.mark.parametrize("text", ["", "# niets\n", "\ufeff", "---\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    """No settings are no error."""
    assert load_settings(put("a.yaml", text)) == {}


def test_an_unknown_setting_lists_the_known_ones() -> None:
    """A typo in a file is found and helped."""
    put(FOLDER_FILE, "detecter: none\n")
    with pytest.raises(UsageError, match=r"corpus-tool\.yaml: no setting is named 'detecter'") as error:
        resolve({})
    assert "detector" in error.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n- b\n", "key: value"),
        ("zomaar tekst", "key: value"),
        ("a: [1\n", "line"),
        ("map: &x {a: b}\n", "line 1: anchors"),
        ("color: never\nmap: !!python/object:os.system {}\n", "line 2: tags"),
        ("? [a]\n: b\n", "a key must be plain"),
        ("detector: [a, b]\n", "one value"),
        ("max-file-size: groot\n", "no size"),
        ("record-seconds: lang\n", "no number"),
        ("record-seconds: -1\n", "between"),
        ("record-seconds: nan\n", "between"),
        ("record-seconds: inf\n", "between"),
        (f"record-seconds: {MOST_SECONDS + 1}\n", "between"),
        ("rule: nbsp\n", "name=value"),
        ("expect: {nl: fr}\n", "a list"),
    ],
)
def test_a_file_of_the_wrong_form(text: str, message: str) -> None:
    """Each mistake is a usage error that names the file."""
    put(FOLDER_FILE, text)
    with pytest.raises(UsageError, match=FOLDER_FILE) as error:
        resolve({})
    assert message in error.value.message


def test_a_file_that_is_not_utf8() -> None:
    """Bytes that are no text are a usage error, a folder in the file's place is passed over."""
    Path(FOLDER_FILE).write_bytes(b"color: \xff\n")
    with pytest.raises(UsageError, match=FOLDER_FILE):
        resolve({})
    os.unlink(FOLDER_FILE)
    os.mkdir(FOLDER_FILE)
    assert resolve({})["color"].value == "auto"


def test_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system is no usage error."""
    path = put("a.yaml", "color: never")

    def failing(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", failing)
    with pytest.raises(CorpusToolError, match="Permission denied") as error:
        load_settings(path)
    assert not isinstance(error.value, UsageError)


def test_yaml_values_are_plain_strings() -> None:
    """`no` is not False, `0123` is not 83, a date is no date."""
    put(FOLDER_FILE, "expect: [no, nl]\nencoding: 0123\ndetector: 2018-02-30\nmap: {text: yes}\n")
    found = resolve({})
    assert [found[name].value for name in ("expect", "encoding", "detector", "map")] == [
        *(("no", "nl"), "0123", "2018-02-30", {"text": "yes"}),
    ]


def test_yaml_lines_are_counted_from_the_first_line_given() -> None:
    """What stands inside another file names the line of that file."""
    with pytest.raises(YamlError, match=r"^line 5: anchors"):
        load_yaml("a: b\nc: &x d\n", first_line=4)
    assert load_yaml("a: 1\na: 2\nb: {c: 1, c: 2}") == [("a", "1"), ("a", "2"), ("b", {"c": "1"})]
    with pytest.raises(YamlError, match="nested too deeply"):
        load_yaml("[" * 30 + "]" * 30)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("expect", ("nl,fr", "de"), ("nl", "fr", "de")),
        ("expect", "nl, fr,", ("nl", "fr")),
        ("only", ("nl,fr", "de"), ("nl", "fr", "de")),
        ("map", ("text=Body", "title=Kop, groot"), {"text": "Body", "title": "Kop, groot"}),
        ("map", "text=Body,title=Kop", {"text": "Body", "title": "Kop"}),
        ("map", "text = a=b ", {"text": "a=b"}),
        ("rule", ("nbsp=keep,spaces=off",), {"nbsp": "keep", "spaces": "off"}),
        ("max-file-size", "500KB", 500 << 10),
        ("record-seconds", "0", 0.0),
        ("record-seconds", "1.5", 1.5),
    ],
)
def test_forms_of_values(name: str, value: Any, expected: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists and pairs may be given one by one or joined by commas; flags and variables are read alike."""
    assert resolve({name: value})[name].value == expected
    if isinstance(value, str):
        monkeypatch.setenv(variable(name), value)
        assert resolve({})[name] == (expected, f"environment {variable(name)}")


@pytest.mark.parametrize("value", ["nbsp", "=keep", "nbsp=", ("a=b", "c")])
def test_pairs_of_the_wrong_form(value: Any) -> None:
    """The error names the setting and where the value stands."""
    with pytest.raises(UsageError, match=r"rule \(flag\): .* is not of the form name=value"):
        resolve({"rule": value})


def test_flags_that_are_no_settings_are_passed_over() -> None:
    """Other flags of a command have no business here."""
    assert "since" not in resolve({"since": "2018"})


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("12", 12), ("1k", 1024), ("1KB", 1024), ("1 MiB", 1 << 20), ("0.5G", 1 << 29), ("2t", 2 << 40)],
)
def test_parse_size(text: str, size: int) -> None:
    """Units are powers of 1,024, written as people write them."""
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "-1", "1e3", "MB", "1.MB", "1 KB x", "9" * 400, "nan"])
def test_sizes_that_are_none(text: str) -> None:
    """What is no size is said to be none, with what one looks like."""
    with pytest.raises(ValueError, match="64MB"):
        parse_size(text)


def test_the_users_file(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the XDG specification: its variable where that is absolute, else `~/.config`."""
    assert user_file() == f"{alone}/xdg/corpus-tool/config.yaml"
    for value in ("", "relative/path"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert user_file() == f"{alone}/home/.config/corpus-tool/config.yaml"


def test_a_profile() -> None:
    """Every key of a profile in its form; labels folded, fields by any of their names."""
    text = (
        "name: archief\nformat: delimited\ndelimiter: '=== * ==='\nencoding: cp1252\n"
        "labels:\n  outlet: [Blad, 'Naam  van het Blad']\n  datum: Verschenen\nmap: {titel: Kop}\n"
    )
    profile = load_profile(put("p.yaml", text))
    assert (profile.name, profile.input_format, profile.encoding) == ("archief", "delimited", "cp1252")
    assert profile.labels == {"blad": "outlet", "naam van het blad": "outlet", "verschenen": "date"}
    assert profile.field_map == {"title": "Kop"}
    import re

    assert profile.split is not None
    assert re.findall(profile.split, "a\n=== * === \nb\n=== x ===\n", re.MULTILINE) == ["=== * === \n"]


def test_a_profile_of_nothing() -> None:
    """An empty profile takes its name from the file and says nothing else."""
    profile = load_profile(put("mijn.yaml", ""))
    assert (profile.name, profile.split, profile.labels, profile.field_map) == ("mijn", None, {}, {})
    assert load_profile(put("s.yaml", "split: ^---$\n")).split == "^---$"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kleur: rood\n", "no key of a profile is named 'kleur'"),
        ("delimiter: a\nsplit: b\n", "not both"),
        ("delimiter: [a]\n", "delimiter: one value"),
        ("name: {a: b}\n", "name: one value"),
        ("labels: [a]\n", "labels: `field"),
        ("labels: {kleur: [a]}\n", "'kleur' is no field"),
        ("labels: {title: {a: b}}\n", "labels: title: one label"),
        ("labels: {title: [[a]]}\n", "labels: title: one label"),
        ("map: [a]\n", "map: `field: column`"),
        ("map: {title: [a]}\n", "map: `field: column`"),
        ("map: {kleur: a}\n", "'kleur' is no field"),
    ],
)
def test_a_profile_of_the_wrong_form(text: str, message: str) -> None:
    """Each mistake is a usage error that names the file and the key."""
    with pytest.raises(UsageError, match=r"^p\.yaml: ") as error:
        load_profile(put("p.yaml", text))
    assert message in error.value.message


def test_a_profile_that_does_not_exist() -> None:
    """Is a usage error."""
    with pytest.raises(UsageError, match=r"'weg\.yaml' does not exist"):
        load_profile("weg.yaml")


def test_check_field() -> None:
    """A field by its name or any of its labels; the fields are listed for anything else."""
    assert [check_field(name, "x") for name in ("title", "titel", "text", "Datum")] == [
        "title",
        "title",
        "text",
        "date",
    ]
    with pytest.raises(UsageError, match=r"^--map: 'kleur' is no field") as error:
        check_field("kleur", "--map")
    assert "outlet" in error.value.hint
