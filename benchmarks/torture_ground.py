"""Commands that are killed, failed and starved in processes of their own, and the examination of what they leave."""

from __future__ import annotations

import ctypes
import gc
import hashlib
import json
import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING

from corpus_tool import refreshing
from corpus_tool.cli import main
from corpus_tool.store import rows, writing
from corpus_tool.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpus_tool.model.article import Article

SHIM = "CORPUS_TORTURE_SHIM"
COUNT, KILL, TEAR = 0, -1, -2
"""What `fail_nth.c` does at the n-th call where it does not fail it with an errno."""

NOBODY = 65534
FAULT = 99
"""The exit code of a run that ended in an exception which no command may let through."""

DUTCH = (
    "de het een van naar trein stad werd gisteren weer te laat reizigers wachten perron regen dorp burgemeester zegt"
)
FRENCH = "le la un de pour train ville était hier encore en retard voyageurs attendent quai pluie village maire déclare"
SYLLABLES = ["ba", "ke", "di", "lo", "mu", "ra", "ve", "si", "no", "tu", "pa", "ge", "fi", "zo"]
"""Names of people and places are made of these, so that a story has its own in both languages."""


@dataclass(frozen=True, slots=True)
class Arm:
    """What happens at the n-th call that changes something below the corpus' folder."""

    nth: int
    action: int
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code or, negative, the signal; what it said; the call that was hit; calls counted."""

    code: int
    out: bytes
    err: str
    hit: str
    calls: int
    left_over: int

    def said_badly(self, path: str, *codes: int) -> list[str]:
        """What is wrong with the way it ended: another code, a traceback, an error that does not name the file."""
        wrong = []
        if self.code not in codes:
            wrong.append(f"exit {self.code}, not {codes}: {self.err.strip()[-400:]!r}")
        if "Traceback" in self.err or "fault of corpus-tool" in self.err or self.code == FAULT:
            wrong.append(f"not in clear words: {self.err.strip()[-1200:]!r}")
        if self.code in (1, 3) and path not in self.err and "article has an id" not in self.err:
            wrong.append(f"the file is not named: {self.err.strip()!r}")
        if self.left_over:
            wrong.append(f"{self.left_over} processes are left")
        return wrong


class Running:
    """A command in a process of its own, in a session of its own."""

    def __init__(self, pid: int, streams: Sequence[IO[bytes]]) -> None:
        self.pid = pid
        self._streams = streams
        self._handle = os.pidfd_open(pid)

    def done_within(self, seconds: float) -> bool:
        """Wait so long for its end."""
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        return bool(waiting.poll(max(0, seconds * 1000)))

    def stopped_or_done(self) -> None:
        """Wait until it has stopped itself, or ended."""
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def signal(self, number: int, *, group: bool = False) -> None:
        """Send a signal to it alone, or to all its processes as a terminal does."""
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, number)

    def end(self, seconds: float = 60.0) -> Ended:
        """Wait for its end; what lasts longer is killed and counts as a fault."""
        hung = not self.done_within(seconds)
        if hung:
            self.signal(signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self._handle)
        left = self._left_over(0.0 if hung else 5.0)
        said = []
        for stream in self._streams:
            stream.seek(0)
            said.append(stream.read())
            stream.close()
            os.unlink(stream.name)
        out, err, log = said
        lines = log.decode(errors="replace").splitlines()
        hit = next((line for line in lines if not line.startswith("seen ")), "")
        calls = next((int(line[5:]) for line in lines if line.startswith("seen ")), 0)
        code = FAULT if hung else os.waitstatus_to_exitcode(status)
        words = err.decode(errors="replace") + (f"\nhung for {seconds} seconds" if hung else "")
        return Ended(code, out, words, hit, calls, left)

    def _left_over(self, seconds: float) -> int:
        """How many processes of its session outlive it by so much; they are ended."""
        until = time.monotonic() + seconds
        while (found := _of_session(self.pid)) and time.monotonic() < until:
            time.sleep(0.02)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(found)


def _of_session(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            with suppress(OSError, IndexError):
                state, _, _, of = Path(f"/proc/{name}/stat").read_text().rsplit(")", 1)[1].split()[:4]
                if int(of) == session and state != "Z":
                    found.append(int(name))
    return found


@dataclass
class Ground:
    """A folder to work in, made-up sources, and how commands are run there."""

    folder: Path
    random: random.Random
    records: int = 2000
    batch: int = 50
    shim: ctypes.CDLL | None = None
    places: int = field(default=0, init=False)

    def place(self) -> Path:
        """A new, empty folder for one corpus file."""
        self.places += 1
        made = self.folder / f"place-{self.places}"
        made.mkdir()
        return made

    def source(self, name: str, first: int, records: int, files: int = 4) -> Path:
        """A folder of JSON Lines with so many different articles; some stand in a second file too."""
        folder = self.folder / name
        folder.mkdir()
        lines = [json.dumps(_article(number), ensure_ascii=False) + "\n" for number in range(first, first + records)]
        size = -(-records // files)
        for number in range(files):
            chosen = lines[number * size : (number + 1) * size] + (lines[: size // 10] if number == files - 1 else [])
            (folder / f"{number}.jsonl").write_text("".join(chosen), encoding="utf-8")
        return folder

    def stories(self, name: str, first: int, stories: int, *, again: Sequence[int] = ()) -> Path:
        """A folder with so many stories, each in two languages, some reprinted; `again` are reprints of others."""
        folder = self.folder / name
        folder.mkdir()
        told = [article for number in range(first, first + stories) for article in _story(number)]
        told += [_reprint(number, f"Alweer {number}", "De Derde", 9) for number in again]
        lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in told]
        (folder / "0.jsonl").write_text("".join(lines), encoding="utf-8")
        return folder

    def start(
        self,
        *arguments: object,
        arm: Arm | None = None,
        below: Path | None = None,
        file_bytes: int | None = None,
        nobody: bool = False,
        batch: int | None = None,
        stop_before: int | None = None,
    ) -> Running:
        """Start a command in a fork of this process, which has everything imported."""
        streams = [open(self.folder / "streams" / f"{time.monotonic_ns()}-{n}", "x+b") for n in range(3)]  # noqa: SIM115
        pid = os.fork()
        if pid:
            return Running(pid, streams)
        code = FAULT
        try:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(streams[0].fileno(), 1)
            os.dup2(streams[1].fileno(), 2)
            os.chdir(self.folder)
            writing.BATCH_ARTICLES = refreshing.BATCH_ARTICLES = batch or self.batch
            if file_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
            if nobody and os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            if stop_before is not None:
                _stop_before(stop_before)
            if arm is not None and self.shim is not None:
                log = streams[2].fileno()
                self.shim.fail_nth(os.fsencode(below or ""), arm.nth, arm.action, int(arm.lasting), log)
            main.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            with suppress(BaseException):
                gc.collect()  # as at the end of any program: what nobody holds is closed
                if arm is not None and self.shim is not None:
                    os.write(streams[2].fileno(), f"seen {self.shim.fail_nth_seen()}\n".encode())
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def run(self, *arguments: object, seconds: float = 60.0, **how: object) -> Ended:
        """Run a command to its end."""
        return self.start(*arguments, **how).end(seconds)  # type: ignore[arg-type]


def _article(number: int) -> dict[str, object]:
    chosen = random.Random(number)
    words = (DUTCH if number % 2 else FRENCH).split()
    paragraphs = [" ".join(chosen.choices(words, k=24)).capitalize() + f" {number}\u00a0km." for _ in range(2)]
    date = f"{2000 + number % 19}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"title": f"Bericht {number}", "date": date, "outlet": "De Proefkrant", "text": "\n\n".join(paragraphs)}


def _told(number: int, words: str) -> list[str]:
    """Three paragraphs, with the names and numbers of a story."""
    of_story, chosen = random.Random(number), random.Random(f"{number} {words}")
    names = ["".join(of_story.choices(SYLLABLES, k=4)).capitalize() for _ in range(5)]
    numbers = [str(of_story.randrange(1000, 100_000)) for _ in range(2)]
    paragraphs = []
    for at in range(3):
        said = chosen.choices(words.split(), k=30)
        for each in (*names[at : at + 2], numbers[at % 2]):
            said.insert(chosen.randrange(3, len(said)), each)
        paragraphs.append(" ".join(said).capitalize() + ".")
    return paragraphs


def _story(number: int) -> Iterator[dict[str, object]]:
    """A story in both languages, every fourth undated in French; some reprinted, inside a longer one, or edited."""
    dutch, french = _told(number, DUTCH), _told(number, FRENCH)
    dated = {"date": _day(number)}
    maybe = dated if number % 4 else {}
    yield {"title": f"Bericht {number}", **dated, **_IN_DUTCH, "text": "\n\n".join(dutch)}
    yield {"title": f"Nouvelle {number}", **maybe, **_IN_FRENCH, "text": "\n\n".join(french)}
    if number % 5 == 0:
        yield _reprint(number, f"Kopie {number}", "Het Net", number % 10)
    if number % 10 == 3 and number % 7:  # the same words; a pair with both of them would be found or not
        yield {"title": f"Zelfde {number}", **dated, **_IN_DUTCH, "outlet": "Het Net", "text": "\n\n".join(dutch)}
    if number % 7 == 0:
        longer = [*dutch, *_told(number + 500_000, DUTCH)]
        yield {"title": f"Lang {number}", **dated, **_IN_DUTCH, "outlet": "Het Net", "text": "\n\n".join(longer)}
    if number % 6 == 0:
        words = " ".join(french).split()
        words[::25] = ["autrement"] * len(words[::25])
        yield {"title": f"Texte {number}", **maybe, **_IN_FRENCH, "outlet": "Le Fil", "text": " ".join(words)}


_IN_DUTCH = {"language": "nl", "outlet": "De Proefkrant"}
_IN_FRENCH = {"language": "fr", "outlet": "Le Journal"}


def _reprint(number: int, title: str, outlet: str, days: int) -> dict[str, object]:
    """A story in another paper, so many days later, with a line more."""
    text = "\n\n".join([*_told(number, DUTCH), f"Lees ook onze andere berichten in {outlet}."])
    return {"title": title, "date": _day(number, days), **_IN_DUTCH, "outlet": outlet, "text": text}


def _day(number: int, later: int = 0) -> str:
    return f"2018-{number % 12 + 1:02}-{number % 18 + 1 + later:02}"


def warm_up(ground: Ground) -> None:
    """Import in this process what commands import, so that forks of it begin with their work."""
    place, source = ground.place(), ground.source("warm", 900_000, 8, files=1)
    (ground.folder / "streams").mkdir()
    keep, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    errors = os.dup(2)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        path = str(place / "warm.db")
        commands = [["add", path, str(source)], ["list", path], ["show", path, "Bericht"], ["export", path]]
        if find_spec("numpy") is not None:
            stories = ground.stories("warm-stories", 900_000, 8)
            commands += [["add", path, str(stories)], ["dedupe", path], ["twins", path, "--accept-dates"]]
        for arguments in [*commands, ["check", path]]:
            main.run(arguments)
        sys.stdout.flush()
    finally:
        os.dup2(keep, 1)
        os.dup2(errors, 2)
        for each in (keep, nothing, errors):
            os.close(each)


def _stop_before(nth: int) -> None:
    """Let this process stop itself before it takes up the file for the n-th time: to read it as it is, or to write."""
    turns = count(1)

    def held_up(step: Callable[..., AbstractContextManager[object]]) -> Callable[..., AbstractContextManager[object]]:
        @contextmanager
        def stopping(*arguments: object) -> Iterator[object]:
            if next(turns) == nth:
                os.kill(os.getpid(), signal.SIGSTOP)
            with step(*arguments) as given:
                yield given

        return stopping

    Store.at_once = held_up(Store.at_once)  # type: ignore[assignment, method-assign]
    to_write = writing.transaction
    for name, module in list(sys.modules.items()):
        if name.startswith("corpus_tool") and vars(module).get("transaction") is to_write:
            vars(module)["transaction"] = held_up(to_write)


def write_without_transactions() -> None:
    """Let every statement be committed by itself, to see that what comes of it is found."""

    @contextmanager
    def no_transaction(store: Store) -> Iterator[sqlite3.Connection]:
        yield store.connection

    for module in (writing, refreshing):
        vars(module)["transaction"] = no_transaction


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a corpus file, and what is wrong with it."""

    ids: list[str]
    content: dict[str, str]
    wrong: list[str]


