"""YAML as plain strings: `no` is not False, `0123` is not 83; anchors and tags are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus_tool.patterns import lazy

MAX_DEPTH = 20
_UNPRINTABLE = lazy("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


class YamlError(ValueError):
    """The YAML cannot be read, or asks for something that is refused; the message says where."""


def load_yaml(text: str, *, first_line: int = 2) -> list[tuple[str, Any]] | Any:
    """A mapping as (key, value) pairs in order, doubled keys included; scalars as strings, null as "".

    Inner mappings become dicts; a doubled key in one keeps its first value. What YAML does not let stand, an
    undecodable byte for one, is read as U+FFFD. Raises YamlError, with the line: `first_line` is the number of the
    text's first, which in front matter stands below the opening `---`.

    >>> load_yaml("lang: no\\nid: 0123")
    [('lang', 'no'), ('id', '0123')]
    """
    import yaml

    text = _UNPRINTABLE.sub("\ufffd", text)
    try:
        _refuse(yaml.parse(text, Loader=yaml.BaseLoader))
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        if isinstance(node, yaml.MappingNode):
            return [(_key(key), _value(value)) for key, value in node.value]
        return _value(node)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or "no valid YAML"
        raise YamlError(_line(getattr(error, "problem_mark", None), first_line) + reason) from None
    except _Refused as refused:
        raise YamlError(_line(refused.mark, first_line) + refused.reason) from None


class _Refused(Exception):
    """What is valid YAML and not wanted here, with its place."""

    def __init__(self, reason: str, mark: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mark = mark


def _refuse(events: Iterable[Any]) -> None:
    """Refuse anchors, aliases, tags and deep nesting while nothing has been built yet."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith(("SequenceStartEvent", "MappingStartEvent"))
        depth -= kind.endswith(("SequenceEndEvent", "MappingEndEvent"))
        if getattr(event, "anchor", None):
            raise _Refused("anchors and aliases are refused", event.start_mark)
        if getattr(event, "tag", None):
            raise _Refused("tags are refused", event.start_mark)
        if depth > MAX_DEPTH:
            raise _Refused("nested too deeply", event.start_mark)


def _line(mark: Any, first_line: int) -> str:
    return f"line {mark.line + first_line}: " if mark else ""


def _key(node: Any) -> str:
    if not isinstance(node.value, str):
        raise _Refused("a key must be plain text", node.start_mark)
    return str(node.value)


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
