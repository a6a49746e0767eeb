"""Charset detection for legacy (non-Unicode) press text, by letters and signs in their places.

Statistical detectors need many non-ASCII bytes; a Dutch article has three. So each Western charset is
tried on the bytes, and every non-ASCII character that comes out is weighed by its two neighbors: `è` in
`Liège` is evidence for that charset, `Š` in `LiŠge` against it. Only when no Western charset fits is a
detector asked about the rest of the world.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE_BYTES = 65_536
HANDICAP = 0.6  # What Mac Roman or cp850, rare as they are, must score above cp1252
TIE = 0.25  # Difference in score below which the detector decides between Mac Roman and cp850
CLEAR = 0.5  # Mean weight per non-ASCII character that makes a Western charset sure
DENSE = 0.08  # Share of non-ASCII letters above which Central European languages come into question
SURE = 0.3  # Confidence of the detector in another script that outweighs some Western evidence
LEAST_CONFIDENCE = 0.1

WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850")
CENTRAL_EUROPEAN = ("cp1250", "iso8859-2", "cp852", "cp1257", "cp1254")
OTHER_SCRIPTS = (
    *("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "cp1253", "iso8859-7"),
    *("cp1255", "iso8859-8", "cp1256", "iso8859-6", "cp874"),
    *("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949"),
)

# Weights of lower-case letters by how often press text in Western languages holds them.
LETTER_WEIGHTS = {
    **dict.fromkeys("éèëïêàçäöüß", 1.0),
    **dict.fromkeys("ąćęłńśźżčďěňřťůőűğışășț", 1.0),
    **dict.fromkeys("îôûùáíóúñœ", 0.9),
    **dict.fromkeys("âãõåæøìò", 0.7),
    **dict.fromkeys("šž", 0.4),
    **dict.fromkeys("ÿýþðª", 0.1),
}
CAPITAL_WEIGHT = 0.8
RARE_CAPITALS = dict.fromkeys("ÒÔÕÌÙÛÑ", 0.3) | {"Š": 0.5, "Ž": 0.5}  # ÒÓÔÕ are Mac Roman’s quotes
STRANGE_LETTER = -0.5
MISPLACED = -1.0
VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœąęěůőűăı")
WORD_ALONE = frozenset("àéèóíåöáøúòÀÉÈÓÍÅÖÁØÚÒ")  # Words of one letter: à, è, é, ó, í, å, ö
NEVER_INITIAL = frozenset("ëïùûñßÿ")

# Signs, with the kinds of neighbors they stand between (see `kind`) and what that place is worth.
# The first row that matches counts; a sign in no such place is misplaced.
SIGN_PLACES: tuple[tuple[str, str, float], ...] = (
    ("¿¡", "[ n.][aA9.]", 0.5),
    ("„", "[ n.][aA9.]", 0.5),  # With its closing quote it counts as “
    ("‚", "[ n.][aA9.]", 0.3),
    ("“‘", "[ n.][aA9.]", 1.0),
    ("“‘", "[aA9.][ n.]", 0.35),  # The closing quote of German
    ("”", "[aA9.][ n.]", 1.0),
    ("”", "[ n.][aA]", 0.5),  # The opening quote of Swedish
    ("’", "[aA9.][ n.9]|[aA][aA]|[ n.][a9]", 1.0),
    ("’", "[ n.]A", 0.5),
    ("«‹", "[ n.][ aA9.]", 1.0),
    ("»›", "[ aA9.][ n.]", 1.0),
    ("–—", "[ n.][ n.]|99|[aA9][ n.]|[ n.][aA9]", 0.8),
    ("–—", "[aA9]A", 0.3),
    ("…", "[aA9.][ n.A]|[ n.][aA9.]", 1.0),
    ("…", "[ n][ n]", 0.5),
    ("\xa0", "..", 0.9),
    ("\xad", "aa", 0.9),
    ("€£", "[ n.A]9|9[ n.a]", 1.0),
    ("€£", "[ .][ n.]|[ .]A|[aA9][ n.]", 0.4),
    ("¥¢", "[ n.]9|9[ n.]", 0.8),
    ("¤", "..", 0.2),
    ("°", "9.", 1.0),
    ("°º", "[aA9][ n.]", 0.5),
    ("²³¹", "[aA9][ n.]", 0.2),
    ("½¼¾", "[9 n.][ n.]|9a", 1.0),
    ("™®", "[aA9.][ n.]", 0.6),
    ("©®", "[ n.][ 9aA]", 0.6),
    ("§¶•·†", "[ n.][ aA9.]", 0.6),
    ("‰±×÷µ", "[ 9][ n.9]", 0.6),
    ("´·", "[aA][aA]", 0.2),  # Typed for an apostrophe
)

LINE = lazy(rb"[^\r\n]+")
HIGH_BYTE = lazy(rb"[\x80-\xff]")
NON_ASCII = lazy(r"[^\x00-\x7f]")
AMOUNT_SPACE = lazy(r"(?<=[€¤£])[ \xa0](?=\d)|(?<=\d)[ \xa0](?=[€¤£])")
LOW_QUOTE = lazy(r"[„‚](?=\w[^„‚\n]{0,300}[“”‘’](?!\w))")
WRONG_APOSTROPHE = lazy(r"(?<=[aouy])‘(?=s\b)")  # As in Dutch `firma‘s`
CONTROL_BYTES = bytes({*range(32)} - {*b"\t\n\r\f\x1a\x1b"})  # 1A ends a DOS file, 1B starts ISO 2022


@dataclass(frozen=True, slots=True)
class Charset:
    """A character encoding guessed from bytes; `method` says what decided."""

    encoding: str
    confidence: float
    method: str


class Evidence(NamedTuple):
    """The weights of a decoded text's non-ASCII characters, summed, and how many there are."""

    score: float
    characters: int

    @property
    def mean(self) -> float:
        """The weight per character: 1 when every character stands in its place, -1 when none does."""
        return self.score / max(self.characters, 1)


