"""From a mapping of keys to values (a JSON object, a row of a table) to what an article's fields state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model.article import INFERRED
from corpus_tool.model.fields import NAMES, field_of
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import Stated

ID = re.compile(r"[0-9a-f]{16}")


class BadRecord(ValueError):
    """One record cannot be read; the message says why."""


@dataclass(slots=True)
class Mapped:
    """A mapping sorted into the text, stated fields and the rest."""

    text: str
    fields: dict[str, Stated] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)


def map_fields(pairs: Iterable[tuple[str, Any]], options: ReadOptions) -> Mapped:
    """Sort (key, value) pairs by the field map, then by known labels; unknown keys go to `extra`.

    Raises BadRecord where there is no text.
    """
    chosen = {column: name for name, column in options.effective_map().items()}
    claimed = set(chosen.values())
    labels = options.labels()
    mapped = Mapped("")
    text: str | None = None
    for key, value in pairs:
        name = chosen.get(key)
        if name is None and (guess := field_of(key, labels)) not in claimed:
            name = guess
        if name == "text":
            if isinstance(value, str) and text is None:
                text = value
                continue
            if isinstance(value, str):
                mapped.notes.append(
                    Diagnostic("duplicate-field", f"a second text stands in {key!r}; it is kept in `extra`")
                )
        elif name is not None and (stated := _stated(name, value)) is not None:
            if name not in mapped.fields:
                mapped.fields[name] = stated
                continue
            if mapped.fields[name].value != stated.value:
                mapped.notes.append(Diagnostic("duplicate-field", f"{name} is stated a second time in {key!r}"))
        if value is not None and value != "":
            keep(mapped.extra, key, value)
    if text is None:
        raise BadRecord("no text: " + _why_no_text(options, mapped))
    if not text.strip():
        raise BadRecord("its text is empty")
    mapped.text = text
    return mapped


def _why_no_text(options: ReadOptions, mapped: Mapped) -> str:
    wanted = options.effective_map().get("text")
    keys = ", ".join(repr(str(key))[:30] for key in list(mapped.extra)[:8])
    return f"{wanted!r} holds none" if wanted else f"no key is known to hold it (it has {keys or 'none'})"


def _stated(name: str, value: Any) -> Stated | None:
    """A value as a stated field; None for what has not the form of one (an object, a null, an empty string)."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, list) and name == "authors" and all(isinstance(item, str | dict) for item in value):
        names = [item if isinstance(item, str) else str(item.get("name", "")) for item in value]
        value = "; ".join(filter(None, names))
    if isinstance(value, int | float):
        value = str(value)
    return Stated.in_field(value) if isinstance(value, str) and value.strip() else None


def keep(extra: dict[str, Any], key: str, value: Any) -> None:
    """Keep a value under its key; a second one under `key#2`."""
    name, count = key, 1
    while name in extra:
        count += 1
        name = f"{key}#{count}"
    extra[name] = value


_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("id", "name", "text"), (str,)),
    **dict.fromkeys(("title", "date", "date_earliest", "date_latest", "date_modified"), (str, type(None))),
    **dict.fromkeys(("language", "outlet", "section", "url"), (str, type(None))),
    **dict.fromkeys(("words", "characters", "paragraphs"), (int,)),
    **dict.fromkeys(("languages", "extra", "normalization", "source", "inference"), (dict,)),
    "authors": (list,),
}
_SOURCE_KEYS = frozenset(
    ("path", "record", "byte_start", "byte_end", "sha256", "encoding", "encoding_method", "format", "also")
)


def is_complete(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a whole article of our own: all keys, right types, an id of 16 hex digits."""
    return (
        all(name in data for name in NAMES)
        and all(isinstance(data[name], kinds) for name, kinds in _TYPES.items())
        and ID.fullmatch(data["id"]) is not None
        and data["source"].keys() == _SOURCE_KEYS
        and all(name in data["inference"] for name in INFERRED)
        and data["normalization"].keys() >= {"rules", "removed", "blocks", "truncated"}
    )
