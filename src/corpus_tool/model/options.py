"""What a run was asked to do, once the flags have been turned into meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus_tool.model.receipt import Receipt

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


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How raw sources are read; every command that reads them takes these.

    Sizes in bytes, times in seconds. `expected` languages are likelier than others beforehand; where `only` is not
    empty no other language is considered.
    `boilerplate` is the path of a list of patterns that extends ours. What becomes of every file is collected on
    `receipt`.
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
    keep_raw: bool = False
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
