"""What happens to the process: pipes that close, full disks, closed streams, locales, signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, ROOT, article, write_jsonl

COMMAND = [sys.executable, "-m", "corpus_tool"]
FULL = Path("/dev/full")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A source whose listing is larger than a pipe holds."""
    return write_jsonl(tmp_path / "many.jsonl", *(article(n, title=f"Titel {n} " * 18) for n in range(900)))


def shell(line: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Run a line of bash; `corpus-tool` in it is ours."""
    script = f'corpus-tool() {{ "{sys.executable}" -m corpus_tool "$@"; }}; {line}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=env, cwd=ROOT, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_closed_pipe_ends_quietly(env: dict[str, str], many: Path) -> None:
    """`| head -1` on every form, buffered or not: the line, nothing on stderr, exit 0 or 141."""
    for line in (
        f"corpus-tool list {many} --detector none -q",
        f"corpus-tool list {many} --detector none -q --format table",
        f"PYTHONUNBUFFERED=1 corpus-tool list {many} --detector none -q",
        f"corpus-tool export - --detector none -q < {many}",
    ):
        code, out, err = shell(f"{line} | head -1; exit ${{PIPESTATUS[0]}}", env)
        assert (code in (0, 141), len(out.splitlines()), err) == (True, 1, ""), line


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_a_full_device(env: dict[str, str]) -> None:
    """stdout full: exit 1 and one message, for data, pages and help; stderr full: the data is right."""
    for line in ("list seeds/agency --detector none -q", "show seeds/agency inc --detector none", "--help"):
        code, _, err = shell(f"corpus-tool {line} > /dev/full", env)
        assert code == 1
        assert "No space left" in err
        assert "standard output" in err
        assert len(err.splitlines()) == 1
    code, out, _ = shell("corpus-tool list seeds/agency --detector none 2> /dev/full", env)
    assert (code, len(out.splitlines())) == (0, 3)
    code, _, err = shell("corpus-tool export seeds/agency --detector none -o /dev/full --format jsonl --force", env)
    assert code == 1
    assert "'/dev/full' cannot be written" in err


def test_closed_streams(env: dict[str, str]) -> None:
    """stdin, stdout, stderr closed, alone and all: no traceback."""
    for closing, out_lines in (("<&-", 3), (">&-", 0), ("2>&-", 3), ("<&- >&- 2>&-", 0)):
        code, out, err = shell(f"corpus-tool list seeds/agency --detector none {closing}", env)
        assert (code, len(out.splitlines())) == (0, out_lines), closing
        assert "Traceback" not in err
    code, out, err = shell("corpus-tool list - --detector none <&-", env)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "0 articles" in err


def test_any_locale_gives_the_same_bytes(env: dict[str, str], tmp_path: Path) -> None:
    """LC_ALL=C and an ASCII stdio: the same JSON bytes; a table is escaped rather than refused."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_jsonl(folder / "é.jsonl", article(1, title="Gênes — “été” 日本 👨‍👩‍👧"))
    asked = [*COMMAND, "export", str(folder), *PLAIN, "--json"]
    expected = subprocess.run(asked, capture_output=True, env=env, check=True).stdout
    assert "日本".encode() in expected
    for more in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}):
        assert subprocess.run(asked, capture_output=True, env={**env, **more}, check=True).stdout == expected
    table = [*COMMAND, "list", str(folder), *PLAIN, "--format", "table"]
    done = subprocess.run(table, capture_output=True, env={**env, "PYTHONIOENCODING": "ascii"}, check=True)
    assert done.stdout.isascii()


def test_a_home_that_cannot_be_used(env: dict[str, str]) -> None:
    """HOME, the configuration folder and TMPDIR missing or not writable: everything still works."""
    del env["XDG_CONFIG_HOME"]
    for home in ("/proc/none", "/proc", ""):
        more = {**env, "HOME": home, "TMPDIR": home}
        done = subprocess.run(
            [*COMMAND, "list", "seeds/agency", *PLAIN, "--receipt", "/dev/null"],
            capture_output=True,
            env=more,
            cwd=ROOT,
        )
        assert (done.returncode, len(done.stdout.splitlines()), done.stderr.count(b"\n")) == (0, 3, 1), done
    del env["HOME"]
    assert subprocess.run([*COMMAND, "config", "show"], capture_output=True, env=env, cwd=ROOT).returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing_half_written(env: dict[str, str], tmp_path: Path, number: int, code: int) -> None:
    """Ctrl-C, or SIGTERM, while writing: one line, 130 or 143, neither -o nor receipt nor a file aside."""
    command = [*COMMAND, "filter", "-", *PLAIN, "-o", "out.jsonl", "--others", "rest.jsonl", "--receipt", "r.json"]
    work = tmp_path / "work"
    work.mkdir()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=work
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(article(1)).encode() + b"\n")
    process.stdin.flush()
    end = time.monotonic() + 20
    while not any(work.iterdir()):
        assert time.monotonic() < end, "it never began to write"
        time.sleep(0.02)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.decode().split()) == (
        code,
        b"",
        ["interrupted" if code == 130 else "terminated"],
    )
    assert list(work.iterdir()) == []


def test_a_stream_is_answered_record_by_record(env: dict[str, str]) -> None:
    """`filter -` gives a match as soon as its line was read, before its input ends."""
    command = [*COMMAND, "filter", "-", *PLAIN, "--contains", "nummer 0 "]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    )
    assert process.stdin is not None
    assert process.stdout is not None
    stdin = process.stdin
    lines = b"".join(json.dumps(article(number)).encode() + b"\n" for number in range(3000))  # over any read-ahead

    def feed() -> None:
        with contextlib.suppress(BrokenPipeError):
            stdin.write(lines)
            stdin.flush()

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    guard = threading.Timer(20, process.kill)
    guard.start()
    assert "nummer 0 " in json.loads(process.stdout.readline())["text"]
    guard.cancel()
    assert process.poll() is None
    process.kill()
    feeder.join(timeout=20)
    process.wait(timeout=20)
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        stdin.close()


def test_few_open_files_are_enough(env: dict[str, str], tmp_path: Path) -> None:
    """With at most 32 open files, 60 are read one after another."""
    for number in range(60):
        write_jsonl(tmp_path / f"{number}.jsonl", article(number))
    code, out, _ = shell(f"ulimit -n 32; corpus-tool list {tmp_path} --detector none", env)
    assert (code, len(out.splitlines())) == (0, 61)


def test_the_same_output_on_any_hash_seed(env: dict[str, str]) -> None:
    """`show --explain` is the same on every run."""
    asked = [*COMMAND, "show", "seeds/headers/accord-de-paris.txt", "--explain"]
    pages = {
        subprocess.run(asked, capture_output=True, env={**env, "PYTHONHASHSEED": seed}, cwd=ROOT, check=True).stdout
        for seed in ("0", "1")
    }
    assert len(pages) == 1


def test_a_file_that_may_not_be_read_is_that_files_error(process: Run, tmp_path: Path) -> None:
    """No permission: exit 3, the other file is read, the path named."""
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    write_jsonl(tmp_path / "a.jsonl", article(1))
    write_jsonl(tmp_path / "b.jsonl", article(2)).chmod(0)
    done = process("list", tmp_path / "a.jsonl", tmp_path / "b.jsonl", *PLAIN)
    assert (done.code, len(done.lines)) == (3, 2)
    assert "[permission]" in done.err
