import time
import unicodedata

import pytest

from corpus_tool.errors import UsageError
from corpus_tool.text.normalize import ALL_OFF, RULES, normalize, normalize_line

GOOD = "Eén café, l’été à Liège : « ça » coûte 5 € — über ’s morgens œuvre"


def wreck(text: str, times: int = 1) -> str:
    """The text as UTF-8 read as latin-1, so many times."""
    for _ in range(times):
        text = text.encode().decode("latin-1")
    return text


@pytest.mark.parametrize("times", [1, 2, 3])
def test_mojibake_is_repaired_however_often_it_happened(times: int) -> None:
    """UTF-8 read as latin-1 once, twice or three times gives the text back."""
    clean = normalize(wreck(GOOD, times))
    assert clean.text == GOOD
    assert list(clean.changes) == ["mojibake"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Une ville Ã  part, Ã  deux pas dâ€™ici.", "Une ville à part, à deux pas d’ici."),
        ("Een café in Gent.\nEen cafÃ© in Brugge.", "Een café in Gent.\nEen café in Brugge."),
        ("zo\x92n huis \x96 misschien", "zo’n huis – misschien"),
        ("Et puis\x85 c\x92est tout", "Et puis… c’est tout"),
        ("Ã\x89tÃ© et Ã\x85ngstrÃ¶m", "Été et Ångström"),
        ("un Ã©tÃ© sans ï¿½ ici", "un été sans \ufffd ici"),
    ],
)
def test_mojibake_of_every_kind_is_repaired(raw: str, expected: str) -> None:
    """Lost no-break spaces, single lines, C1 codes for punctuation and wrecks beside lost letters are repaired."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "À l’Âge d’Or : « DANÇA », Île d’Yeu, « Ça ! »",
        "Åse Ångström aß « Weißwürste » und sagte „groß“.",
        "Das ist Spaß«, sagte er. Maß” und Fuß–",
        "Het bedrijf Ã-Tech noemde zijn product bewust “Â”.",
        "touché” zei hij, «voilà» et «là»",
        "MANHÃ DE SOL",
    ],
)
def test_correct_letters_are_not_repaired(text: str) -> None:
    """Letters that mojibake is made of stay where they are right."""
    assert normalize(text).text == text


def test_a_repair_maps_word_by_word() -> None:
    """Each repaired place leads to its own wreck, not to the whole line."""
    raw = "un cafÃ© et un thÃ©"
    clean = normalize(raw)
    at = clean.text.index("café")
    start, end = clean.to_raw(at, at + 4)
    assert raw[start:end] == "cafÃ©"


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[31m",
        "\x1b[0m",
        "\x1b[2J",
        "\x1b[1;1H",
        "\x1b]0;titel\x07",
        "\x1b]52;c;cm0=\x07",
        "\x1bP+q544e\x1b\\",
        "\x1bc",
        "\x1b]8;;http://127.0.0.1:9/\x1b\\",
        "\x1b^geheim\x1b\\",
        "\x9b31m",
        "\x9d0;titel\x07",
        "\x90abc\x9c",
        "\x00",
        "\x07",
    ],
)
def test_control_sequences_go_as_a_whole(sequence: str) -> None:
    """Neither the escape nor its parameters stay, in their 7-bit and 8-bit forms."""
    assert normalize(f"voor{sequence} na").text == "voor na"


def test_an_open_control_string_loses_only_its_opening() -> None:
    """Without its end, an OSC may not swallow the text."""
    assert normalize("voor \x1b]na\n\nmeer").text == "voor na\n\nmeer"


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦 en 👍🏽 ☎️",
        "क्‍ष",
        "می‌خواهم",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "🇧🇪",
    ],
)
def test_joiners_and_tags_stay_where_they_mean_something(text: str) -> None:
    """Emoji, flags and scripts that need joiners keep them."""
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("zo\u200bef\u200cge\u2060lo\ufeffpen", "zoefgelopen"),
        ("a" + "\u200d" * 30 + "b", "ab"),
        ("hoi" + "".join(chr(0xE0000 + ord(c)) for c in "hide"), "hoi"),
        ("\U0001f3f4" + chr(0xE0068) * 40, "\U0001f3f4"),
        ("voor\ufffe\uffff\U0001fffe na", "voor na"),
        ("prijs \u202e001\u202c en \u2066x\u2069", "prijs 001 en x"),
        ("\u202bעברית\u202c", "\u202bעברית\u202c"),
        ("los \ud83d einde", "los \ufffd einde"),
    ],
)
def test_hidden_characters_go(raw: str, expected: str) -> None:
    """Zero-width, tag, bidi and noncharacters go where they only hide; surrogates become visible."""
    assert normalize(raw).text == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("space", "Oui ! « non » 1 000 € M. X"),
        ("keep", "Oui\u202f! «\u00a0non\u00a0» 1\u2007000\u00a0€ M.\u00a0X"),
        ("typographic", "Oui\u202f! «\u00a0non\u00a0» 1 000\u00a0€ M. X"),
    ],
)
def test_no_break_spaces_by_choice(value: str, expected: str) -> None:
    """They become plain, stay, or stay only where French typography sets them; never is one deleted."""
    raw = "Oui\u202f! «\u00a0non\u00a0» 1\u2007000\u00a0€ M.\u00a0X"
    assert normalize(raw, rules={"nbsp": value}).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\n\r\nb\rc", "a\n\nb\nc"),
        ("a\x85b\u2028c\u2029d\x0ce\x0bf", "a\nb\nc\n\nd\n\ne\nf"),
        ("  De   raad \t wil\t\tdat.  ", "De raad wil dat."),
        ("een\n\n\n \t\ntwee \n drie", "een\n\ntwee\ndrie"),
        ("cafe\u0301", "café"),
        ("arbeids\u00admarkt", "arbeidsmarkt"),
        ("12 m², ½, ™ n° 5", "12 m², ½, ™ n° 5"),
        ("a\x85\x85b", "a\n\nb"),
        ("ＡＢＣ\u3000１", "ＡＢＣ\u3000１"),
        (" \n\t ", ""),
    ],
)
def test_lines_blanks_and_composition(raw: str, expected: str) -> None:
    """Line ends, blanks, accents and soft hyphens take one form; compatibility characters stay."""
    assert normalize(raw).text == expected


def test_a_rule_that_is_off_does_nothing() -> None:
    """All off is identity; one on works alone."""
    raw = " cafÃ©  \r\n\u00a0e\u0301\u00ad "
    assert normalize(raw, rules=ALL_OFF).text == raw
    assert normalize(raw, rules={**ALL_OFF, "soft-hyphen": "on"}).text == raw.replace("\u00ad", "")


def test_subheads_are_marked_and_can_be_left_unmarked() -> None:
    """The text is the same either way."""
    raw = "Eerste alinea.\n\nTussenkop\n\nTweede alinea."
    assert [b.kind for b in normalize(raw).blocks] == ["paragraph", "subhead", "paragraph"]
    assert {b.kind for b in normalize(raw, rules={"subheads": "off"}).blocks} == {"paragraph"}


@pytest.mark.parametrize("rules", [{"nosuch": "on"}, {"nbsp": "on"}])
def test_unknown_rules_and_values_are_usage_errors(rules: dict[str, str]) -> None:
    """The error names what exists."""
    with pytest.raises(UsageError):
        normalize("x", rules=rules)


def test_a_stated_value_becomes_one_line() -> None:
    """Breaks of any kind become one blank."""
    assert normalize_line(" Een\r\n\r\nkop\u00a0hier ") == "Een kop hier"


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b",
        "\x1b[",
        "\x1b[1;",
        "\x1b]a",
        "\x9d",
        "\x90a",
        " ",
        " \n",
        "\n\na",
        "\t",
        "Ã",
        "Ã©",
        "Ã ",
        "\x80",
        "\u200d",
        "a\u200d",
        "\U000e0041",
        "\ud800",
        "\u00ad",
        "\r",
        "\x85",
        "[",
        "date ",
        "\u0300",
        "\u0300\u0316",
    ],
)
def test_time_is_linear_in_adversarial_text(unit: str) -> None:
    """100,000 characters of what a rule looks for take well under the seconds that a quadratic search takes."""
    text = "a" + unit * (100_000 // len(unit))
    started = time.perf_counter()
    normalize(text)
    assert time.perf_counter() - started < 2


def test_endless_marks_stay_as_they_stand() -> None:
    """More marks on a letter than any word has are not composed, and the rest of the text is."""
    marks = "o" + "\u0316\u0300" * 5000
    assert normalize(f"e\u0301 {marks}").text == f"é {marks}"
    assert unicodedata.is_normalized("NFC", normalize("e" + "\u0301" * 100).text)


def test_the_map_grows_with_the_changes_not_with_the_text() -> None:
    """One change in a million characters is one edit of one layer."""
    clean = normalize("De raad stemt in. " * 60_000 + "\n\narbeids\u00admarkt")
    assert [len(layer) for layer in clean.offsets.layers] == [1, 1]


def test_the_order_of_the_rules_is_fixed() -> None:
    """Encodings before characters, characters before lines, lines before blanks, blocks last."""
    names = [rule.name for rule in RULES]
    assert names[:4] == ["mojibake", "c1-punctuation", "entities", "newlines"]
    assert names[4:12] == [
        *("controls", "surrogates", "nfc", "ligatures", "fullwidth", "soft-hyphen", "dehyphenate", "unwrap"),
    ]
    assert names[12:] == [
        *("nbsp", "spaces", "quotes", "dashes", "ellipsis", "boilerplate", "furniture", "subheads", "truncated"),
    ]


def test_a_stated_value_keeps_what_looks_like_boilerplate() -> None:
    """Rules for lines and blocks do not apply to it."""
    assert normalize_line("De staking gaat door. (Belga)") == "De staking gaat door. (Belga)"
    assert normalize_line("Advertentie") == "Advertentie"
    assert normalize_line("Caf&eacute; de Zon") == "Café de Zon"