NOTHING = Found([], {}, [])


def examine(path: Path, *, check_order: bool = True) -> Found:
    """Look at every page, row, digest, raw record and index entry of a copy; the file itself is left alone."""
    if not path.exists():
        return NOTHING
    with tempfile.TemporaryDirectory() as folder:
        try:
            return _examined(copied(path, Path(folder) / "copy.db"), check_order=check_order)
        except Exception as error:
            return Found([], {}, [f"cannot be opened: {error!r}"])


def copied(path: Path, copy: Path) -> Path:
    """A copy of a corpus file, with the log that a kill left beside it."""
    for ending in ("", "-wal"):
        if os.path.exists(f"{path}{ending}"):
            shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
    return copy


Rows = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Links:
    """What a corpus file keeps of duplicates and of twins, by the ids of articles; and what was corrected by hand."""

    looked_for: dict[str, tuple[str, bool]]
    duplicates: dict[str, Rows]
    twins: dict[str, Rows]
    corrections: Rows

    def differing(self, other: Links, kind: str) -> list[str]:
        """Which of the things kept of a kind are others there."""
        mine, others = getattr(self, kind), getattr(other, kind)
        names = [name for name in mine if mine[name] != others[name]]
        return names + (["looked_for"] if self.looked_for.get(kind) != other.looked_for.get(kind) else [])


