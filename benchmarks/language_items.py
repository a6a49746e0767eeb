"""What language identification is measured on: pieces of news by length, mixed articles, text without a language."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import TypeVar

from articles import IDS, SENTENCES_PER_PARAGRAPH

from corpus_tool.model.langtag import normalize_language

T = TypeVar("T")

SILENT = ("und", "zxx")
"""Answers that name no language."""

# Codes that backends and files have for one language: members of an ISO 639-3 macrolanguage, and twins. Kept apart,
# since they are written apart: nn, sr, hr and bs, ms and id, ckb.
_SAME = {
    member: language
    for language, members in {
        "no": "nb",
        "tl": "fil",
        "zh": "cmn yue wuu",
        "sw": "swh swc",
        "fa": "pes prs",
        "ar": "arb arz ary apc acm ajp aeb mey",
        "az": "azj azb",
        "uz": "uzn",
        "ku": "kmr",
        "lv": "lvs",
        "et": "ekk",
        "ms": "zsm",
        "mn": "khk",
        "sq": "als",
        "mg": "plt",
        "ne": "npi",
        "or": "ory",
        "ps": "pbt pst",
        "yi": "ydd",
        "qu": "quy quz",
        "gn": "gug",
        "ff": "fuc fuv",
        "he": "iw",
        "jv": "jw",
        "ro": "mo",
    }.items()
    for member in members.split()
}

LEVELS = ("document", "paragraph", "sentence", "five words", "word", "capitals", "subhead")
FEW_WORDS = 5
LETTERS_OF_A_WORD = 4
WORDS_PER_LANGUAGE = 2000
_EDGES = " .,:;!?…\"'“”„‘’‚«»‹›()[]–—-。，、：；！？「」『』"
_QUOTES = '"“”„‘‚«»‹›「」『』'
_UNSPACED = 0.08
"""With fewer blanks a character than this, a script does not part words (Chinese, Thai)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text, its language, and whether no other language of the run has the same word."""

    text: str
    language: str
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file of the folder: what it is asked for as, the language it counts as, and the lines of its documents."""

    tag: str
    language: str
    documents: list[list[str]]
    spaced: bool

    def lines(self) -> Iterator[str]:
        """All lines with text."""
        return (line for lines in self.documents for line in lines if line)

    def words(self, line: str) -> list[str]:
        """The words of a line; pairs of characters in a script without blanks."""
        return line.split() if self.spaced else [line[n : n + 2] for n in range(0, len(line), 2)]

    def join(self, words: Iterable[str]) -> str:
        """The words as running text again."""
        return (" " if self.spaced else "").join(words)


@dataclass(frozen=True, slots=True)
class Mixed:
    """An article in a language with a foreign part between two offsets, or a pure one where `foreign` is empty."""

    kind: str
    text: str
    language: str
    foreign: str = ""
    start: int = 0
    end: int = 0


@cache
def language_of(tag: str) -> str:
    """The language that a tag or code counts as in the scores.

    >>> [language_of(tag) for tag in ("nld", "nob", "no", "srp-Cyrl", "zh-Hant", "fil", "und")]
    ['nl', 'no', 'no', 'sr', 'zh', 'tl', 'und']
    """
    base = (normalize_language(tag) or tag).split("-")[0]
    return _SAME.get(base, base)


def spellings(languages: Iterable[str]) -> tuple[str, ...]:
    """The languages with all codes that count as them, for backends that know a language by another code."""
    wanted = {language_of(language) for language in languages}
    return tuple(sorted(wanted | {code for code, language in _SAME.items() if language in wanted}))


