"""`rules`, and what `show` says of the cleaning: `--diff`, `--raw-span`, `--all-blocks`, and a user's own list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

TEXT = (
    "Kop van de dag\n\nDe\u00a0raad keurde het goed.  De buurt is blij.\n\nLees ook: Nieuw zwembad\n\n"
    "Zomerpuzzel van de krant\n\nHet zwembad opent na de zomer. (Belga)\n"
)


def tool(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user without settings would."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(cwd), "XDG_CONFIG_HOME": str(cwd), "COLUMNS": "100"}
    command = [sys.executable, "-m", "corpus_tool", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def article(tmp_path: Path) -> str:
    """A file with something for several rules."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def test_rules_lists_every_rule_in_order(tmp_path: Path) -> None:
    """The table is the one the normalizer runs by, the default first."""
    from corpus_tool.text.normalize import RULES

    rows = json.loads(tool("rules", "--json", cwd=tmp_path).stdout)
    assert [(row["rule"], row["values"].split()[0]) for row in rows] == [(r.name, r.values[0]) for r in RULES]


def test_diff_names_rule_place_and_both_texts(tmp_path: Path) -> None:
    """Each change says what stood at which characters of the record, and what came for it."""
    rows = json.loads(tool("show", article(tmp_path), "--diff", "--json", "--detector", "none", cwd=tmp_path).stdout)
    assert {row["rule"] for row in rows} == {"nbsp", "spaces", "boilerplate"}
    for row in rows:
        if row["rule"] in ("nbsp", "boilerplate"):
            assert TEXT[row["raw_start"] : row["raw_end"]] == row["old"]
    table = tool("show", "a.txt", "--diff", "--format", "table", "--detector", "none", cwd=tmp_path).stdout
    assert "\\xa0" in table


def test_raw_span_leads_back_to_the_record(tmp_path: Path) -> None:
    """Characters of the clean text are shown as they stood, blanks and all."""
    done = tool("show", article(tmp_path), "--raw-span", "0:46", "--detector", "none", cwd=tmp_path)
    assert done.stdout == "De\u00a0raad keurde het goed.  De buurt is blij.\n\nLees ook: Nieuw zwembad\n\nZo\n"
    assert tool("show", "a.txt", "--raw-span", "5-9", "--detector", "none", cwd=tmp_path).returncode == 2
    assert tool("show", "a.txt", "--raw-span", "0:9999", "--detector", "none", cwd=tmp_path).returncode == 2


def test_all_blocks_shows_what_was_left_out(tmp_path: Path) -> None:
    """Boilerplate and the agency's sign are shown with their kinds, and only when asked for."""
    done = tool("show", article(tmp_path), "--all-blocks", "--detector", "none", cwd=tmp_path).stdout
    assert "[related] Lees ook: Nieuw zwembad" in done
    assert "[agency] (Belga)" in done
    assert "Lees ook" not in tool("show", "a.txt", "--detector", "none", cwd=tmp_path).stdout


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    """A user's patterns are left out too; a list that cannot be read stops the command with its line."""
    (tmp_path / "mine.txt").write_text("[related]\nzomerpuzzel {title}\n", encoding="utf-8")
    done = tool("show", article(tmp_path), "--json", "--boilerplate", "mine.txt", "--detector", "none", cwd=tmp_path)
    [data] = json.loads(done.stdout)
    assert "Zomerpuzzel" not in data["text"]
    assert [item["kind"] for item in data["normalization"]["removed"]] == ["related", "related", "agency"]
    assert data["extra"] == {"agency": "Belga"}
    (tmp_path / "bad.txt").write_text("[nothing]\nx\n", encoding="utf-8")
    assert tool("list", "a.txt", "--boilerplate", "bad.txt", cwd=tmp_path).returncode == 2
    assert tool("list", "a.txt", "--boilerplate", "none.txt", cwd=tmp_path).returncode == 2


def test_rules_can_be_switched_off(tmp_path: Path) -> None:
    """`--rule boilerplate=off` keeps every block."""
    done = tool("show", article(tmp_path), "--json", "--rule", "boilerplate=off", "--detector", "none", cwd=tmp_path)
    assert "Lees ook: Nieuw zwembad" in json.loads(done.stdout)[0]["text"]
