"""Twins as they are read: two articles under each other with what they share, a table of evidence, rows in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus_tool.cli.duplicate_lines import listed_cell
from corpus_tool.link.evidence import CHARACTERS, ENCODER, REST
from corpus_tool.link.scoring import HEIGHTS, OWN_STATISTICS, SURE_MARGIN, TIERS
from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from corpus_tool.link.evidence import Found, Shared
    from corpus_tool.link.twins import TwinDates, TwinPair
    from corpus_tool.model.listed import Listed

COLUMNS = (
    "a",
    "b",
    "tier",
    "score",
    "margin",
    "mutual",
    "language_a",
    "language_b",
    "date_a",
    "date_b",
    "gap_days",
    "suggested_a",
    "suggested_b",
    "outlet_a",
    "outlet_b",
    "title_a",
    "title_b",
    "terms",
    "name_a",
    "name_b",
)

_WORDLESS = {
    CHARACTERS: "likeness of the other words by letters",
    ENCODER: "likeness by the encoder",
    REST: "smaller parts together",
}
_TIER_STYLES = {"sure": "bold green", "likely": "bold cyan", "possible": "bold magenta", None: "bold red"}
_LABELS = ("language", "id", "date", "outlet", "title")
_OUTLET_FROM = 100
"""Outlets are shown where there are so many cells."""

_APART = 3
"""Blanks between two pieces of evidence on a line."""

_MOST_BAR = 30
_NEARER = lazy(r"not mutual: (\w+) is nearer to (\w+)")
_REASONS = (
    (lazy(r"dates too far: (\d+) days apart, the window is (\d+)"), "their dates are {} days apart, the window is {}"),
    (_NEARER, "for {}, {} is nearer"),
    (lazy(r"below the threshold: (\S+) of (\S+)"), "the score is {}, and twins have {} at least"),
)
"""Why two articles are no twins, as `link.twins` says it and as a sentence."""


# --- for programs --------------------------------------------------------------------------------------------


def twin_rows(
    pairs: Iterable[TwinPair], listed: Mapping[str, Listed], suggested: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """A row a pair; `suggested` has the dates that twins suggest for undated articles, by their ids."""
    suggested = suggested or {}
    for pair in pairs:
        row: dict[str, Any] = {name: getattr(pair, name) for name in COLUMNS[:6]}
        row |= {"gap_days": pair.dates.gap_days, "terms": terms(pair)}
        for side, name in (("a", pair.a), ("b", pair.b)):
            known = listed[name]
            row |= {f"{field}_{side}": getattr(known, field) for field in ("language", "date", "outlet", "title")}
            row |= {f"name_{side}": known.name, f"suggested_{side}": suggested.get(name)}
        yield row


def terms(pair: TwinPair) -> str:
    """The terms that a pair shares, the weightiest first: `Microsoft ~ Microsoft 59%; familles ~ families 2%`."""
    return "; ".join(f"{_flat(each.a.text)} ~ {_flat(each.b.text)} {each.share:.0%}" for each in _worded(pair))


def _worded(pair: TwinPair) -> list[Shared]:
    return [piece for piece in pair.evidence if piece.kind not in _WORDLESS]


def twin_dicts(pairs: Iterable[TwinPair]) -> Iterator[dict[str, Any]]:
    """The pairs as they stand in JSON, evidence and all."""
    return (pair.to_dict() for pair in pairs)


# --- on a terminal -------------------------------------------------------------------------------------------


def print_twins(
    pairs: Iterable[TwinPair],
    listed: Mapping[str, Listed],
    color: str,
    *,
    explain: bool = False,
    suggested: Mapping[str, str] | None = None,
    limit: int | None = None,
    total: int | None = None,
) -> None:
    """Print pairs, the first `limit` of them; `total` says how many there are where `pairs` has not all.

    Each has its tier and score beside its two articles, and under them what they share: the weightiest terms on a line,
    or with `explain` all of the evidence.
    """
    from rich.text import Text

    from corpus_tool.cli.console import draw, make_console

    pairs, suggested = list(pairs), suggested or {}
    total = max(len(pairs), total or 0)
    shown = pairs[:limit]
    console = make_console(color)
    page = _Page([list(_articles(pair, listed)) for pair in shown], console.width)
    parts: list[RenderableType] = []
    for number, pair in enumerate(shown):
        parts += [Text()] if number else []
        parts += page.lines(number)
        if explain:
            parts += page.under(_facts(pair, listed, suggested), Text(), *_table(pair, listed, page.room))
        else:
            parts += page.under(*_terms_lines(pair, page.room, page.evidence_lines))
            parts += page.under(*(Text(f"suggests {told}", style="bold") for told in _suggestions(pair, suggested)))
    if len(shown) < total:
        parts.append(Text(f"{len(shown)} of {total:,} shown; -n {total} shows all", style="dim"))
    draw(console, *parts)


def print_why_not(pair: TwinPair, listed: Mapping[str, Listed], color: str) -> None:
    """Print why two articles are twins or are not: the answer in words, the articles, then the evidence."""
    from rich.text import Text

    from corpus_tool.cli.console import draw, make_console

    console = make_console(color)
    page = _Page([list(_articles(pair, listed))], console.width)
    answer = Text(why_not(pair), overflow="fold")
    evidence = page.under(_facts(pair, listed, {}), Text(), *_table(pair, listed, page.room))
    draw(console, answer, Text(), *page.lines(0), *evidence)


def why_not(pair: TwinPair) -> str:
    """Whether two articles are twins, and what speaks against it, in sentences."""
    both = f"{_short(pair.a)} and {_short(pair.b)}"
    if pair.tier is not None:
        return f"{both} are twins: {pair.tier}, score {pair.score:.1f}{'' if pair.mutual else ', one way'}."
    return " ".join([f"{both} are no twins.", *map(_sentence, pair.reasons)])


def rivals(pair: TwinPair) -> list[str]:
    """The ids of the articles that one of a refused pair is nearer to: to be listed as well."""
    found = (_NEARER.fullmatch(reason) for reason in pair.reasons)
    return list(dict.fromkeys(match[2] for match in found if match is not None))


def _sentence(reason: str) -> str:
    """A reason in words, its ids cut; one that is not known as it stands."""
    for pattern, words in _REASONS:
        found = pattern.fullmatch(reason)
        if found is not None:
            reason = words.format(*(_short(part) if "nearer" in words else part for part in found.groups()))
    reason = _visible(reason)
    return f"{reason[:1].upper()}{reason[1:]}."


class _Page:
    """The lines of articles in common columns, and the room under them, right of tier and score."""

    def __init__(self, groups: Sequence[Sequence[tuple[Text, Listed]]], screen: int) -> None:
        from corpus_tool.cli.layout import GAP, widths

        outlets = screen >= _OUTLET_FROM and any(known.outlet for group in groups for _, known in group)
        names = [name for name in _LABELS if name != "outlet" or outlets]
        self._groups = [
            [[label, *(listed_cell(known, name) for name in names)] for label, known in group] for group in groups
        ]
        rows = [row for group in self._groups for row in group]
        flexible = [False, *(name in ("outlet", "title") for name in names)]
        self._widths = widths(rows, flexible, screen, screen) if rows else [0]
        self._screen = screen
        self._indent = self._widths[0] + GAP
        self.room = max(screen - self._indent, 1)
        self.evidence_lines = 1 if screen >= _OUTLET_FROM else 2

    def lines(self, number: int) -> Iterator[Text]:
        """The lines of the articles of a pair."""
        from corpus_tool.cli.layout import line

        for row in self._groups[number]:
            yield line(row, self._widths, [False] * len(row), self._screen)

    def under(self, *parts: RenderableType) -> Iterator[RenderableType]:
        """What stands under these lines, moved to the right."""
        from rich.padding import Padding

        return (Padding(part, (0, 0, 0, self._indent)) for part in parts)


def _articles(pair: TwinPair, listed: Mapping[str, Listed]) -> Iterator[tuple[Text, Listed]]:
    """The two articles, beside them the tier and the score; then those that one of the pair is nearer to."""
    from rich.text import Text

    yield Text(pair.tier or "no twins", style=_TIER_STYLES[pair.tier]), listed[pair.a]
    yield Text(f"{pair.score:.1f}"), listed[pair.b]
    for name in rivals(pair):
        if name in listed:
            yield Text("nearer", style="bold"), listed[name]


def _suggestions(pair: TwinPair, suggested: Mapping[str, str]) -> Iterator[str]:
    """The dates that twins suggest for one of a pair."""
    return (f"{_visible(suggested[name])} for {_short(name)}" for name in (pair.a, pair.b) if name in suggested)


def _terms_lines(pair: TwinPair, room: int, most: int) -> list[Text]:
    """The weightiest terms with their counts, as many as fit; names, numbers and places before likenesses."""
    from rich.text import Text

    pieces = sorted(_worded(pair), key=lambda piece: (piece.kind == "cognate", -piece.share))
    items = [_item(piece) for piece in pieces] or [Text("nothing but likenesses of letters", style="dim")]
    if not pair.mutual:
        items[0] = Text.assemble("one way: ", items[0])
    lines: list[Text] = []
    for number, item in enumerate(items):
        more = Text(f"+{len(items) - number}", style="dim")
        last = len(lines) == most and number < len(items) - 1
        beside = lines and lines[-1].cell_len + _APART + item.cell_len + last * (_APART + more.cell_len) <= room
        if lines and not beside and len(lines) == most:
            lines[-1].append(" " * _APART).append_text(more)
            break
        if beside:
            lines[-1].append(" " * _APART).append_text(item)
        else:
            lines.append(Text("", no_wrap=True, overflow="ellipsis").append_text(item))
    return lines


def _item(piece: Shared) -> Text:
    from rich.text import Text

    one, other = _visible(piece.a.text), _visible(piece.b.text)
    name = f"{one} ~ {other}"
    if one.casefold() == other.casefold():
        name = one if piece.a.spans or not piece.b.spans else other  # what the title alone has comes as its key
    return Text.assemble(name, (f" {_count(piece.a)}·{_count(piece.b)} {percent(piece.share)}", "dim"))


def _count(side: Found) -> str:
    """How often a term stands in a text; what has no place there stands in the title alone."""
    return f"{len(side.spans)}×" if side.spans else "title"


def percent(share: float) -> str:
    """A share in hundredths; what is not nothing is seen.

    >>> percent(0.594), percent(0.004), percent(0.00004), percent(-0.0231)
    ('59 %', '<1 %', '0 %', '-2 %')
    """
    if 0.0005 <= share < 0.005:
        return "<1 %"
    return f"{round(share * 100)} %"


def _facts(pair: TwinPair, listed: Mapping[str, Listed], suggested: Mapping[str, str]) -> RenderableType:
    """What decided, in words."""
    from rich.text import Text

    from corpus_tool.cli.console import facts_table

    language = listed_cell(listed[pair.b], "language").plain
    choice = f"{pair.candidates:,} in {language} to choose from" if pair.candidates else "none within the window"
    facts = [
        ("score", _score(pair)),
        ("margin", _margin(pair)),
        ("candidates", choice),
        ("dates", _dates(pair.dates)),
        *(("suggested", told) for told in _suggestions(pair, suggested)),
    ]
    if pair.mode is not None:
        facts.append(("mode", f"{pair.mode}, {len(pair.passages):,} passages aligned"))
    return facts_table(((name, Text(value, overflow="fold")) for name, value in facts), "dim")


def _score(pair: TwinPair) -> str:
    tiers = ", ".join(f"{tier} from {HEIGHTS[tier]:g}" for tier in reversed(TIERS))
    said = f"{pair.score:.1f} above the surroundings ({tiers})"
    if pair.tier == "likely" and pair.score >= HEIGHTS["sure"]:
        near = f"another article comes within {SURE_MARGIN:g}"
        few = f"one language has fewer than {OWN_STATISTICS} articles"
        said += f"; not sure, since {near if pair.margin < SURE_MARGIN else few}"
    return said


def _margin(pair: TwinPair) -> str:
    if pair.margin == pair.score:
        return "no other article comes near"
    if pair.margin >= 0:
        said = f"{pair.margin:.1f} above the next best of either"
    else:
        said = f"{-pair.margin:.1f} below the best of either"
    return said if pair.mutual else f"{said}; they are not each other's best"


def _dates(dates: TwinDates) -> str:
    spans = [
        None if span is None else span[0] if span[0] == span[1] else " to ".join(span) for span in (dates.a, dates.b)
    ]
    if dates.gap_days is None:
        known = [span for span in spans if span is not None]
        return f"{known[0]}, and undated: no window parts them" if known else "both undated"
    apart = (
        f"{dates.gap_days:,} day{'' if dates.gap_days == 1 else 's'} apart" if dates.gap_days else "may be of one day"
    )
    return f"{spans[0]} and {spans[1]}: {apart}{'; not both stated' if dates.inferred else ''}"


def _table(pair: TwinPair, listed: Mapping[str, Listed], room: int) -> Iterator[Text]:
    """The evidence, a line a piece: its kind, the terms with their counts, its share, and a bar."""
    from rich.text import Text

    from corpus_tool.cli.bars import bar, blocks_shown
    from corpus_tool.cli.layout import GAP, line, widths

    heads = [f"{listed_cell(listed[name], 'language').plain} {_short(name)}" for name in (pair.a, pair.b)]
    pieces = [piece for piece in pair.evidence if piece.kind != REST or percent(piece.share) != "0 %"]
    rows = [[Text(name, style="bold underline") for name in ("kind", *heads, "share", "")]]
    for piece in pieces:
        terms = [Text("" if piece.kind in _WORDLESS else _with_count(side)) for side in (piece.a, piece.b)]
        rows.append(
            [Text(_visible(piece.kind), style="green"), *terms, Text(percent(piece.share), style="magenta"), Text()]
        )
    wide = widths(rows, [False, True, True, False, False], room, room)
    said = max((len(_WORDLESS.get(piece.kind, "")) for piece in pieces), default=0)
    wide[2] += max(min(said - wide[1] - wide[2] - GAP, room - sum(wide) - 4 * GAP), 0)
    wide[4] = max(min(room - sum(wide) - 4 * GAP, _MOST_BAR), 0)
    largest = max((piece.share for piece in pieces), default=0.0)
    right = [False, False, False, True, False]
    yield line(rows[0], wide, right, room)
    for row, piece in zip(rows[1:], pieces, strict=True):
        row[4] = Text(bar(piece.share, largest, wide[4], blocks=blocks_shown()) if wide[4] else "", style="cyan")
        if piece.kind not in _WORDLESS:
            yield line(row, wide, right, room)
        else:  # over both columns of terms
            cells = [row[0], Text(_WORDLESS[piece.kind], style="dim"), *row[3:]]
            yield line(cells, [wide[0], wide[1] + GAP + wide[2], *wide[3:]], [False, False, True, False], room)


def _with_count(side: Found) -> str:
    return f"{_visible(side.text)} ({_count(side)})"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _visible(text: str) -> str:
    from corpus_tool.cli.visible import visible

    return visible(_flat(text))


def _short(name: str) -> str:
    from corpus_tool.cli.console import ID_SHOWN

    return name[:ID_SHOWN]