def evenly(items: Sequence[T], count: int | None) -> list[T]:
    """So many of the items, evenly spaced; all where there are no more."""
    if count is None or count >= len(items):
        return list(items)
    return [items[n * len(items) // count] for n in range(count)]


# --- the folder ----------------------------------------------------------------------------------------------


def load_corpora(folder: Path) -> list[Corpus]:
    """The text files of a folder that are named by a language: `nld.txt`, `srp-Cyrl.txt`, `newstest.afr.txt`."""
    ids = [ident.strip() for ident in (folder / IDS).read_text(encoding="utf-8").split("\n")]
    corpora = []
    for path in sorted(folder.glob("*.txt")):
        code = path.stem.rsplit(".", 1)[-1]
        if normalize_language(code) is None:
            print(f"{path.name} is skipped: no language has that code", file=sys.stderr)
            continue
        text = path.read_text(encoding="utf-8")
        documents: dict[str, list[str]] = {}
        for ident, line in zip(ids, text.split("\n"), strict=False):
            if ident:
                documents.setdefault(ident, []).append(line.strip())
        corpora.append(Corpus(_asked(code), language_of(code), list(documents.values()), _is_spaced(text)))
    return corpora


def load_list(argument: str) -> tuple[str, list[Item]]:
    """The name and items of `nl=FILE`, an item a line."""
    code, _, file = argument.partition("=")
    if not file or normalize_language(code) is None:
        sys.exit(f"--list {argument}: expected LANGUAGE=FILE")
    lines = [line.strip() for line in Path(file).read_text(encoding="utf-8").split("\n")]
    return f"{code}, {Path(file).stem}", [Item(line, language_of(code)) for line in dict.fromkeys(lines) if line]


def _asked(code: str) -> str:
    """The tag that a user would ask for: Bokmål by its own, members of a macrolanguage by that."""
    base = (normalize_language(code) or code).split("-")[0]
    return base if base == "nb" else language_of(code)


def _is_spaced(text: str) -> bool:
    """Whether blanks part the words."""
    return text.count(" ") >= _UNSPACED * len(text)


# --- by length -----------------------------------------------------------------------------------------------


def items_by_level(corpora: Sequence[Corpus], limit: int | None) -> dict[str, list[Item]]:
    """The items of every level, at most `limit` a language, evenly spaced."""
    vocabularies = [_vocabulary(corpus) for corpus in corpora]
    by_language: dict[str, set[str]] = {}
    for corpus, vocabulary in zip(corpora, vocabularies, strict=True):
        by_language.setdefault(corpus.language, set()).update(vocabulary)
    spread = Counter(key for keys in by_language.values() for key in keys)
    levels: dict[str, list[Item]] = {level: [] for level in LEVELS}
    for corpus, vocabulary in zip(corpora, vocabularies, strict=True):
        for level, texts in _texts(corpus).items():
            levels[level] += [Item(text, corpus.language) for text in evenly(texts, limit)]
        for key, word in evenly(list(vocabulary.items()), limit or WORDS_PER_LANGUAGE):
            levels["word"].append(Item(word, corpus.language, spread[key] == 1))
    return levels


def _texts(corpus: Corpus) -> dict[str, list[str]]:
    """The texts of one file by level, words aside."""
    lines = list(corpus.lines())
    threes = [three for document in corpus.documents for three in _threes(document)]
    split = [words for words in map(corpus.words, lines) if len(words) >= FEW_WORDS]
    return {
        "document": [_article(document[0], _paragraphs(document)) for document in corpus.documents],
        "paragraph": [" ".join(three) for three in threes],
        "sentence": lines,
        "five words": [corpus.join(words[:FEW_WORDS]) for words in split],
        "capitals": [upper for line in lines if (upper := line.upper()) != line.lower()],
        "subhead": [corpus.join(words[: 2 + n % 3]).strip(_EDGES) for n, words in enumerate(split)],
    }


def _threes(lines: list[str]) -> list[list[str]]:
    """Full paragraphs of consecutive lines, the headline left out."""
    return [part for part in _paragraphs(lines) if len(part) == SENTENCES_PER_PARAGRAPH]


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """The lines after the headline, in paragraphs."""
    body = lines[1:]
    return [body[n : n + SENTENCES_PER_PARAGRAPH] for n in range(0, len(body), SENTENCES_PER_PARAGRAPH)]


def _article(headline: str, paragraphs: list[list[str]]) -> str:
    """A headline, an empty line and paragraphs."""
    return "\n\n".join([headline, *(" ".join(filter(None, lines)) for lines in paragraphs)]) + "\n"


def _vocabulary(corpus: Corpus) -> dict[str, str]:
    """Words of at least four letters as first seen, by their folded form; none for a script without blanks."""
    if not corpus.spaced:
        return {}
    text = "\n".join(corpus.lines())
    marks = "".join(sorted(char for char in set(text) if unicodedata.category(char).startswith("M")))
    follows = rf"(?:[^\W\d_]|[{marks}])" if marks else r"[^\W\d_]"
    found: dict[str, str] = {}
    for word in re.findall(rf"[^\W\d_]{follows}*", text):
        if sum(char not in marks for char in word) >= LETTERS_OF_A_WORD:
            found.setdefault(word.casefold(), word)
    return found


# --- mixed articles ------------------------------------------------------------------------------------------

_OPEN, _CLOSE = "\ue000", "\ue001"
_MIN_LINES = 8
QUOTED_WORDS = (5, 9)
PURE_ARTICLES = 500


def mixed_articles(corpora: Sequence[Corpus], per_pair: int, seed: int) -> list[Mixed]:
    """Articles with one foreign part for every ordered pair of languages and every kind, and pure ones."""
    made = []
    for main, other in permutations(corpora, 2):
        if main.language == other.language:
            continue
        for kind, insert in _KINDS.items():
            chance = random.Random(f"{seed} {kind} {main.tag} {other.tag}")
            pairs = [pair for pair in zip(main.documents, other.documents, strict=False) if len(pair[0]) >= _MIN_LINES]
            for mine, theirs in chance.sample(pairs, min(per_pair, len(pairs))):
                text = insert(chance, main, mine, other, theirs)
                start, end = text.index(_OPEN), text.index(_CLOSE) - 1
                bare = text.replace(_OPEN, "").replace(_CLOSE, "")
                made.append(Mixed(kind, bare, main.language, other.language, start, end))
    pure = [
        Mixed("pure", _article(document[0], _paragraphs(document)), corpus.language)
        for corpus in corpora
        for document in corpus.documents
    ]
    return made + evenly(pure, PURE_ARTICLES)


def _foreign_paragraph(chance: random.Random, main: Corpus, mine: list[str], other: Corpus, theirs: list[str]) -> str:
    """One paragraph as the other language has it."""
    del main, other
    paragraphs = _paragraphs(mine)
    at = chance.randrange(len(paragraphs) - 1)
    paragraphs[at] = [f"{_OPEN}{' '.join(filter(None, _paragraphs(theirs)[at]))}{_CLOSE}"]
    return _article(mine[0], paragraphs)


def _foreign_sentence(chance: random.Random, main: Corpus, mine: list[str], other: Corpus, theirs: list[str]) -> str:
    """One line, not the first of its paragraph, as the other language has it."""
    del main, other
    paragraphs = _paragraphs(mine)
    at = chance.randrange(len(paragraphs) - 1)
    line = chance.randrange(1, len(paragraphs[at]))
    paragraphs[at][line] = f"{_OPEN}{_paragraphs(theirs)[at][line]}{_CLOSE}"
    return _article(mine[0], paragraphs)


def _foreign_quote(chance: random.Random, main: Corpus, mine: list[str], other: Corpus, theirs: list[str]) -> str:
    """Five to nine words of a line of the other language, between quotation marks in one of the longest lines."""
    lines = list(mine)
    hosts = sorted(range(1, len(lines)), key=lambda n: (-len(lines[n]), n))[:4]
    at = chance.choice(hosts)
    lengthy = [words for words in map(other.words, map(_unquoted, theirs)) if len(words) >= 2 * QUOTED_WORDS[0]]
    source = chance.choice(lengthy or [other.words(max(theirs, key=len))])
    count = min(chance.randint(*QUOTED_WORDS), len(source))
    begin = chance.randrange(len(source) - count + 1)
    quote = other.join(source[begin : begin + count]).strip(_EDGES)
    words = main.words(lines[at])
    half = len(words) // 2
    lines[at] = f"{main.join(words[:half])} “{_OPEN}{quote}{_CLOSE}” {main.join(words[half:])}"
    return _article(lines[0], _paragraphs(lines))


def _unquoted(line: str) -> str:
    """The line without quotation marks and without punctuation that stands alone."""
    bare = "".join(" " if char in _QUOTES else char for char in line)
    return " ".join(word for word in bare.split() if word.strip(_EDGES))


_KINDS: dict[str, Callable[[random.Random, Corpus, list[str], Corpus, list[str]], str]] = {
    "paragraph": _foreign_paragraph,
    "sentence": _foreign_sentence,
    "quote": _foreign_quote,
}


# --- no language ---------------------------------------------------------------------------------------------

ITEMS_WITHOUT_LANGUAGE = 25
_GIVEN = """Lena Tomas Mirko Adela Yusuf Ines Pavel Noor Elias Katya Ravi Sofia Bram Amira Luca Greta Idris Mila Oskar
Tess Nadim Vera Hugo Selma Anton Leila Marek Rosa Timo Zara"""
_FAMILY = """Verlomme Kastrov Adelini Brunholt Okemba Desarque Lindvael Morelko Tazrani Hovestad Quillmar Petrosan
Ravensk Aldemir Corvelli Staamer Benoudi Fjelmark Grozanel Ilvane Jansoury Keldorf Lambrusk Mendarez Norvaal Ostrelle
Paldinck Rozemar Silvanko Tervuene"""
_CLUBS = "RVM KST ADL BRH OKB DSQ LVL MRK TZR HVD QLM PTS RVK ALD CRV STM"
_CODE = (
    "for (int i = {a}; i < {b}; i++) {{ x[i] += y[i - 1] * {c}; }}",
    "def f{a}(x, y={b}): return x[{c}:] + [y]",
    "<td id='c{a}' width='{b}px'><a href='#n{c}'></a></td>",
    "x{a} = sum(p * q for p, q in zip(v{b}, w{c}))",
    "INSERT INTO t{a} (id, k, v) VALUES ({b}, 'k{c}', NULL);",
    "$ tar -xzf v{a}.tar.gz -C /tmp/b{b} && ls -l | grep '^d' > o{c}.txt",
    '{{"id": {a}, "xs": [{b}, {c}], "ok": true, "src": null}}',
)


def _numbers(chance: random.Random) -> str:
    """A table of numbers."""
    columns = chance.randint(3, 6)
    rows = ([f"{chance.uniform(-50, 5000):,.{chance.randint(0, 2)}f}" for _ in range(columns)] for _ in range(6))
    return "\n".join("\t".join(row) for row in rows)


def _scores(chance: random.Random) -> str:
    """Results of clubs known by three capitals."""
    results = []
    for _ in range(chance.randint(3, 8)):
        home, guest = chance.sample(_CLUBS.split(), 2)
        goals = [chance.randint(0, 4) for _ in range(2)]
        results.append(f"{home} – {guest} {goals[0]}–{goals[1]} ({goals[0] // 2}–{goals[1] // 2})")
    return "\n".join(results)


def _names(chance: random.Random) -> str:
    """Persons that do not exist."""
    count = chance.randint(5, 11)
    pairs = zip(chance.sample(_GIVEN.split(), count), chance.sample(_FAMILY.split(), count), strict=True)
    return chance.choice((", ", "\n", "; ")).join(f"{given} {family}" for given, family in pairs)


def _addresses(chance: random.Random) -> str:
    """Addresses in the domains that are set apart for examples."""
    sites = (
        "https://www.example.org/{}/{}/p{}.html",
        "http://example.com/?id={}&q={}&p={}",
        "www.example.net/{}_{}/{}",
    )
    numbers = ([chance.randint(1, 9999) for _ in range(3)] for _ in range(chance.randint(2, 5)))
    return "\n".join(chance.choice(sites).format(*three) for three in numbers)


def _code(chance: random.Random) -> str:
    """Lines of program code."""
    lines = chance.sample(_CODE, chance.randint(2, 4))
    return "\n".join(
        line.format(a=chance.randint(0, 9), b=chance.randint(10, 99), c=chance.randint(2, 9)) for line in lines
    )


def items_without_language(seed: int) -> dict[str, list[str]]:
    """Texts that are in no language, by kind."""
    kinds = {"numbers": _numbers, "scores": _scores, "names": _names, "addresses": _addresses, "code": _code}
    made = {}
    for kind, make in kinds.items():
        chance = random.Random(f"{seed} {kind}")
        made[kind] = [make(chance) for _ in range(ITEMS_WITHOUT_LANGUAGE)]
    return made
