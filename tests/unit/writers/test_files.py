import os
import stat
from pathlib import Path

import pytest

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.writers.files import check_free, write_file


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    """Inside the block nothing stands under the name; after it the whole content, and nothing else in the folder."""
    path = tmp_path / "a.json"
    with write_file(str(path)) as out:
        out.write(b"abc")
        assert not path.exists()
    assert path.read_bytes() == b"abc"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("existing", [False, True])
def test_an_error_leaves_nothing(tmp_path: Path, error: type[BaseException], existing: bool) -> None:
    """Whatever ends the block early, the folder is as it was, a file of that name included."""
    path = tmp_path / "a.json"
    if existing:
        path.write_text("vroeger")

    def write() -> None:
        with write_file(str(path), force=True) as out:
            out.write(b"x" * 100_000)
            raise error

    with pytest.raises(error):
        write()
    assert os.listdir(tmp_path) == (["a.json"] if existing else [])
    assert not existing or path.read_text() == "vroeger"


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    """Without `force` it is refused with a hint, with it replaced."""
    path = tmp_path / "a.json"
    path.write_text("vroeger")
    with pytest.raises(CorpusToolError, match="exists") as error, write_file(str(path)):
        pytest.fail("the block was entered")
    assert (error.value.code, "--force" in error.value.hint) == (ExitCode.FAILED, True)
    assert path.read_text() == "vroeger"
    with write_file(str(path), force=True) as out:
        out.write(b"nieuw")
    assert path.read_text() == "nieuw"


def test_a_dangling_link_is_not_free(tmp_path: Path) -> None:
    """A link that leads nowhere is something that would be overwritten."""
    (tmp_path / "a.json").symlink_to("nergens")
    with pytest.raises(CorpusToolError, match="exists"):
        check_free(str(tmp_path / "a.json"), force=False)


def test_check_free_of_folders(tmp_path: Path) -> None:
    """An empty folder and a name that is not there are free, a folder that holds something is not."""
    check_free(str(tmp_path), force=False)
    check_free(str(tmp_path / "nieuw"), force=False)
    (tmp_path / "a").write_text("x")
    with pytest.raises(CorpusToolError, match="not empty"):
        check_free(str(tmp_path), force=False)
    check_free(str(tmp_path), force=True)


def test_a_device_is_written_directly(tmp_path: Path) -> None:
    """`/dev/null` exists and nothing of it is overwritten: no `force` is asked for, and it stays a device."""
    with write_file("/dev/null") as out:
        out.write(b"abc")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    """A pipe gets the bytes and stays a pipe."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with write_file(str(path)) as out:
        out.write(b"abc")
    assert os.read(reader, 10) == b"abc"
    os.close(reader)
    assert stat.S_ISFIFO(os.stat(path).st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("size", [1, 1_000_000])
def test_a_full_disk_is_said(size: int) -> None:
    """The error of the system becomes one with a hint, also when it comes only at the end."""
    message = "'/dev/full' cannot be written: No space left"
    with pytest.raises(CorpusToolError, match=message) as error, write_file("/dev/full") as out:
        out.write(b"x" * size)
    assert "space" in error.value.hint


@pytest.mark.parametrize("path", ["weg/a.json", "a.txt/b.json", "x" * 300])
def test_a_name_that_cannot_be_written(tmp_path: Path, path: str) -> None:
    """A folder that is not there, a file in its place, a name too long: said, and nothing is left."""
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CorpusToolError, match="cannot be written"), write_file(str(tmp_path / path)) as out:
        out.write(b"abc")
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_closed_pipe_is_the_callers_business(tmp_path: Path) -> None:
    """The error of a closed pipe is handed on as it is, for it ends a command quietly."""
    with pytest.raises(BrokenPipeError), write_file(str(tmp_path / "a")):
        raise BrokenPipeError


def test_the_mode_is_that_of_any_new_file(tmp_path: Path) -> None:
    """The file is as readable as one that a shell makes, not private to its owner."""
    before = os.umask(0o022)
    try:
        with write_file(str(tmp_path / "a")):
            pass
        assert stat.S_IMODE(os.stat(tmp_path / "a").st_mode) == 0o644
    finally:
        os.umask(before)


def test_what_is_replaced_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    """A private file stays private, and a link still leads to it."""
    kept, link = tmp_path / "kept", tmp_path / "link"
    kept.write_bytes(b"old")
    kept.chmod(0o600)
    link.symlink_to(kept)
    with write_file(str(link), force=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_file_that_appears_in_the_meantime(tmp_path: Path) -> None:
    """Is not overwritten either."""
    path = tmp_path / "out"

    def interfere() -> None:
        with write_file(str(path)) as file:
            file.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(CorpusToolError, match="exists"):
        interfere()
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("out", b"theirs")]
