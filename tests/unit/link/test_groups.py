"""Groups by pairs: connected components with the smallest name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.groups import Groups

NAME = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(NAME, NAME), max_size=12))
def test_groups_are_the_same_for_any_order(pairs: list[tuple[str, str]]) -> None:
    """Pairs in another order, and turned round, give the same groups under the same names."""
    turned = [(other, one) for one, other in reversed(pairs)]
    assert Groups(pairs).members() == Groups(turned).members()


@given(st.lists(st.tuples(NAME, NAME), max_size=12))
def test_a_group_is_what_pairs_lead_to(pairs: list[tuple[str, str]]) -> None:
    """Two names are in one group if and only if a chain of pairs leads from one to the other."""
    reach = {name: {name} for name in "abcdefgh"}
    for _ in reach:
        for one, other in pairs:
            reach[one] = reach[other] = reach[one] | reach[other]
            for name in reach[one]:
                reach[name] = reach[one]
    groups = Groups(pairs)
    assert {name: groups.of(name) for name in reach} == {name: min(reach[name]) for name in reach}


def test_a_long_chain_is_no_trouble() -> None:
    """A hundred thousand names in a row are one group."""
    names = [f"{number:06}" for number in range(100_000)]
    assert len(Groups(zip(names[1:], names, strict=False)).members()[names[0]]) == len(names)
