"""Guessing legacy charsets of press text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from corpus_tool.text.charset import SAMPLE_BYTES, guess_charset

DUTCH = "De burgemeester van Liège zei dat België één regering had; geïnteresseerd was hij niet."
FRENCH = "Le député a été réélu à Liège ; la fête de l'élève fut gâchée, où naît le garçon ? C'est près d'ici."
GERMAN = "Die Straße führt über München nach Köln, sagte der Bürgermeister; ältere Häuser müssen weg."


def decoded(data: bytes) -> str:
    """Decode bytes by their guessed charset, as the reader does."""
    guess = guess_charset(data)
    assert guess is not None
    return data.decode(guess.encoding, "replace")


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850"])
@pytest.mark.parametrize("text", [DUTCH, FRENCH, GERMAN], ids=["nl", "fr", "de"])
def test_western_text_comes_back(text: str, encoding: str) -> None:
    """A sentence in every Western charset is decoded to the same sentence."""
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["Liège", "été", "café", "À Liège", "ÉTÉ", "LIÈGE : L'ÉTÉ À LA FORÊT", "Škoda", "Zoë"])
def test_one_accent_is_windows(text: str) -> None:
    """A title with one or two accents, small or capital, is cp1252 without a detector."""
    guess = guess_charset(text.encode("cp1252"))
    assert guess is not None
    assert (guess.encoding, guess.method) == ("cp1252", "letters")


@pytest.mark.parametrize("text", ["Het café dicht", "Il a été élu", "De enquête", "België wint"])
def test_few_accents_in_older_charsets(text: str) -> None:
    """Short texts in Mac Roman and cp850 come back when their cp1252 reading makes no words."""
    assert decoded(text.encode("cp850")) == text
    if "ë" not in text:  # Its byte 91 is an opening quote in cp1252
        assert decoded(text.encode("mac-roman")) == text


@pytest.mark.parametrize(
    "text",
    [
        "“Goed zo”, zei hij.",
        "Hij zei: ‘Als het kan, dan nu.’",
        "‘s Avonds is de agenda‘s beste deel voorbij",
        "foto’s en auto’s van ’s ochtends in ’98",
        "Het huis – een villa – is verkocht…",
        "Dat kost € 5 of 10 €.",
        "«\xa0Bonjour\xa0», dit-il\xa0: «\xa0Non\xa0!\xa0»",
        "„Das ist gut“, sagte er, ‚sehr gut‘.",
        "„Ja”, zei de man",
        "25° bij 3 m² en 2½ uur, § 4",
        "1\xa0000\xa0000 euro",
    ],
)
def test_signs_in_their_places_are_windows(text: str) -> None:
    """Quotes, dashes, amounts and spaces where punctuation stands are evidence for cp1252."""
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "text",
    [
        "“Goed zo”, zei de man. “Het is klaar.”",
        "C’est l’homme qu’on aime",
        "«\xa0Bonjour\xa0», dit-il\xa0: «\xa0Non\xa0!\xa0»",
        "Le cœur de ma sœur – cœur d’or",
    ],
)
def test_mac_quotes(text: str) -> None:
    """Typography alone shows Mac Roman, where its cp1252 reading puts capitals inside words."""
    assert decoded(text.encode("mac-roman")) == text


@pytest.mark.parametrize(
    "text", ["Ça coûte 5 € à Liège", "Le cœur bat", "Œuvres complètes", "€ 12 miljoen", "Dušan was er"]
)
def test_latin9_signs(text: str) -> None:
    """The euro where a currency sign stands, and œ š inside words, show ISO 8859-15."""
    guess = guess_charset(text.encode("iso8859-15"))
    assert guess is not None
    assert guess.encoding == "iso8859-15"


@pytest.mark.parametrize("text", ["Na 2½ uur was het café dicht", "¤ Het eerste punt", "Het café is ¼ kleiner"])
def test_latin1_signs(text: str) -> None:
    """A fraction after a number or a space, and ¤ as a bullet, are no latin-9."""
    assert decoded(text.encode("cp1252")) == text


def test_latin9_needs_no_c1_bytes() -> None:
    """A curly quote in 80-9F rules ISO 8859-15 out, whatever A4 stands for."""
    guess = guess_charset("C’est 5 ¤".encode("cp1252"))
    assert guess is not None
    assert guess.encoding == "cp1252"


def test_undefined_byte_lowers_confidence() -> None:
    """A byte that cp1252 does not define leaves cp1252 when the letters say so, less surely."""
    clean, dirty = guess_charset(FRENCH.encode("cp1252")), guess_charset(FRENCH.encode("cp1252") + b" \x81 ")
    assert clean is not None
    assert dirty is not None
    assert dirty.encoding == "cp1252"
    assert dirty.confidence < clean.confidence


@pytest.mark.parametrize(
    "text",
    [
        "El niño comió en la peña: ¿qué pasó mañana? ¡Señor!",
        "A decisão não é fácil; as opções são más, órgãos também.",
        "Perché la città è più bella: così è, però già di là.",
        "Små grodorna är lustiga att se på, sade Åke från Örebro.",
        "Færgen sejler på søen, sagde Øystein fra Århus.",
    ],
)
def test_other_western_languages(text: str) -> None:
    """Spanish, Portuguese, Italian, Swedish and Danish are cp1252 too."""
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Президент заявил вчера, что встреча продолжается", "cp1251"),
        ("Президент заявил вчера, что встреча продолжается", "koi8-r"),
        ("Президент заявил вчера, что встреча продолжается", "cp866"),
        ("Ο δήμαρχος είπε χθες ότι η πόλη αλλάζει", "cp1253"),
        ("Ο δήμαρχος είπε χθες ότι η πόλη αλλάζει", "iso8859-7"),
        ("ראש העיר אמר אתמול כי העבודות נמשכות", "cp1255"),
        ("قال رئيس البلدية أمس إن العمل مستمر", "cp1256"),
        ("市长昨天在会议上说工作继续进行", "gb18030"),
        ("市長昨天在會議上說工作繼續進行", "big5"),
        ("市長は昨日の会議で仕事が続くと述べた", "shift_jis"),
        ("시장은 어제 회의에서 일이 계속된다고 말했다", "euc-kr"),
    ],
)
def test_other_scripts(text: str, encoding: str) -> None:
    """Clear text in other scripts comes back, by the detector."""
    guess = guess_charset(text.encode(encoding))
    assert guess is not None
    assert guess.method == "detector"
    assert text.encode(encoding).decode(guess.encoding) == text


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize(
    "text",
    [
        "Wójt powiedział wczoraj, że będzie źle; miał rację, mówią mieszkańcy Łodzi.",
        "Starosta včera řekl, že příští týden začne oprava; dům je již příliš starý.",
        "A polgármester szerint erős szél és sűrű eső várható, közölték délelőtt.",
    ],
    ids=["pl", "cs", "hu"],
)
def test_central_european(text: str, encoding: str) -> None:
    """Polish, Czech and Hungarian come back, though many of their bytes make words in cp1252."""
    assert decoded(text.encode(encoding)) == text


def test_binary_is_nothing() -> None:
    """Bytes full of control characters are no text; neither are bytes without any above 7F."""
    assert guess_charset(bytes(range(256)) * 4) is None
    assert guess_charset(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00") is None
    assert guess_charset(b"plain") is None


def test_dos_end_of_file_is_text() -> None:
    """The 1A that ends a DOS file does not make it binary."""
    assert decoded("café\r\n\x1a".encode("cp850")).startswith("café")


def test_late_accent_counts() -> None:
    """The sample is taken where the accents are, also late in a file or in one long line."""
    assert decoded(b"plain text. \n" * 20_000 + "Liège été".encode("mac-roman")).endswith("Liège été")
    assert decoded(b"plain text. " * 20_000 + "Liège été".encode("mac-roman")).endswith("Liège été")


def test_cost_is_bounded() -> None:
    """A file far beyond the sample costs no more than scanning the sample."""
    data = FRENCH.encode("cp1252") * (SAMPLE_BYTES * 40 // len(FRENCH))
    start = time.perf_counter()
    assert decoded(data[:100]) == FRENCH[:100]
    assert guess_charset(data) is not None
    assert time.perf_counter() - start < 1


def test_clear_text_needs_no_detector() -> None:
    """The detector, slow to import, is not loaded for clear Western text."""
    code = (
        "import sys; from corpus_tool.text.charset import guess_charset;"
        "guess_charset('Liège été'.encode('cp1252')); sys.exit('chardet' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