def guess_charset(data: bytes) -> Charset | None:
    """Guess the legacy charset of bytes that are no Unicode encoding; None when they look binary."""
    sample = sample_lines(data)
    if not sample or looks_binary(data[:SAMPLE_BYTES]):
        return None
    western = {encoding: weigh_text(sample.decode(encoding, "replace")) for encoding in WESTERN}
    encoding = choose_western(sample, western)
    clear = western[encoding].mean >= CLEAR
    guess = Charset(encoding, _confidence(western[encoding]), "letters" if clear else "fallback")
    if clear and not _may_be_central_european(encoding, sample):
        return guess
    return _detect(sample, western[encoding]) or guess


def sample_lines(data: bytes) -> bytes:
    """Return the first lines that hold bytes above 7F, to a bounded size."""
    lines: list[bytes] = []
    room = SAMPLE_BYTES
    for match in LINE.finditer(data):
        if room <= 0:
            break
        line = match[0]
        if not line.isascii():
            lines.append(_clip(line, room))
            room -= len(lines[-1])
    return b"\n".join(lines)


def _clip(line: bytes, room: int) -> bytes:
    high = HIGH_BYTE.search(line)
    start = max(high.start() - 64, 0) if high and len(line) > room else 0
    return line[start:][:room]


def looks_binary(sample: bytes) -> bool:
    """Tell whether control characters are too many for text."""
    controls = len(sample) - len(sample.translate(None, CONTROL_BYTES))
    return controls * 50 > len(sample)


def choose_western(sample: bytes, evidence: dict[str, Evidence]) -> str:
    """Choose the Western charset: cp1252, unless another makes clearly better words."""
    windows = "iso8859-15" if _is_latin9(sample, evidence) else "cp1252"
    older = max(("mac-roman", "cp850"), key=lambda encoding: evidence[encoding].score)
    if evidence[older].score <= evidence[windows].score + HANDICAP:
        return windows
    if abs(evidence["mac-roman"].score - evidence["cp850"].score) < TIE:
        return _ask_detector(sample, ("cp850", "mac-roman"))[0] or older
    return older


def _is_latin9(sample: bytes, evidence: dict[str, Evidence]) -> bool:
    better = evidence["iso8859-15"].score > evidence["cp1252"].score
    return better and not re.search(rb"[\x80-\x9f]", sample)


def weigh_text(text: str) -> Evidence:
    """Sum the weights of the non-ASCII characters of a decoded text, each in its place."""
    weights = [weigh(*place) for place in _places(_pair_signs(text))]
    return Evidence(sum(weights), len(weights))


def _pair_signs(text: str) -> str:
    """Rewrite what only a longer context tells apart: amounts, low quotes that are closed, `‘s`."""
    text = AMOUNT_SPACE.sub("", text)
    return WRONG_APOSTROPHE.sub("’", LOW_QUOTE.sub("“", text))


def _places(text: str) -> Iterator[str]:
    """Yield each non-ASCII character with one neighbor before it and two after it."""
    padded = f"\n{text}\n\n"
    return (padded[match.start() - 1 : match.start() + 3] for match in NON_ASCII.finditer(padded))


