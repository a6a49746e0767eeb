"""Every public thing of the source has a docstring, and every test says what it proves."""

from __future__ import annotations

import ast

import pytest

from tests.repo.paths import ROOT, SRC, functions, python_files


def _public(name: str) -> bool:
    return not any(part.startswith("_") for part in name.split("."))


def test_source_docstrings() -> None:
    """Each module of src, and each public class, function and method in it, has a docstring."""
    missing = []
    for path in python_files(SRC):
        where = path.relative_to(ROOT)
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None:
            missing.append(str(where))
        missing += [
            f"{where}:{node.lineno} {name}"
            for name, node in functions(path)
            if _public(name) and ast.get_docstring(node) is None
        ]
    assert missing == []


def test_test_docstrings() -> None:
    """Each test function has a docstring of one sentence or more."""
    missing = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in python_files(ROOT / "tests")
        for name, node in functions(path)
        if name.rpartition(".")[2].startswith("test_") and not (ast.get_docstring(node) or "").strip()
    ]
    assert missing == []


@pytest.mark.parametrize("room", sorted(path.name for path in SRC.iterdir() if (path / "__init__.py").is_file()))
def test_rooms_hold_no_code(room: str) -> None:
    """The `__init__` file of a room holds its docstring and nothing else."""
    tree = ast.parse((SRC / room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
