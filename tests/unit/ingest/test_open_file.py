import hashlib
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus_tool.ingest.open_file import Hashing, Rewound, Unreadable, Window, hash_rest, open_file
from corpus_tool.ingest.walk import Found
from corpus_tool.text.decode import HEAD_BYTES


def found(path: Path | str) -> Found:
    """An entry as `walk` gives it."""
    return Found(str(path), Path(path).name)


def code_of(path: Path | str, limit: int = 1 << 30) -> str:
    """The code with which a file is refused."""
    with pytest.raises(Unreadable) as refused:
        open_file(found(path), limit)
    return refused.value.diagnostic.code


@pytest.mark.parametrize("size", [0, 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, 3 * HEAD_BYTES])
def test_a_file_is_given_whole(tmp_path: Path, size: int) -> None:
    """Head and rest together are the file, and its checksum that of all its bytes."""
    data = os.urandom(size)
    (tmp_path / "a").write_bytes(data)
    opened = open_file(found(tmp_path / "a"), 1 << 30)
    assert hash_rest(opened) == hashlib.sha256(data).hexdigest()
    assert opened.read_all(1 << 30) == data
    assert (opened.size, opened.changed()) == (size, False)
    opened.close()
    assert opened.rest.closed


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """The limit is the largest size that is read."""
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert code_of(tmp_path / "a", 99) == "too-large"
    open_file(found(tmp_path / "a"), 100).close()


def test_a_stream_over_the_limit_is_refused() -> None:
    """Where the size is not known beforehand, reading ends at the limit."""
    size = 2 * HEAD_BYTES
    for limit, refused in ((size, False), (size - 1, True), (10, True)):
        stream = io.BytesIO(b"x" * size)
        sys_stdin = sys.stdin
        sys.stdin = SimpleNamespace(buffer=stream)
        try:
            opened = open_file(Found("-", "-"), limit)
        finally:
            sys.stdin = sys_stdin
        if refused:
            with pytest.raises(Unreadable) as error:
                opened.read_all(limit)
            assert error.value.diagnostic.code == "too-large"
        else:
            assert len(opened.read_all(limit)) == size


def test_a_file_that_went_away(tmp_path: Path) -> None:
    """A file that was listed and is no longer there is missing, not an error of ours."""
    assert code_of(tmp_path / "weg.txt") == "missing"


def test_a_pipe_that_took_its_place_does_not_hang(tmp_path: Path) -> None:
    """What is no regular file any more is not read."""
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "not-a-regular-file"


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """A folder cannot be opened as a file, and that is said."""
    assert code_of(tmp_path) in ("not-a-regular-file", "read-error")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """A closed file is a matter of permission."""
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0)
    assert code_of(tmp_path / "a") == "permission"


def test_a_permission_error_and_another_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two are told apart also where a test runs as root."""
    (tmp_path / "a").write_bytes(b"x")
    for error, code in ((PermissionError(13, "no"), "permission"), (OSError(5, "broken disk"), "read-error")):

        def failing(*_args: object, error: OSError = error) -> int:
            raise error

        monkeypatch.setattr(os, "open", failing)
        assert code_of(tmp_path / "a") == code


@pytest.mark.parametrize("change", ["size", "time", "gone"])
def test_a_file_that_changed(tmp_path: Path, change: str) -> None:
    """Another size, another time or no file at all: it changed while it was read."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    opened = open_file(found(path), 100)
    if change == "size":
        path.write_bytes(b"x" * 11)
    elif change == "time":
        os.utime(path, (1, 1))
    else:
        path.unlink()
    assert opened.changed()
    opened.close()


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard input there is nothing to read, and that is an error of this source."""
    monkeypatch.setattr(sys, "stdin", None)
    assert code_of("-") == "read-error"


def test_standard_input_is_not_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing it is not ours to do, and it never changed."""
    stream = io.BytesIO(b"abc")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    opened = open_file(Found("-", "-"), 100)
    assert (opened.head, opened.whole, opened.changed()) == (b"abc", True, False)
    opened.close()
    assert not stream.closed


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100, -1])
def test_a_rewound_stream_gives_every_byte_once(size: int) -> None:
    """The head again, then the rest, in pieces of any size, and all of it is hashed."""
    data = b"abcdefghij"
    opened = SimpleNamespace(head=data[:4], rest=io.BytesIO(data[4:]))
    hashing = Hashing(opened)
    stream, got = Rewound(opened.head, hashing), b""
    while piece := stream.read(size):
        got += piece
    assert got == data
    assert hashing.digest.hexdigest() == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_a_window_gives_any_span_that_was_read(size: int) -> None:
    """Spans in growing order, touching, apart, empty or equal; nothing that lies before is held."""
    data = bytes(range(100))
    window = Window(Rewound(b"", io.BytesIO(data)))
    window_read = b""
    while piece := window.read(size):
        window_read += piece
    assert window_read == data
    assert [window.take(*span) for span in ((0, 3), (3, 3), (3, 10), (3, 12), (40, 41), (99, 100), (100, 120))] == [
        data[0:3], b"", data[3:10], data[3:12], data[40:41], data[99:100], b"",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 4, 5, 9])
def test_a_window_holds_one_record_and_what_was_read_ahead(size: int) -> None:
    """Reading and taking in turn: a span may reach over any number of pieces, and what is behind is let go."""
    data = bytes(range(250))
    window, at, ahead = Window(Rewound(b"", io.BytesIO(data))), 0, 0
    while at < len(data):
        while ahead < min(at + 20, len(data)):
            ahead += len(window.read(size))
        assert window.take(at, at + 10) == data[at : at + 10]
        assert sum(map(len, window._pieces)) <= 20 + 2 * size
        at += 10


def test_a_window_forgets_on_request() -> None:
    """A record that is left out is not held until the next one is taken."""
    window = Window(Rewound(b"", io.BytesIO(b"abcdef")))
    for _ in range(6):
        window.read(1)
    window.forget(4)
    assert list(window._pieces) == [b"e", b"f"]
    assert window.take(4, 6) == b"ef"


def test_a_window_over_a_whole_file() -> None:
    """There is nothing to read, and every span can be taken."""
    window = Window.of(b"abcdef")
    assert (window.read(), window.take(0, 2), window.take(2, 6)) == (b"", b"ab", b"cdef")
