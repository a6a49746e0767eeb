import ast
import sys
import unicodedata

import pytest

from corpus_tool.text.fold import fold, fold_with_offsets
from tests.repo.paths import SRC, python_files


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        ("ABC abc 12", "abc 12".replace("abc", "abc abc")),
        ("Café CAFÉ cafe\u0301", "cafe cafe cafe"),
        ("Ångström Łódź Đorđe Ørsted", "angstrom lodz dorde orsted"),
        ("’t ‘s ʼn ‚x′ ´", "'t 's 'n 'x' '"),
        ("“a” „b‟ «c» ‹d› ″", '"a" "b" "c" "d" "'),
        ("Œuvre ÆON cœur ǽ", "oeuvre aeon coeur ae"),
        ("Straße STRASSE GROẞ", "strasse strasse gross"),
        ("Ĳssel ĳs IJssel", "ijssel ijs ijssel"),
        ("a–b—c−d‑e‐f", "a-b-c-d-e-f"),
        ("10\u00a0000\u202f€\u2009x\u3000y", "10 000 € x y"),
        ("sa\u00admen\u200b\u200d\ufeff\ufe0f\u2060", "samen"),
        ("ﬁn … ½ №", "fin ... 1/2 no"),
        ("İstanbul ısı", "istanbul isi"),
        ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"),
        ("Ёлка ЁЛКА", "елка елка"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_keys(text: str, key: str) -> None:
    """Case, accents, apostrophes, quotation marks, dashes, blanks, joined letters and invisible characters."""
    assert fold(text) == key


@pytest.mark.parametrize(("one", "two"), [("か", "が"), ("हिंदी", "हद"), ("ก่", "กุ"), ("ha", "na"), ("l'a", "la")])
def test_what_tells_words_apart_stays(one: str, two: str) -> None:
    """Kana voicing, Indic and Thai vowel signs and apostrophes are kept."""
    assert fold(one) != fold(two)


def test_composed_and_decomposed_text_have_one_key() -> None:
    """Normalization forms of a text have the key of the text."""
    text = "Ça, l’été où naïveté rime: 각 が Ǖ ệ"
    assert len({fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}) == 1


def test_every_character_folds_to_a_fixed_point() -> None:
    """The fold of each code point folds to itself, however many kinds of character stand with it."""
    characters = list(map(chr, range(sys.maxunicode + 1)))
    keys = list(map(fold, characters))
    assert [fold(key) for key in keys] == keys
    assert fold("".join(characters)) == "".join(keys)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("un œuf", "oeuf", "œuf"),
        ("un œuf", "o", "œ"),
        ("cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("sa\u00admen", "samen", "sa\u00admen"),
        ("\ufeff\u200bWoord", "woord", "Woord"),
        ("Große Straße", "strasse", "Straße"),
        ("Straße", "s", "S"),
        ("L’été", "l'ete", "L’été"),
    ],
)
def test_spans_lead_back(text: str, word: str, found: str) -> None:
    """What is found in the key is led to the characters it was folded from, whole, accents included."""
    key, offsets = fold_with_offsets(text)
    at = key.index(word)
    start, end = offsets.to_source(at, at + len(word))
    assert text[start:end] == found


def test_text_of_one_length_has_no_layer() -> None:
    """Where no length changes the map is empty."""
    assert fold_with_offsets("L’été à Liège")[1].layers == ()


def test_nothing_that_makes_or_writes_text_folds() -> None:
    """No reader, cleaning rule, inference or writer imports the module: keys are for comparing."""
    rooms = {"ingest", "infer", "readers", "text", "writers"}
    for path in python_files(SRC):
        if path.relative_to(SRC).parts[0] in rooms:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            assert "corpus_tool.text.fold" not in names, path.name
