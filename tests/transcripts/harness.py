"""Run the commands of a transcript page and write the page as it is true now.

A page is Markdown: a heading, a sentence, then for each command a block

    ```console
    $ corpus-tool list seeds/agency
    what it writes to stdout
    ! a line that it writes to stderr
    ```

    exit: 0

Commands run in bash from the repository's root, in order, with the same fresh folder `$TMP` for a page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus_tool import __version__

PAGES = Path(__file__).parent
ROOT = PAGES.parents[1]
SECONDS = 60

_BLOCK = re.compile(
    r"^```console\n\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)```\n(?:\nexit: (?P<exit>\d+)\n)?", re.MULTILINE
)


def pages() -> list[Path]:
    """Every page, in a stable order."""
    return sorted(PAGES.glob("*/*.md"))


def commands(page: str) -> list[str]:
    """The commands of a page."""
    return [match["command"] for match in _BLOCK.finditer(page)]


def true_page(page: str) -> str:
    """The page with the output and the exit codes that its commands give now."""
    with tempfile.TemporaryDirectory(prefix="transcript-") as folder:
        tmp = Path(folder, "tmp")
        tmp.mkdir()
        environment = _environment(Path(folder), tmp)
        return _BLOCK.sub(lambda match: _run(match["command"], environment, tmp), page)


def _run(command: str, environment: dict[str, str], tmp: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        env=environment,
        timeout=SECONDS,
        check=False,
    )
    out, err = (_masked(stream.decode(errors="backslashreplace"), tmp) for stream in (done.stdout, done.stderr))
    if out and not out.endswith("\n"):
        out += "\n"
    told = "".join(f"! {line}".rstrip() + "\n" for line in err.splitlines())
    return f"```console\n$ {command}\n{out}{told}```\n\nexit: {done.returncode}\n"


def _masked(text: str, tmp: Path) -> str:
    """The text without what differs from one machine or version to the next."""
    return text.replace(str(tmp), "$TMP").replace(__version__, "VERSION")


def _environment(folder: Path, tmp: Path) -> dict[str, str]:
    """A fixed environment in which `corpus-tool` is the one that is tested."""
    shim = folder / "bin" / "corpus-tool"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpus_tool "$@"\n')
    shim.chmod(0o755)
    return {
        "PATH": f"{shim.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
        "TERM": "xterm-256color",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "TMP": str(tmp),
    }
