import pytest

from corpus_tool.errors import UsageError
from corpus_tool.infer.language.registry import (
    DEFAULT_DETECTOR,
    DETECTORS,
    NO_DETECTOR,
    among,
    load_detector,
)
from corpus_tool.model.options import ReadOptions


def test_the_table() -> None:
    """The default is in it and needs no extra; each has a summary; each extra names its package."""
    assert list(DETECTORS) == ["pooled", "py3langid", "langdetect", "lingua", "fasttext", "pycld2"]
    assert DETECTORS[DEFAULT_DETECTOR].extra is None
    assert ReadOptions().detector == DEFAULT_DETECTOR
    for backend in DETECTORS.values():
        assert backend.summary
        assert backend.extra is None or backend.package is not None


@pytest.mark.parametrize("name", DETECTORS)
def test_a_module_has_what_the_protocol_asks_for(name: str) -> None:
    """Each backend that is installed is known by the name in the table, and says its version."""
    package = DETECTORS[name].package
    if package is not None:
        pytest.importorskip(package, reason="the backend is an extra")
    found = load_detector(name)
    assert found is not None
    assert name == found.NAME
    assert found.version()
    assert getattr(found, "WORDS_FIRST", False) is (name == DEFAULT_DETECTOR)


def test_none_and_unknown() -> None:
    """`none` is no backend; a name that is not in the table is an error with all that are."""
    assert load_detector(NO_DETECTOR) is None
    with pytest.raises(UsageError, match="'Pooled'") as error:
        load_detector("Pooled")
    assert error.value.hint == "the detectors are: pooled, py3langid, langdetect, lingua, fasttext, pycld2, none"


@pytest.mark.parametrize(
    ("tag", "only", "wanted"),
    [
        ("nl", (), True),
        ("nl", ("nl",), True),
        ("nl", ("nl-BE",), True),
        ("zh-Hans", ("zh",), True),
        ("nl", ("fr", "nl"), True),
        ("nb", ("no",), True),
        ("no", ("nb",), True),
        ("fil", ("tl",), True),
        ("nl", ("fr", "de"), False),
        ("nds", ("nl",), False),
        ("fr", ("frp",), False),
    ],
)
def test_among(tag: str, only: tuple[str, ...], wanted: bool) -> None:
    """Scripts, regions and second codes of a language are passed over; without any wanted language all are."""
    assert among(tag, only) is wanted