_BY_ID = {
    "duplicates": {
        "sketches": "SELECT a.id, t.sketch, t.paired FROM sketches t JOIN articles a ON a.number = t.article",
        "pairs": "SELECT a.id, b.id, shared, of_a, of_b, equal FROM near_duplicates t "
        "JOIN articles a ON a.number = t.a JOIN articles b ON b.number = t.b WHERE NOT equal",  # equal ones: see copies
        "copies": "SELECT a.id, b.id, cluster, jaccard, containment FROM duplicates t "
        "JOIN articles a ON a.number = t.article JOIN articles b ON b.number = t.kept",
    },
    "twins": {
        "features": "SELECT a.id, t.features FROM features t JOIN articles a ON a.number = t.article",
        "twins": "SELECT a.id, b.id, tier, score, why FROM twins t "
        "JOIN articles a ON a.number = t.a JOIN articles b ON b.number = t.b",
    },
}
_CORRECTED = "SELECT a.id, field, value, before FROM corrections c JOIN articles a ON a.number = c.article"


def links_in(path: Path) -> Links:
    """The links that a corpus file keeps, read from a copy without any of our code."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(copied(path, Path(folder) / "x.db"))) as rows:
        kinds = {
            kind: {name: frozenset(rows.execute(sql)) for name, sql in tables.items()}
            for kind, tables in _BY_ID.items()
        }
        looked_for = rows.execute("SELECT kind, options, up_to_date FROM looked_for")
        kept = {kind: (options, bool(up_to_date)) for kind, options, up_to_date in looked_for}
        return Links(kept, **kinds, corrections=frozenset(rows.execute(_CORRECTED)))


def _examined(path: Path, *, check_order: bool) -> Found:
    wrong = []
    with closing(sqlite3.connect(path)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            wrong.append(f"integrity_check: {said[:3]}")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            wrong.append("a row refers to one that is missing")
        try:
            connection.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.Error as error:
            wrong.append(f"the full-text index is not in step: {error}")
        stored = dict(connection.execute("SELECT id, digest FROM articles"))
        if connection.execute("SELECT count(*) FROM records").fetchone()[0] != len(stored):
            wrong.append("articles and raw records differ in number")
        if check_order and connection.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone() != (
            len(stored),
        ):
            wrong.append("the numbers have a gap")
    ids, content = [], {}
    with Store.open(str(path)) as store:
        for article in store.articles():
            ids.append(article.id)
            digest = rows.digest_of(article)
            if digest != stored[article.id]:
                wrong.append(f"article {article.id} is not the one that was written")
            raw = store.raw_record(article)
            raw_digest = hashlib.sha256(repr(raw).encode()).hexdigest()
            content[article.id] = f"{digest.hex()} {raw_digest}"
            if raw is None or raw[0] != _in_source(article):
                wrong.append(f"the raw record of {article.id} is not what its source holds")
    return Found(ids, content, wrong)


_SOURCES: dict[str, bytes] = {}


def _in_source(article: Article) -> bytes:
    path = article.source.path
    if path not in _SOURCES:
        _SOURCES[path] = Path(path).read_bytes()
    return _SOURCES[path][article.source.byte_start : article.source.byte_end]


def beside(path: Path) -> set[str]:
    """The endings of what stands in a corpus file's folder; a file of another name as it is."""
    names = os.listdir(path.parent)
    return {name.removeprefix(path.name) if name.startswith(path.name) else name for name in names}


def strays(path: Path, allowed: Iterable[str] = ("", "-wal", "-shm")) -> list[str]:
    """What stands in a corpus file's folder beside it and what is allowed."""
    more = beside(path) - set(allowed)
    return [f"left beside it: {sorted(more)}"] if more else []


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, of the names in a folder."""
    data = repr(sorted(os.listdir(path))).encode() if path.is_dir() else path.read_bytes()
    return hashlib.sha256(data).hexdigest()


def compiled_shim(folder: Path) -> Path | None:
    """`fail_nth.c` as a library; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "fail_nth.so"
    source = Path(__file__).with_name("fail_nth.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=False)
    return made if done.returncode == 0 else None


def loaded_shim() -> ctypes.CDLL | None:
    """The library that this process was started with, if it was."""
    path = os.environ.get(SHIM)
    if not path:
        return None
    shim = ctypes.CDLL(path)
    shim.fail_nth.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int]
    shim.fail_nth.restype = None
    shim.fail_nth_seen.restype = ctypes.c_long
    return shim
