"""Writing files so that nothing is half-written or overwritten by accident: aside first, then renamed."""

from __future__ import annotations

import atexit
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from corpus_tool.errors import CorpusToolError


def check_free(path: str, *, force: bool) -> None:
    """Refuse to overwrite a file, or to write into a folder that holds something, unless forced."""
    if force or not os.path.lexists(path) or _is_device(path):
        return
    if os.path.isdir(path):
        if os.listdir(path):
            raise CorpusToolError(
                f"the folder {path!r} is not empty",
                hint="--force writes into it and replaces files of the same name",
            )
        return
    raise CorpusToolError(f"{path!r} exists", hint="--force overwrites it")


def _is_device(path: str) -> bool:
    """Whether a path leads to a pipe, terminal or `/dev/null`: writing there overwrites nothing."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


@contextmanager
def write_file(path: str, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file that appears under its name only when the block ends well; a device or pipe is written directly.

    Raises CorpusToolError where the file exists and `force` is false, and for errors of the system.
    """
    check_free(path, force=force)
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb") as device:
                yield device
            return
        target = os.path.realpath(path)  # a link stays one; what it leads to is replaced
        folder = os.path.dirname(target)
        aside = os.path.join(folder, f".corpus-tool-{os.urandom(8).hex()}")
        _ASIDE.add(aside)
        try:
            with open(aside, "xb") as file:
                yield cast("BinaryIO", file)
            check_free(path, force=force)  # another program may have written it in the meantime
            with suppress(FileNotFoundError):
                os.chmod(aside, stat.S_IMODE(os.stat(target).st_mode))
            os.replace(aside, target)
        finally:
            _remove(aside)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CorpusToolError(
            f"{path!r} cannot be written: {error.strerror or error}",
            hint="check the folder, its permissions and the space left",
        ) from None


_ASIDE: set[str] = set()
"""Files being written aside. An interrupt between two steps of `write_file` leaves one to the end of the process."""


def _remove(aside: str) -> None:
    """Remove a file aside, if it is still there."""
    with suppress(OSError):
        os.unlink(aside)
    _ASIDE.discard(aside)


@atexit.register
def _remove_all() -> None:
    for aside in list(_ASIDE):
        _remove(aside)
