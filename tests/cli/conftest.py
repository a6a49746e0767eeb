"""What every test of a command has: a fixed environment and two ways to run, in this process and in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, Done, environment, user_documents

Run = Callable[..., Done]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of a command: UTF-8, 80 columns, a home of its own, no color wish."""
    return environment(tmp_path)


@pytest.fixture
def ct(env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, from the repository's root: quick, for all that needs no process of its own."""

    def run(*arguments: object, stdin: bytes = b"", cwd: Path = ROOT, **more: str) -> Done:
        from corpus_tool.cli import main

        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            for name in set(os.environ) - set(env):
                patch.delenv(name)
            for name, value in {**env, **more}.items():
                patch.setenv(name, value)
            patch.chdir(cwd)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", errors="backslashreplace", write_through=True))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", errors="backslashreplace", write_through=True))
            code = main.run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            return Done(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def process(env: dict[str, str]) -> Run:
    """Run a command in a process of its own."""

    def run(*arguments: object, stdin: bytes = b"", cwd: Path = ROOT, **more: Any) -> Done:
        environ = {**env, **{name: value for name, value in more.items() if name.isupper()}}
        command = [sys.executable, "-m", "corpus_tool", *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=environ, timeout=60, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def two() -> Path:
    """The folder with the user's two documents; the test is skipped where it is not there."""
    folder = user_documents()
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here; CORPUS_TOOL_TEST_DOCUMENTS names another place")
    return folder
