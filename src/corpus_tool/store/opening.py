"""Opening a corpus file: known by its content; a damaged, foreign or newer one is told apart and left untouched."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import IO

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.store.recognize import APPLICATION_ID, HEADER_BYTES, MAGIC, application_id, is_held
from corpus_tool.store.schema import PAGE_BYTES, SCHEMA, VERSION

WAIT_SECONDS = 60.0
"""How long a writer waits for another one to end its batch."""
CACHE_KIB = 65536
PAGE_BYTES_OF_ONE = 65536
"""The page size for which the header, which has two bytes for it, says 1."""
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs")


def check_kind(path: str) -> None:
    """CorpusToolError, in words, for what is no corpus file, or one of a version that we do not know."""
    if not os.path.lexists(path):
        raise CorpusToolError(f"{path!r} does not exist", hint=f"make it: corpus-tool add {path} SOURCE…")
    if is_held(path):  # it was looked at when it was opened
        return
    if os.path.isdir(path):
        raise CorpusToolError(f"{path!r} is a folder, not a corpus file", hint="name a file")
    try:
        with open(path, "rb") as file:
            head = file.read(HEADER_BYTES)
        torn = _is_torn(path, head)
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
    if torn:
        raise CorpusToolError(
            f"{path!r} is damaged: its last page is cut short",
            ExitCode.DAMAGED_INPUT,
            "copy it again, or restore it from another copy",
        )


def _is_torn(path: str, head: bytes) -> bool:
    """Whether a file ends within a page, and there is no log by which SQLite would make it whole."""
    page = int.from_bytes(head[16:18], "big")
    page = PAGE_BYTES_OF_ONE if page == 1 else page
    # The second look is for a file that another program was just making longer.
    return page > 0 and all(os.stat(path).st_size % page and not _has_content(f"{path}-wal") for _ in range(2))


def connect(path: str) -> sqlite3.Connection:
    """A connection that only reads. Raises CorpusToolError for what is no corpus file."""
    check_kind(path)
    with words_for(path):
        _check_schema(path)
        connection = _read_connection(path)
        with _closed_on_error(connection):
            _settle(connection)
        return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection that is of no use, so that nothing stays beside the file."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _check_schema(path: str) -> None:
    """Raise SQLite's error where its schema is damaged, before SQLite lays files beside it that it would then leave."""
    while not os.path.exists(f"{path}-wal"):  # else somebody writes, or what is missing here stands there
        before = _last_written(path)
        try:
            with closing(_open(path, "immutable=1")) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema")
            return
        except sqlite3.Error:
            # Somebody may have written between two of our reads, and be done.
            if not os.path.exists(f"{path}-wal") and _last_written(path) == before:
                raise


def _last_written(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size


def _read_connection(path: str) -> sqlite3.Connection:
    """Where it may, one that takes away what SQLite lays beside the file; else one that only reads.

    Where nothing may be written beside the file, it is read as one that nobody writes to.
    """
    folder = os.path.dirname(os.path.abspath(path))
    tidy = os.access(path, os.W_OK) and os.access(folder, os.W_OK)
    connection = _open(path, "mode=rw" if tidy else "mode=ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.Error as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError) or os.access(folder, os.W_OK):
            raise
        if _has_content(f"{path}-wal"):
            raise CorpusToolError(
                f"{path!r} cannot be opened: its last writer was broken off, and its folder may not be written",
                hint=f"open it once where that is allowed, or copy it and {path}-wal to a folder of yours",
            ) from None
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
        _check_schema(path)
        connection = _open(path, "mode=rw")
        with _closed_on_error(connection):
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
    try:
        _put(path, folder, _empty_file())
    except FileExistsError:
        raise CorpusToolError(f"{path!r} exists", hint="name another file for the corpus") from None
    except OSError as error:
        raise CorpusToolError(f"{path!r} cannot be made: {error.strerror or error}") from None
    return connect_to_write(path)


def _empty_file() -> bytes:
    """The bytes of an empty corpus file. Laid out in memory: SQLite is silent of errors when it closes a file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        lay_out(connection)
        data = bytearray(connection.serialize())
    data[18:20] = b"\2\2"  # WAL mode, which a database in memory cannot have
    return bytes(data)


def _put(path: str, folder: str, data: bytes) -> None:
    """Write a file that stands under its name whole or not at all. FileExistsError where something stands there."""
    try:
        _put_nameless(path, folder, data)
    except FileExistsError:
        raise
    except (AttributeError, OSError):  # not on this system, or not on this file system
        _put_aside(path, folder, data)


def _put_nameless(path: str, folder: str, data: bytes) -> None:
    """By a file without a name, of which nothing is left where we are killed."""
    with open(os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o666), "wb") as file:
        _write_through(file, data)
        # A descriptor for the folder, which is not looked at, makes Python follow the link to the file.
        os.link(f"/proc/self/fd/{file.fileno()}", path, src_dir_fd=file.fileno())


def _put_aside(path: str, folder: str, data: bytes) -> None:
    """By a file of another name."""
    aside = os.path.join(folder, f".corpus-tool-{os.urandom(8).hex()}")
    try:
        with open(aside, "xb") as file:
            _write_through(file, data)
        try:
            os.link(aside, path)  # unlike a rename, it replaces nothing that came meanwhile
        except FileExistsError:
            raise
        except OSError:
            os.rename(aside, path)  # a file system without links
    finally:
        with suppress(OSError):
            os.unlink(aside)


def _write_through(file: IO[bytes], data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def in_passing() -> sqlite3.Connection:
    """A corpus that lasts as long as the connection: in memory first, in a nameless temporary file as it grows."""
    connection = sqlite3.connect("", isolation_level=None)
    _settle(connection)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA user_version = {VERSION}")
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
    escaped = "".join(f"%{byte:02x}" for byte in os.fsencode(os.path.abspath(path)))
    return sqlite3.connect(
        f"file:{escaped}?{mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
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


_DAMAGE = (
    "malformed",
    "Could not decode",
    "unsupported file format",
    "decode byte",
    "no such table",
    "no such column",
    "vtable",
)
"""What SQLite says of a damaged header, schema or value under codes that it gives for other things too."""


@contextmanager
def words_for(path: str) -> Iterator[None]:
    """SQLite's errors in words that name the file and the next thing to try."""
    try:
        yield
    except SAID_BY_SQLITE as error:
        raise in_words(error, path) from None


SAID_BY_SQLITE = (sqlite3.Error, UnicodeDecodeError)
"""How an error of SQLite comes; the second, where its message quotes a damaged schema that is no UTF-8."""


def in_words(error: Exception, path: str) -> CorpusToolError:
    """What an error of SQLite means for the user of a corpus file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    said = str(error)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or any(words in said for words in _DAMAGE):
        return CorpusToolError(
            f"{path!r} is damaged: {said}",
            ExitCode.DAMAGED_INPUT,
            f"`corpus-tool check {path}` says where; restore it from a copy",
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
    if name == "SQLITE_IOERR_WRITE":  # as under a limit of the size of files, which SQLite does not tell from a fault
        return CorpusToolError(
            f"{path!r} could not be written: there is no space for it, or its disk has a fault; "
            "what was added before is kept",
            hint="check the disk and `ulimit -f`, then run the same command again: it goes on where it ended",
        )
    if name.startswith("SQLITE_IOERR"):
        return CorpusToolError(
            f"{path!r}: the system could not read or write it: {said} ({name})",
            hint="check the disk and the space left; what was added before is kept",
        )
    return CorpusToolError(f"{path!r}: {said}", hint=f"`corpus-tool check {path}` says whether it is whole")
