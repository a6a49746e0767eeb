import pytest

from corpus_tool.model.evidence import checked


def test_checked() -> None:
    """A value of a type asked for is given back; a boolean is no number."""
    assert checked("a", str) == "a"
    assert checked(None, str, type(None)) is None
    assert checked(False, bool) is False
    with pytest.raises(TypeError, match="'a' is not int or float"):
        checked("a", int, float)
    with pytest.raises(TypeError):
        checked(True, int)
