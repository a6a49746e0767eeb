import pytest

from corpus_tool.text.normalize import normalize


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("o\ufb03ce con\ufb01rmed \ufb02ight e\ufb00ect wa\ufb04e", "office confirmed flight effect waffle"),
        ("\u0132sberen op het \u0133s", "IJsberen op het ijs"),
        ("l’œuvre d’Æneas, Straße", "l’œuvre d’Æneas, Straße"),
    ],
)
def test_ligatures_open_and_letters_stay(raw: str, expected: str) -> None:
    """Typesetters' ligatures and ĳ become letters; œ, æ and ß are letters."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The ＮＡＴＯ\u3000summit of ２０１８", "The NATO\u3000summit of 2018"),
        ("The ＮＡＴＯ\u3000ＴＯＰ！", "The NATO TOP!"),
        ("日本のＮＡＴＯ会議 in Tokyo", "日本のＮＡＴＯ会議 in Tokyo"),
        ("ＡＢＣ\u3000１", "ＡＢＣ\u3000１"),
        ("ＮＡＴＯ top\nＮＡＴＯ会議", "NATO top\nＮＡＴＯ会議"),
    ],
)
def test_full_width_letters_become_plain_on_latin_lines(raw: str, expected: str) -> None:
    """East Asian lines, and lines of nothing else, keep them."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("arbeids\u00admarkt\u00adkrapte", "arbeidsmarktkrapte"),
        ("arbeids\u00ad\nmarkt", "arbeidsmarkt"),
        ("los\u00ad\n\nmeer", "los\n\nmeer"),
        ("los\u00ad\n2018", "los\n2018"),
    ],
)
def test_soft_hyphens_go_with_the_break_they_made(raw: str, expected: str) -> None:
    """One at a line end between letters shows that the word goes on."""
    assert normalize(raw).text == expected


MARKS = "„Ja”, ‘zo’ – en “dit”… « ça » l’été"


def test_the_marks_of_the_author_stay_unless_asked_for() -> None:
    """Quotes, dashes and ellipses are changed only by a switch, each alone; guillemets never."""
    assert normalize(MARKS).text == MARKS
    assert normalize(MARKS, rules={"quotes": "straight"}).text == '"Ja", \'zo\' – en "dit"… « ça » l\'été'
    assert normalize(MARKS, rules={"dashes": "hyphen"}).text == MARKS.replace("–", "-")
    assert normalize(MARKS, rules={"ellipsis": "dots"}).text == MARKS.replace("…", "...")
