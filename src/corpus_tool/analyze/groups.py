"""Groups of articles: by language, outlet, month and so on.

A date falls into a year, month, week, day or decade only where all days it can mean lie in one of them: `2018-06`
has a year and a month, but no day. Where they do not, the article stands in a row of that partial date (`2018`
under months, `2018-21` under months, `2018-06-30/2018-07-01` under both days and months), never in one of its days.
Qualifiers (`~`, `?`, `%`) are left aside, since EDTF gives "approximate" no width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.query import value_of

if TYPE_CHECKING:
    from corpus_tool.model.article import Article


class Value(NamedTuple):
    """What an article has under one key: None where nothing is known; `partial` for a date too wide for the key."""

    text: str | None
    partial: bool = False


Group = tuple[Value, ...]
"""The values of a group, one for each key."""

UNKNOWN = Value(None)


class Unit(NamedTuple):
    """A calendar unit whose spans are numbered without gaps, so that they can be counted through."""

    number: Callable[[date], int]
    label: Callable[[int], str]


def _week_label(number: int) -> str:
    """The ISO 8601 week of a number of weeks since Monday, 0001-01-01."""
    year, week, _ = date.fromordinal(number * 7 + 1).isocalendar()
    return f"{year:04d}-W{week:02d}"


UNITS: dict[str, Unit] = {
    "decade": Unit(lambda day: day.year // 10, lambda number: f"{number:03d}X"),
    "year": Unit(lambda day: day.year, lambda number: f"{number:04d}"),
    "month": Unit(lambda day: day.year * 12 + day.month - 1, lambda n: f"{n // 12:04d}-{n % 12 + 1:02d}"),
    "week": Unit(lambda day: (day.toordinal() - 1) // 7, _week_label),
    "day": Unit(lambda day: day.toordinal(), lambda number: date.fromordinal(number).isoformat()),
}
"""The keys that are calendar units; their labels sort as time does."""


@lru_cache(maxsize=1 << 16)
def unit_value(text: str | None, unit: str) -> Value:
    """The calendar unit that an EDTF date falls into; the date itself, as partial, where it is too wide.

    >>> unit_value("2018-06-18", "week"), unit_value("2018-06~", "month")
    (Value(text='2018-W25', partial=False), Value(text='2018-06', partial=False))
    >>> unit_value("2018-06", "day")
    Value(text='2018-06', partial=True)
    """
    if not text:
        return UNKNOWN
    found = EdtfDate.parse(text)
    if found.earliest is not None and found.latest is not None:
        number, label = UNITS[unit]
        first = number(found.earliest)
        if first == number(found.latest):
            return Value(label(first))
    return Value(found.unqualified.text, partial=True)


@lru_cache(maxsize=1 << 16)
def unit_number(label: str, unit: str) -> int:
    """The number of the calendar unit with a label, for counting through units without gaps.

    >>> unit_number("2019-01", "month") - unit_number("2018-11", "month")
    2
    """
    if unit == "week":
        day = date.fromisocalendar(int(label[:4]), int(label[6:]), 1)
    else:
        first = EdtfDate.parse(label).earliest
        assert first is not None, label
        day = first
    return UNITS[unit].number(day)


def _known(value: Any) -> tuple[Value, ...]:
    """A stated value as it is; several (authors) each for itself, once."""
    if isinstance(value, list | tuple):
        return tuple(Value(str(item)) for item in dict.fromkeys(value)) or (UNKNOWN,)
    return (UNKNOWN if value is None or value == "" else Value(str(value)),)


def _dated(value: Any) -> tuple[Value, ...]:
    return (Value("dated" if value else "undated"),)


def _mixed(value: Any) -> tuple[Value, ...]:
    return (Value("mixed" if value else "not-mixed"),)


def _in_unit(unit: str) -> Callable[[Any], tuple[Value, ...]]:
    return lambda value: (unit_value(value, unit),)


class Key(NamedTuple):
    """What articles are grouped by: the field it reads, and what a value of that field says under it."""

    field: str
    values: Callable[[Any], tuple[Value, ...]] = _known


KEYS: dict[str, Key] = {
    "language": Key("language"),
    "outlet": Key("outlet"),
    "section": Key("section"),
    "author": Key("authors"),
    "source": Key("source.path"),
    "format": Key("source.format"),
    **{unit: Key("date", _in_unit(unit)) for unit in UNITS},
    "dated": Key("date", _dated),
    "mixed": Key("languages", _mixed),
}
"""The keys by name; `extra.LABEL` is one too."""


def _key(name: str) -> Key:
    if name.startswith("extra.") and name != "extra.":
        return Key(name)
    if name not in KEYS:
        raise UsageError(f"--by {name!r} is no key", f"the keys are: {', '.join(KEYS)}, extra.LABEL")
    return KEYS[name]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Grouping by one or several keys. An article stands in one group, but in several where a key is `author`.

    `fields` are the fields of an article that are read, each once: a query that counts articles selects these,
    `date` always among them. Raises UsageError for a name that is no key, or is given twice.
    """

    names: tuple[str, ...]
    fields: tuple[str, ...] = field(init=False)
    _keys: tuple[tuple[int, Callable[[Any], tuple[Value, ...]]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        keys = [_key(name) for name in self.names]
        twice = next((name for name in self.names if self.names.count(name) > 1), None)
        if twice is not None:
            raise UsageError(f"--by names {twice!r} twice", "name each key once")
        fields = tuple(dict.fromkeys([*(key.field for key in keys), "date"]))
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "_keys", tuple((fields.index(key.field), key.values) for key in keys))

    @classmethod
    def parse(cls, typed: Iterable[str]) -> Grouping:
        """The grouping of what was typed: names, or several with commas between them.

        >>> Grouping.parse(["language,month"]).fields
        ('language', 'date')
        """
        return cls(tuple(name.strip() for item in typed for name in item.split(",") if name.strip()))

    def groups(self, values: Sequence[Any]) -> Iterator[Group]:
        """The groups of an article, or of many alike, by the values of `fields` in their order.

        `authors` is a list or one name; `languages` anything that is true where the text is mixed.
        """
        return product(*(key(values[place]) for place, key in self._keys))

    def values(self, article: Article) -> tuple[Any, ...]:
        """What an article has in `fields`."""
        return tuple(value_of(article, name) for name in self.fields)

    def is_unit(self, place: int) -> bool:
        """Whether the key at a place is a calendar unit."""
        return self.names[place] in UNITS

    @property
    def units(self) -> tuple[str, ...]:
        """The keys that are calendar units: under these, dates may be partial."""
        return tuple(name for name in self.names if name in UNITS)

    def unit_place(self) -> int:
        """The place of the only key that is a calendar unit; UsageError where there is none, or more than one."""
        if len(self.units) != 1:
            raise UsageError("--fill needs one calendar unit in --by", f"the units are: {', '.join(UNITS)}")
        return self.names.index(self.units[0])


def natural_order(grouping: Grouping, sizes: Mapping[Group, int]) -> list[Group]:
    """Groups key by key: units in the order of time, then partial dates, then undated; else the larger first.

    >>> nl, fr = Value("nl"), Value("fr")
    >>> natural_order(Grouping(("language",)), {(nl,): 1, (UNKNOWN,): 5, (fr,): 3})
    [(Value(text='fr', partial=False),), (Value(text='nl', partial=False),), (Value(text=None, partial=False),)]
    """
    above: dict[Group, int] = {}
    for group, size in sizes.items():
        for place in range(len(group)):
            above[group[: place + 1]] = above.get(group[: place + 1], 0) + size

    def order(group: Group) -> list[Any]:
        return [
            (value.text is None, value.partial, 0 if grouping.is_unit(place) else -above[group[: place + 1]], value[0])
            for place, value in enumerate(group)
        ]

    # None is never compared with a text: what is unknown stands apart by the first part of its order.
    return sorted(sizes, key=order)


def key_order(group: Group) -> list[tuple[bool, bool, str]]:
    """Orders groups by their values, key by key: partial dates after the others, what is unknown last."""
    return [(value.text is None, value.partial, value.text or "") for value in group]
