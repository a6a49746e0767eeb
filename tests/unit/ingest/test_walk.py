import errno
import os
import socket
from pathlib import Path

import pytest

from corpus_tool.errors import ExitCode, UsageError
from corpus_tool.ingest import walk as walk_module
from corpus_tool.ingest.walk import UNSUPPORTED, check_sources, exists, walk


def seen(source: Path | str) -> dict[str, str | None]:
    """Path below the source → why it is not read."""
    return {found.below: found.code for found in walk(str(source))}


def make(root: Path, *names: str) -> None:
    """Empty files, with the folders above them."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_order_is_that_of_path_bytes_with_folders_as_name_slash(tmp_path: Path) -> None:
    """`a-b` comes before `a/`, which comes before `a0`; bytes, not letters, decide."""
    make(tmp_path, "a0", "a/z", "a/b/c", "a-b", "Z", "é", "z", "a.txt")
    expected = ["Z", "a-b", "a.txt", "a/b/c", "a/z", "a0", "z", "é"]
    assert [found.below for found in walk(str(tmp_path))] == expected
    assert [found.path for found in walk(str(tmp_path))] == [f"{tmp_path}/{name}" for name in expected]


@pytest.mark.parametrize("slashes", ["", "/", "///"])
def test_trailing_slashes_of_a_source_do_not_count(tmp_path: Path, slashes: str) -> None:
    """The path is the source without them, one slash, and the path below."""
    make(tmp_path, "a/b.txt")
    assert [found.path for found in walk(f"{tmp_path}{slashes}")] == [f"{tmp_path}/a/b.txt"]


def test_a_relative_source_stays_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths begin as the source was typed."""
    make(tmp_path, "pers/b.txt")
    monkeypatch.chdir(tmp_path)
    given = [[(found.path, found.below) for found in walk(source)] for source in (".", "./pers", "pers/b.txt")]
    assert given == [[("./pers/b.txt", "pers/b.txt")], [("./pers/b.txt", "b.txt")], [("pers/b.txt", "b.txt")]]


def test_hidden_entries_are_listed_and_not_read(tmp_path: Path) -> None:
    """Names with a dot in front are said to be skipped, a folder of them once; named themselves they are read."""
    make(tmp_path, ".a.txt", ".git/config", "b.txt")
    assert seen(tmp_path) == {".a.txt": "hidden", ".git": "hidden", "b.txt": None}
    assert seen(tmp_path / ".a.txt") == {".a.txt": None}
    assert seen(tmp_path / ".git") == {"config": None}


def test_links(tmp_path: Path) -> None:
    """Only a link to a regular file inside the folder is followed; every other is named with its reason."""
    make(tmp_path, "out/secret.txt", "in/a.txt", "in/ab/b.txt", "in/a/c.txt")
    root = tmp_path / "in"
    for name, target in {
        "file": "a.txt",
        "far": "ab/b.txt",
        "outside": "../out/secret.txt",
        "outside-folder": "../out",
        "dangling": "nowhere",
        "through-file": "a.txt/x",
        "self": "self",
        "folder": "ab",
        "up": "..",
        "ab/root": "../../in",
        "ab/sibling": "../a",
        "ab/here": ".",
        "chain": "outside",
        "page.html": "a.txt",
    }.items():
        (root / name).symlink_to(target)
    codes = seen(root)
    assert {name: codes[name] for name in codes if (root / name).is_symlink()} == {
        "file": None,
        "far": None,
        "outside": "symlink-outside",
        "outside-folder": "symlink-outside",
        "dangling": "missing",
        "through-file": "missing",
        "self": "symlink-loop",
        "folder": "symlink-inside",
        "up": "symlink-outside",
        "ab/root": "symlink-loop",
        "ab/sibling": "symlink-inside",
        "ab/here": "symlink-loop",
        "chain": "symlink-outside",
        "page.html": "unsupported",
    }
    assert {"ab/b.txt", "a/c.txt", "a.txt"} <= codes.keys()


