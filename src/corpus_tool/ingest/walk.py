"""Sources to files, in a stable order; what is not read is said so."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_tool.errors import UsageError
from corpus_tool.store.recognize import is_corpus_file

STDIN = "-"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite writes beside a database while it is in use."""

UNSUPPORTED = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "HTML"),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf"), "word processor files"),
    ".pdf": "PDF",
    **dict.fromkeys(
        (".gz", ".bz2", ".xz", ".zst", ".zip", ".tar", ".tgz", ".7z", ".rar"), "archives and compressed files"
    ),
    **dict.fromkeys((".xml", ".tei", ".vrt", ".nitf"), "XML"),
    **dict.fromkeys((".warc", ".wacz"), "web archives"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "spreadsheets"),
    **dict.fromkeys((".arrow", ".feather"), "Arrow files"),
    **dict.fromkeys((".yaml", ".yml"), "YAML files"),
}
"""Endings of kinds that a reader does not exist for; they are skipped with a message that says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """One visited entry: a file to read, or, with `code`, one that is not read and why.

    `path` is the source as given, without trailing slashes, and the path below it; `below` that path alone.
    """

    path: str
    below: str
    code: str | None = None
    message: str = ""


def check_sources(sources: Iterable[str]) -> list[str]:
    """The sources with globs expanded, in the order given; UsageError for one that does not exist."""
    found: list[str] = []
    for source in sources:
        if source == STDIN or os.path.lexists(source):
            found.append(source)
            continue
        matches = _glob(source)
        if not matches:
            kind = "matches nothing" if _is_glob(source) else "does not exist"
            raise UsageError(f"{source!r} {kind}", "name a file, a folder, a glob in quotes, or - for standard input")
        found += matches
    return found


def exists(source: str) -> bool:
    """Whether an argument names a source: a path that is there, a glob that matches, or `-`."""
    return source == STDIN or os.path.lexists(source) or bool(_glob(source))


def _is_glob(source: str) -> bool:
    return any(sign in source for sign in "*?[")


def _glob(source: str) -> list[str]:
    if not _is_glob(source):
        return []
    from glob import glob

    return sorted(glob(source, recursive=True), key=os.fsencode)


def walk(source: str) -> Iterator[Found]:
    """The files of one source; below a folder in the order of path bytes, folders as `name/`."""
    if source == STDIN:
        yield Found(STDIN, STDIN)
        return
    given = source.rstrip("/") or "/"
    try:
        mode = os.stat(source).st_mode
    except OSError as error:
        yield _unreadable(given, given, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(given, "", os.path.realpath(source))
    elif stat.S_ISREG(mode):
        yield _file(given, os.path.basename(given))
    else:
        yield Found(given, given, "not-a-regular-file", "a pipe, socket or device; to read a pipe, use -")


def _folder(given: str, below: str, root: str) -> Iterator[Found]:
    folder = _join(given, below)
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=_order)
    except OSError as error:
        yield _unreadable(folder, below, error)
        return
    for entry in ordered:
        inner = _join(below, entry.name) if below else entry.name
        path = _join(given, inner)
        if entry.name.startswith("."):
            kind = "folder" if _is_folder(entry) else "file"
            yield Found(path, inner, "hidden", f"a hidden {kind}; to read it, name it as a source")
        elif entry.is_symlink():
            yield _link(path, inner, root)
        elif _is_folder(entry):
            yield from _folder(given, inner, root)
        elif entry.is_file(follow_symlinks=False):
            yield _file(path, inner)
        else:
            yield Found(path, inner, "not-a-regular-file", "a pipe, socket or device is not read from a folder")


def _order(entry: os.DirEntry[str]) -> bytes:
    return os.fsencode(entry.name) + (b"/" if _is_folder(entry) else b"")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and folder != "/" else f"{folder}{name}"


def _link(path: str, below: str, root: str) -> Found:
    """A link inside a folder: followed only to a regular file of the same folder."""
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Found(path, below, "missing", f"a link to {os.readlink(path)!r}, which does not exist")
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Found(path, below, "symlink-loop", "a link that leads back to itself")
        return _unreadable(path, below, error)
    target = os.path.realpath(path)
    inside = target == root or target.startswith(root.rstrip("/") + "/")
    if not inside:
        return Found(
            path,
            below,
            "symlink-outside",
            "a link out of the folder is not followed; name its target as a source",
        )
    if stat.S_ISDIR(mode):
        if f"{os.path.realpath(os.path.dirname(path))}/".startswith(f"{target.rstrip('/')}/"):
            return Found(path, below, "symlink-loop", "a link to a folder that holds it")
        return Found(path, below, "symlink-inside", "a link to a folder that is read in its own place")
    if not stat.S_ISREG(mode):
        return Found(path, below, "not-a-regular-file", "a link to a pipe, socket or device")
    return _file(path, below)


def _file(path: str, below: str) -> Found:
    name = os.path.basename(path).lower()
    ending = os.path.splitext(name)[1]
    if ending in UNSUPPORTED:
        return Found(
            path,
            below,
            "unsupported",
            f"{UNSUPPORTED[ending]} cannot be read yet; convert to text, JSON Lines or CSV",
        )
    if name.endswith(BESIDE) and is_corpus_file(path.rpartition("-")[0]):
        return Found(path, below, "database", "it belongs to the corpus file beside it")
    return Found(path, below)


def _unreadable(path: str, below: str, error: OSError) -> Found:
    if isinstance(error, FileNotFoundError):
        return Found(path, below, "missing", "it is not there any more")
    code = "permission" if isinstance(error, PermissionError) else "read-error"
    return Found(path, below, code, f"cannot be read: {error.strerror or error}")
