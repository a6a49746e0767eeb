"""YAML as plain strings: `no` is not False, `0123` is not 83; anchors and tags are refused."""

from __future__ import annotations

from typing import Any

MAX_DEPTH = 20


class YamlProblem(ValueError):
    """The YAML cannot be read, or asks for something that is refused; the message says where."""


def load_yaml(text: str) -> list[tuple[str, Any]] | Any:
    """A mapping as (key, value) pairs in order, doubled keys included; scalars as strings, null as "".

    Inner mappings become dicts; a doubled key in one keeps its first value. Raises YamlProblem.

    >>> load_yaml("lang: no\\nid: 0123")
    [('lang', 'no'), ('id', '0123')]
    """
    import yaml

    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise YamlProblem(f"line {event.start_mark.line + 1}: anchors and aliases are refused")
            if getattr(event, "tag", None):
                raise YamlProblem(f"line {event.start_mark.line + 1}: tags are refused")
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        if isinstance(node, yaml.MappingNode):
            return [(_key(key), _value(value, 1)) for key, value in node.value]
        return _value(node, 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise YamlProblem(f"{where}{getattr(error, 'problem', None) or 'no valid YAML'}") from None
    except RecursionError:
        raise YamlProblem("nested too deeply") from None


def _key(node: Any) -> str:
    if not isinstance(node.value, str):
        raise YamlProblem(f"line {node.start_mark.line + 1}: a key must be plain text")
    return node.value


def _value(node: Any, depth: int) -> Any:
    if node is None:
        return ""
    if depth > MAX_DEPTH:
        raise YamlProblem(f"line {node.start_mark.line + 1}: nested too deeply")
    if isinstance(node.value, str):
        return node.value
    if node.id == "sequence":
        return [_value(item, depth + 1) for item in node.value]
    values: dict[str, Any] = {}
    for key, value in node.value:
        values.setdefault(_key(key), _value(value, depth + 1))
    return values
