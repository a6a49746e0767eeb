"""What only a terminal shows, through a pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.running import CONTROLS, PLAIN, ROOT, article, write_jsonl

Screen = Callable[..., list[str]]
STYLES = re.compile(r"\x1b\[[0-9;]*m")
FAMILY = "👨‍👩‍👧‍👦"


@pytest.fixture
def terminal(env: dict[str, str]) -> Screen:
    """Run a command with its streams on a terminal of a size; the lines it drew, with their styles if asked."""

    def run(*arguments: object, width: int = 80, height: int = 500, styles: bool = False, **more: str) -> list[str]:
        environ = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
        here, there = pty.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        command = [sys.executable, "-m", "corpus_tool", *map(str, arguments)]
        process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, env={**environ, **more}, cwd=ROOT, close_fds=True
        )
        os.close(there)
        data = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while piece := os.read(here, 1 << 16):
                data += piece
        os.close(here)
        process.wait(timeout=20)
        drawn = data.decode().replace("\r\n", "\n")
        return (drawn if styles else STYLES.sub("", drawn)).split("\n")[:-1]

    return run


@pytest.mark.parametrize("width", [80, 200])
def test_the_table_is_aligned_and_fits(terminal: Screen, width: int) -> None:
    """Every line is at most as wide as the terminal, numbers end where their heading ends, titles begin together."""
    lines = terminal("list", "seeds", *PLAIN, "-q", width=width)
    assert len(lines) == 37
    assert max(map(cell_len, lines)) <= width
    header = lines[0]
    assert header.split() == ["id", "date", "language", "words", "title"]
    end, title = header.index("words") + len("words"), header.index("title")
    for line in lines[1:]:
        assert re.fullmatch(r"[0-9a-f]{8}  ", line[:10])
        assert line[:end].rstrip() == line[:end]
        assert line[end - 3 : end].isdigit()
        assert line[end:title] == "  "
        assert line[title] != " "
    assert max(map(cell_len, lines)) > 0.8 * width


def test_opening_words_stand_where_there_is_no_title(terminal: Screen) -> None:
    """An untitled article is told by its first words after a pilcrow, also without color."""
    lines = terminal(
        "list", "seeds/000_3c1e9b07d25fa846.txt", "seeds/002_5d7ab31e08f4c96b.txt", *PLAIN, "-q", NO_COLOR="1"
    )
    assert "  ¶ Sinds vrijdag 25 mei gelden" in lines[1]
    assert lines[1].endswith("…")
    assert lines[2].endswith("  Limburg kampt met ongekende wateroverlast")


def test_long_lists_are_capped_and_say_so(terminal: Screen, tmp_path: Path) -> None:
    """Over 50 rows: 50 and how many there are; with -n as many as asked; filter alike."""
    source = write_jsonl(tmp_path / "a.jsonl", *(article(n) for n in range(1204)))
    lines = terminal("list", source, *PLAIN, "-q")
    assert len(lines) == 52
    assert lines[-1] == "50 of 1,204 shown; -n 1204 shows all"
    assert len(terminal("list", source, *PLAIN, "-q", "-n", "60")) == 61
    filtered = terminal("filter", source, *PLAIN, "--contains", "nummer")
    assert (len(filtered), filtered[-2]) == (53, "50 of 1,204 shown; -n 1204 shows all")
    assert filtered[-1] == "corpus-tool: 1,204 articles from 1 file"


def test_wide_signs_keep_columns_and_are_not_cut_apart(terminal: Screen, tmp_path: Path) -> None:
    """CJK, families, flags, accents of their own: columns stay aligned, a cut falls between signs."""
    titles = ["日本語" * 30, FAMILY * 40, "🇧🇪🇫🇷" * 30, "x\u0323" * 90, "👍🏽" * 50, "a" * 90, "kort"]
    source = write_jsonl(tmp_path / "a.jsonl", *(article(n, title=title) for n, title in enumerate(titles)))
    for width in (79, 80, 81):
        lines = terminal("list", source, *PLAIN, "-q", "--fields", "title,words", width=width)
        ends = {cell_len(line) for line in lines}
        assert ends == {max(ends)}, lines
        assert max(ends) in (width, width - 1)
        cuts = [line.partition("…")[0] for line in lines[1:-1]]
        for made, sign in zip(cuts, ["日", FAMILY, "🇧🇪", "x\u0323", "👍🏽", "a"], strict=True):
            assert made.strip()
            assert len(made) % len(sign) == 0 or made[0] in "日", (width, made[-8:])
        assert len(cuts[2]) % 2 == 0


def test_styles_appear_on_a_terminal_only_where_wanted(terminal: Screen) -> None:
    """Color on a terminal; none with NO_COLOR, TERM=dumb or --color never; the letters are the same."""
    asked = ("list", "seeds/agency", *PLAIN, "-q")
    plain = terminal(*asked)
    assert any("\x1b[" in line for line in terminal(*asked, styles=True))
    for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CORPUS_TOOL_COLOR": "never"}):
        assert terminal(*asked, styles=True, **more) == plain


def test_help_where_there_is_no_source(terminal: Screen) -> None:
    """`list` alone on a terminal: help with three examples, inside 80 columns."""
    lines = terminal("list")
    assert lines[0].startswith("Usage: corpus-tool list")
    assert sum(line.startswith("  corpus-tool list ") for line in lines) == 3
    assert max(map(len, lines)) <= 80


def test_a_page_is_read_through_the_pager_when_it_is_long(terminal: Screen) -> None:
    """More lines than the screen: the pager of $PAGER gets the page; fewer: it is printed."""
    pager = {"PAGER": "sed s/^/PAGED/"}
    long = terminal("show", "seeds/agency/lockdown-belgie.txt", *PLAIN, height=10, **pager)
    assert all(line.startswith("PAGED") for line in long)
    short = terminal("show", "seeds/agency/lockdown-belgie.txt", *PLAIN, height=100, **pager)
    assert [line.removeprefix("PAGED") for line in long] == short
    assert short[0] == "België gaat op slot tot minstens 5 april"


def test_data_on_a_terminal_is_shown_with_escapes(terminal: Screen, tmp_path: Path) -> None:
    """`--raw` and the flat formats never let a control character act on a terminal."""
    source = tmp_path / "a.txt"
    source.write_bytes(
        b"Een kop\n\nEen zin met \x1b[31mrood\x1b[0m en \x1b]52;c;AAAA\x07 en caf\xe9 over de trein naar Gent.\n"
    )
    for asked in (["show", "--raw"], ["export", "--format", "tsv"], ["export", "--format", "csv"]):
        text = "".join(terminal(asked[0], source, *asked[1:], *PLAIN, "-q", "--rule", "controls=off", styles=True))
        assert not CONTROLS.search(text), asked
        assert "\\x1b[31mrood" in text or "\\u001b[31mrood" in text, asked


def test_progress_comes_after_a_second_and_goes_away() -> None:
    """Rate and time left once work lasts, only then; cleared before anything else is said."""
    import io

    from corpus_tool.cli.progress import Progress
    from corpus_tool.corpus import read
    from corpus_tool.model.options import ReadOptions

    sources = [str(ROOT / "seeds" / "databases")]
    articles = list(read(sources, options=ReadOptions(detector="none")))
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        now = [100.0]
        patch.setattr(sys, "stderr", out)
        patch.setattr("time.monotonic", lambda: now[0])
        progress = Progress(sources)
        watched = progress.watch(iter(articles))
        next(watched)
        now[0] += 0.9
        next(watched)
        assert out.getvalue() == ""
        now[0] += 2.1
        next(watched)
        assert re.fullmatch(r"\r\x1b\[K3 articles · 1/s · \d+ s left", out.getvalue())
        list(watched)
        assert out.getvalue().endswith("\r\x1b[K")
