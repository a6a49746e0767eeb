import pytest

from corpus_tool.text.lines import line_number, with_lf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a \nb\nc"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("Ã\x85ngstrÃ¶m", "Ã\x85ngstrÃ¶m"),
        ("Conseil approuvé\x85\x85Texte.\x85\x85Fin", "Conseil approuvé\n\nTexte.\n\nFin"),
        ("a\x0bb\x0cc\x1cd", "a\x0bb\x0cc\x1cd"),
    ],
)
def test_every_line_end_becomes_lf(text: str, expected: str) -> None:
    """CR LF, CR, NEL, LS and PS end lines; VT, FF, FS and the second byte of a wrecked letter do not."""
    assert with_lf(text) == expected


def test_lines_are_counted_by_lf_or_else_by_cr() -> None:
    """The line number is an editor's: CR counts only where the text has no LF."""
    assert line_number("a\nb\rc\nd", 6) == 3
    assert line_number("a\rb\rc", 4) == 3
