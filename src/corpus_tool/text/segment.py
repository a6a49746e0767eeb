r"""Sentences of a text, by rules and lists of abbreviations.

The frame is that of Unicode Standard Annex #29 (sentence boundaries): a sentence ends after a sentence mark
and the closing quotation marks and brackets that follow it, before white space, and never before a
lower-case letter (SB8). Where UAX 29 leaves the choice to "tailoring", these rules decide:

- An empty line, a form feed or a PARAGRAPH SEPARATOR ends a sentence, marked or not. Any other line end is a
  blank, so lines may be wrapped. Colon and semicolon end nothing.
- A full stop ends nothing after an abbreviation, as ``data/abbreviations.json`` has them for nl, fr, en, de,
  es, it and pt (a few for any other language), nor after an initial, unless a word follows that begins a
  sentence rather than a name: ``in the U.S. The court``, but ``J. De Smet``.
- In German, a number of one or two digits with a full stop is an ordinal (``18. Juni``). In any language a
  number, Roman numeral or letter that opens a block or sentence is its enumerator (``1. Inleiding``).
- A mark right after an opening bracket, as in ``[...]`` and ``(!)``, ends nothing.
- A sentence begins with a capital or a letter of a script without case, a digit, ``€ $ £ # @``, a mixed
  word such as ``iPhone``, or Dutch ``'s`` ``'t`` ``'k`` ``'n`` and a capital; quotation marks, brackets and
  dashes may precede it.
- Chinese and Japanese marks need no white space after them; a quotation that ``と`` takes up goes on.

A sentence without white space after its mark (``gezegd.De``) is left whole, for addresses look like that.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tool.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

_BORDER = lazy(r"\n[^\S\n]*+\n|[\f\u2029]")

_MARKS = ".!?…‼⁇⁈⁉‽؟۔।॥։።"
_WIDE_MARKS = "。！？｡"
_CLOSERS = "\"'”’»“‘›«‹)\\]}"  # “ closes a German or Polish quotation, ‘ a Czech one, « one of a German book
_WIDE_CLOSERS = "」』）】》〉”’"
_OPENERS = "\"'“”‘’«»‹›„‚‟(\\[{¿¡–—―•*-"  # » opens in German books, ” in Swedish
_NOTE = r"\[\d{1,3}\]|[¹²³⁰⁴-⁹]"  # the call of a footnote

# The look-behinds keep a long run of marks from being tried again at each of them.
_CANDIDATE = lazy(
    rf"(?<![{_MARKS}])(?P<mark>[{_MARKS}]++)"
    rf"(?P<close>(?:[{_CLOSERS}]|{_NOTE}|[ \xa0\u202f\u2009]»(?!\w))*+)"
    r"(?P<gap>\s++)"
    rf"(?:['’‘][stkn]\s|[{_OPENERS}][ \xa0\u202f\u2009]{{0,3}}+){{0,4}}+"
    r"(?P<next>[\w€$£#@])"
    rf"|(?<![{_WIDE_MARKS}])[{_WIDE_MARKS}]++(?P<wide>[{_WIDE_CLOSERS}]*+)\s*+(?=\S)(?!(?<=[{_WIDE_CLOSERS}])と)"
)

_KINDS = ("closing", "number", "name", "never")  # where the forms of two entries meet, the later kind holds
_BEFORE = 24  # code points that are looked at before a mark: more than the longest entry of the lists
_BRACKETED = 200  # longest remark in brackets, in code points
_OPENING = "\"'“”‘’«»‹›„‚([{¿¡"
_PART = lazy(r"[-‐–—/'’(\[«“„\"]")
_INITIALS = lazy(r"(?:[^\W\d_]{1,2}\.[-‐]?)*[^\W\d_]")
_DOTTED = lazy(r"(?:[^\W\d_]\.[-‐]?)+[^\W\d_]{1,3}")
_ROMAN = lazy(r"[IVXLC]+")
_ROMAN_NUMBER = lazy(r"(?!I\b)[IVXLC]++(?![\w'’])")  # `No. I said` is an end, as is `p. C’est`
_ENUMERATOR = lazy(r"\d{1,3}|[^\W\d_]|[IVXLC]{1,6}")
_WORD = lazy(r"([^\W\d_]++)(?![.\w])(['’]?)")
_LETTER_WORDS = frozenset("aeiouyàèéíóú")  # Dutch u, French il y a, Italian è: no abbreviations


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the lists say for one language."""

    kinds: dict[str, str]  # abbreviation without its last full stop -> "never", "number", "closing" or "name"
    heads: frozenset[tuple[str, str]]  # two words inside an abbreviation: ("EE", "UU")
    openers: frozenset[str]
    particles: frozenset[str]
    ordinals: bool
    reporting: re.Pattern[str] | None


