"""What a run was asked to do, once the flags have been turned into meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus_tool.model.receipt import Receipt

if TYPE_CHECKING:
    from corpus_tool.model.edtf import EdtfDate

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Profile:
    """A user's description of a format: how records are split, what its labels and columns mean.

    `split` is a regular expression; `labels` maps folded labels to fields; `field_map` fields to columns.
    """

    name: str
    input_format: str | None = None
    split: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    field_map: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None


DayOrder = Literal["dmy", "mdy"]
"""Whether numeric dates are written day first (`20/06/2018`) or month first (`06/20/2018`)."""

DATE_METHODS = ("header", "field", "url", "name", "dateline", "byline", "cue", "date-line", "deduced", "imprint")
"""Where a date of publication can come from, the most trusted first; `--date-from` takes these names."""


@dataclass(frozen=True, slots=True)
class DateOptions:
    """What the user says about dates.

    `reference` is the last day an article can have appeared; `assume_year` the year of days without one;
    `day_order` that of numeric dates; `methods` the only sources that may speak, all where it is empty.
    """

    reference: EdtfDate | None = None
    assume_year: int | None = None
    day_order: DayOrder | None = None
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How raw sources are read; every command that reads them takes these.

    Sizes in bytes, times in seconds. `expected` languages are likelier than others beforehand; where `only` is not
    empty no other language is considered.
    `boilerplate` is the path of a list of patterns that extends ours. What becomes of every file is collected on
    `receipt`. With `keep_raw` an article carries its decoded raw record, with `keep_bytes` records carry their bytes.
    """

    input_format: str | None = None
    encoding: str | None = None
    split: str | None = None
    field_map: Mapping[str, str] = field(default_factory=dict)
    from_path: str | None = None
    profile: Profile | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    boilerplate: str | None = None
    detector: str = "pooled"
    expected: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    dates: DateOptions = DateOptions()
    keep_raw: bool = False
    keep_bytes: bool = False
    strict: bool = False
    max_file_bytes: int = 2048 * MIB
    max_record_bytes: int = 64 * MIB
    record_seconds: float = 30.0
    pattern_seconds: float = 2.0
    receipt: Receipt = field(default_factory=Receipt, compare=False)

    def effective_split(self) -> str | None:
        """The pattern that splits records: the flag's, else the profile's."""
        return self.split or (self.profile.split if self.profile else None)

    def effective_map(self) -> Mapping[str, str]:
        """Field → column: the profile's, overridden by the flag's."""
        return {**(self.profile.field_map if self.profile else {}), **self.field_map}

    def labels(self) -> dict[str, str]:
        """Folded label → field of the profile; empty without one."""
        return dict(self.profile.labels) if self.profile else {}

    def told(self) -> dict[str, Any]:
        """What is not as it is by default, as plain values: how a corpus file says how it was read."""
        usual = ReadOptions()
        names = [item.name for item in fields(self) if item.name not in ("receipt", "keep_raw", "keep_bytes")]
        return {name: _plain(getattr(self, name)) for name in names if getattr(self, name) != getattr(usual, name)}


def _plain(value: Any) -> Any:
    """A value of an option as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
