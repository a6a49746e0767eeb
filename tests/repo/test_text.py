"""What is written in the repository: no places of one machine, one spelling."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.repo.paths import ROOT, files

_BINARY = b"\0"
# Spelled in two parts, so that this file does not hold what it looks for.
_MACHINE_PATHS = re.compile(
    r"(?<![\w.~:/-])/(?:" + "|".join(("wor" + "k", "hom" + "e", "roo" + "t", "User" + "s")) + r")/\w"
)
_REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "conda." + "anaconda", "crates" + ".io")
_BRITISH = re.compile(
    r"\b(?:"
    + "|".join(
        (
            "colo" + "ur",
            "behavio" + "ur",
            "neighbo" + "ur",
            "recogni" + "s(?:e[ds]?|ing)",
            "normali" + "s(?:ed|es|ing)",
            "summari" + "s(?:e[ds]?|ing)",
            "seriali" + "s(?:e[ds]?|ing)",
            "labe" + "lled",
            "ignor" + "eable",
            "organi" + "s(?:ed|ing)",
        )
    )
    + r")s?\b",
    re.IGNORECASE,
)
_OUR_PROSE = (".py", ".md", ".toml", "Makefile")


@cache
def _texts() -> list[tuple[Path, str]]:
    """The text files of the repository; samples hold any bytes and are left out."""
    found = []
    for path in files():
        if path.relative_to(ROOT).parts[0] == "seeds":
            continue
        data = path.read_bytes()
        if _BINARY not in data:
            found.append((path, data.decode("utf-8", "replace")))
    return found


def _lines_with(pattern: re.Pattern[str], endings: tuple[str, ...] = ("",)) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in _texts()
        if path.name.endswith(endings) and pattern.search(text)
        for number, line in enumerate(text.split("\n"), start=1)
        if pattern.search(line)
    ]


def test_no_machine_paths() -> None:
    """No file names a folder of one machine."""
    assert _lines_with(_MACHINE_PATHS) == []


def test_no_package_registries() -> None:
    """No file names the host of a package registry: where packages come from is the installer's business."""
    assert _lines_with(re.compile("|".join(map(re.escape, _REGISTRIES)))) == []


def test_american_spelling() -> None:
    """Prose and names are spelled the American way, as far as a few words show; tests may misspell."""
    found = _lines_with(_BRITISH, _OUR_PROSE)
    assert [line for line in found if not line.startswith("tests/")] == []


def test_samples_are_text() -> None:
    """Every sample of `seeds/` ends its last line and is named by the page that describes it."""
    page = (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("seeds/"):
            assert f"`{name.removeprefix('seeds/')}`" in page, name
            assert path.read_bytes().endswith(b"\n"), name
