"""Run the commands that the pages show, and rewrite what they print: `python docs/tools/rerun.py`, then read the diff.

With names of pages after it (`README.md`, `search.md`) only those. Of a generated page the template is rewritten.
A command stands after `$ ` in a fenced `console` block, its output below it. All blocks of a page run in order in
one folder that holds seeds/ and docs/examples/. In the output shown, `…` in a line stands for any characters, a line
`…` for any lines; output that fits what is shown is left as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = "100"
_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<typed>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def pages() -> list[Path]:
    """The pages that show commands, as they are written: the template where a page is made of one."""
    docs = ROOT / "docs"
    templates = {path.name: path for path in (docs / "templates").glob("*.md")}
    found = [ROOT / "README.md", *(templates.get(path.name, path) for path in sorted(docs.glob("*.md")))]
    return [page for page in found if _BLOCK.search(page.read_text(encoding="utf-8"))]


def prepare(folder: Path) -> None:
    """Put into a folder what the commands read."""
    for name in ("seeds", "docs/examples"):
        shutil.copytree(ROOT / name, folder / name)


def rerun(page: Path, folder: Path) -> str:
    """The page with the output of its commands as it is now, run in a prepared folder."""

    def command(match: re.Match[str]) -> str:
        printed = run(match["typed"], folder)
        return f"$ {match['typed']}\n" + (match["shown"] if fits(printed, match["shown"]) else printed)

    def block(match: re.Match[str]) -> str:
        return f"```console\n{_COMMAND.sub(command, match['body'])}```"

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def run(typed: str, folder: Path) -> str:
    """What a command prints in a folder, stdout and stderr as they come, without blanks at line ends."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CORPUS_TOOL_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{clean.get('PATH', '')}"
    settings = {"COLUMNS": COLUMNS, "NO_COLOR": "1", "PYTHONUTF8": "1", "XDG_CONFIG_HOME": str(folder / "none")}
    done = subprocess.run(
        typed,
        shell=True,
        cwd=folder,
        env={**clean, **settings, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def fits(printed: str, shown: str) -> bool:
    """Whether what was printed is what a page shows.

    >>> fits("a\\nb\\nc 17 d\\n", "…\\nc … d\\n")
    True
    """
    lines = [r"(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*") for line in shown.splitlines(True)]
    return re.fullmatch("".join(lines), printed) is not None


def main(names: Sequence[str]) -> None:
    """Rewrite every page whose output changed, of those named or of all, and name it."""
    for page in pages():
        if names and page.name not in names:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder)
            text = rerun(page, folder)
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8", newline="\n")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
