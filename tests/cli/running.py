"""How a command ended, and where things are."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLAIN = ("--detector", "none")
"""For what has nothing to do with languages: the detector takes half a second to start."""

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What must never reach a terminal raw."""


def user_documents() -> Path:
    """The folder of the two documents that the first acceptance test is about; they are not part of the repository."""
    return Path(os.environ.get("CORPUS_TOOL_TEST_DOCUMENTS", ROOT.parent / "shared" / "seeds"))


def environment(home: Path) -> dict[str, str]:
    """A fixed environment with a home below a folder."""
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
        "LINES": "24",
        "TERM": "xterm-256color",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PYTHONPATH": str(ROOT / "src"),
    }


@dataclass(frozen=True)
class Done:
    """Exit code and the bytes of the two streams."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """What went to stdout, as text."""
        return self.stdout.decode()

    @property
    def err(self) -> str:
        """What went to stderr, as text."""
        return self.stderr.decode()

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.stdout)

    @property
    def jsonl(self) -> list[dict[str, Any]]:
        """Stdout as JSON Lines."""
        return [json.loads(line) for line in self.lines]

    @property
    def tsv(self) -> list[dict[str, str]]:
        """Stdout as TSV rows under their header."""
        return list(csv.DictReader(io.StringIO(self.out), delimiter="\t", quoting=csv.QUOTE_NONE))

    def failed(self, code: int, *words: str) -> Done:
        """Check that it ended with a code, without a traceback, nothing on stdout, and these words on stderr."""
        assert self.code == code, self
        assert self.stdout == b"", self
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err, (word, self.err)
        return self


def article(number: int, **fields: Any) -> dict[str, Any]:
    """A record of a JSON Lines source, of its own and long enough to be an article."""
    return {"text": f"Artikel nummer {number} gaat over de trein naar Gent en over het weer van morgen.", **fields}


def write_jsonl(path: Path, *records: dict[str, Any]) -> Path:
    """A JSON Lines source."""
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), encoding="utf-8")
    return path
