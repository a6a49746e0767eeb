"""What is done to corpus files, case by case. Each case gives, try by try, what it did and what was wrong then."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from torture_ground import (
    KILL,
    NOTHING,
    TEAR,
    Arm,
    Ended,
    Found,
    Ground,
    Links,
    beside,
    copied,
    examine,
    fingerprint,
    links_in,
    strays,
)

from corpus_tool.store.recognize import APPLICATION_ID
from corpus_tool.store.schema import PAGE_BYTES, VERSION

Tries = Iterator[tuple[str, list[str]]]
Case = Callable[[Ground, int], Tries]
"""A case takes how often it is to try, where it chooses at random or among many."""

PLAIN = ("--detector", "none")
"""Crashes have nothing to do with languages, and a run is twice as fast without them."""


class NotHere(Exception):
    """A case cannot be tried on this machine."""


class Undisturbed(NamedTuple):
    """What adding a source gives when nothing happens, how long that takes, and how many calls it makes."""

    source: Path
    found: Found
    seconds: float
    calls: int
    options: tuple[object, ...]

    def command(self, path: Path) -> tuple[object, ...]:
        """The command that adds the source to a file."""
        return ("add", path, self.source, *self.options)


def undisturbed(ground: Ground, records: int, name: str, *options: object) -> Undisturbed:
    """Add a new source of so many records, and look at the result."""
    source = ground.source(name, ground.places * 10_000, records)
    path = ground.place() / "whole.db"
    start = time.monotonic()
    ended = ground.run("add", path, source, *options, arm=Arm(0, 0), below=path.parent)
    seconds = time.monotonic() - start
    found = examine(path)
    wrong = ended.said_badly(str(path), 0) + found.wrong + strays(path, ("",))
    if wrong or len(found.ids) != records:
        raise AssertionError(f"an undisturbed run fails: {len(found.ids)} of {records}; {wrong}")
    return Undisturbed(source, found, seconds, ended.calls, options)


def whole_batches(found: Found, whole: Undisturbed, batch: int) -> list[str]:
    """What is wrong with what an ended run left: each batch must be there or not, from the first on."""
    wrong = list(found.wrong)
    count = len(found.ids)
    if found.ids != whole.found.ids[:count]:
        wrong.append("the articles are not the first ones in their order")
    if count % batch and count != len(whole.found.ids):
        wrong.append(f"{count} articles are no whole number of batches")
    return wrong


def goes_on(ground: Ground, path: Path, whole: Undisturbed) -> list[str]:
    """What is wrong after the same command was run again, undisturbed."""
    ended = ground.run(*whole.command(path))
    found = examine(path)
    wrong = [f"again: {each}" for each in (*ended.said_badly(str(path), 0), *found.wrong, *strays(path, ("",)))]
    if found.ids != whole.found.ids or found.content != whole.found.content:
        differing = sum(found.content.get(key) != value for key, value in whole.found.content.items())
        wrong.append(f"again: {len(found.ids)} articles, {differing} of them missing or other than undisturbed")
    return wrong


def opens(ground: Ground, path: Path, count: int) -> list[str]:
    """What is wrong when a user lists what a broken run left."""
    if not path.exists():
        return []
    ended = ground.run("list", path, "--format", "ids")
    wrong = ended.said_badly(str(path), 0)
    if len(ended.out.splitlines()) != count:
        wrong.append(f"list gives {len(ended.out.splitlines())} articles, not {count}")
    return wrong


def after(ground: Ground, path: Path, whole: Undisturbed, *, batch: int, may_stray: bool = False) -> list[str]:
    """What is wrong after a run was broken off, however that was: the file then, to a reader, and after going on."""
    wrong = [] if may_stray else strays(path)
    found = examine(path)
    wrong += whole_batches(found, whole, batch)
    wrong += opens(ground, path, len(found.ids))
    return wrong + goes_on_beside(ground, path, whole)


def goes_on_beside(ground: Ground, path: Path, whole: Undisturbed) -> list[str]:
    """The same as `goes_on`, once files that a kill could leave were taken away."""
    for name in os.listdir(path.parent):
        if name.startswith(".corpus-tool-"):
            os.unlink(path.parent / name)
    return goes_on(ground, path, whole)


def done_with(path: Path, wrong: list[str]) -> list[str]:
    """Take a place away where nothing was wrong with it."""
    if not wrong:
        shutil.rmtree(path.parent)
    return wrong


# ---------------------------------------------------------------- processes that die


def kill_at_random(ground: Ground, times: int) -> Tries:
    """SIGKILL an ingest of 2,000 records at random moments; every fifth has two processes that infer."""
    whole = undisturbed(ground, ground.records, "kill", *PLAIN)
    for number in range(times):
        jobs = 2 if number % 5 == 1 else 1
        path = ground.place() / "x.db"
        running = ground.start(*whole.command(path), "--jobs", jobs)
        moment = ground.random.uniform(0, whole.seconds * (1.02 if jobs == 1 else 2))
        running.done_within(moment)
        running.signal(signal.SIGKILL)
        wrong = running.end().said_badly(str(path), 0, -signal.SIGKILL)
        wrong += after(ground, path, whole, batch=ground.batch)
        yield f"jobs {jobs}, {moment:.3f} s", done_with(path, wrong)


def kill_at_calls(ground: Ground, times: int) -> Tries:
    """SIGKILL an ingest of 2,000 records before, or in the midst of, calls that change the file."""
    need_shim(ground)
    whole = undisturbed(ground, ground.records, "kill-calls", *PLAIN)
    for number, nth in enumerate(spread(ground, whole.calls, times)):
        path = ground.place() / "x.db"
        arm = Arm(nth, TEAR if number % 2 else KILL)
        ended = ground.run(*whole.command(path), arm=arm, below=path.parent)
        wrong = ended.said_badly(str(path), 0, -signal.SIGKILL)
        wrong += after(ground, path, whole, batch=ground.batch)
        yield f"call {nth}, {ended.hit}", done_with(path, wrong)


class Refresh(NamedTuple):
    """A file whose texts are to be inferred anew, and what that gives when nothing happens."""

    old: Path
    before: Found
    after: Found
    seconds: float

    def command(self, path: Path) -> tuple[object, ...]:
        """The command that infers a copy anew: no-break spaces are kept now."""
        return ("refresh", path, "--what", "dates,texts", "--rule", "nbsp=keep", *PLAIN)

    def copy(self, ground: Ground) -> Path:
        """A copy of the file at a new place."""
        path = ground.place() / "x.db"
        shutil.copyfile(self.old, path)
        return path

    def wrong(self, ground: Ground, path: Path) -> list[str]:
        """What is wrong after a refresh was broken off, and after it was run again."""
        found = examine(path)
        wrong = found.wrong + opens(ground, path, len(self.before.ids))
        if any(
            content not in (self.before.content[key], self.after.content[key]) for key, content in found.content.items()
        ):
            wrong.append("an article is neither the old one nor the new one")
        done = sum(self.after.content[key] == content for key, content in found.content.items())
        if done % ground.batch:
            wrong.append(f"{done} articles are inferred anew, which is no whole number of batches")
        ended = ground.run(*self.command(path))
        found = examine(path)
        wrong += ended.said_badly(str(path), 0) + found.wrong + strays(path, ("",))
        if (found.ids, found.content) != (self.after.ids, self.after.content):
            wrong.append("again: other than an undisturbed refresh")
        return wrong


def refreshed(ground: Ground, records: int, name: str) -> Refresh:
    """Make a file, and infer a copy of it anew."""
    need_command("refresh")
    whole = undisturbed(ground, records, name, *PLAIN)
    old, new = ground.place() / "x.db", ground.place() / "x.db"
    ground.run(*whole.command(old))
    shutil.copyfile(old, new)
    made = Refresh(old, whole.found, NOTHING, 0.0)
    start = time.monotonic()
    ended = ground.run(*made.command(new))
    seconds = time.monotonic() - start
    found = examine(new)
    wrong = ended.said_badly(str(new), 0) + found.wrong
    same = sum(found.content[key] == content for key, content in whole.found.content.items())
    if wrong or same or found.ids != whole.found.ids:
        raise AssertionError(f"an undisturbed refresh fails or leaves {same} articles as they are: {wrong}")
    return made._replace(after=found, seconds=seconds)


def kill_refresh(ground: Ground, times: int) -> Tries:
    """SIGKILL a refresh of 2,000 articles at random moments; every fifth has two processes that infer."""
    made = refreshed(ground, ground.records, "refresh")
    for number in range(times):
        jobs = 2 if number % 5 == 1 else 1
        path = made.copy(ground)
        running = ground.start(*made.command(path), "--jobs", jobs)
        moment = ground.random.uniform(0, made.seconds * (1.02 if jobs == 1 else 2))
        running.done_within(moment)
        running.signal(signal.SIGKILL)
        wrong = running.end().said_badly(str(path), 0, -signal.SIGKILL) + strays(path)
        yield f"jobs {jobs}, {moment:.3f} s", done_with(path, wrong + made.wrong(ground, path))


def signals(ground: Ground, times: int) -> Tries:
    """Ctrl-C and SIGTERM at random moments of an ingest or a refresh, to one process or to all of the terminal's."""
    whole = undisturbed(ground, ground.records, "signals", *PLAIN)
    made = refreshed(ground, ground.records, "signals-refresh")
    for number in range(times):
        jobs = 1 + number % 2
        sent, code, word = ((signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated"))[number // 2 % 2]
        group, refreshing = bool(number // 4 % 2), bool(number // 8 % 2)
        path = made.copy(ground) if refreshing else ground.place() / "x.db"
        running = ground.start(*(made if refreshing else whole).command(path), "--jobs", jobs)
        moment = ground.random.uniform(0.02, (made if refreshing else whole).seconds * (1 if jobs == 1 else 1.5))
        running.done_within(moment)
        running.signal(sent, group=group)
        ended = running.end(20)
        wrong = ended.said_badly(str(path), 0, code) + strays(path, ("",))
        if ended.code == code and (ended.err.split()[-1:], ended.out) != ([word], b""):
            wrong.append(f"said {ended.err!r}")
        wrong += made.wrong(ground, path) if refreshing else after(ground, path, whole, batch=ground.batch)
        name = f"{sent.name} {'refresh' if refreshing else 'add'}, jobs {jobs}, {'group' if group else 'one'}"
        yield f"{name}, {moment:.3f} s", done_with(path, wrong)


# ---------------------------------------------------------------- calls that fail


def fail_each_call(ground: Ground, times: int) -> Tries:
    """Fail the n-th call once with EIO, and from the n-th on with ENOSPC, for every n of an ingest of 200 records.

    `times` thins the calls out, where it is not 0.
    """
    need_shim(ground)
    whole = undisturbed(ground, 200, "fail", *PLAIN)
    for action, lasting in ((errno.EIO, False), (errno.ENOSPC, False), (errno.ENOSPC, True)):
        nth, hit = 0, True
        chosen = iter(spread(ground, whole.calls, times)) if times else None
        while hit:
            nth = nth + 1 if chosen is None else next(chosen, 0)
            if nth == 0:
                break
            path = ground.place() / "x.db"
            ended = ground.run(*whole.command(path), arm=Arm(nth, action, lasting), below=path.parent)
            hit = bool(ended.hit)
            wrong = ended.said_badly(str(path), 0, 1)
            may_stray = "unlink" in ended.hit or lasting
            wrong += after(ground, path, whole, batch=ground.batch, may_stray=may_stray)
            name = f"{errno.errorcode[action]}{' from' if lasting else ' at'} call {nth}, {ended.hit}"
            yield name, done_with(path, wrong)


def file_size_limit(ground: Ground, times: int) -> Tries:
    """Add 2,000 records under a limit of the size of files (`ulimit -f`), from nothing to enough."""
    whole = undisturbed(ground, ground.records, "limit", *PLAIN)
    for number in range(times):
        path = ground.place() / "x.db"
        limit = 8192 + ground.records * 2600 * number // times
        ended = ground.run(*whole.command(path), file_bytes=limit)
        wrong = full(ended, path) + after(ground, path, whole, batch=ground.batch)
        yield f"{limit:,} bytes", done_with(path, wrong)


def disk_full(ground: Ground, times: int) -> Tries:
    """Add 2,000 records on a disk (tmpfs) of 64 KB to 8 MB; what is there must open while the disk is full."""
    whole = undisturbed(ground, ground.records, "disk", *PLAIN)
    for number in range(times):
        size = 64 * 1024 + ground.records * 4200 * number // times
        with small_disk(ground.place(), size) as folder:
            path = folder / "x.db"
            ended = ground.run(*whole.command(path))
            wrong = full(ended, path) + strays(path)
            found = examine(path)
            wrong += whole_batches(found, whole, ground.batch) + opens(ground, path, len(found.ids))
            moved = ground.place() / "x.db"
            for ending in beside(path):
                shutil.copyfile(f"{path}{ending}", f"{moved}{ending}")
        wrong += goes_on(ground, moved, whole)
        yield f"{size:,} bytes, {len(found.ids)} articles", done_with(moved, wrong)


def full(ended: Ended, path: Path) -> list[str]:
    """What is wrong with the words of a run that found no room."""
    wrong = ended.said_badly(str(path), 0, 1)
    told = any(words in ended.err.lower() for words in ("no space", "too large"))
    return wrong if ended.code == 0 or told else [*wrong, f"no word of space: {ended.err!r}"]


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes; NotHere where none may be mounted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        raise NotHere("no file system may be mounted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


# ---------------------------------------------------------------- several at once


def two_writers(ground: Ground, times: int) -> Tries:
    """Two runs add different, overlapping and the same sources to one file at once, which is there or not."""
    first, second = (undisturbed(ground, min(600, ground.records), name, *PLAIN) for name in ("one", "two"))
    for number in range(times):
        path = ground.place() / "x.db"
        if number % 2:
            ground.run("add", path, first.source / "0.jsonl", *PLAIN)
        given = [[first.source], [second.source]]
        given = (given, [*given[:1], [second.source, first.source]], [given[0], given[0]])[number // 2 % 3]
        writers = [ground.start("add", path, *sources, *PLAIN, batch=20) for sources in given]
        wrong = [each for writer in writers for each in writer.end(120).said_badly(str(path), 0)]
        found = examine(path)
        wrong += found.wrong + strays(path, ("",))
        wanted = {key for sources in given for key in _ids_of(sources, (first, second))}
        if set(found.ids) != wanted or len(found.ids) != len(wanted):
            wrong.append(f"{len(found.ids)} articles, {len(wanted)} wanted")
        yield f"{'an old' if number % 2 else 'a new'} file, {number // 2 % 3}", done_with(path, wrong)


def changers(ground: Ground, times: int) -> Tries:
    """`refresh`, `set`, `remove` and `add` write at once: every correction stands, and the index is in step."""
    need_command("set")
    made, more = refreshed(ground, min(300, ground.records), "changed"), undisturbed(ground, 100, "more", *PLAIN)
    for _ in range(times):
        path = made.copy(ground)
        chosen = ground.random.sample(made.before.ids, 12)
        gone = chosen[6:]
        commands: list[tuple[object, ...]] = [made.command(path), more.command(path), made.command(path)]
        commands += [("set", path, key, f"title=Kop {key}") for key in chosen[:9]]
        commands += [("remove", path, "--matches", f" {_number_of(made.old, key)}\\s", "--yes") for key in gone]
        ground.random.shuffle(commands)
        wrong, ended = [], []
        running = [(command, ground.start(*command, batch=10)) for command in commands]
        for command, each in running:
            end = each.end(120)
            ended.append(end)
            missing = command[0] == "set" and command[2] in gone
            if not (missing and "meanwhile" in end.err):
                wrong += [
                    f"{command[0]}: {said}" for said in end.said_badly(str(path), 0, *([1, 2] if missing else []))
                ]
        found = examine(path, check_order=False)
        wrong += found.wrong + strays(path, ("",))
        wanted = (set(made.before.ids) - set(gone)) | set(more.found.ids)
        if set(found.ids) != wanted:
            wrong.append(f"{len(found.ids)} articles, {len(wanted)} wanted")
        with closing(sqlite3.connect(path)) as connection:
            titles = dict(connection.execute("SELECT id, title FROM articles"))
        lost = [key for key in chosen[:6] if titles.get(key) != f"Kop {key}"]
        wrong += [f"{len(lost)} corrections are lost"] if lost else []
        yield f"{len(commands)} commands", done_with(path, wrong)


def _number_of(path: Path, key: str) -> str:
    """The number that stands in the text of an article and of no other."""
    with closing(sqlite3.connect(path)) as connection:
        (title,) = connection.execute("SELECT title FROM articles WHERE id = ?", (key,)).fetchone()
    return str(title).split()[-1]


def _ids_of(sources: list[Path], known: tuple[Undisturbed, ...]) -> Iterator[str]:
    for each in known:
        if each.source in sources:
            yield from each.found.ids


def readers_beside_a_writer(ground: Ground, times: int) -> Tries:
    """`list`, sorted and not, and `show` in a loop while 2,000 records are added: whole batches, never an error."""
    whole = undisturbed(ground, ground.records, "beside", *PLAIN)
    for _ in range(times):
        path = ground.place() / "x.db"
        running = ground.start(*whole.command(path))
        while not path.exists() and not running.done_within(0.002):
            pass
        number = last = 0
        while not running.done_within(0):
            number += 1
            sort = () if number % 2 else ("--sort", "date")
            ended = ground.run("list", path, "--format", "ids", *sort)
            count = len(ended.out.split())
            wrong = ended.said_badly(str(path), 0)
            if count % ground.batch or count < last:
                wrong.append(f"list {' '.join(sort)} gives {count} articles after {last}")
            if f" {count:,} articles" not in ended.err:
                wrong.append(f"{count} articles were given, but: {ended.err!r}")
            last = count
            if count:
                wrong += ground.run("show", path, ended.out.split()[0].decode()).said_badly(str(path), 0)
            yield f"{count} articles", wrong
        wrong = running.end().said_badly(str(path), 0) + strays(path, ("",))
        if examine(path) != whole.found:
            wrong.append("the file is not that of a writer without readers")
        yield "at its end", done_with(path, wrong)


# ---------------------------------------------------------------- duplicates and twins

STORIES, MORE_STORIES = 40, 8
"""With fewer than 40 articles of a language no twins are sure, and none suggest a date."""
LINK_BATCH = 5
KINDS = {"duplicates": "dedupe", "twins": "twins"}
"""What a corpus file keeps, and the command that looks for it."""
BUSY = "is being written by another program"


class LinkState(NamedTuple):
    """What stands in a file: articles, links, and what `dedupe` and `twins` say when they are asked again."""

    found: Found
    links: Links
    said: dict[str, bytes]


class LinkWork(NamedTuple):
    """A command that writes links or what follows from them, and what it gives when nothing happens."""

    name: str
    old: Path
    words: tuple[object, ...]
    before: LinkState
    midway: LinkState
    after: LinkState
    seconds: float
    calls: int

    def command(self, path: Path) -> tuple[object, ...]:
        """The command for a file."""
        return on_file(self.words, path)

    def wrong(self, ground: Ground, path: Path) -> list[str]:
        """What is wrong after the command was broken off, and after it was run again."""
        found, links = examine(path), links_in(path)
        wrong = found.wrong + self._articles(found) + checked(ground, path) + canonical(ground, path, found, links)
        if links.corrections != self.before.links.corrections:
            wrong.append("a correction is lost")
        states = (self.before, self.midway, self.after)
        if all(links.duplicates["copies"] != state.links.duplicates["copies"] for state in states):
            wrong.append("the clusters are neither the old nor the new ones")
        if all(links.twins["twins"] != state.links.twins["twins"] for state in states):
            wrong.append("the twins are neither the old nor the new ones")
        if any(found == state.found for state in states):
            for kind, said in asked_again(ground, path, links).items():
                if said not in [state.said.get(kind) for state in states]:
                    wrong.append(f"`{KINDS[kind]}` without options tells neither what was known nor what is found")
        ended = ground.run(*self.command(path), batch=LINK_BATCH)
        wrong += [f"again: {each}" for each in ended.said_badly(str(path), 0) + strays(path, ("",))]
        wrong += [f"again: {each}" for each in checked(ground, path)]
        wrong += [f"again: {each}" for each in self._left_stale(ground, path)]
        return wrong + [f"again: {each}" for each in unlike(path, self.after, KINDS)]

    def _left_stale(self, ground: Ground, path: Path) -> list[str]:
        """What the command did not bring up to date when it was run again; it is done then, to look at the rest."""
        kept = links_in(path).looked_for
        wanted = self.after.links.looked_for
        stale = [kind for kind in KINDS if kind in kept and not kept[kind][1] and wanted[kind][1]]
        for kind in stale:
            ground.run(KINDS[kind], path)
        return [f"{kind} are not brought up to date" for kind in stale]

    def _articles(self, found: Found) -> list[str]:
        """What is wrong with the articles: they are the old or the new ones, those added in whole batches."""
        old, new = self.before.found, self.after.found
        count = len(found.ids) - len(old.ids)
        if found.ids != new.ids[: len(found.ids)] or count < 0:
            return ["the articles are not the first ones in their order"]
        if count % LINK_BATCH and found.ids != new.ids:
            return [f"{count} new articles are no whole number of batches"]
        one, other = ({key: state.content[key] for key in state.ids if key in found.content} for state in (old, new))
        if found.content not in (one, other, {**other, **one}):
            return ["some articles are as they were and some as they are to be"]
        return []


def on_file(words: tuple[object, ...], path: Path) -> tuple[object, ...]:
    """A command with the file after its name."""
    return (words[0], path, *words[1:])


def checked(ground: Ground, path: Path) -> list[str]:
    """What is wrong when `check` looks at a file."""
    ended = ground.run("check", path)
    return ended.said_badly(str(path), 0) + ([] if ended.code == 0 else [f"check: {ended.out.decode()[-400:]}"])


def canonical(ground: Ground, path: Path, found: Found, links: Links) -> list[str]:
    """What is wrong when a user lists what repeats nothing."""
    ended = ground.run("list", path, "--canonical", "--format", "ids")
    if "duplicates" not in links.looked_for:
        told = "duplicates were not looked for" in ended.err
        return ended.said_badly(str(path), 1) + ([] if told else [f"list --canonical: {ended.err!r}"])
    copies = {row[0] for row in links.duplicates["copies"]}
    wrong = ended.said_badly(str(path), 0)
    if ended.out.decode().split() != [key for key in found.ids if key not in copies]:
        wrong.append("list --canonical gives other articles than those that repeat nothing")
    return wrong


def asked_again(ground: Ground, path: Path, links: Links) -> dict[str, bytes]:
    """What `dedupe`, then `twins`, without options say of a copy of a file, where it keeps what they look for."""
    copy = copied(path, ground.place() / "copy.db")
    said = {}
    for kind in KINDS:
        if kind in links.looked_for:
            ended = ground.run(KINDS[kind], copy, "--format", "tsv")
            said[kind] = ended.out if ended.code == 0 else f"exit {ended.code}: {ended.err}".encode()
    shutil.rmtree(copy.parent)
    return said


def unlike(path: Path, wanted: LinkState, kinds: Iterable[str]) -> list[str]:
    """Where a file is other than wanted: articles, corrections, links of these kinds."""
    found, links = examine(path, check_order=False), links_in(path)
    wrong = list(found.wrong)
    if (found.ids, found.content) != (wanted.found.ids, wanted.found.content):
        differing = sum(found.content.get(key) != value for key, value in wanted.found.content.items())
        wrong.append(f"{len(found.ids)} articles, {differing} of them missing or other than undisturbed")
    if links.corrections != wanted.links.corrections:
        wrong.append("a correction is lost")
    for kind in kinds:
        names = links.differing(wanted.links, kind)
        if names:
            kept = links.looked_for.get(kind)
            wrong.append(f"{kind} are others than undisturbed: {', '.join(names)}; they are kept so: {kept}")
    return wrong


class LinkFiles(NamedTuple):
    """Two sources, and a file that knows no links."""

    first: Path
    more: Path
    base: Path

    def made(self, ground: Ground, *commands: tuple[object, ...]) -> Path:
        """A copy of the file after some commands."""
        path = copied(self.base, ground.place() / "x.db")
        for words in commands:
            wrong = ground.run(*on_file(words, path), batch=LINK_BATCH).said_badly(str(path), 0)
            if wrong:
                raise AssertionError(f"undisturbed {words} fails: {wrong}")
        return path

    def state(self, ground: Ground, *commands: tuple[object, ...]) -> LinkState:
        """What a fresh file holds after some commands."""
        return state_of(ground, self.made(ground, *commands))

    @property
    def add(self) -> tuple[object, ...]:
        """Adding the second source, with all that follows."""
        return ("add", self.more, *PLAIN)

    @property
    def add_only(self) -> tuple[object, ...]:
        """Adding the second source; links are left as they are."""
        return (*self.add, "--no-update")

    def work(
        self,
        ground: Ground,
        name: str,
        before: Commands,
        words: tuple[object, ...],
        fresh: Commands,
        midway: Commands = (),
    ) -> LinkWork:
        """A command on a file that was made so, which must end as one of all articles that was made in one go.

        `midway` is what the first half of a command does that writes twice.
        """
        old, new = self.made(ground, *before), self.made(ground, *before)
        start = time.monotonic()
        ended = ground.run(*on_file(words, new), batch=LINK_BATCH, arm=Arm(0, 0), below=new.parent)
        seconds = time.monotonic() - start
        wrong = ended.said_badly(str(new), 0) + strays(new, ("",)) + checked(ground, new)
        after = state_of(ground, new)
        kinds = [kind for kind in KINDS if after.links.looked_for.get(kind, ("", False))[1]]
        wrong += unlike(new, self.state(ground, *fresh), kinds)
        ground.run(*on_file(words, new), batch=LINK_BATCH)
        wrong += [f"twice: {each}" for each in unlike(new, after, KINDS)]
        if wrong:
            raise AssertionError(f"an undisturbed run fails: {name}: {wrong}")
        if words == DATES and after.found.content == examine(old).content:
            raise AssertionError("no date is written")
        halfway = self.state(ground, *before, *midway)
        return LinkWork(name, old, words, state_of(ground, old), halfway, after, seconds, ended.calls)


Commands = tuple[tuple[object, ...], ...]
Asked = tuple[tuple[Any, ...], ...]
"""What `LinkFiles.work` takes, for each command of a case."""
DEDUPE, TWINS = ("dedupe",), ("twins",)
NEAR_DUPLICATES, ANY_TWINS = ("dedupe", "--window", "3d"), ("twins", "--window", "any")
DATES = ("twins", "--accept-dates")


def state_of(ground: Ground, path: Path) -> LinkState:
    """What stands in a file."""
    links = links_in(path)
    return LinkState(examine(path, check_order=False), links, asked_again(ground, path, links))


def link_files(ground: Ground, name: str) -> LinkFiles:
    """Make the sources, and the file with two corrections."""
    for command in (*KINDS.values(), "set"):
        need_command(command)
    if find_spec("numpy") is None:
        raise NotHere("the extra `links` is not installed")
    first = ground.places * 10_000
    again = [number for number in range(first, first + STORIES) if number % 10 < 2]
    sources = (
        ground.stories(name, first, STORIES),
        ground.stories(f"{name}-more", first + 5000, MORE_STORIES, again=again),
    )
    path = ground.place() / "x.db"
    ended = ground.run("add", path, sources[0], *PLAIN, batch=LINK_BATCH)
    files = LinkFiles(*sources, path)
    keys = examine(path).ids
    wrong = ended.said_badly(str(path), 0)
    for key in keys[:2]:
        wrong += ground.run("set", path, key, f"title=Kop {key}").said_badly(str(path), 0)
    if wrong:
        raise AssertionError(f"the file cannot be made: {wrong}")
    return files


def broken_off(ground: Ground, times: int, files: LinkFiles, asked: Asked) -> Tries:
    """SIGKILL these commands in turn: at random moments, and before or half-way through calls."""
    works = [files.work(ground, *each) for each in asked[:times]]
    for number in range(times):
        work, turn = works[number % len(works)], number // len(works)
        path = copied(work.old, ground.place() / "x.db")
        if ground.shim is not None and turn % 2:
            arm = Arm(ground.random.randint(1, work.calls), TEAR if turn % 4 > 1 else KILL)
            ended = ground.run(*work.command(path), batch=LINK_BATCH, arm=arm, below=path.parent)
            label = f"call {arm.nth}, {ended.hit}"
        else:
            moment = ground.random.uniform(0, work.seconds * 1.02)
            running = ground.start(*work.command(path), batch=LINK_BATCH)
            running.done_within(moment)
            running.signal(signal.SIGKILL)
            ended = running.end()
            label = f"{moment:.3f} s"
        wrong = ended.said_badly(str(path), 0, -signal.SIGKILL) + strays(path)
        yield f"{work.name}, {label}", done_with(path, wrong + work.wrong(ground, path))


def kill_dedupe(ground: Ground, times: int) -> Tries:
    """SIGKILL `dedupe`: the first one, the one after more articles came, and one with another window."""
    files = link_files(ground, "kill-dedupe")
    known, grown = (DEDUPE, TWINS), (DEDUPE, TWINS, files.add_only)
    asked: Asked = (
        ("the first time", (), DEDUPE, (DEDUPE,)),
        ("after add", grown, DEDUPE, (files.add_only, DEDUPE)),
        ("another window", known, NEAR_DUPLICATES, (NEAR_DUPLICATES,)),
    )
    yield from broken_off(ground, times, files, asked)


def kill_twins(ground: Ground, times: int) -> Tries:
    """SIGKILL `twins`: the first one, the one after more articles came, and one with another window."""
    files = link_files(ground, "kill-twins")
    known, grown = (DEDUPE, TWINS), (DEDUPE, TWINS, files.add_only, DEDUPE)
    asked: Asked = (
        ("the first time", (), TWINS, (TWINS,)),
        ("after add", grown, TWINS, (files.add_only, DEDUPE, TWINS)),
        ("another window", known, ANY_TWINS, (DEDUPE, ANY_TWINS)),
    )
    yield from broken_off(ground, times, files, asked)


def kill_dates(ground: Ground, times: int) -> Tries:
    """SIGKILL `twins --accept-dates`, where twins are known and where they are not: all dates are there or none."""
    files = link_files(ground, "kill-dates")
    asked: Asked = (
        ("twins known", (DEDUPE, TWINS), DATES, (DEDUPE, TWINS, DATES)),
        ("the first time", (), DATES, (TWINS, DATES), (TWINS,)),
    )
    yield from broken_off(ground, times, files, asked)


def kill_links(ground: Ground, times: int) -> Tries:
    """SIGKILL `add` into a file that keeps links, which it brings up to date: of both kinds, and of either."""
    files = link_files(ground, "kill-links")
    asked: Asked = tuple(
        (f"knows {name}", known, files.add, (files.add_only, *known))
        for name, known in (("both", (DEDUPE, TWINS)), ("duplicates", (DEDUPE,)), ("twins", (TWINS,)))
    )
    yield from broken_off(ground, times, files, asked)


AT_A_MOMENT, BEFORE_A_STEP = 1, 2
STEPS = 8
"""So often `dedupe` or `twins` take up the file at most, to read it as it is or to write."""


class Together(NamedTuple):
    """Two commands at once on a file that was made so, what is run then, and what fresh files hold in the end.

    What a file calls up to date must stand so in one of `fresh`; the last of them is what `again` ends with.
    """

    name: str
    old: Path
    commands: Commands
    again: Commands
    fresh: Sequence[LinkState]
    seconds: tuple[float, float]

    def wrong(self, ground: Ground, path: Path) -> list[str]:
        """What is wrong when both have ended, and after the commands were run again."""
        found, links = examine(path, check_order=False), links_in(path)
        wrong = strays(path, ("",)) + checked(ground, path) + canonical(ground, path, found, links)
        wrong += unlike(path, self.fresh[-1], ())
        for kind, kept in links.looked_for.items():
            if kept[1]:
                same = [state.links for state in self.fresh if state.links.looked_for.get(kind) == kept]
                names = min((links.differing(each, kind) for each in same), key=len, default=["looked_for"])
                wrong += [f"{kind} are called up to date, but are others: {', '.join(names)}; {kept}"] if names else []
        for words in self.again:
            ended = ground.run(*on_file(words, path), batch=LINK_BATCH)
            wrong += [f"again: {each}" for each in ended.said_badly(str(path), 0) + strays(path, ("",))]
        wrong += [f"again: {each}" for each in checked(ground, path)]
        return wrong + [f"again: {each}" for each in unlike(path, self.fresh[-1], self.fresh[-1].links.looked_for)]


def two_at_once(ground: Ground, times: int) -> Tries:
    """`dedupe`, `twins`, `add`, `remove` and `set` two at a time.

    In turn they just run, the first is held up at a random moment until the other is done, and it is held up before a
    step: whenever it takes up the file, to read or to write.
    """
    pairs = list(islice(_pairs(ground, link_files(ground, "together")), times))
    for number in range(times):
        pair, way = pairs[number % len(pairs)], number // len(pairs) % 3
        path = copied(pair.old, ground.place() / "x.db")
        at = ground.random.randrange(2)
        order = (pair.commands[at], pair.commands[1 - at])
        step = ground.random.randint(1, STEPS) if way == BEFORE_A_STEP else None
        first = ground.start(*on_file(order[0], path), batch=LINK_BATCH, stop_before=step)
        if step is not None:
            how = f"held up before step {step}"
            first.stopped_or_done()
        else:
            delay = ground.random.uniform(0, pair.seconds[at])
            how = f"by {delay:.3f} s{' and held up' if way else ''}"
            first.done_within(delay)
        if way == AT_A_MOMENT:
            first.signal(signal.SIGSTOP)
        second = ground.start(*on_file(order[1], path), batch=LINK_BATCH)
        if way:
            second.done_within(2)  # it may wait for a lock that the one held up has
            first.signal(signal.SIGCONT)
        ended = [first.end(), second.end()]
        wrong = []
        for words, each in zip(order, ended, strict=True):
            gave_up = each.code == 1 and BUSY in each.err and words[0] in KINDS.values()
            wrong += [] if gave_up else [f"{words[0]}: {said}" for said in each.said_badly(str(path), 0)]
        how = f"{order[0][0]} first, {how}"
        yield f"{pair.name}, {how}", done_with(path, wrong + pair.wrong(ground, path))


def _pairs(ground: Ground, files: LinkFiles) -> Iterator[Together]:
    both, add, add_only = (DEDUPE, TWINS), files.add, files.add_only
    near = (NEAR_DUPLICATES, TWINS)

    def alone(old: Path, words: tuple[object, ...]) -> float:
        path = copied(old, ground.place() / "x.db")
        start = time.monotonic()
        ground.run(*on_file(words, path), batch=LINK_BATCH)
        return time.monotonic() - start

    def together(name: str, before: Commands, commands: Commands, again: Commands, *fresh: Commands) -> Together:
        states = [files.state(ground, *each) for each in fresh]
        old = files.made(ground, *before)
        return Together(name, old, commands, again, states, (alone(old, commands[0]), alone(old, commands[1])))

    yield together("dedupe and add, the first time", (), (DEDUPE, add), (DEDUPE,), (add, DEDUPE))
    yield together(
        "dedupe with another window and add",
        both,
        (NEAR_DUPLICATES, add),
        (*near, add),
        (add_only, *both),
        (add_only, *near),
    )
    yield together("twins and add, the first time", (), (TWINS, add), (TWINS,), (add, TWINS))
    yield together(
        "twins with another window and add",
        both,
        (ANY_TWINS, add),
        (DEDUPE, ANY_TWINS),
        (add_only, *both),
        (add_only, DEDUPE, ANY_TWINS),
    )
    yield together("dedupe and dedupe, the first time", (), (DEDUPE, DEDUPE), (DEDUPE,), (DEDUPE,))
    yield together(
        "dedupe and dedupe with another window", (), (DEDUPE, NEAR_DUPLICATES), (NEAR_DUPLICATES,), (DEDUPE,), near[:1]
    )
    gone = ("remove", *_to_remove(files, ground), "--yes")
    grown = (*both, add_only)
    yield together("remove and dedupe", grown, (gone, DEDUPE), both, (add_only, gone, *both))
    yield together("remove and twins", grown, (gone, TWINS), both, (*grown, gone, TWINS), (add_only, gone, *both))
    corrected = ("set", _undated(files.state(ground), files.state(ground, *both, DATES)), "section=Stad")
    yield together("set and twins --accept-dates", both, (corrected, DATES), (DATES,), (*both, corrected, DATES))


def _to_remove(files: LinkFiles, ground: Ground) -> list[str]:
    """Two articles that others repeat, one that repeats another, and one of none of them."""
    state = files.state(ground, files.add_only, DEDUPE)
    rows = sorted(state.links.duplicates["copies"])
    linked = {row[0] for row in rows} | {row[1] for row in rows}
    kept = sorted({str(row[1]) for row in rows})
    other = [str(row[0]) for row in rows if row[1] not in kept[:2]]
    return [*kept[:2], other[0], next(key for key in state.found.ids if key not in linked)]


def _undated(before: LinkState, after: LinkState) -> str:
    """An article that gets a date from its twin."""
    return next(key for key, content in before.found.content.items() if after.found.content[key] != content)


# ---------------------------------------------------------------- files that are not what they were

READING: dict[str, tuple[str, ...]] = {
    "list": (),
    "list --sort date": (),
    "show": ("Bericht 1",),
    "show --raw": ("Bericht 1",),
    "export --format jsonl": (),
    "search": ("trein",),
    "kwic": ("trein",),
    "stats": (),
    "freq": (),
    "info": (),
    "check": (),
}
"""The commands that only read, with what comes after the file."""


def reading_commands(path: Path, key: str) -> Iterator[list[str]]:
    """The command lines that read a corpus file; those that do not exist yet are left out."""
    for words, more in READING.items():
        name, *options = words.split()
        if has_command(name):
            yield [name, *((str(path), *(key if each == "Bericht 1" else each for each in more), *options))]


def flips(ground: Ground, times: int) -> Tries:
    """One bit turned in each page, in the header, at random: data or clear words, and no change by reading."""
    whole = undisturbed(ground, 200, "flips", *PLAIN)
    good = ground.place() / "good.db"
    ground.run(*whole.command(good))
    data = good.read_bytes()
    pages = [at + ground.random.randrange(PAGE_BYTES) for at in range(0, len(data), PAGE_BYTES)]
    heads = [at + ground.random.randrange(16) for at in range(0, len(data), PAGE_BYTES)]
    places = [*range(100), *pages, *heads, *(ground.random.randrange(len(data)) for _ in range(200))]
    for at in places if not times else ground.random.sample(places, times):
        path = ground.place() / "x.db"
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << ground.random.randrange(8))]) + data[at + 1 :])
        yield f"byte {at}", done_with(path, read_and_add(ground, path, whole, whole.found.ids[0]))


def read_and_add(ground: Ground, path: Path, whole: Undisturbed, key: str) -> list[str]:
    """What is wrong when every command is tried on a file that may be damaged."""
    before = fingerprint(path)
    wrong = []
    for command in reading_commands(path, key):
        ended = ground.run(*command)
        wrong += [f"{command[0]}: {each}" for each in ended.said_badly(str(path), 0, 1, 2, 3)]
        if command[0] == "check" and ended.code == 0 and examine(path).content != whole.found.content:
            wrong.append("check calls it whole, but articles or raw records are missing or others")
        if fingerprint(path) != before:
            wrong.append(f"{command[0]} changed the file")
            before = fingerprint(path)
        wrong += [f"{command[0]}: {each}" for each in strays(path, ("",))]
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{path}{ending}")
    ended = ground.run(*whole.command(path))
    return wrong + [f"add: {each}" for each in ended.said_badly(str(path), 0, 1, 3)]


def strangers(ground: Ground, times: int) -> Tries:
    """Truncated copies, an empty file, text, a folder, another database, a later version: refused and untouched."""
    whole = undisturbed(ground, 200, "strangers", *PLAIN)
    good = ground.place() / "good.db"
    ground.run(*whole.command(good))
    data = good.read_bytes()
    given: dict[str, bytes | None] = {
        "an empty file": b"",
        "a text": b"Een zin.\n",
        "a folder": None,
        "another database": _other_database(ground.place() / "other.db"),
        "a later version": data[:60] + (VERSION + 1).to_bytes(4, "big") + data[64:],
        "a page size of nothing": data[:16] + b"\0\0" + data[18:],
        "the name alone": data[:100],
        "zeros after the header": data[:100] + bytes(len(data) - 100),
    }
    cuts = [50, 99, 101, 8192, PAGE_BYTES, PAGE_BYTES + 1, len(data) // 2, len(data) - PAGE_BYTES, len(data) - 1]
    given |= {f"the first {cut:,} bytes": data[:cut] for cut in cuts}
    for name, content in ground.random.sample(list(given.items()), min(times or len(given), len(given))):
        path = ground.place() / "x.db"
        path.mkdir() if content is None else path.write_bytes(content)
        ours = content is not None and content[68:72] == APPLICATION_ID.to_bytes(4, "big")
        before, wrong = fingerprint(path), []
        commands = [[*map(str, whole.command(path))], *reading_commands(path, whole.found.ids[0])]
        for command in commands:
            ended = ground.run(*command)
            codes = (1, 3) if command[0] == "add" or ours else (0, 1, 2, 3)
            wrong += [f"{command[0]}: {each}" for each in ended.said_badly(str(path), *codes)]
            wrong += [f"{command[0]}: {each}" for each in strays(path, ("",))]
            if fingerprint(path) != before:
                wrong.append(f"{command[0]} changed it")
        yield name, done_with(path, wrong)


def _other_database(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE articles (id, text); INSERT INTO articles VALUES (1, 'Een zin.');")
    return path.read_bytes()


def read_only(ground: Ground, times: int) -> Tries:  # noqa: ARG001 — there are only so many
    """Another user lists in a folder that may not be written; the .db alone; -wal and -shm left over or missing."""
    whole = undisturbed(ground, 200, "readonly", *PLAIN)
    good, killed = ground.place() / "x.db", ground.place() / "x.db"
    ground.run(*whole.command(good))
    running = ground.start(*whole.command(killed), batch=20)
    while not (os.path.exists(f"{killed}-wal") and os.path.getsize(f"{killed}-wal") > 65536):
        if running.done_within(0.001):
            break
    running.signal(signal.SIGKILL)
    running.end()
    count = len(examine(killed).ids)
    for name, given, endings, mode, wanted in (
        ("whole", good, ("",), 0o555, (0, 200)),
        ("a -wal without content", good, ("", "-wal"), 0o555, (0, 200)),
        ("a -shm left over", good, ("", "-shm"), 0o555, (0, 200)),
        ("both left over", good, ("", "-wal", "-shm"), 0o555, (0, 200)),
        ("killed, all of it", killed, ("", "-wal", "-shm"), 0o555, (0, count)),
        ("killed, no -shm", killed, ("", "-wal"), 0o555, (1, 0)),
        ("killed, no -shm, folder writable", killed, ("", "-wal"), 0o777, (0, count)),
        ("killed, the .db alone", killed, ("",), 0o777, (0, 0)),
    ):
        path = ground.place() / "x.db"
        for ending in endings:
            source = Path(f"{given}{ending}")
            Path(f"{path}{ending}").write_bytes(source.read_bytes() if source.exists() else b"")
            Path(f"{path}{ending}").chmod(0o444)
        path.parent.chmod(mode)
        before = fingerprint(path)
        ended = ground.run("list", path, "--format", "ids", nobody=True)
        wrong = ended.said_badly(str(path), wanted[0])
        if ended.code == 0 and len(ended.out.split()) != wanted[1]:
            wrong.append(f"{len(ended.out.split())} articles, not {wanted[1]}")
        ended = ground.run(*whole.command(path), nobody=True)
        wrong += [f"add: {each}" for each in ended.said_badly(str(path), 1)]
        if fingerprint(path) != before:
            wrong.append("it was changed")
        path.parent.chmod(0o755)
        yield name, done_with(path, wrong)


# ---------------------------------------------------------------- what a case needs


def has_command(name: str) -> bool:
    """Whether a command is there."""
    return find_spec(f"corpus_tool.cli.{name}_command") is not None


def need_command(name: str) -> None:
    """NotHere where a command is missing."""
    if not has_command(name):
        raise NotHere(f"there is no command {name}")


def need_shim(ground: Ground) -> None:
    """NotHere where calls cannot be made to fail."""
    if ground.shim is None:
        raise NotHere("no C compiler")


def spread(ground: Ground, calls: int, times: int) -> list[int]:
    """So many of the numbers of calls, at random, in their order; all of them where they are fewer."""
    return sorted(ground.random.sample(range(1, calls + 1), min(times, calls)))


CASES: dict[str, tuple[Case, int, int]] = {
    "kill": (kill_at_random, 500, 2),
    "kill-calls": (kill_at_calls, 500, 3),
    "kill-refresh": (kill_refresh, 500, 1),
    "signals": (signals, 80, 2),
    "fail": (fail_each_call, 0, 1),
    "file-size": (file_size_limit, 50, 2),
    "disk-full": (disk_full, 50, 1),
    "two-writers": (two_writers, 60, 1),
    "changers": (changers, 50, 1),
    "kill-dedupe": (kill_dedupe, 150, 1),
    "kill-twins": (kill_twins, 100, 1),
    "kill-dates": (kill_dates, 100, 1),
    "kill-links": (kill_links, 150, 1),
    "links": (two_at_once, 216, 2),
    "readers": (readers_beside_a_writer, 20, 1),
    "flips": (flips, 0, 2),
    "strangers": (strangers, 0, 3),
    "read-only": (read_only, 0, 0),
}
"""Case → what it does, how often the long form tries it (0: all there is), and how often the short one."""
