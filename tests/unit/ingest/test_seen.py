import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.ingest.seen import SeenIds

_IDS = st.integers(0, (1 << 64) - 1) | st.sampled_from([0, 1, (1 << 64) - 1, 1 << 56, 1 << 63])


@given(st.lists(_IDS | st.integers(0, 20), max_size=300))
def test_it_behaves_as_a_set(values: list[int]) -> None:
    """An id is new the first time and known ever after, the id of zeros too."""
    ids, known = SeenIds(), set[int]()
    for value in values:
        assert ids.add(f"{value:016x}") is (value not in known)
        known.add(value)
        assert len(ids) == len(known)
    assert not any(ids.add(f"{value:016x}") for value in known)


def test_at_most_24_bytes_an_id_at_any_size() -> None:
    """From a thousand to 300,000 ids the tables hold at most 24 bytes an id, also while they grow."""
    numbers, ids = random.Random(20), SeenIds()
    for count in range(1, 300_001):
        ids.add(f"{numbers.getrandbits(64):016x}")
        if count >= 1_000 and count % 50 == 0:
            assert ids.bytes_held() <= 24 * count, count
    assert len(ids) == 300_000


@pytest.mark.parametrize("step", [1, 1 << 20, 1 << 40])
def test_ids_that_look_alike_do_not_crowd(step: int) -> None:
    """Ids chosen to fall into the same slots of a plain table are spread: tables stay small."""
    ids = SeenIds()
    assert all(ids.add(f"{n * step:016x}") for n in range(20_000))
    assert len(ids) == 20_000
    assert ids.bytes_held() <= 24 * 20_000
