"""The longest order that two sequences have in common."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.increasing import longest_increasing


@given(st.lists(st.integers(0, 9), max_size=9))
def test_it_is_increasing_and_none_is_longer(values: list[int]) -> None:
    """Places and values go up, and no longer choice of places has values that do."""
    places = longest_increasing(values)
    assert all(one < other and values[one] < values[other] for one, other in pairwise(places))
    longer = combinations(values, len(places) + 1)
    assert not any(all(one < other for one, other in pairwise(choice)) for choice in longer)
