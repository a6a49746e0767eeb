"""Boilerplate of press pages: what a site or an agency adds around an article, recognized in whole short blocks."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from corpus_tool.errors import UsageError
from corpus_tool.text.blocks import ends_sentence
from corpus_tool.text.boilerplate_patterns import (
    NETWORK_WORDS,
    PARTS,
    SIGN_TAIL,
    agency_name,
    closing_sign,
    compiled,
    ends_surely,
    first_word_of,
    line_pattern,
    names_agency,
    shape_of,
    sign_line,
    spellings_of,
    tidied,
)

KINDS = ("related", "share", "advertisement", "credit", "subscribe", "cookies", "paywall", "agency")
"""What a piece of boilerplate is there for."""

MAX_LINE = 160
"""Longest line of boilerplate, in code points; a paragraph is longer."""

MAX_LINES = 12
"""Most lines in a block of boilerplate."""

_MAX_BLOCK = (MAX_LINE + 1) * MAX_LINES
_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "boilerplate")
_EVERY_LANGUAGE = "any"
_LISTS = (_EVERY_LANGUAGE, "nl", "fr", "en", "de")
_UNKNOWN_LANGUAGES = (None, "", "und", "mul")


class Entry(NamedTuple):
    """One pattern of a list: its kind, and whether it counts only together with another line of boilerplate."""

    kind: str
    pattern: str
    together: bool


Index = Mapping[str, tuple[Entry, ...]]
"""The entries of one list by the first word of the lines that they match; under "" those where it is not known."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Lists of patterns by language, and the news agencies they know; nothing is compiled before it is needed.

    `agency` is a regular expression for the name of one agency.
    """

    lists: Mapping[str, Index]
    agency: str

    @staticmethod
    @cache
    def default() -> Boilerplate:
        """The lists that come with corpus-tool, each read when a line begins as one of its patterns does."""
        words = dict(line.split("\t", 1) for line in _read(os.path.join(_DATA, FIRST_WORDS)).splitlines())
        _, agencies = _parse(_shipped_text(_EVERY_LANGUAGE), _EVERY_LANGUAGE)
        return Boilerplate({name: _Shipped(name, words[name]) for name in _LISTS}, _agency_pattern(agencies))

    def line_kinds(self, block: str, language: str | None = None) -> tuple[str, ...]:
        """The kind of each line of a block; empty where the block is long or a line of it is no boilerplate.

        >>> Boilerplate.default().line_kinds("Partager sur Facebook\\nPublicité", "fr")
        ('share', 'advertisement')
        """
        end = block.find("\n")
        if (len(block) if end < 0 else end) > MAX_LINE or len(block) > _MAX_BLOCK:
            return ()
        lines = block.split("\n")
        if len(lines) > MAX_LINES:
            return ()
        indexes = self._indexes(language)
        found: list[list[Entry]] = []
        for line in lines:
            entries = self._entries_of(line, indexes)
            if not entries:
                return ()
            found.append(entries)
        alone = len(found) == 1 and len(found[0]) == 1
        return () if alone and found[0][0].together else tuple(_foremost(e.kind for e in line) for line in found)

    def find(self, block: str, language: str | None = None) -> str | None:
        """The kind of a short block that is boilerplate in every line, "paywall" where one of them is; else None."""
        kinds = self.line_kinds(block, language)
        return _foremost(kinds) if kinds else None

    def paywall_cue(self, block: str, language: str | None = None) -> bool:
        """Whether a block says that the rest of the article is held back from those who do not pay or log in."""
        return self.find(block, language) == "paywall"

    def agency_sign(self, paragraph: str) -> tuple[int, str] | None:
        """Where a closing sign begins, and the agencies that it names; None where no sentence ends before it.

        >>> Boilerplate.default().agency_sign("De staking gaat door. (belga/jd)")
        (22, 'belga')
        """
        match = closing_sign(self.agency).search(paragraph, max(0, len(paragraph) - SIGN_TAIL))
        if match is None:
            return None
        before = paragraph[: match.start()].rstrip()
        if not ends_sentence(before) or (match["bare"] and not ends_surely(before)):
            return None
        names = [m.span() for m in agency_name(self.agency).finditer(paragraph, match.start(), match.end())]
        return match.start(), paragraph[names[0][0] : names[-1][1]]

    def extended(self, text: str, name: str = "") -> Boilerplate:
        """These lists and another one, which holds for every language; UsageError names the line that is wrong."""
        entries, agencies = _parse(text, name)
        lists = dict(self.lists)
        agency = "|".join((*map(spellings_of, agencies), self.agency))
        for number, entry in entries:
            _check(entry.pattern, agency, f"{name}:{number}")
        added = _index(entry for _, entry in entries)
        known = lists.get(_EVERY_LANGUAGE, {})
        lists[_EVERY_LANGUAGE] = {**known, **{word: known.get(word, ()) + own for word, own in added.items()}}
        return Boilerplate(lists, agency)

    def _indexes(self, language: str | None) -> list[Index]:
        if language in _UNKNOWN_LANGUAGES or language is None:
            return list(self.lists.values())
        names = (_EVERY_LANGUAGE, language.partition("-")[0].lower())
        return [self.lists[name] for name in names if name in self.lists]

    def _entries_of(self, line: str, indexes: list[Index]) -> list[Entry]:
        """The entry that a whole line matches, or one for each of its sentences and cells; empty if one has none."""
        if len(line) > MAX_LINE:
            return []
        shape = shape_of(line)
        whole = self._entry_of(shape, indexes)
        if whole:
            return [whole]
        parts = [part for part in compiled(PARTS).split(line) if part]
        if not 1 < len(parts) <= MAX_LINES:
            return []
        entries: list[Entry] = []
        for part in parts:
            entry = self._entry_of(shape_of(part), indexes)
            if entry is None:
                return []
            entries.append(entry)
        return entries

    def _entry_of(self, shape: str, indexes: list[Index]) -> Entry | None:
        if not shape:
            return None
        if len(shape) <= SIGN_TAIL and names_agency(shape, self.agency) and sign_line(self.agency).fullmatch(shape):
            return _AGENCY_ALONE
        word = first_word_of(shape)
        for index in indexes:
            for entry in index.get(word, ()) + index.get("", ()):
                if line_pattern(entry.pattern, self.agency).fullmatch(shape):
                    return entry
        return None


def find_boilerplate(block: str, language: str | None = None) -> str | None:
    """The kind of a short block that is boilerplate in every line, by the lists of corpus-tool; None for any other.

    >>> find_boilerplate("Lees ook: Ouders boos over sluiting", "nl")
    'related'
    >>> find_boilerplate("Lees ook de bijsluiter goed voor u het middel inneemt.", "nl")
    """
    return Boilerplate.default().find(block, language)


def agency_sign(
    paragraph: str,
    language: str | None = None,  # noqa: ARG001 — agencies sign alike in every language
) -> tuple[int, str] | None:
    """Where an agency's sign begins that closes the last paragraph of an article, and the names as written.

    >>> agency_sign("La grève continue. (AFP)"), agency_sign("Dat meldt persbureau Belga (Brussel).")
    ((19, 'AFP'), None)
    """
    return Boilerplate.default().agency_sign(paragraph)


def paywall_cue(block: str, language: str | None = None) -> bool:
    """Whether a block says that the rest of the article is held back.

    >>> paywall_cue("Il vous reste 75 % de cet article à lire."), paywall_cue("Publicité")
    (True, False)
    """
    return Boilerplate.default().paywall_cue(block, language)


def load_user_list(path: str) -> Boilerplate:
    """The lists of corpus-tool and those of a file in the same form; UsageError where it cannot be read."""
    try:
        text = _read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the list of boilerplate cannot be read", str(error)) from error
    return Boilerplate.default().extended(text, path)


def _foremost(kinds: Iterable[str]) -> str:
    kinds = tuple(kinds)
    return "paywall" if "paywall" in kinds else kinds[0]


# --- lists -------------------------------------------------------------------------------------------------

_AGENCIES_HEADING = "agencies"
_TOGETHER = " together"
_AGENCY_ALONE = Entry("agency", "{agency}", False)


FIRST_WORDS = "first_words.txt"
"""The words that the patterns of each shipped list begin with, so that most lines need no list; generated."""


class _Shipped(Mapping[str, tuple[Entry, ...]]):
    """The index of a shipped list, made when a word is asked for that one of its patterns begins with."""

    def __init__(self, name: str, words: str) -> None:
        self._name = name
        self._words = frozenset(words.split(" "))
        self._made: dict[str, tuple[Entry, ...]] = {}

    def _index(self) -> dict[str, tuple[Entry, ...]]:
        if not self._made:
            entries, _ = _parse(_shipped_text(self._name), self._name)
            self._made = _index(entry for _, entry in entries)
        return self._made

    def __getitem__(self, word: str) -> tuple[Entry, ...]:
        if word not in self._words:
            raise KeyError(word)
        return self._index()[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def shipped_first_words() -> str:
    """What `first_words.txt` must hold: a line for each list, its name, a tab, its words."""
    lines = []
    for name in _LISTS:
        entries, _ = _parse(_shipped_text(name), name)
        lines.append(f"{name}\t{' '.join(sorted(_index(entry for _, entry in entries)))}\n")
    return "".join(lines)


def _shipped_text(name: str) -> str:
    return _read(os.path.join(_DATA, f"{name}.txt"))


def _read(path: str) -> str:
    with open(path, encoding="utf-8-sig") as file:
        return file.read()


def _agency_pattern(agencies: Iterable[str]) -> str:
    """The names of agencies as a regular expression, the longest first: `dpa-AFX` before `dpa`."""
    return "|".join(spellings_of(name) for name in sorted(agencies, key=len, reverse=True))


def _parse(text: str, name: str) -> tuple[list[tuple[int, Entry]], list[str]]:
    """The entries of a list with their line numbers, and the agencies that it names."""
    entries: list[tuple[int, Entry]] = []
    agencies: list[str] = []
    heading = ""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            heading = _heading(line[1:-1].strip(), f"{name}:{number}")
        elif not heading:
            raise UsageError(f"{name}:{number}: a pattern stands before the first heading", _HEADING_HINT)
        elif heading == _AGENCIES_HEADING:
            agencies.append(line)
        else:
            kind = heading.removesuffix(_TOGETHER)
            entries.append((number, Entry(kind, tidied(line), heading != kind)))
    return entries, agencies


_HEADING_HINT = f"the headings are: [{_AGENCIES_HEADING}], {', '.join(f'[{kind}]' for kind in KINDS)}"


def _heading(heading: str, where: str) -> str:
    if heading.removesuffix(_TOGETHER) in KINDS or heading == _AGENCIES_HEADING:
        return heading
    raise UsageError(f"{where}: no kind of boilerplate is named {heading!r}", _HEADING_HINT)


def _check(pattern: str, agency: str, where: str) -> None:
    if len(_alternatives(pattern)) > 1:
        raise UsageError(f"{where}: {pattern!r} has alternatives outside brackets", "write them (so|or so)")
    try:
        line_pattern(pattern, agency)
    except re.error as error:
        raise UsageError(
            f"{where}: {pattern!r} is not a pattern: {error}", "put a backslash before ( ) [ ? + *"
        ) from error


def _index(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for word in first_words(entry.pattern):
            index[word] = (*index.get(word, ()), entry)
    return index


def first_words(pattern: str) -> set[str]:
    r"""The words that a line matching the pattern can begin with; `{""}` where the pattern does not show them.

    >>> sorted(first_words("(lees|bekijk) ook: {title}")), first_words(r"\w+ nu")
    (['bekijk', 'lees'], {''})
    """
    plain = compiled(_PLAIN_GROUP).match(pattern)
    if plain:
        return {first_word_of(words) for words in plain["words"].split("|")}
    if pattern.startswith(_OPENED_BY):
        return {pattern[0] if pattern[0] == "©" else "0"}
    if pattern.startswith(("{network}", "{networks}")):
        return NETWORK_WORDS
    if pattern.startswith("("):
        return _first_words_of_group(pattern)
    match = compiled(_LEADING_WORD).match(pattern)
    if match is None:
        return {""}
    return {match["word"].lower() + match["last"].lower()} | ({match["word"].lower()} if match["maybe"] else set())


def _first_words_of_group(pattern: str) -> set[str]:
    end = _end_of_group(pattern)
    inner, rest = pattern[1:end].removeprefix("?:"), pattern[end + 1 :]
    # A group that begins with `?` looks ahead; one that a letter or `*` follows shows no whole word.
    if inner.startswith("?") or not compiled(_AFTER_GROUP).match(rest):
        return {""}
    words = set().union(*map(first_words, _alternatives(inner)))
    return words | first_words(rest[1:]) if rest.startswith("?") else words


_OPENED_BY = ("©", r"\d", "{n}")
# What may follow a whole word in a pattern: a blank or a mark, or a group that begins with one.
_BOUNDARY = r"(?:$|[ ,:;/'|)-]|\\[?./]|\[[ ,/-]|\(+(?:\?:)?[ ,:;/'\[-])"
_LEADING_WORD = rf"(?P<word>[^\W\d_]*)(?P<last>[^\W\d_])(?P<maybe>\??){_BOUNDARY}"
_AFTER_GROUP = rf"\?|{_BOUNDARY}"
# Most patterns begin with words in one plain group: no need to take those apart sign by sign.
_PLAIN_GROUP = rf"\((?P<words>[\w ',-]+(?:\|[\w ',-]+)*)\){_BOUNDARY}"


def _alternatives(pattern: str) -> list[str]:
    """The pattern cut at each `|` that stands in no group."""
    if "|" not in pattern:
        return [pattern]
    parts, depth, start = [], 0, 0
    for at, character in enumerate(pattern):
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _end_of_group(pattern: str) -> int:
    depth = 0
    for at, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at
    return len(pattern)
