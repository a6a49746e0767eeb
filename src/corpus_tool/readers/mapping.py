"""From a mapping of keys to values (a JSON object, a row of a table) to what an article's fields state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model.article import INFERRED, Article, holds_valid_dates
from corpus_tool.model.fields import NAMES, field_of, fold_label
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import Stated
from corpus_tool.patterns import lazy
from corpus_tool.readers.extra import keep

ID = lazy(r"[0-9a-f]{16}")
MAX_NOTES = 5  # of one record; a key can stand in it a hundred thousand times


class BadRecord(ValueError):
    """One record cannot be read; the message says why."""


@dataclass(slots=True)
class Mapped:
    """A mapping sorted into the text, stated fields and the rest."""

    text: str | None = None
    fields: dict[str, Stated] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)

    def take(self, name: str, key: str, value: Any) -> bool:
        """File a value under a field; False where it has not the form of one or the field is taken."""
        if name == "text":
            return self._take_text(key, value)
        stated = _stated(name, key, value)
        if stated is None:
            return False
        if name not in self.fields:
            self.fields[name] = stated
            return True
        if self.fields[name].value != stated.value:
            self._note(f"{name} is stated a second time in {key!r}")
        return False

    def _take_text(self, key: str, value: Any) -> bool:
        if not isinstance(value, str) or (self.text and not value.strip()):
            return False
        if self.text is not None and self.text.strip():
            self._note(f"a second text stands in {key!r}; it is kept in `extra`")
            return False
        self.text = value
        return True

    def _note(self, message: str) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Diagnostic("duplicate-field", message))


def map_fields(pairs: Iterable[tuple[str, Any]], options: ReadOptions) -> Mapped:
    """Sort (key, value) pairs by the field map, then by known labels; unknown keys go to `extra`.

    A key that the map names, or that is the field's own name, goes before a synonym: `text` before
    `document`. Raises BadRecord where there is no text.
    """
    chosen = {column: name for name, column in options.effective_map().items()}
    labels = options.labels()
    mapped = Mapped()
    rest: list[tuple[str, Any]] = []
    later: list[tuple[str, str, Any]] = []
    for key, value in pairs:
        name = chosen.get(key) or _guessed(key, labels, chosen)
        if name is None:
            rest.append((key, value))
        elif key in chosen or fold_label(key) == fold_label(name):
            if not mapped.take(name, key, value):
                rest.append((key, value))
        else:
            later.append((name, key, value))
    rest += [(key, value) for name, key, value in later if not mapped.take(name, key, value)]
    for key, value in rest:
        if value is not None and value != "":
            keep(mapped.extra, key, value)
    if mapped.text is None:
        raise BadRecord("no text: " + _why_no_text(options, mapped))
    if not mapped.text.strip():
        raise BadRecord("its text is empty")
    return mapped


def _guessed(key: str, labels: dict[str, str], chosen: Mapping[str, str]) -> str | None:
    """The field that a key is known to state, unless the field map gives that field another key."""
    name = field_of(key, labels)
    return None if name in chosen.values() else name


def _why_no_text(options: ReadOptions, mapped: Mapped) -> str:
    wanted = options.effective_map().get("text")
    keys = ", ".join(repr(str(key))[:30] for key in list(mapped.extra)[:8])
    return f"{wanted!r} holds none" if wanted else f"no key is known to hold it (it has {keys or 'none'})"


def _stated(name: str, key: str, value: Any) -> Stated | None:
    """A value as a stated field; None for what has not the form of one (an object, a null, an empty string)."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, list) and name == "authors" and all(isinstance(item, str | dict) for item in value):
        names = [item if isinstance(item, str) else str(item.get("name", "")) for item in value]
        value = "; ".join(filter(None, names))
    if isinstance(value, int | float):
        value = str(value)
    return Stated.in_field(value, label=key) if isinstance(value, str) and value.strip() else None


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
        and _restores(data)
    )


def _restores(data: Mapping[str, Any]) -> bool:
    """Whether an article can be made of it: inner values of the right form, dates that are dates."""
    try:
        Article.from_dict(dict(data))
    except (KeyError, TypeError, AttributeError, ValueError):
        return False
    return holds_valid_dates(data)
