"""Opening a corpus file: known by its content; a damaged, foreign or newer one is told apart and left untouched."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from corpus_tool.errors import CorpusToolError
from corpus_tool.store.recognize import APPLICATION_ID, HEADER_BYTES, MAGIC, application_id
from corpus_tool.store.schema import PAGE_BYTES, SCHEMA, VERSION

WAIT_SECONDS = 60.0
"""How long a writer waits for another one to end its batch."""
CACHE_KIB = 65536
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs")


def check_kind(path: str) -> None:
    """CorpusToolError, in words, for what is no corpus file, or one of a version that we do not know."""
    if not os.path.lexists(path):
        raise CorpusToolError(f"{path!r} does not exist", hint=f"make it: corpus-tool add {path} SOURCE…")
    if os.path.isdir(path):
        raise CorpusToolError(f"{path!r} is a folder, not a corpus file", hint="name a file")
    try:
        with open(path, "rb") as file:
            head = file.read(HEADER_BYTES)
    except OSError as error:
        raise CorpusToolError(f"{path!r} cannot be read: {error.strerror or error}") from None
    if not head.startswith(MAGIC) or application_id(head) != APPLICATION_ID:
        kind = "another database" if head.startswith(MAGIC) else "no corpus file" if head else "empty"
        raise CorpusToolError(f"{path!r} is {kind}; it was left as it is", hint="name another file for the corpus")
    version = int.from_bytes(head[60:64], "big")
    if version > VERSION:
        raise CorpusToolError(
            f"{path!r} has schema version {version}; this corpus-tool knows versions up to {VERSION}",
            hint="use the version of corpus-tool that made it, or a later one",
        )


def connect(path: str) -> sqlite3.Connection:
    """A connection that only reads. Raises CorpusToolError for what is no corpus file."""
    check_kind(path)
    with words_for(path):
        connection = _read_connection(path)
        _settle(connection)
        return connection


def _read_connection(path: str) -> sqlite3.Connection:
    """Read only; where nothing may be written beside the file, as one that nobody writes to."""
    connection = _open(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        if os.access(os.path.dirname(os.path.abspath(path)), os.W_OK) or _has_content(f"{path}-wal"):
            raise
        connection = _open(path, "immutable=1")
    return connection


def _has_content(path: str) -> bool:
    with suppress(OSError):
        return os.stat(path).st_size > 0
    return False


def connect_to_write(path: str) -> sqlite3.Connection:
    """A connection that reads and writes. Raises CorpusToolError for what is no corpus file, or may not be written."""
    check_kind(path)
    if not os.access(path, os.W_OK):
        raise CorpusToolError(f"{path!r} may not be written", hint="change its permissions, or copy it")
    with words_for(path):
        connection = _open(path, "mode=rw")
        _settle(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def create(path: str) -> sqlite3.Connection:
    """A new corpus file, whole before it stands under its name. Raises CorpusToolError where something stands there."""
    if os.path.lexists(path):
        raise CorpusToolError(f"{path!r} exists", hint="name another file for the corpus")
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise CorpusToolError(f"{path!r} cannot be made: {folder!r} is no folder", hint="make the folder first")
    aside = os.path.join(folder, f".corpus-tool-{os.urandom(8).hex()}")
    try:
        with words_for(path):
            connection = _open(aside, "mode=rwc")
            lay_out(connection)
            connection.close()
        try:
            os.link(aside, path)  # unlike a rename, it replaces nothing that came meanwhile
        except FileExistsError:
            raise CorpusToolError(f"{path!r} exists", hint="name another file for the corpus") from None
        except OSError:
            os.rename(aside, path)  # a file system without links
    except OSError as error:
        raise CorpusToolError(f"{path!r} cannot be made: {error.strerror or error}") from None
    finally:
        for rest in (aside, f"{aside}-journal", f"{aside}-wal", f"{aside}-shm"):
            with suppress(OSError):
                os.unlink(rest)
    return connect_to_write(path)


def in_passing() -> sqlite3.Connection:
    """A corpus that lasts as long as the connection: in memory first, in a nameless temporary file as it grows."""
    connection = sqlite3.connect("", isolation_level=None)
    _settle(connection)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(SCHEMA)
    return connection


def lay_out(connection: sqlite3.Connection) -> None:
    """Make an empty database a corpus file."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN;\n{SCHEMA}\nCOMMIT;")


def _open(path: str, mode: str) -> sqlite3.Connection:
    from urllib.parse import quote

    absolute = quote(os.fsencode(os.path.abspath(path)))
    return sqlite3.connect(
        f"file:{absolute}?{mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )


def _settle(connection: sqlite3.Connection) -> None:
    """What every connection is told. Damaged schemas must not run anything (`trusted_schema`)."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def on_network(path: str) -> str | None:
    """The kind of network drive that a path lies on; None where it lies on none, or that cannot be told.

    The locks that keep a reader and a writer apart in WAL mode are in memory that machines do not share.
    """
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
            mounts = [line.split(" ")[1:3] for line in file]
    except OSError:
        return None
    folder = os.path.realpath(os.path.dirname(os.path.abspath(path)))
    found = ("", "")
    for point, kind in mounts:
        point = point.replace("\\040", " ")
        within = folder == point or folder.startswith(point.rstrip("/") + "/")
        if within and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1] if found[1] in _NETWORK else None


@contextmanager
def words_for(path: str) -> Iterator[None]:
    """SQLite's errors in words that name the file and the next thing to try."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from None


def in_words(error: sqlite3.Error, path: str) -> CorpusToolError:
    """What an error of SQLite means for the user of a corpus file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    said = str(error)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in said or "Could not decode" in said:
        return CorpusToolError(
            f"{path!r} is damaged: {said}", hint=f"`corpus-tool check {path}` says where; restore it from a copy"
        )
    if name.startswith("SQLITE_FULL"):
        return CorpusToolError(
            f"{path!r}: no space is left on its disk; what was added before is kept",
            hint="make room, then run the same command again: it goes on where it ended",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CorpusToolError(f"{path!r} is being written by another program", hint="wait until it is done")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CorpusToolError(f"{path!r} cannot be opened or written: {said}", hint="check it and its folder")
    if name.startswith("SQLITE_IOERR"):
        return CorpusToolError(
            f"{path!r}: the system could not read or write it: {said} ({name})",
            hint="check the disk and the space left; what was added before is kept",
        )
    return CorpusToolError(f"{path!r}: {said}", hint=f"`corpus-tool check {path}` says whether it is whole")
