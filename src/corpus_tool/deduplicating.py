"""Near-duplicates of a corpus file: found among its articles, kept in it, and brought up to date when articles came."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from corpus_tool.errors import UsageError
from corpus_tool.link.duplicates import Duplicates, Facts, Options, Pair, arrange, find_duplicates
from corpus_tool.link.proposals import Index
from corpus_tool.link.shingles import Sketch, sketches
from corpus_tool.store.links import Kept, busy, kept, lay_out_links, note_kept, note_stale, texts
from corpus_tool.store.near_duplicates import (
    CopyRow,
    PairRow,
    Sketched,
    copies,
    not_sketched,
    pairs,
    put_copies,
    put_pairs,
    put_sketches,
    sketched,
    unpair,
)
from corpus_tool.store.store import Store
from corpus_tool.store.writing import log_run, now, transaction
from corpus_tool.version import __version__

SKETCHED_AT_ONCE = 2000
TRIES = 5
"""So often the work is done anew because another program wrote into the file meanwhile."""


def kept_options(store: Store) -> Options | None:
    """How duplicates were looked for in a corpus file; None where they were not."""
    found = kept(store, "duplicates")
    if found is None:
        return None
    try:
        options = Options(**{**found.options, "outlets": tuple(found.options["outlets"])})
        numbers = (options.threshold, options.edited, options.containment, options.window_days or 0)
        if all(isinstance(number, int | float) for number in numbers) and all(map(str.isprintable, options.outlets)):
            return options
    except (TypeError, KeyError, UsageError):
        pass
    raise store.damaged("how duplicates were looked for cannot be read")


def is_up_to_date(store: Store, options: Options) -> bool:
    """Whether what is kept is what these options would find."""
    found = kept(store, "duplicates")
    return found is not None and found.up_to_date and kept_options(store) == options


def kept_duplicates(store: Store, options: Options) -> Duplicates:
    """What is kept in a corpus file as it was found; nothing is written."""
    with store.at_once():
        _, facts, _ = _index(store)
        known = sorted(Pair(*row) for row in pairs(store))
        return arrange(known, {each.id: each for each in facts}, partial(texts, store), options)


def deduplicate(store: Store, options: Options, on_article: Callable[[int], None] | None = None) -> Duplicates:
    """The near-duplicates of a corpus file, which are kept in it.

    Only articles that came or changed since the last time are read and compared with the others, unless other pairs
    are asked for now: a lower threshold, another window. Where another program writes meanwhile it is done once more.
    """
    started = now()
    for _ in range(TRIES):
        with transaction(store) as connection:
            lay_out_links(connection)
            before = kept_options(store)
            covered = before is not None and _covers(before, options)
            if not covered:
                unpair(connection)
                note_stale(connection, ("duplicates",))
        _sketch(store, on_article)
        with store.at_once():
            version = store.version()
            index, facts, new = _index(store)
            as_left = kept_options(store) == before and (covered or len(new) == len(facts))
            if not as_left or not_sketched(store, 0, 1):
                continue  # another program was here
            known = (Pair(*row) for row in pairs(store))
            found = find_duplicates(index, facts, partial(texts, store), options, known)
        if _keep(store, options, found, new, started, version):
            return found
    raise busy(store)


def _covers(before: Options, options: Options) -> bool:
    """Whether the pairs that were looked for are all that are asked for now."""
    one, other = before.asked, options.asked
    same_window = one.window_days == other.window_days
    return same_window and one.jaccard <= other.jaccard and one.containment <= other.containment


def _sketch(store: Store, on_article: Callable[[int], None] | None) -> None:
    """Make the sketches that are missing, and keep them some at a time."""
    last = 0
    while True:
        with store.at_once():
            version = store.version()
            rows = not_sketched(store, last, SKETCHED_AT_ONCE)
        if not rows:
            return
        made = list(zip(rows, sketches(_told(rows, on_article)), strict=True))
        with transaction(store) as connection:
            if store.version() == version:  # else their texts may be others by now
                put_sketches(connection, ((number, sketch.to_bytes()) for (number, _), sketch in made))
                last = rows[-1][0]


def _told(rows: Iterable[tuple[int, str]], on_article: Callable[[int], None] | None) -> Iterable[str]:
    for _, text in rows:
        yield text
        if on_article is not None:
            on_article(0)


def _index(store: Store) -> tuple[Index, list[Facts], list[str]]:
    """The sketches with what clusters need to know, and the ids of those that were not compared yet."""
    index, facts, new = Index(), [], []
    for row in sketched(store):
        sketch = _sketch_of(store, row)
        index.add(row.id, sketch, row.earliest, row.latest, new=not row.paired)
        facts.append(Facts(row.id, row.earliest, row.words, row.outlet, latest=row.latest))
        if not row.paired:
            new.append(row.id)
    return index, facts, new


def _sketch_of(store: Store, row: Sketched) -> Sketch:
    try:
        return Sketch.from_bytes(row.sketch)
    except (ValueError, TypeError, struct.error):
        raise store.damaged(f"the sketch of {row.id} cannot be read") from None


def _keep(
    store: Store, options: Options, found: Duplicates, compared: Sequence[str], started: str, version: int
) -> bool:
    """Keep what was found in a state of the file; False where another program wrote into it since.

    Where all of it is kept already nothing is written.
    """
    rows = list(_copies(found))
    with transaction(store) as connection:
        if store.version() != version:
            return False
        same = {row.article: row.kept for row in rows} == copies(store)
        if is_up_to_date(store, options) and same and not compared:
            return True
        log_run(connection, "dedupe", __version__, _told_options(options), done=True, started=started)
        put_pairs(connection, (PairRow(*pair) for pair in found.pairs), compared)
        put_copies(connection, rows)
        if not same:
            note_stale(connection, ("twins",))  # they leave out what repeats another article
        note_kept(connection, "duplicates", Kept(_told_options(options), now(), up_to_date=True))
    return True


def _copies(found: Duplicates) -> Iterable[CopyRow]:
    for cluster in found.clusters:
        for edge in cluster.edges:
            member = edge.second if edge.first == cluster.kept else edge.first
            yield CopyRow(member, cluster.kept, cluster.id, round(edge.jaccard, 4), round(edge.containment, 4))


def _told_options(options: Options) -> dict[str, Any]:
    return {**asdict(options), "outlets": list(options.outlets)}
