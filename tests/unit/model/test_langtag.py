import json
import subprocess
import sys
from importlib.resources import files

import pytest

from corpus_tool.model import langtag
from corpus_tool.model.langtag import language_name, matches, normalize_language, primary, suggest


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("nl", "nl"),
        (" NL ", "nl"),
        ("nl-BE", "nl-BE"),
        ("nl_be", "nl-BE"),
        ("fr-FR", "fr-FR"),
        ("zh-hant", "zh-Hant"),
        ("zh_HANT_tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("de-CH-1901", "de-CH-1901"),
        ("dut-BE", "nl-BE"),
    ],
)
def test_a_tag_gets_its_canonical_case_and_separator(text: str, tag: str) -> None:
    """RFC 5646 section 2.1.1: language lower case, script title case, region upper case, hyphens."""
    assert normalize_language(text) == tag


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        *(("nld", "nl"), ("dut", "nl"), ("fra", "fr"), ("fre", "fr"), ("eng", "en"), ("deu", "de")),
        *(("ger", "de"), ("ice", "is"), ("isl", "is"), ("fry", "fy"), ("iw", "he"), ("hbs", "sh")),
        *(("aaa", "aaa"), ("und", "und"), ("zxx", "zxx"), ("mul", "mul"), ("mis", "mis")),
    ],
)
def test_an_iso_639_code_becomes_the_shortest_code(code: str, tag: str) -> None:
    """ISO 639-2/B, 639-2/T and 639-3 codes become the 639-1 code where there is one."""
    assert normalize_language(code) == tag


@pytest.mark.parametrize("code", ["nds", "vls", "fy", "li", "wa", "lb", "af", "no", "is", "nb", "sh", "zea"])
def test_a_shortest_code_stays_as_it_is(code: str) -> None:
    """Regional languages, and the codes that YAML readers or English take for words, are languages."""
    assert normalize_language(code) == code


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        *(("Nederlands", "nl"), ("DUTCH", "nl"), ("néerlandais", "nl"), ("neerlandais", "nl")),
        *(("Niederländisch", "nl"), ("français", "fr"), ("Francais", "fr"), ("Frans", "fr")),
        *(("Noors", "no"), ("íslenska", "is"), ("islenska", "is"), ("Ελληνικά", "el"), ("日本語", "ja")),
        *(("West-Vlaams", "vls"), ("west vlaams", "vls"), ("Vlaams", "nl-BE"), ("Frisian", "fy")),
        *(("Frysk", "fy"), ("Lëtzebuergesch", "lb"), ("Waals", "wa"), ("Plattdeutsch", "nds")),
    ],
)
def test_a_name_is_known_in_five_languages_without_case_and_accents(name: str, tag: str) -> None:
    """English, Dutch, French, German and own names give the tag, with or without their accents."""
    assert normalize_language(name) == tag


@pytest.mark.parametrize("text", ["", " ", "-", "é", "xx", "qqq", "xx-BE", "Klingonish", "true", "Dutch-BE"])
def test_what_is_no_language_is_none(text: str) -> None:
    """Empty values, unknown codes and unknown names have no tag."""
    assert normalize_language(text) is None


@pytest.mark.parametrize(
    "tag", ["nl-BE-NL", "nl-BE-Latn", "nl-abc", "nl-x", "zh-yue", "nl-BE-1996-1996", "portuguese-brazil"]
)
def test_a_malformed_tag_is_none(tag: str) -> None:
    """A known language with subtags out of order, repeated or of no known form has no tag."""
    assert normalize_language(tag) is None


def test_every_spelling_in_the_data_is_known() -> None:
    """Each code gives its own tag; each canonical tag is a fixed point; each name gives some tag."""
    languages = langtag._languages().columns
    for tag, (codes, *names) in languages.items():
        assert {normalize_language(code) for code in (tag, tag.upper(), *codes.split())} == {tag}
        assert all(normalize_language(name) for name in names if name)
    assert sum(len(tag) == 2 for tag in languages) == 184  # ISO 639-1, and the withdrawn sh


def test_the_small_table_agrees_with_the_data() -> None:
    """The spellings that are answered without the data have the same tag there."""
    tags = langtag._languages().tags
    assert {spelling: tags[spelling] for spelling in langtag._COMMON} == langtag._COMMON


def test_usual_values_do_not_read_the_data() -> None:
    """Importing the module and normalizing usual values leaves languages.json unread."""
    program = (
        "from corpus_tool.model import langtag; "
        "[langtag.normalize_language(text) for text in ('nl', 'fr_BE', 'Nederlands', 'français', 'und')]; "
        "print(langtag._languages.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"0\n"


def test_the_data_are_small_and_name_their_source() -> None:
    """The file that ships stays under 150 kB and says where its facts come from."""
    content = files("corpus_tool").joinpath("data/languages.json").read_bytes()
    assert len(content) < 150_000
    assert "CLDR" in json.loads(content)["source"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Nederlnds", "Nederlands"), ("Dutsch", "Dutch"), ("Englsh", "English"), ("nle", "nl"), ("xx-BE", "xh")],
)
def test_a_mistyped_value_gets_near_ones(text: str, expected: str) -> None:
    """At most five suggestions, all of them known, have the one that was meant."""
    suggestions = suggest(text)
    assert expected in suggestions
    assert len(suggestions) <= 5
    assert all(normalize_language(suggestion) for suggestion in suggestions)


def test_an_unknown_two_letter_code_gets_codes() -> None:
    """``xx`` gets codes of two or three letters, and nothing at all like it gets none."""
    assert suggest("xx")
    assert all(len(code) <= 3 for code in suggest("xx"))
    assert suggest("") == []


@pytest.mark.parametrize(
    ("tag", "wanted", "expected"),
    [
        *(("nl-BE", "nl", True), ("nl", "nl", True), ("nl", "nl-BE", False), ("nl-BE", "NL-be", True)),
        *(("nld", "nl", False), ("nl", "*", True), ("zh-Hant-TW", "zh-Hant", True)),
        *(("zh-Hant-TW", "zh-TW", False), ("und", "nl", False)),
    ],
)
def test_basic_filtering(tag: str, wanted: str, expected: bool) -> None:
    """RFC 4647 section 3.3.1: a range meets the tags it equals or starts, up to a hyphen."""
    assert matches(tag, wanted) is expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("NL-Latn-be", "nl"),
        ("zh-Hant", "zh"),
        ("nlx", "nlx"),
        ("", "und"),
        (None, "und"),
    ],
)
def test_the_language_of_a_tag(tag: str | None, expected: str) -> None:
    """Without script and region, in lower case; `und` for none."""
    assert primary(tag) == expected


def test_names() -> None:
    """The name is in the language asked for, else in English, else the tag."""
    assert language_name("nl") == "Dutch"
    assert language_name("nl-BE") == "Dutch"
    assert language_name("nl", "de") == "Niederländisch"
    assert language_name("fr", "own") == "français"
    assert language_name("zxx", "own") == "No linguistic content"
    assert language_name("fr", "ja") == "French"
    assert language_name("aaa") == "aaa"
