"""Cleaning rules in a table, in their fixed order, each with its edits; nothing is changed out of sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.model.article import Block, Removed
from corpus_tool.text import rules_characters as characters
from corpus_tool.text import rules_encoding as encoding
from corpus_tool.text import rules_lines as lines
from corpus_tool.text.boilerplate import Boilerplate
from corpus_tool.text.offsets import Edit, Layer, OffsetMap, apply
from corpus_tool.text.rules_blocks import find_pieces, mark_blocks

MAX_ROUNDS = 32
"""How often the rules run again when one of them changed something another may now see.

Only mojibake inside mojibake needs many rounds, and each level of it doubles the length of the wreck.
"""


@dataclass(frozen=True, slots=True)
class Normalized:
    """Clean text that can lead every span of itself back to what it came from.

    `changes` counts, per rule, the places it changed. `blocks` are spans of `text`. `agency` is the news agency
    whose sign closed the text.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
    truncated: bool = False
    offsets: OffsetMap = field(default_factory=OffsetMap)
    agency: str | None = None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the raw text that became `text[start:end]`."""
        return self.offsets.to_source(start, end)

    def without(self, block: Block) -> Normalized:
        """The text without one block and without the empty line that set it off."""
        start, end = block.start, block.end
        if end + 2 <= len(self.text):
            end += 2
        else:
            start = max(0, start - 2)
        width = end - start
        kept = [b for b in self.blocks if b != block]
        moved = tuple(Block(b.kind, b.start - width, b.end - width) if b.start >= end else b for b in kept)
        return replace(
            self,
            text=self.text[:start] + self.text[end:],
            blocks=moved,
            offsets=self.offsets.then(Layer([(start, end, "")])),
        )


class Change(NamedTuple):
    """One change that a rule made: what stood there and what came for it; the span is that of the raw text."""

    rule: str
    raw_start: int
    raw_end: int
    old: str
    new: str


FindEdits = Callable[[str, str, str | None], list[Edit]]
"""What a rule would change in a text, given its value and the language, if that is known."""


class Rule(NamedTuple):
    """One cleaning rule: its name, the values it takes (the first is the default), one line of help.

    `edits` is None where the rule looks at whole blocks, once the others are done. A rule for what is
    `rare` is passed over where one search shows that the text has none of it.
    """

    name: str
    values: tuple[str, ...]
    help: str
    edits: FindEdits | None = None
    rare: bool = False


_SWITCH = ("on", "off")
RULES: tuple[Rule, ...] = (
    Rule("mojibake", _SWITCH, "repair UTF-8 read as cp1252 or latin-1, line by line", encoding.mojibake, rare=True),
    Rule("c1-punctuation", _SWITCH, "C1 codes become the signs of cp1252", encoding.c1_punctuation, rare=True),
    Rule("entities", _SWITCH, "HTML entities become characters, outside URLs, at most two deep", encoding.entities),
    Rule("newlines", _SWITCH, "CR LF, CR, NEL, LS, VT become LF; PS and FF an empty line", characters.newlines),
    Rule("controls", _SWITCH, "drop controls, escape sequences, zero-width and bidi", characters.controls, rare=True),
    Rule("surrogates", ("on",), "undecodable bytes, half pairs become U+FFFD", characters.surrogates, rare=True),
    Rule("nfc", _SWITCH, "compose letters and accents (Unicode NFC)", characters.nfc, rare=True),
    Rule("ligatures", _SWITCH, "ﬁ, ﬂ, ﬀ and ĳ become letters; œ, æ and ß stay", characters.ligatures, rare=True),
    Rule("fullwidth", _SWITCH, "full-width letters on Latin lines become plain", characters.fullwidth, rare=True),
    Rule("soft-hyphen", _SWITCH, "drop U+00AD, and the line break after one in a word", characters.soft_hyphen),
    Rule("dehyphenate", _SWITCH, "join words divided at the ends of hard-wrapped lines", lines.dehyphenate),
    Rule("unwrap", _SWITCH, "join hard-wrapped lines of prose, 40 to 90 wide", lines.unwrap),
    Rule("nbsp", ("space", "keep", "typographic"), "no-break spaces become plain, or all but the French", lines.nbsp),
    Rule("spaces", _SWITCH, "one blank between words, one empty line between blocks, none at the edges", lines.spaces),
    Rule("quotes", ("off", "straight"), "curly and low quotation marks become ' and \"", characters.quotes),
    Rule("dashes", ("off", "hyphen"), "dashes and the minus sign become hyphens", characters.dashes),
    Rule("ellipsis", ("off", "dots"), "the sign … becomes three full stops", characters.ellipsis),
    Rule("boilerplate", _SWITCH, "leave share buttons, credits, paywalls, agency signs out, in the record"),
    Rule("furniture", _SWITCH, "mark bylines, date lines, captions and lists; the text stays"),
    Rule("subheads", _SWITCH, "mark short lines between empty lines as headings; the text stays"),
    Rule("truncated", _SWITCH, "mark a text that ends in a paywall's notice as cut off"),
)
DEFAULTS: dict[str, str] = {rule.name: rule.values[0] for rule in RULES}
ALL_OFF: dict[str, str] = {
    rule.name: next((value for value in ("off", "keep") if value in rule.values), rule.values[0]) for rule in RULES
}
_ACROSS_LINES_OFF = dict.fromkeys(("dehyphenate", "unwrap", "boilerplate", "truncated"), "off")

_Settings = Mapping[str, str]
# Rules in one group look at the same text: the ends of divided lines show how a block was wrapped.
_TOGETHER = ("soft-hyphen", "dehyphenate", "unwrap")
_GROUPS: tuple[tuple[Rule, ...], ...] = tuple(
    tuple(r for r in RULES if r.name in _TOGETHER) if rule.name == _TOGETHER[0] else (rule,)
    for rule in RULES
    if rule.edits is not None and rule.name not in _TOGETHER[1:]
)
_BLANK_RULES = frozenset(("newlines", "nbsp", "spaces"))
"""Rules after which no other sees anything new, but where mojibake may end in a blank, or lines in another form."""


@cache
def _active_groups(values: tuple[str, ...]) -> tuple[tuple[Rule, ...], ...]:
    """The groups without the rules that are off, given the values in the order of the table."""
    settings = dict(zip(DEFAULTS, values, strict=True))
    groups = (tuple(rule for rule in group if settings[rule.name] != "off") for group in _GROUPS)
    return tuple(group for group in groups if group)


def normalize(
    raw: str,
    *,
    language: str | None = None,
    rules: Mapping[str, str] | None = None,
    lists: Boilerplate | None = None,
    trace: list[Change] | None = None,
) -> Normalized:
    """Clean a text by the rules of `RULES`; `rules` gives a value for those that should not have their default.

    Running it on its own result changes nothing. Without a language the word lists of all languages apply;
    `lists` are those of boilerplate, if not the ones that come with the package; every change is added to
    `trace`, where it is given, in the order in which they were made. Raises UsageError for an unknown rule or
    value.

    >>> normalize("Hij\\u00a0zei  ja.\\r\\n\\r\\n\\r\\nEn toen").text
    'Hij zei ja.\\n\\nEn toen'
    """
    settings = DEFAULTS if not rules else {**DEFAULTS, **check_rules(rules)}
    work = _Work(raw, settings, language, trace=trace)
    work.run_rules()
    if settings["boilerplate"] == "on" or settings["truncated"] == "on":
        work.sort_out_blocks(lists or Boilerplate.default())
    return Normalized(
        text=work.text,
        blocks=mark_blocks(work.text, subheads=settings["subheads"] == "on", furniture=settings["furniture"] == "on"),
        removed=tuple(sorted(work.removed, key=lambda item: item[2:])),
        changes=work.changes,
        truncated=work.truncated,
        offsets=OffsetMap(tuple(work.layers)),
        agency=work.agency,
    )


def normalize_line(value: str, rules: Mapping[str, str] | None = None) -> str:
    """A stated value cleaned like text, on one line; rules that look across lines are off."""
    return " ".join(normalize(value, rules=line_rules(rules)).text.split("\n")).replace("  ", " ").strip()


def line_rules(rules: Mapping[str, str] | None = None) -> dict[str, str]:
    """The rules for one stated value: those of the text, but none that spans lines or blocks."""
    return {**(rules or {}), **_ACROSS_LINES_OFF}


def check_rules(rules: Mapping[str, str]) -> Mapping[str, str]:
    """The same mapping, once every name and value is known; UsageError otherwise."""
    for name, value in rules.items():
        rule = next((r for r in RULES if r.name == name), None)
        if rule is None:
            raise UsageError(f"no rule is named {name!r}", f"the rules are: {', '.join(r.name for r in RULES)}")
        if value not in rule.values:
            raise UsageError(f"rule {name} has no value {value!r}", f"its values are: {', '.join(rule.values)}")
    return rules


def _holds_joiner(text: str) -> bool:
    """Whether a zero-width joiner is there: beside a no-break space it stays, beside a plain one it goes."""
    return "\u200c" in text or "\u200d" in text


@dataclass(slots=True)
class _Work:
    """A text on its way through the rules, and what they did to it so far."""

    text: str
    settings: _Settings
    language: str | None
    layers: list[Layer] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    removed: list[Removed] = field(default_factory=list)
    agency: str | None = None
    truncated: bool = False
    trace: list[Change] | None = None

    def run_rules(self) -> None:
        """Run the rules in their order, again and again until none sees anything that another made."""
        for _ in range(MAX_ROUNDS):
            fired = self._run_round()
            if not fired:
                return
            if fired <= _BLANK_RULES and not (
                encoding.may_be_mojibake(self.text) or lines.holds_single_breaks(self.text) or _holds_joiner(self.text)
            ):
                return

    def _run_round(self) -> set[str]:
        """Run each rule once; the names of those that changed the text."""
        fired: set[str] = set()
        suspect: bool | None = None
        for group in _active_groups(tuple(self.settings.values())):
            if group[0].rare:
                suspect = encoding.is_suspect(self.text) if suspect is None else suspect
                if not suspect:
                    continue
            if self._run(group, fired):
                suspect = None
        return fired

    def _run(self, group: tuple[Rule, ...], fired: set[str]) -> bool:
        """Run the rules of a group on the text as it is, and make their edits together."""
        edits: list[Edit] = []
        for rule in group:
            own = rule.edits(self.text, self.settings[rule.name], self.language) if rule.edits else None
            if own:
                fired.add(rule.name)
                self._count(rule.name, len(own))
                self._trace(rule.name, own)
                edits = sorted(edits + own) if edits else own
        if edits:
            self._apply(edits)
        return bool(edits)

    def _count(self, rule: str, places: int) -> None:
        self.changes[rule] = self.changes.get(rule, 0) + places

    def _trace(self, rule: str, edits: list[Edit]) -> None:
        if self.trace is not None:
            to_source = OffsetMap(tuple(self.layers)).to_source
            self.trace += [Change(rule, *to_source(start, end), self.text[start:end], new) for start, end, new in edits]

    def _apply(self, edits: list[Edit]) -> None:
        # Edits that keep every character in its place need no layer: the map is the identity there.
        if any(len(new) != end - start for start, end, new in edits):
            self.layers.append(Layer(edits))
        self.text = apply(self.text, edits)

    def sort_out_blocks(self, lists: Boilerplate) -> None:
        """Leave boilerplate out, until what is left has none, and see whether the text was cut off."""
        for _ in range(MAX_ROUNDS):
            found = find_pieces(self.text, self.language, lists)
            if self.settings["truncated"] == "on":
                self.truncated = self.truncated or found.truncated
            if self.settings["boilerplate"] == "off" or not found.pieces:
                return
            offsets = OffsetMap(tuple(self.layers))
            for kind, start, end in found.pieces:
                self.removed.append(Removed(kind, self.text[start:end], *offsets.to_source(start, end)))
            self.agency = self.agency or found.agency
            self._count("boilerplate", len(found.pieces))
            self._trace("boilerplate", [(start, end, "") for _, start, end in found.pieces])
            self._apply(found.edits)
            self.run_rules()