def test_a_link_that_may_not_be_followed_is_no_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target in a closed folder is a matter of permission."""
    make(tmp_path, "a.txt")
    (tmp_path / "link").symlink_to("a.txt")
    real = os.stat

    def closed(path: str, **options: bool) -> os.stat_result:
        if str(path).endswith("/link"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, **options)

    monkeypatch.setattr(walk_module.os, "stat", closed)
    assert seen(tmp_path)["link"] == "permission"


def test_a_source_that_is_a_link_is_followed(tmp_path: Path) -> None:
    """What the user names is read, also through a link, and keeps the name that was typed."""
    make(tmp_path, "in/a.txt")
    (tmp_path / "link").symlink_to("in")
    assert [found.path for found in walk(str(tmp_path / "link"))] == [f"{tmp_path}/link/a.txt"]
    (tmp_path / "gone").symlink_to("nowhere")
    assert [found.code for found in walk(str(tmp_path / "gone"))] == ["missing"]


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO and a socket are named and skipped, also as a source; nothing waits for a writer."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link").symlink_to("pipe.txt")
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert set(seen(tmp_path).values()) == {"not-a-regular-file"}
        assert seen(tmp_path).keys() == {"pipe.txt", "link", "socket"}
    assert list(seen(tmp_path / "pipe.txt").values()) == ["not-a-regular-file"]


@pytest.mark.parametrize("ending", UNSUPPORTED)
def test_kinds_that_cannot_be_read_yet_say_so(tmp_path: Path, ending: str) -> None:
    """The message names the kind and what to do; capitals make no difference."""
    make(tmp_path, f"a{ending.upper()}")
    [found] = walk(str(tmp_path))
    assert found.code == "unsupported"
    assert UNSUPPORTED[ending] in found.message
    assert "convert" in found.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    """A closed folder is an error of that folder, and the rest is read."""
    make(tmp_path, "a/x.txt", "b.txt")
    (tmp_path / "a").chmod(0)
    try:
        assert seen(tmp_path) == {"a": "permission", "b.txt": None}
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_folder_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system while listing has a row of its own."""
    make(tmp_path, "a/x.txt", "b.txt")
    real = os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("/a"):
            raise OSError(errno.EIO, "Input/output error")
        return real(path)

    monkeypatch.setattr(walk_module.os, "scandir", failing)
    found = {item.below: (item.code, item.message) for item in walk(str(tmp_path))}
    assert found["a"] == ("read-error", "cannot be read: Input/output error")
    assert found["b.txt"] == (None, "")


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A name of any bytes is walked and given back so that it can be opened."""
    raw = os.fsencode(tmp_path) + b"/caf\xe9\nx.txt"
    Path(os.fsdecode(raw)).write_text("x")
    [found] = walk(str(tmp_path))
    assert os.fsencode(found.path) == raw
    assert found.below == "caf\udce9\nx.txt"


def test_check_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources stay in the order given; globs are expanded in byte order, hidden names left out, `**` goes deep."""
    make(tmp_path, "b.txt", "a.txt", ".c.txt", "d/e.txt", "[1].txt")
    monkeypatch.chdir(tmp_path)
    assert check_sources(["b.txt", "-", "a.txt"]) == ["b.txt", "-", "a.txt"]
    assert check_sources(["[ab].txt"]) == ["a.txt", "b.txt"]
    assert check_sources(["*.txt"]) == ["[1].txt", "a.txt", "b.txt"]
    assert check_sources(["**/*.txt"]) == ["[1].txt", "a.txt", "b.txt", "d/e.txt"]
    assert check_sources(["[1].txt"]) == ["[1].txt"]  # a name that is there is no glob


@pytest.mark.parametrize(
    ("source", "message"), [("weg.txt", "does not exist"), ("*.csv", "matches nothing"), ("", "not"), ("a\0b", "not")]
)
def test_a_source_that_is_not_there(tmp_path: Path, source: str, message: str) -> None:
    """A missing source and a glob without matches are usage errors, and `exists` says no."""
    with pytest.raises(UsageError, match=message) as error:
        check_sources([str(tmp_path), source])
    assert error.value.code == ExitCode.USAGE
    assert error.value.hint
    assert not exists(source)


def test_exists(tmp_path: Path) -> None:
    """Paths, globs with a match and `-` are sources."""
    make(tmp_path, "a.txt")
    (tmp_path / "gone").symlink_to("nowhere")
    assert all(exists(source) for source in ("-", str(tmp_path), f"{tmp_path}/*.txt", f"{tmp_path}/gone"))


def test_standard_input_is_one_entry() -> None:
    """`-` is itself, by its own name."""
    assert [(found.path, found.code) for found in walk("-")] == [("-", None)]