def sentences(text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """Iterate over the sentences of the text as (start, end) offsets in code points, end exclusive.

    No sentence begins or ends with white space, and only white space stands between two of them. The
    language is a BCP 47 tag, of which the first part counts; lists of no language in particular serve where
    it is unknown.

    >>> text = 'Dhr. J. Jansen vroeg: "Waarom?" Niemand wist het.'
    >>> [text[start:end] for start, end in sentences(text, "nl")]
    ['Dhr. J. Jansen vroeg: "Waarom?"', 'Niemand wist het.']
    """
    rules = _rules((language or "").partition("-")[0].lower())
    for start, end in _blocks(_with_lf(text)):
        yield from _in_block(text, start, end, rules)


def count_sentences(text: str, language: str | None = None) -> int:
    """The number of sentences of the text.

    >>> count_sentences("Il pleut. M. Dupont reste !", "fr")
    2
    """
    return sum(1 for _ in sentences(text, language))


def _with_lf(text: str) -> str:
    """The text with line ends as LF at the same length, for finding empty lines."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between borders, without the white space around them; none is empty."""
    start = 0
    while True:
        border = _BORDER.search(text, start)
        block = text[start : border.start() if border else len(text)]
        kept = block.strip()
        if kept:
            begin = start + len(block) - len(block.lstrip())
            yield begin, begin + len(kept)
        if border is None:
            return
        start = border.end() - (border[0][-1] == "\n")  # its second LF may be the first of the next border


def _in_block(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    for match in _CANDIDATE.finditer(text, start, end):
        if match["mark"] is None:
            yield start, match.end("wide")
            start = match.end()
        elif _is_end(text, start, match, rules):
            yield start, match.end("close")
            start = match.end("gap")
    yield start, end


def _is_end(text: str, start: int, match: re.Match[str], rules: _Rules) -> bool:
    """Whether the marks of the match end the sentence that begins at `start`."""
    at = match.start("mark")
    if at == start or text[at - 1] in "([":
        return False
    following = match["next"]
    if following.islower() and not text[match.end() : match.end() + 1].isupper():
        return False
    mark, close = match["mark"], match["close"]
    if mark in (".", ".."):  # two are a misprint for one
        return _full_stop_ends(text, start, match, rules)
    if ("!" in mark or "?" in mark) and close:
        return not (_is_remark(text, start, at, close) or _is_reported(text, match, rules))
    return True


def _is_remark(text: str, start: int, at: int, close: str) -> bool:
    """Whether the mark ends a remark in brackets that stands within the sentence: `Jan (jawel!) De Smet`."""
    if ")" not in close:
        return False
    opening = text.rfind("(", max(start, at - _BRACKETED), at)
    return opening > start and text[opening - 1].isspace()


def _is_reported(text: str, match: re.Match[str], rules: _Rules) -> bool:
    """Whether a clause that reports the question or cry follows its closing quotation mark."""
    return rules.reporting is not None and rules.reporting.match(text, match.start("next")) is not None


def _full_stop_ends(text: str, start: int, match: re.Match[str], rules: _Rules) -> bool:
    """Whether one full stop ends the sentence, by the word before it and the word after it."""
    at, following = match.start("mark"), match["next"]
    words = text[max(start, at - _BEFORE) : at].rsplit(None, 2)
    word = words[-1].lstrip(_OPENING)
    if at - start < 8 and _ENUMERATOR.fullmatch(word) and not text[start : at - len(word)].strip(_OPENING):
        return False
    if word.isdigit():
        ordinal = rules.ordinals and len(word) < 3
        return not ordinal or (not following.isdigit() and _opens(text, match, rules))
    kind = _kind(words, word, rules)
    if kind == "number" and (following.isdigit() or _ROMAN_NUMBER.match(text, match.start("next"))):
        return False
    if kind == "name":
        return _opens(text, match, rules)
    if len(words) > 1 and len(word) == 1 and word.islower() and words[-2][-1].isdigit():  # `10 h. Paris`: a unit
        return kind != "never"
    return kind == "closing" or (kind != "never" and _plain_word_ends(text, match, word, rules))


def _kind(words: list[str], word: str, rules: _Rules) -> str | None:
    """The kind of abbreviation that the words before a full stop end in, if any."""
    kinds = rules.kinds
    if len(words) > 1 and len(word) < 6:  # `v. Chr`, `et al`, `op. cit`
        kind = kinds.get(f"{words[-2].lstrip(_OPENING)} {word}")
        if kind is not None:
            return kind
    kind = kinds.get(word)
    if kind is None and not word.isalnum():
        kind = kinds.get(_PART.split(word)[-1])  # `d'env`, `en/of nr`
    return kind or kinds.get(f"-{word[-3:]}")  # `Kerkstr`


def _plain_word_ends(text: str, match: re.Match[str], word: str, rules: _Rules) -> bool:
    """Whether a full stop ends the sentence after an ordinary word: not after initials and the like."""
    if _is_inside(text, match, word, rules):
        return False
    if _INITIALS.fullmatch(word):
        if len(word) == 1 and word in _LETTER_WORDS:
            return True
        # Before a surname a particle has a capital after one initial; after several, they are an acronym.
        one = (len(word) == 1 and not word.islower()) or "-" in word
        return not match["next"].isdigit() and _opens(text, match, rules, initial=one)
    if _DOTTED.fullmatch(word) or (rules.ordinals and _ROMAN.fullmatch(word)):  # `o.k`, `Ludwig XIV. Bourbon`
        return _opens(text, match, rules)
    return True


def _is_inside(text: str, match: re.Match[str], word: str, rules: _Rules) -> bool:
    """Whether the full stop stands inside an abbreviation of two words, as in `EE. UU.`"""
    if not rules.heads or len(word) > 4:
        return False
    following = text[match.start("next") : match.start("next") + 5].partition(".")[0]
    return (word, following) in rules.heads


def _opens(text: str, match: re.Match[str], rules: _Rules, *, initial: bool = False) -> bool:
    """Whether the next word is one that begins a sentence; after an initial, none that also begins a surname."""
    if match["next"].islower():
        return False
    word = _WORD.match(text, match.start("next"))
    if word is None:
        return False
    forms = {word[1].lower(), f"{word[1].lower()}'"} if word[2] else {word[1].lower()}
    return not forms.isdisjoint(rules.openers) and not (initial and not forms.isdisjoint(rules.particles))


@cache
def _lists() -> dict[str, Any]:
    """The lists as the file has them, read at the first sentence."""
    path = Path(__file__).parent.parent / "data" / "abbreviations.json"
    data: dict[str, Any] = json.loads(path.read_bytes())
    return data


def _rules(language: str) -> _Rules:
    return _rules_of(language if language in _lists()["languages"] else "default")


@cache
def _rules_of(language: str) -> _Rules:
    languages = _lists()["languages"]
    lists = languages[language]
    kinds = {form: kind for kind in _KINDS for entry in lists[kind] for form in _forms(entry)}
    openers = lists.get("openers") or [word for other in languages.values() for word in other.get("openers", ())]
    return _Rules(
        kinds,
        frozenset(pair for entry in kinds if " " in entry for pair in _heads(entry)),
        frozenset(openers),
        frozenset(_lists()["particles"]),
        bool(lists.get("ordinals")),
        _reporting_clause(lists["reporting"]) if "reporting" in lists else None,
    )


def _forms(entry: str) -> set[str]:
    """An entry as it may stand before its last full stop: as written, with a first capital, its last two words."""
    bare = entry.removesuffix(".")
    return {bare, bare[0].upper() + bare[1:], " ".join(bare.split()[-2:])}


def _heads(entry: str) -> Iterator[tuple[str, str]]:
    """The pairs of words inside an entry between which a full stop stands."""
    for first, second in pairwise(entry.split()):
        if first.endswith("."):
            yield first[:-1], second.partition(".")[0]


def _reporting_clause(verbs: Iterable[str]) -> re.Pattern[str]:
    """`Jones asked`, `Mr. Jones shouted at them`: one to four names and a verb with no clause of its own."""
    return re.compile(
        r"(?:[A-Z][\w.'’-]{0,40}+\s){1,4}?"
        rf"(?:{'|'.join(verbs)})(?:[.,;:]|\s(?:in|on|at|to|during|after|before|as|when|while|of|with|about|from)\b)"
    )
