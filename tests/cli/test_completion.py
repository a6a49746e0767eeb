"""`corpus-tool completion`: scripts that shells load."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_names_the_command_and_is_valid(ct: Run, shell: str, tmp_path: Path) -> None:
    """Each script completes `corpus-tool`; where the shell is here, it accepts the script (bash stands in for zsh)."""
    done = ct("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_CORPUS_TOOL_COMPLETE" in done.out
    assert "corpus-tool" in done.out
    script = tmp_path / "script"
    script.write_bytes(done.stdout)
    if checker := shutil.which(shell):
        checked = subprocess.run([checker, "-n", script], capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, b"")


def test_commands_options_and_values_are_completed(process: Run) -> None:
    """What the bash script asks for: commands by prefix, options of a command, the values of a choice."""

    def completed(words: str, number: int) -> list[str]:
        done = process(_CORPUS_TOOL_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(number))
        return [line.partition(",")[2] for line in done.lines]

    assert completed("corpus-tool f", 1) == ["filter", "freq", "formats"]
    assert completed("corpus-tool list --sa", 2) == ["--sample"]
    assert "jsonl" in completed("corpus-tool list --format ", 3)


def test_unknown_shell(ct: Run) -> None:
    """Another shell: exit 2 and the three there are."""
    ct("completion", "tcsh").failed(2, "bash", "zsh", "fish")
