"""Every command explains itself: usage, examples, a help text for each option."""

from __future__ import annotations

import click
import pytest

from corpus_tool.cli.main import COMMANDS, EXAMPLES, group, run

SHORTEST_EXAMPLES = 3


def _context(path: tuple[str, ...]) -> click.Context:
    context = group.make_context("corpus-tool", [], resilient_parsing=True)
    for name in path:
        assert isinstance(context.command, click.Group)
        command = context.command.get_command(context, name)
        assert command is not None
        context = command.make_context(name, [], parent=context, resilient_parsing=True)
    return context


def _paths() -> list[tuple[str, ...]]:
    """Every command and every command of a group in it, by its names."""
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        found.append((name,))
        command = _context((name,)).command
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in sorted(command.commands)]
    return found


PATHS = _paths()
LEAVES = [path for path in PATHS if not isinstance(_context(path).command, click.Group)]


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("path", [(), *PATHS], ids=" ".join)
def test_help_loads(path: tuple[str, ...], flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command goes to stdout with exit code 0, its usage line first."""
    assert run([*path, flag]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"Usage: {' '.join(('corpus-tool', *path))} ")
    assert err == ""


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_three_examples(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command has at least three examples of that very command, each with a line that explains it."""
    examples = getattr(_context(path).command, "examples", ())
    assert len(examples) >= SHORTEST_EXAMPLES
    run([*path, "--help"])
    out = " ".join(capsys.readouterr().out.split())
    for typed, what in examples:
        assert tuple(typed.split()[: len(path)]) == path
        assert f"corpus-tool {typed}" in out
        assert what
        assert what in out


def test_group_examples() -> None:
    """The help of `corpus-tool` itself has three examples, each of a command that exists."""
    assert len(EXAMPLES) >= SHORTEST_EXAMPLES
    assert {typed.split()[0] for typed, _ in EXAMPLES} <= set(COMMANDS)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_options_have_help(path: tuple[str, ...]) -> None:
    """No option is without a help text, and every help text ends as a sentence does."""
    options = [param for param in _context(path).command.params if isinstance(param, click.Option)]
    silent = [option.opts[-1] for option in options if not (option.help or "").strip()]
    assert silent == []
    unended = [option.opts[-1] for option in options if not (option.help or "").rstrip().endswith((".", "…", ")"))]
    assert unended == []


@pytest.mark.parametrize("name", COMMANDS)
def test_one_line(name: str) -> None:
    """The one line of a command in the list of commands is the first line of its own help."""
    assert _context((name,)).command.help == COMMANDS[name]
