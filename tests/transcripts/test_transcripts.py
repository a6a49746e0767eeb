"""The transcript pages are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.transcripts.harness import PAGES, commands, pages, true_page


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(PAGES).with_suffix("")))
def test_page_is_true(path: Path) -> None:
    """The commands of the page give the output and the exit codes that stand there (`make accept` rewrites it)."""
    page = path.read_text(encoding="utf-8")
    assert commands(page)
    assert true_page(page) == page


def test_every_command_has_a_page() -> None:
    """Each command has a folder with a page in it, and each page opens with a heading and a sentence."""
    from corpus_tool.cli.main import COMMANDS

    assert {path.parent.name for path in pages()} == set(COMMANDS)
    for path in pages():
        assert re.match(r"# [^\n]+\n\n[^\n]+\.\n\n```console\n", path.read_text(encoding="utf-8")), path


def test_a_false_page_is_noticed() -> None:
    """The harness rewrites output and exit code that are not true, and only those."""
    page = "# A page\n\nA sentence.\n\n```console\n$ echo out; echo err >&2; exit 4\nwrong\n```\n\nexit: 0\n\nMore.\n"
    expected = page.replace("wrong\n", "out\n! err\n").replace("exit: 0", "exit: 4")
    assert true_page(page) == expected
    assert true_page(expected) == expected
