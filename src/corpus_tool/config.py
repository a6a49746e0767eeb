"""Settings: flag > environment > folder file > user file > default, each value with its origin; format profiles."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.fields import SYNONYMS, field_of, fold_label
from corpus_tool.model.options import Profile
from corpus_tool.patterns import lazy

FOLDER_FILE = "corpus-tool.yaml"
ENVIRONMENT = "CORPUS_TOOL_"


class Setting(NamedTuple):
    """One setting: its name (that of the flag), the kind of value, its default, what it does."""

    name: str
    kind: str  # "text", "list", "pairs", "size", "number"
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("input-format", "text", "", "format of the sources; found by looking when empty"),
    Setting("encoding", "text", "", "encoding of the sources; found by looking when empty"),
    Setting("split", "text", "", "regular expression between records; named groups become fields"),
    Setting("map", "pairs", "", "field=column pairs for JSON, CSV and TSV"),
    Setting("from-path", "text", "", "pattern that takes fields from paths"),
    Setting("profile", "text", "", "file that describes a format"),
    Setting("rule", "pairs", "", "cleaning rules, name=on|off|VALUE"),
    Setting("boilerplate", "text", "", "file of patterns that extends the lists of boilerplate"),
    Setting("detector", "text", "pooled", "language backend, or none"),
    Setting("expect", "list", "", "languages that are likelier than others beforehand"),
    Setting("only", "list", "", "languages considered; all when empty"),
    Setting("reference", "text", "", "last day the articles can have appeared"),
    Setting("assume-year", "text", "", "year of days that are printed without one"),
    Setting("day-order", "text", "", "order of numeric dates, dmy or mdy; found by looking when empty"),
    Setting("date-from", "list", "", "sources that dates are taken from; all when empty"),
    Setting("color", "text", "auto", "auto, always or never"),
    Setting("max-file-size", "size", "2GB", "larger files are refused"),
    Setting("max-record-size", "size", "64MB", "larger records are refused"),
    Setting("record-seconds", "number", "30", "longest time for one record; 0 is no limit"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Value(NamedTuple):
    """A setting's value and where it comes from."""

    value: Any
    origin: str


def resolve(flags: Mapping[str, Any], config_file: str | None = None) -> dict[str, Value]:
    """Every setting's value with its origin; `flags` holds what was typed, None or empty where nothing was.

    Raises UsageError for an unknown name or a value of the wrong form, CorpusToolError for a file that cannot
    be read.
    """
    layers = [
        (
            "flag",
            {name: value for name, value in flags.items() if name in _BY_NAME and value not in (None, (), "")},
        ),
        ("environment", _environment()),
        *_files(config_file),
    ]
    return {setting.name: _first(setting, layers) for setting in SETTINGS}


def _first(setting: Setting, layers: list[tuple[str, Mapping[str, Any]]]) -> Value:
    for origin, values in layers:
        if setting.name in values:
            shown = f"{origin} {variable(setting.name)}" if origin == "environment" else origin
            return Value(_parse(setting, values[setting.name], shown), shown)
    return Value(_parse(setting, setting.default, "default"), "default")


def variable(name: str) -> str:
    """The environment variable of a setting.

    >>> variable("from-path")
    'CORPUS_TOOL_FROM_PATH'
    """
    return ENVIRONMENT + name.upper().replace("-", "_")


def _environment() -> dict[str, str]:
    found = {setting.name: os.environ.get(variable(setting.name), "") for setting in SETTINGS}
    return {name: value for name, value in found.items() if value}


def _files(config_file: str | None) -> list[tuple[str, Mapping[str, Any]]]:
    """The folder's file (or the one named) and the user's, where they exist."""
    if config_file is not None and not os.path.isfile(config_file):
        raise UsageError(f"--config {config_file!r} does not exist")
    paths = [config_file or FOLDER_FILE, user_file()]
    return [(path, load_settings(path)) for path in paths if path and os.path.isfile(path)]


