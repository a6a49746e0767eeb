"""The generated pages are fresh, every fact of the code is in them, and every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from corpus_tool.cli.main import COMMANDS
from corpus_tool.config import SETTINGS, variable
from corpus_tool.errors import CODES
from corpus_tool.model.fields import FIELDS, SYNONYMS
from corpus_tool.readers.registry import READERS
from corpus_tool.text.normalize import RULES
from corpus_tool.writers.registry import WRITERS
from tests.repo.paths import DOCS, ROOT

_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def generate() -> ModuleType:
    """`docs/generate.py` as a module."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    """A page of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def headings(text: str, level: int) -> list[str]:
    """The headings of one level, fenced blocks aside."""
    return [match[2] for match in _HEADING.finditer(_FENCED.sub("", text)) if len(match[1]) == level]


def test_pages_are_fresh() -> None:
    """No generated page is stale; `make docs` rewrites them."""
    stale = [name for name, text in generate().pages().items() if not (DOCS / name).is_file() or page(name) != text]
    assert stale == []


def test_generator_is_deterministic() -> None:
    """Making the pages twice gives the same text, whatever the width of the terminal."""
    patch = pytest.MonkeyPatch()
    with patch.context() as changed:
        changed.setenv("COLUMNS", "40")
        narrow = generate().pages()
    assert narrow == generate().pages()


def test_check_names_stale_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` ends with 1 and names what is stale or left over; without it all is written anew."""
    made = generate()
    monkeypatch.setattr(made, "DOCS", tmp_path)
    assert made.main(["--check"]) == 1
    assert "docs/errors.md is stale" in capsys.readouterr().out
    assert made.main([]) == 0
    (tmp_path / "cli" / "gone.md").write_text("# corpus-tool gone\n", encoding="utf-8")
    capsys.readouterr()
    assert made.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/cli/gone.md is stale\n"
    assert made.main([]) == 0
    assert made.main(["--check"]) == 0
    assert made.main(["--chekc"]) == 2


def test_error_headings() -> None:
    """`errors.md` has one heading per diagnostic code and no other, in the order of the table."""
    assert headings(page("errors.md"), 2) == list(CODES)


def test_every_code_can_occur() -> None:
    """Every diagnostic code is named somewhere in the source outside its table."""
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py") if path.name != "errors.py"
    )
    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_commands_have_pages() -> None:
    """Every command has a page of its own and stands in the README and in the list of commands."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert headings(page(f"cli/{name}.md"), 1) == [f"corpus-tool {name}"]
        assert f"`{name}`" in readme
        assert f"({name}.md)" in page("cli/README.md")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("settings.md", [word for setting in SETTINGS for word in (setting.name, variable(setting.name))]),
        ("fields.md", [*(field.name for field in FIELDS), *SYNONYMS]),
        ("rules.md", [rule.name for rule in RULES]),
        ("formats.md", [*READERS, *WRITERS]),
    ],
)
def test_everything_is_mentioned(name: str, words: list[str]) -> None:
    """Every setting, field, rule and format stands in a table of its page."""
    text = page(name)
    assert [word for word in words if f"| `{word}` |" not in text] == []


def test_public_names_are_documented() -> None:
    """The library page names everything that the package offers."""
    import corpus_tool

    text = page("library.md")
    assert [name for name in corpus_tool.__all__ if name != "__version__" and f"`{name}`" not in text] == []


def test_dependencies_have_reasons() -> None:
    """Every dependency of pyproject.toml, the development ones too, is on the page that gives its reason."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    names = {re.split(r"[^\w.-]", item, maxsplit=1)[0] for item in wanted}
    text = page("dependencies.md")
    assert sorted(name for name in names if f"| `{name}` |" not in text) == []


def _pages() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted(path for path in DOCS.rglob("*.md") if "examples" not in path.parts)]


@pytest.mark.parametrize("source", _pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(source: Path) -> None:
    """Every relative link of a page names a file of the repository, and a heading of it where it has a fragment."""
    folder = DOCS if source.parent.name == "templates" else source.parent
    for target in _LINK.findall(_FENCED.sub("", source.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = unquote(target).partition("#")
        path = (folder / name).resolve() if name else source
        assert path.exists(), target
        if fragment:
            text = path.read_text(encoding="utf-8")
            anchors = {_anchor(match[2]) for match in _HEADING.finditer(_FENCED.sub("", text))}
            assert fragment in anchors, target


def _anchor(heading: str) -> str:
    """The fragment by which a heading is linked."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
