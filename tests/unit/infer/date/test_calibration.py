import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.date.calibration import (
    HIGHEST,
    LOWEST,
    METHODS,
    confidence_of_line,
    confidence_of_method,
)
from corpus_tool.infer.date.lines import SCORES, THRESHOLD

SHARES = st.floats(-20, 20)


@given(SHARES, SHARES)
def test_a_higher_score_is_never_less_sure(one: float, other: float) -> None:
    """Law: the curve rises, and stays between its bounds: nothing is certain, nothing excluded."""
    low, high = sorted((one, other))
    assert LOWEST <= confidence_of_line(low) <= confidence_of_line(high) <= HIGHEST
    assert 0 < LOWEST < HIGHEST < 1


def test_the_curve_tells_lines_apart() -> None:
    """A line that is just taken is surer than a coin, and less sure than the best."""
    assert 0.5 < confidence_of_line(THRESHOLD) < confidence_of_line(max(SCORES.values()))


@pytest.mark.parametrize("method", METHODS)
def test_every_source_has_a_share(method: str) -> None:
    """Between a coin and certainty."""
    assert 0.5 < confidence_of_method(method) < 1


def test_a_source_without_a_share() -> None:
    """A line has a score instead: to ask for its share is a fault."""
    with pytest.raises(KeyError):
        confidence_of_method("dateline")
