"""Every sample in the folders beside this file gives what the JSON beside it says.

`python -m tests.formats.test_formats` rewrites the JSON with what the readers give now; read the diff.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.reading import read_bytes

FOLDER = Path(__file__).parent
ENDING = ".expected.json"
SAMPLES = sorted(
    path for path in FOLDER.glob("*/*") if not path.name.endswith(ENDING) and "__pycache__" not in path.parts
)


def expected_path(sample: Path) -> Path:
    """Where the expectation of a sample stands."""
    return sample.with_name(sample.name + ENDING)


def summary(sample: Path) -> dict[str, Any]:
    """What a sample gives: its format, records in short, and diagnostics with the lines they name."""
    read = read_bytes(sample.read_bytes(), sample.name)
    return {
        "format": read.format,
        "records": [
            {
                "line": record.line,
                "bytes": [record.byte_start, record.byte_end],
                "stated": {name: said.value for name, said in record.fields.items()},
                "extra": dict(record.extra),
                "text": " ".join(record.body.split()[:4]),
            }
            for record in read.records
        ],
        "diagnostics": [[d.severity, d.code, d.record, d.line] for d in read.diagnostics],
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gives_what_stands_beside_it(sample: Path) -> None:
    """Records, diagnostics, bytes and line numbers of a sample are those of its expectation."""
    assert summary(sample) == json.loads(expected_path(sample).read_text("utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_is_read_by_its_folder(sample: Path) -> None:
    """The folder names the reader, but for a file of separators only, which every reader may see."""
    assert summary(sample)["format"] == sample.parent.name


def test_every_expectation_has_its_sample() -> None:
    """No expectation is left behind where its sample went."""
    assert {expected_path(sample) for sample in SAMPLES} == set(FOLDER.glob(f"*/*{ENDING}"))


if __name__ == "__main__":
    for sample in SAMPLES:
        text = json.dumps(summary(sample), ensure_ascii=False, indent=1)
        expected_path(sample).write_text(text + "\n", "utf-8")
