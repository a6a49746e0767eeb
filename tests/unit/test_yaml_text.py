"""YAML as plain strings, nothing executed, nothing expanded."""

from __future__ import annotations

import pytest

from corpus_tool.yaml_text import MAX_DEPTH, YamlError, load_yaml


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("no", "no"), ("on", "on"), ("0123", "0123"), ("2018-02-30", "2018-02-30"), ("1_000", "1_000"), ("", ""),
        ("null", "null"), ("1e3", "1e3"), ("12:30", "12:30"), ("[a, b]", ["a", "b"]), ("{a: no}", {"a": "no"}),
        ("'a: b'", "a: b"), ("été", "été"),
    ],
)  # fmt: skip
def test_scalars_stay_strings(value: str, expected: object) -> None:
    """No scalar becomes a boolean, a number, a date or None."""
    assert load_yaml(f"key: {value}") == [("key", expected)]


def test_doubled_keys_are_all_given() -> None:
    """Outer keys keep their order and doubles; an inner mapping keeps the first."""
    assert load_yaml("a: 1\nb: {c: 2, c: 3}\na: 4") == [("a", "1"), ("b", {"c": "2"}), ("a", "4")]


@pytest.mark.parametrize(
    "text",
    ["a: &x 1", "a: *x", "<<: *x", "a: !!int 1", "a: !foo b", "? [a]\n: b", "a: b\n c: d", "'a", "a: [", "\t- x"],
)
def test_what_is_refused(text: str) -> None:
    """Anchors, aliases, tags, keys that are no text and broken YAML raise YamlError."""
    with pytest.raises(YamlError):
        load_yaml(text)


@pytest.mark.parametrize(("text", "value"), [("- a\n- b", ["a", "b"]), ("los", "los"), ("", "")])
def test_what_is_no_mapping(text: str, value: object) -> None:
    """A list or a scalar is given as it is, for the caller to refuse."""
    result = load_yaml(text)
    assert result == value
    assert not (isinstance(result, list) and result and isinstance(result[0], tuple))


@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_depth_bombs_are_refused_early(opener: str) -> None:
    """Nesting is cut off at the limit, not at the recursion limit; one less is read."""
    with pytest.raises(YamlError, match="nested too deeply"):
        load_yaml(f"a:\n  {opener * 20_000}")
    assert load_yaml("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))


def test_the_line_is_named_as_in_the_file() -> None:
    """Lines are counted from the opening fence, which is line 1."""
    with pytest.raises(YamlError, match="line 3"):
        load_yaml("a: 1\nb: &x 2")
