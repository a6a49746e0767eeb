"""YAML as plain strings: `no` is not False, `0123` is not 83; anchors and tags are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MAX_DEPTH = 20
_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


class YamlError(ValueError):
    """The YAML cannot be read, or asks for something that is refused; the message says where."""


def load_yaml(text: str) -> list[tuple[str, Any]] | Any:
    """A mapping as (key, value) pairs in order, doubled keys included; scalars as strings, null as "".

    Inner mappings become dicts; a doubled key in one keeps its first value. What YAML does not let stand, an
    undecodable byte for one, is read as U+FFFD. Raises YamlError.

    >>> load_yaml("lang: no\\nid: 0123")
    [('lang', 'no'), ('id', '0123')]
    """
    import yaml

    text = _UNPRINTABLE.sub("\ufffd", text)
    try:
        _refuse(yaml.parse(text, Loader=yaml.BaseLoader))
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or "no valid YAML"
        raise YamlError(_line(getattr(error, "problem_mark", None)) + reason) from None
    if isinstance(node, yaml.MappingNode):
        return [(_key(key), _value(value)) for key, value in node.value]
    return _value(node)


def _refuse(events: Iterable[Any]) -> None:
    """Refuse anchors, aliases, tags and deep nesting while nothing has been built yet."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith(("SequenceStartEvent", "MappingStartEvent"))
        depth -= kind.endswith(("SequenceEndEvent", "MappingEndEvent"))
        if getattr(event, "anchor", None):
            raise YamlError(f"{_line(event.start_mark)}anchors and aliases are refused")
        if getattr(event, "tag", None):
            raise YamlError(f"{_line(event.start_mark)}tags are refused")
        if depth > MAX_DEPTH:
            raise YamlError(f"{_line(event.start_mark)}nested too deeply")


def _line(mark: Any) -> str:
    """Where in the front matter a problem is; its first line stands below the opening `---`."""
    return f"line {mark.line + 2}: " if mark else ""


def _key(node: Any) -> str:
    if not isinstance(node.value, str):
        raise YamlError(f"{_line(node.start_mark)}a key must be plain text")
    return node.value


def _value(node: Any) -> Any:
    if node is None:
        return ""
    if isinstance(node.value, str):
        return node.value
    if node.id == "sequence":
        return [_value(item) for item in node.value]
    values: dict[str, Any] = {}
    for key, value in node.value:
        values.setdefault(_key(key), _value(value))
    return values
