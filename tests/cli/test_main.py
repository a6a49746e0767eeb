"""The entry point: help, version, typos, faults, and what start-up may import."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, ROOT

HEAVY = ("rich", "yaml", "langdetect", "regex", "chardet", "ftfy")


def test_help_and_version(ct: Run) -> None:
    """`-h`, `--help` and nothing at all give the commands; `--version` one line."""
    from corpus_tool import __version__
    from corpus_tool.cli.main import COMMANDS

    done = ct("--help")
    assert (done.code, done.out) == (0, ct("-h").out)
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", done.out, re.MULTILINE)
    assert done.out.count("  corpus-tool ") >= 3
    assert ct().failed(2).err == done.out
    assert ct("--version").out == f"corpus-tool, version {__version__}\n"


@pytest.mark.parametrize(
    "command", ["list", "filter", "show", "export", "sniff", "formats", "config show", "completion"]
)
def test_help_of_every_command_reads_well(ct: Run, command: str) -> None:
    """One line, examples, grouped options, help for every option, at most 80 columns, no blank noise."""
    done = ct(*command.split(), "-h")
    assert done.lines[0].startswith(f"Usage: corpus-tool {command} ")
    assert done.lines[4] == "Examples:"
    assert done.out.count(f"  corpus-tool {command}") >= 3
    assert max(map(len, done.lines)) <= 80
    assert "Other options" not in done.out
    assert "[x>=0]" not in done.out
    for line in done.lines:
        if line.startswith("  -"):
            assert re.search(r"\S  +\S", line) or len(line) > 30, line
    assert done.out.rstrip().count("-h, --help") == 1


def test_typos_get_a_suggestion(ct: Run) -> None:
    """A command that is none: the near one, or the list of all; exit 2, nothing on stdout."""
    ct("lsit", "seeds/").failed(2, "'lsit'", "did you mean `list`?")
    ct("exprot", "seeds/").failed(2, "`export`")
    ct("qqqq").failed(2, "list, filter, show")
    ct("--verzion").failed(2, "--version")
    ct("list", "--limitt", "3").failed(2, "--limit")


def test_a_fault_of_ours_is_one_line(ct: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception: exit 1, no traceback, --debug named; with --debug the exception itself."""
    import corpus_tool.cli.session as session

    def broken(*_arguments: object, **_more: object) -> None:
        raise KeyError("oh")

    monkeypatch.setattr(session, "read", broken)
    ct("list", "seeds", *PLAIN).failed(1, "KeyError", "--debug")
    with pytest.raises(KeyError):
        ct("list", "seeds", *PLAIN, "--debug")
    monkeypatch.setattr(session, "read", lambda *_a, **_k: (_ for _ in ()).throw(MemoryError()))
    ct("list", "seeds", "--format", "table", *PLAIN).failed(1, "not enough memory", "--max-file-size")


def imported(arguments: list[str], env: dict[str, str]) -> set[str]:
    """The modules that a command has imported at its end."""
    code = (
        "import sys; from corpus_tool.cli.main import run; code = run(sys.argv[1:]); sys.stdout.flush(); "
        "print(code, *sorted(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=True)
    code_word, *modules = done.stderr.splitlines()[-1].split()
    assert code_word == "0", done.stderr
    return set(modules)


def test_help_imports_next_to_nothing(env: dict[str, str]) -> None:
    """`--help` imports Click and our own entry point, no library for reading or drawing, no room below."""
    modules = imported(["--help"], env)
    assert not modules & {*HEAVY, "difflib", "tempfile", "csv", "json"}
    ours = {name for name in modules if name.startswith("corpus_tool.")}
    assert ours <= {
        f"corpus_tool.{name}" for name in ("cli", "cli.main", "cli.command", "cli.streams", "errors", "version")
    }


def test_listing_plain_text_imports_no_heavy_library(env: dict[str, str], tmp_path: Path) -> None:
    """`list --format tsv --detector none` on UTF-8 text: no Rich, YAML, detector, repairer or regex engine."""
    (tmp_path / "a.txt").write_text(
        "Een kop\n\nEen zin over de trein naar Gent, in één alinea van de krant van gisteren.\n"
    )
    modules = imported(["list", str(tmp_path), "--format", "tsv", *PLAIN], env)
    assert not modules & set(HEAVY)