def user_file() -> str | None:
    """The user's file, by the XDG base directory specification; None without a home."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):  # the specification has relative paths ignored
        base = os.path.expanduser("~/.config")
    return None if base.startswith("~") else os.path.join(base, "corpus-tool", "config.yaml")


def load_settings(path: str) -> dict[str, Any]:
    """The settings that a YAML file names, values as plain strings, lists or pairs."""
    pairs = _load_yaml(path)
    unknown = next((key for key, _ in pairs if key not in _BY_NAME), None)
    if unknown is not None:
        raise UsageError(f"{path}: no setting is named {unknown!r}", f"the settings are: {', '.join(_BY_NAME)}")
    return {key: value for key, value in pairs if value not in ("", [], {})}


def _load_yaml(path: str) -> list[tuple[str, Any]]:
    from corpus_tool.yaml_text import YamlError, load_yaml

    try:
        with open(path, encoding="utf-8-sig") as file:
            data = load_yaml(file.read(), first_line=1)
    except OSError as error:
        raise CorpusToolError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (YamlError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path}: {problem}") from None
    if data in ("", None):
        return []
    if not isinstance(data, list) or not all(isinstance(item, tuple) for item in data):
        raise UsageError(f"{path}: a list of `key: value` lines is expected")
    return data


def _parse(setting: Setting, value: Any, origin: str) -> Any:
    """A value in its own form; UsageError that names the setting and where the value stands."""
    try:
        return _PARSERS[setting.kind](value)
    except ValueError as error:
        raise UsageError(f"{setting.name} ({origin}): {error}") from None


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise ValueError("one value is expected")
    return value or None


def _list(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        raise ValueError("a list is expected")
    items = value.split(",") if isinstance(value, str) else [part for item in value for part in str(item).split(",")]
    return tuple(item.strip() for item in items if item.strip())


_PAIR_BORDER = lazy(r",(?=[^,=]*=)")  # a comma may stand in a column's name: `text=Body, full`


def _pairs(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {str(key): str(item) for key, item in value.items()}
    pairs: dict[str, str] = {}
    parts = [value] if isinstance(value, str) else value
    for item in (pair for part in parts for pair in _PAIR_BORDER.split(str(part)) if pair.strip()):
        key, sign, rest = item.partition("=")
        if not sign or not key.strip() or not rest.strip():
            raise ValueError(f"{item!r} is not of the form name=value")
        pairs[key.strip()] = rest.strip()
    return pairs


_SIZE = lazy(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def parse_size(value: Any) -> int:
    """A size in bytes; K, M, G, T are powers of 1,024.

    >>> parse_size("64MB")
    67108864
    """
    match = _SIZE.fullmatch(str(value).strip())
    if match is None or len(match[1]) > 15:
        raise ValueError(f"{value!r} is no size; one looks like 500KB, 64MB or 2GB")
    return int(float(match[1]) * _UNITS[match[2].lower()])


MOST_SECONDS = 10_000_000
"""What a timer can be set to on every platform, and longer than anyone waits."""


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no number") from None
    if not 0 <= number <= MOST_SECONDS:
        raise ValueError(f"a number of seconds lies between 0 and {MOST_SECONDS:,}")
    return number


_PARSERS = {"text": _text, "list": _list, "pairs": _pairs, "size": parse_size, "number": _number}


def load_profile(path: str) -> Profile:
    """A format profile from YAML: name, format, delimiter or split, labels, map, encoding.

    `labels` maps fields to the labels that state them, `map` fields to columns; `delimiter` is a whole line.
    """
    if not os.path.isfile(path):
        raise UsageError(f"the profile {path!r} does not exist")
    values = {key: value or None for key, value in _load_yaml(path)}
    known = ("name", "format", "delimiter", "split", "labels", "map", "encoding")
    unknown = next((key for key in values if key not in known), None)
    if unknown is not None:
        raise UsageError(f"{path}: no key of a profile is named {unknown!r}", f"the keys are: {', '.join(known)}")
    for key in ("name", "format", "delimiter", "split", "encoding"):
        if not isinstance(values.get(key), str | None):
            raise UsageError(f"{path}: {key}: one value is expected")
    if values.get("delimiter") and values.get("split"):
        raise UsageError(f"{path}: give delimiter (a line) or split (a regular expression), not both")
    split, delimiter = values.get("split"), values.get("delimiter")
    if delimiter:
        split = rf"^{re.escape(str(delimiter))}[ \t]*(?:\n|\Z)"
    return Profile(
        name=values.get("name") or os.path.splitext(os.path.basename(path))[0],
        input_format=values.get("format"),
        split=split,
        labels=_profile_labels(path, values.get("labels") or {}),
        field_map=_profile_map(path, values.get("map") or {}),
        encoding=values.get("encoding"),
    )


def _profile_map(path: str, pairs: Any) -> dict[str, str]:
    if not isinstance(pairs, Mapping) or not all(isinstance(column, str) for column in pairs.values()):
        raise UsageError(f"{path}: map: `field: column` lines are expected")
    return {check_field(field, f"{path}: map"): column for field, column in pairs.items()}


def _profile_labels(path: str, labels: Any) -> dict[str, str]:
    if not isinstance(labels, Mapping):
        raise UsageError(f"{path}: labels: `field: [label, …]` lines are expected")
    found: dict[str, str] = {}
    for name, synonyms in labels.items():
        field = check_field(name, f"{path}: labels")
        listed = [synonyms] if isinstance(synonyms, str) else synonyms
        if not isinstance(listed, list) or not all(isinstance(label, str) for label in listed):
            raise UsageError(f"{path}: labels: {name}: one label or a list of labels is expected")
        found.update({fold_label(label): field for label in listed})
    return found


def check_field(name: str, where: str) -> str:
    """The field that a user names; UsageError with the fields that can be stated."""
    field = name if name in SYNONYMS else field_of(name)
    if field is None:
        raise UsageError(f"{where}: {name!r} is no field", f"the fields are: {', '.join(SYNONYMS)}")
    return field
