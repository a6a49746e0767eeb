"""Sample files with random edits: no traceback, counts add up, bytes come back."""

from __future__ import annotations

import random
from pathlib import Path

from tests.properties.mutations import check_laws, mutate, sample_files

MUTANTS = 2000
SEED = 20180619


def test_mutated_samples_keep_the_laws(tmp_path: Path) -> None:
    """Two thousand mutated sample files are read without a traceback, nothing lost, nothing counted twice."""
    files = sample_files()
    contents = [path.read_bytes() for path in files]
    for number in range(MUTANTS):
        chosen = random.Random(SEED + number)
        which = chosen.randrange(len(files))
        data = mutate(contents[which], chosen)
        try:
            check_laws(tmp_path / files[which].name, data)
        except Exception as error:
            raise AssertionError(f"mutant {SEED + number} of {files[which].name}: {error!r}") from error