@lru_cache(maxsize=16_384)
def weigh(before: str, char: str, after: str, beyond: str) -> float:
    """Weigh a character between its neighbors as evidence that the text was decoded rightly."""
    if not _is_letter(char):
        return _weigh_sign(before, char, after)
    if _breaks_word(before, char, after) or _breaks_case(before, char, after, beyond):
        return MISPLACED
    return _weigh_letter(before, char, after)


def _is_letter(char: str) -> bool:
    return char.isalpha() and char not in "ºµˆ"


def _weigh_letter(before: str, char: str, after: str) -> float:
    if not (before.isalpha() or after.isalpha()):
        return CAPITAL_WEIGHT if char in WORD_ALONE or (char.isupper() and after == ".") else STRANGE_LETTER
    weight = LETTER_WEIGHTS.get(char.lower(), STRANGE_LETTER)
    if _is_unspellable(before.lower(), char, after.lower()):
        return min(weight, 0.2)
    return RARE_CAPITALS.get(char, weight * CAPITAL_WEIGHT) if char.isupper() else weight


def _breaks_word(before: str, char: str, after: str) -> bool:
    """Tell whether a digit, or a run of three non-ASCII letters, speaks against a word."""
    if before.isdigit() or after.isdigit():
        return True
    return all(_is_letter(near) and not near.isascii() for near in (before, char, after))


def _breaks_case(before: str, char: str, after: str, beyond: str) -> bool:
    """Tell whether a letter's case fits no word that is lower case, capitalized or all capitals."""
    if char.islower():
        return after.isupper()
    if before.isalpha():
        return before.islower() or after.islower()
    return after.isupper() and beyond.islower()


def _is_unspellable(before: str, char: str, after: str) -> bool:
    """Tell whether spelling forbids a letter here.

    A diaeresis marks a hiatus, so it follows a vowel; `à` and `ù` end a word; a consonant does not
    stand between consonants, nor a vowel between vowels.
    """
    if char in NEVER_INITIAL and not before.isalpha():
        return True
    if char in "àù":
        return after.isalpha()
    if char in "ëï":
        return before not in VOWELS
    if char in VOWELS:
        return char not in "éö" and before in VOWELS and after in VOWELS
    return before.isalpha() and after.isalpha() and before not in VOWELS and after not in VOWELS


def _weigh_sign(before: str, char: str, after: str) -> float:
    if char in (before, after) and char not in "‘’\xa0":
        return MISPLACED
    place = kind(before) + kind(after)
    for signs, pattern, weight in SIGN_PLACES:
        if char in signs and re.fullmatch(pattern, place):
            return weight
    return MISPLACED


def kind(char: str) -> str:
    """Name a neighbor's kind: a letter's case `a` or `A`, `9` digit, ` ` space, `n` line end, `.` sign."""
    if char.isalpha():
        return "A" if char.isupper() else "a"
    if char.isspace():
        return "n" if char in "\r\n" else " "
    return "9" if char.isdigit() else "."


def _confidence(evidence: Evidence) -> float:
    """Turn evidence into confidence, lower where there is little of it."""
    return round(max(evidence.mean * (1 - 0.4 / evidence.characters), LEAST_CONFIDENCE), 2)


def _may_be_central_european(encoding: str, sample: bytes) -> bool:
    """Tell whether accents are denser than in French: Hungarian and Czech make words in cp1252 too."""
    if encoding not in ("cp1252", "iso8859-15"):
        return False
    high = len(sample) - len(sample.translate(None, bytes(range(0xC0, 0x100))))
    letters = high + len(sample) - len(sample.translate(None, string.ascii_letters.encode()))
    return high >= 8 and high > letters * DENSE


def _detect(sample: bytes, western: Evidence) -> Charset | None:
    """Ask the detector about the world; None when its answer makes no better text than the Western one."""
    encoding, confidence = _ask_detector(sample, ("cp1252", *CENTRAL_EUROPEAN, *OTHER_SCRIPTS))
    if encoding in CENTRAL_EUROPEAN:
        accepted = weigh_text(sample.decode(encoding, "replace")).score > western.score
    else:
        sure = western.mean < 0 or confidence >= SURE
        accepted = encoding in OTHER_SCRIPTS and sure and western.characters >= 3
    return Charset(encoding, round(confidence, 2), "detector") if encoding and accepted else None


def _ask_detector(sample: bytes, encodings: tuple[str, ...]) -> tuple[str | None, float]:
    import chardet  # Imported here because it slows down the start of every command

    answer = chardet.detect(sample, include_encodings=encodings, no_match_encoding=encodings[0], compat_names=False)
    return answer["encoding"], answer["confidence"]
