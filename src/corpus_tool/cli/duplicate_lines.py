"""Duplicates as they are read: clusters around the article kept on a terminal, a row a duplicate in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_tool.model.edtf import EdtfDate

if TYPE_CHECKING:
    from rich.text import Text

    from corpus_tool.link.duplicates import Cluster, Duplicates, Kind, Options, Pair
    from corpus_tool.model.listed import Listed

COLUMNS = (
    "id",
    "kind",
    "repeats",
    "jaccard",
    "containment",
    "days_later",
    "date",
    "repeats_date",
    "outlet",
    "repeats_outlet",
    "title",
    "repeats_title",
    "words",
    "repeats_words",
    "language",
    "name",
    "repeats_name",
    "cluster",
)
OF_A_GROUP = 5
"""Members of one cluster that are shown where not all duplicates are; the sixth as well, if it is the last."""

_DECIMALS = 4
_KINDS: tuple[Kind, ...] = ("equal", "near", "contained", "edited")
_WIDE = 100
"""From so many cells on a terminal has room for the number of words, and for long names of outlets."""

_NARROW_OUTLET = 14
_SECTIONS: dict[str, tuple[str, str]] = {
    "cluster": ("kept", ""),
    "contained": ("longer", "Contained: so much of each stands in the longer article above it"),
    "edited": ("other", "Edited: so much is the same as in the article above it"),
}
_HEADER = ("share", "id", "date", "days", "words", "outlet", "title")
_RIGHT = ("share", "days", "words")
_STYLES = {"share": "magenta", "id": "dim", "date": "cyan", "language": "green", "title": "bold"}
_CHAINED = "*"
"""What stands beside a share below the threshold: the article is in the cluster through another member."""


class Repeat(NamedTuple):
    """An article that repeats another one: a member of a cluster the one kept, or a link the article it leads to."""

    kind: Kind
    id: str
    repeats: str
    pair: Pair
    cluster: str | None


class Group(NamedTuple):
    """What repeats the same article in the same way, by the names of `_SECTIONS`."""

    section: str
    repeats: str
    members: Sequence[Repeat]


# --- for programs --------------------------------------------------------------------------------------------


def duplicate_rows(found: Duplicates, listed: Mapping[str, Listed]) -> Iterator[dict[str, Any]]:
    """A row for each duplicate and link, in the order of `groups_of`.

    `containment` is what both have, of what the shorter has. `days_later` is how many days the article is younger than
    the one that it repeats (negative: older), 0 where both may be of one day, None where one is undated.
    """
    for group in groups_of(found, listed):
        for member in group.members:
            one, other = listed[member.id], listed[member.repeats]
            yield {
                "id": member.id,
                "kind": member.kind,
                "repeats": member.repeats,
                **_shares(member.pair),
                "days_later": days_later(one, other),
                **_beside("date", one, other),
                **_beside("outlet", one, other),
                **_beside("title", one, other),
                **_beside("words", one, other),
                "language": one.language,
                **_beside("name", one, other),
                "cluster": member.cluster,
            }


def _shares(pair: Pair) -> dict[str, float]:
    return {"jaccard": round(pair.jaccard, _DECIMALS), "containment": round(pair.containment, _DECIMALS)}


def _beside(name: str, one: Listed, other: Listed) -> dict[str, Any]:
    """What two articles have of a field."""
    return {name: getattr(one, name), f"repeats_{name}": getattr(other, name)}


def report_dict(found: Duplicates, listed: Mapping[str, Listed], options: Options) -> dict[str, Any]:
    """Everything that was found, as one object: what was asked for, sums, clusters, links and warnings."""
    from corpus_tool import __version__

    ids = {cluster.kept: cluster.id for cluster in found.clusters}
    clusters, links = [], []
    for group in groups_of(found, listed):
        members = [
            {
                **_facts(listed[each.id]),
                "kind": each.kind,
                **_shares(each.pair),
                "days_later": days_later(listed[each.id], listed[each.repeats]),
            }
            for each in group.members
        ]
        kept = _facts(listed[group.repeats])
        if group.section == "cluster":
            clusters.append({"id": ids[group.repeats], "kept": kept, "members": members})
        else:
            links += [{"repeats": kept, **member} for member in members]
    return {
        "tool": __version__,
        "options": {**asdict(options), "outlets": list(options.outlets)},
        "totals": totals(found),
        "clusters": clusters,
        "links": links,
        "warnings": [heavy._asdict() for heavy in found.heavy],
    }


def _facts(known: Listed) -> dict[str, Any]:
    return {name: value for name, value in known._asdict().items() if name != "opening"}


def totals(found: Duplicates) -> dict[str, int]:
    """How many clusters there are, how many articles repeat the one kept, and how many of each kind."""
    kinds = [each.kind for each in _repeats(found, {})]
    edges = sum(len(cluster.edges) for cluster in found.clusters)
    return {"clusters": len(found.clusters), "duplicates": edges, **{kind: kinds.count(kind) for kind in _KINDS}}


def warnings(found: Duplicates) -> list[str]:
    """The clusters that are rather forms or footers, a sentence each, made visible."""
    from corpus_tool.cli.console import ID_SHOWN
    from corpus_tool.cli.visible import visible

    kept = {cluster.id: cluster.kept[:ID_SHOWN] for cluster in found.clusters}
    return [
        f"the cluster of {kept[cluster]} has {articles:,} of the {of:,} articles of {visible(outlet)}: rather a form, "
        "a footer or an error page than an article"
        for cluster, outlet, articles, of in found.heavy
        if cluster in kept  # not where conditions left it out
    ]


# --- order ---------------------------------------------------------------------------------------------------


def groups_of(found: Duplicates, listed: Mapping[str, Listed]) -> list[Group]:
    """Clusters, then what is contained, then what is edited, each around the article that is repeated.

    Those of most articles come first; of equally many those whose days lie furthest apart, since one text under two
    dates is what one looks for; then the earliest. Clusters that are rather forms come behind the others. Members come
    by date, the undated last, then by share.
    """
    heavy = {each.cluster for each in found.heavy}
    groups: dict[tuple[str, str], list[Repeat]] = {}
    for each in _repeats(found, listed):
        section = "cluster" if each.kind in ("equal", "near") else each.kind
        groups.setdefault((section, each.repeats), []).append(each)
    made = [
        Group(*key, sorted(members, key=lambda each: (_day(listed[each.id]), -each.pair.jaccard, each.id)))
        for key, members in groups.items()
    ]
    sections = list(_SECTIONS)
    return sorted(
        made,
        key=lambda group: (sections.index(group.section), group.members[0].cluster in heavy, *_rank(group, listed)),
    )


def _rank(group: Group, listed: Mapping[str, Listed]) -> tuple[Any, ...]:
    kept = listed[group.repeats]
    apart = max(abs(days_later(listed[each.id], kept) or 0) for each in group.members)
    return -len(group.members), -apart, _day(kept), kept.id


def _repeats(found: Duplicates, listed: Mapping[str, Listed]) -> Iterator[Repeat]:
    clusters = {name: cluster.id for cluster in found.clusters for name in cluster.members}
    for cluster in found.clusters:
        yield from _members(cluster)
    for kind, pair in found.links:
        short = pair.shorter if kind == "contained" else _younger(pair, listed)
        other = pair.second if short == pair.first else pair.first
        yield Repeat(kind, short, other, pair, clusters.get(short))


def _members(cluster: Cluster) -> Iterator[Repeat]:
    for edge in cluster.edges:
        member = edge.second if edge.first == cluster.kept else edge.first
        yield Repeat("equal" if edge.equal else "near", member, cluster.kept, edge, cluster.id)


def _younger(pair: Pair, listed: Mapping[str, Listed]) -> str:
    """Which of two edited copies repeats the other: the later one, the undated one, else the second by id."""
    return max(pair[:2], key=lambda name: (_day(listed[name]) if name in listed else (), name))


def _day(known: Listed) -> tuple[date, date, str]:
    return EdtfDate.parse(known.date).sort_key if known.date else (date.max, date.max, "")


def days_later(one: Listed, other: Listed) -> int | None:
    """The least number of days by which the first is later than the second; None where a date is not known.

    A month is all its days: 2018-07-01 is one day later than 2018-06, and 2018-06-30 may be the same day.
    """
    if not one.date or not other.date:
        return None
    mine, theirs = EdtfDate.parse(one.date), EdtfDate.parse(other.date)
    if mine.earliest is None or mine.latest is None or theirs.earliest is None or theirs.latest is None:
        return None
    if mine.earliest > theirs.latest:
        return (mine.earliest - theirs.latest).days
    return min((mine.latest - theirs.earliest).days, 0)


# --- on a terminal -------------------------------------------------------------------------------------------


def print_duplicates(
    found: Duplicates, listed: Mapping[str, Listed], options: Options, color: str, limit: int | None = None
) -> None:
    """Print clusters, links and warnings; of more than `limit` duplicates the first ones, and how many of how many.

    Without a limit a terminal gets as many as of anything else.
    """
    from rich.text import Text

    from corpus_tool.cli.console import draw, make_console
    from corpus_tool.cli.layout import line, widths
    from corpus_tool.cli.output import TERMINAL_ROWS, to_terminal

    console = make_console(color)
    groups = groups_of(found, listed)
    total = sum(len(group.members) for group in groups)
    if limit is None:
        limit = TERMINAL_ROWS if to_terminal() else total
    capped = _first(groups, limit)
    table = [[Text(name, style="bold underline") for name in _HEADER]]
    table += [row for group in capped for row in _rows(group, listed, options, wide=console.width >= _WIDE)]
    used = [n for n, name in enumerate(_HEADER) if _is_used(name, [row[n].plain for row in table[1:]], console.width)]
    table = [[row[n] for n in used] for row in table]
    names = [_HEADER[n] for n in used]
    wide = widths(table, [name == "title" for name in names], console.width, console.width)
    lines = iter(line(row, wide, [name in _RIGHT for name in names], console.width) for row in table)
    parts = [next(lines)]
    section = "cluster"
    whole = {(group.section, group.repeats): len(group.members) for group in groups}
    for number, group in enumerate(capped):
        parts += [Text()] if number else []
        if group.section != section:
            section = group.section
            parts.append(Text(_SECTIONS[section][1], style="bold"))
        parts += [next(lines) for _ in range(len(group.members) + 1)]
        left = whole[group.section, group.repeats] - len(group.members)
        if left:
            parts.append(Text(f"{' ' * (wide[0] + 2)}and {left:,} more", style="dim"))
    parts += [Text(note, style="dim") for note in _notes(capped, total, options)]
    parts += [Text.assemble(("warning: ", "bold yellow"), told) for told in warnings(found)]
    draw(console, *parts)


def _is_used(name: str, cells: Sequence[str], width: int) -> bool:
    """Whether a column has something to say, and room."""
    return (name != "words" or width >= _WIDE) and (name not in ("days", "outlet") or any(cells))


def _first(groups: Sequence[Group], limit: int) -> list[Group]:
    """The groups as far as `limit` duplicates go: where they are not all, no group takes the room of all others."""
    every = sum(len(group.members) for group in groups) <= limit
    shown: list[Group] = []
    for group in groups:
        most = limit if every or len(group.members) == OF_A_GROUP + 1 else OF_A_GROUP
        members = group.members[: min(most, limit)]
        limit -= len(members)
        if members:
            shown.append(group._replace(members=members))
    return shown


def _rows(group: Group, listed: Mapping[str, Listed], options: Options, *, wide: bool) -> Iterator[list[Text]]:
    """The lines of a group as cells: the article that is repeated, then those that repeat it."""
    from rich.text import Text

    kept = listed[group.repeats]
    label = Text(_SECTIONS[group.section][0], style="bold green" if group.section == "cluster" else "green")
    yield [label, *_cells(kept, "", wide=wide), listed_cell(kept, "title")]
    for member in group.members:
        known = listed[member.id]
        days = days_later(known, kept)
        cells = _cells(known, "" if days is None else f"{days:+}" if days else "0", wide=wide)
        yield [Text(share(member, options), style=_STYLES["share"]), *cells, _title_beside(known, kept)]


def _cells(known: Listed, days: str, *, wide: bool) -> list[Text]:
    from rich.text import Text

    from corpus_tool.cli.console import WIDEST
    from corpus_tool.cli.layout import cut

    outlet = listed_cell(known, "outlet")
    shown = cut(outlet.plain, WIDEST if wide else _NARROW_OUTLET)
    return [listed_cell(known, "id"), listed_cell(known, "date"), Text(days), listed_cell(known, "words"), Text(shown)]


def share(member: Repeat, options: Options) -> str:
    """How much is repeated, rounded down: only what is all there is 100 %. Of contained articles their own share."""
    part = member.pair.containment if member.kind == "contained" else member.pair.jaccard
    chained = member.kind == "near" and part < options.threshold
    return f"{floor(part * 100 + 1e-9)} %{_CHAINED if chained else ''}"


def _title_beside(known: Listed, kept: Listed) -> Text:
    """The title where it is another than that of the kept one, after a sign that says so."""
    from rich.text import Text

    mine, theirs = listed_cell(known, "title"), listed_cell(kept, "title")
    if mine.plain == theirs.plain:
        return Text("same title" if known.title is not None else "same opening", style="dim")
    return Text(f"≠ {mine.plain}", style="italic" if known.title is None else "")


def _notes(capped: Iterable[Group], total: int, options: Options) -> Iterator[str]:
    members = [member for group in capped for member in group.members]
    if any(share(member, options).endswith(_CHAINED) for member in members):
        yield f"{_CHAINED} below the threshold of {options.threshold * 100:g} %: near another article of its cluster"
    if len(members) < total:
        yield f"{len(members)} of {total:,} shown; -n {total} shows all"


def listed_cell(known: Listed, name: str) -> Text:
    """One value of an article for a line: its id cut, the opening words after a pilcrow where it has no title."""
    from rich.text import Text

    from corpus_tool.cli.console import ID_SHOWN
    from corpus_tool.cli.visible import visible

    if name == "title" and known.title is None:
        opening = visible(" ".join(known.opening.split()))
        return Text(f"¶ {opening}" if opening else "(no text)", style="dim italic")
    value = getattr(known, name)
    text = f"{value:,}" if isinstance(value, int) else visible(" ".join((value or "").split()))
    if name == "id":
        text = text[:ID_SHOWN]
    return Text(text or ("–" if name in ("date", "language") else ""), style=_STYLES.get(name, ""))
