import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import corpus_tool
from corpus_tool.infer.language import confidence as module
from corpus_tool.infer.language.confidence import HIGHEST, LOWEST, confidence, logit
from corpus_tool.infer.language.registry import DETECTORS

CURVES: dict[str, list[float]] = json.loads(
    (Path(corpus_tool.__file__).parent / "data" / "language" / "confidence.json").read_bytes()
)
ASKED = ("open", "expected", "only")
shares = st.floats(0, 1)
letters = st.integers(0, 10_000)


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_is_for_a_way_of_asking_a_backend(name: str) -> None:
    """Each row of the file names a backend and how it is asked, and has three numbers."""
    backend, asked = name.split(" ")
    assert backend in DETECTORS
    assert asked in ASKED
    assert len(CURVES[name]) == 3


@given(st.sampled_from([*DETECTORS, "kleur"]), st.sampled_from(ASKED), shares, shares, letters)
def test_the_likelier_the_surer(backend: str, asked: module.Asked, one: float, other: float, count: int) -> None:
    """Law: for every backend, a higher probability never gives a lower confidence, and it stays within its bounds."""
    low, high = (confidence(backend, asked, share, count) for share in sorted((one, other)))
    assert LOWEST <= low <= high <= HIGHEST


@given(shares, letters)
def test_without_a_curve_the_probability_stays(share: float, count: int) -> None:
    """Law: what an unknown backend says is taken as it is, to three digits, within the bounds."""
    assume(LOWEST < share < HIGHEST)
    assert confidence("kleur", "open", share, count) == round(share, 3)
    assert confidence("kleur", "only", 0.0, count) == LOWEST
    assert confidence("kleur", "expected", 1.0, count) == HIGHEST


def test_a_curve_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The odds are exp(a + b · logit + c · ln letters), for the way of asking that the curve is for only."""
    monkeypatch.setattr(module, "_curves", lambda: {"kleur open": (0.0, 1.0, 0.0), "kleur only": (-3.0, 1.0, 1.0)})
    assert confidence("kleur", "open", 0.75, 3) == 0.75
    assert confidence("kleur", "only", 0.5, 1) == 0.047
    assert confidence("kleur", "only", 0.5, 20) == 0.499
    assert confidence("kleur", "only", 0.5, 0) == confidence("kleur", "only", 0.5, 1)
    assert confidence("kleur", "only", 1.0, 10_000) == HIGHEST
    assert confidence("kleur", "only", 0.0, 1) == LOWEST
    assert confidence("kleur", "expected", 0.6, 10_000) == 0.6


def test_logit() -> None:
    """Even odds are 0, three to one is ln 3, and nothing is endless."""
    assert logit(0.5) == 0
    assert logit(0.75) == pytest.approx(1.0986, abs=1e-4)
    assert logit(0.25) == -logit(0.75)
    assert 13 < logit(1.0) < 14
    assert -14 < logit(0.0) < -13
