"""Names of countries, cities, months, weekdays and of peoples, as each language writes them.

A name stands for its concept: `Verenigde Staten`, `États-Unis`, `Amerikaans` and `américaine` are all `@US`. Sources:
`data/link/gazetteer.json` (Unicode CLDR) and `data/link/demonyms.tsv` (by hand).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus_tool.link.terms import romanized, word_forms

_FOLDER = Path(__file__).parent.parent / "data" / "link"
_ALIASES = {"nb": "no"}
_SHORTEST = 3  # letters of a name that is not all in capitals

# Endings of adjectives and inhabitants, as (what is cut off, what comes instead); the base form counts as well.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "nl": (("", "e"), ("", "en"), ("", "s"), ("aan", "anen"), ("ees", "ese"), ("ees", "ezen"), ("man", "en")),
    "fr": (("", "e"), ("", "s"), ("", "es")),
    "en": (("", "s"), ("man", "men")),
    "de": tuple(("", ending) for ending in ("e", "er", "en", "es", "em", "n", "s", "in", "innen")),
}


class Name(NamedTuple):
    """A name in a list of words: its concept, the place of its first word, and how many words it has."""

    concept: str
    at: int
    length: int


class Gazetteer(NamedTuple):
    """The names of one language: of one word, and of several by one word that they must have."""

    single: dict[str, list[tuple[str, str]]]  # key → (case, concept)
    several: dict[str, list[tuple[int, tuple[str, ...], str, str]]]  # key → (its place, keys, case, concept)

    def concept(self, form: str, key: str) -> str | None:
        """The concept of a word, given as it stands and as a key."""
        for case, concept in self.single.get(key, ()):
            if _fits(form, case):
                return concept
        return None

    def names(self, forms: Sequence[str], keys: Sequence[str]) -> Iterator[Name]:
        """The names of several words in a list of words, given as they stand and as keys; none overlap."""
        free = 0
        found = sorted(self._found(forms, keys), key=lambda name: (name.at, -name.length))
        for name in found:
            if name.at >= free:
                yield name
                free = name.at + name.length

    def _found(self, forms: Sequence[str], keys: Sequence[str]) -> Iterator[Name]:
        anchors = self.several.keys() & set(keys)
        if not anchors:
            return
        for at, key in enumerate(keys):
            if key not in anchors:
                continue
            for place, words, case, concept in self.several[key]:
                start = at - place
                if start >= 0 and tuple(keys[start : start + len(words)]) == words and _fits(forms[start], case):
                    yield Name(concept, start, len(words))


@cache
def gazetteer(language: str) -> Gazetteer:
    """The names that count in texts of a language; English ones where the language has no list.

    >>> gazetteer("nl").concept("Amerikaanse", "amerikaanse"), gazetteer("fr").concept("mai", "mai")
    ('@US', '@month:5')
    """
    language = _ALIASES.get(language, language)
    lists = _lists()
    names = lists["en"] | lists.get(language, {})
    single: dict[str, list[tuple[str, str]]] = {}
    several: dict[str, list[tuple[int, tuple[str, ...], str, str]]] = {}
    everything = [(form, concept) for concept, forms in names.items() for form in forms.split("|")]
    for form, concept in [*everything, *_demonyms().get(language, ())]:
        words = word_forms(form)
        keys = tuple(romanized(word) for word in words)
        if not all(keys):
            continue
        case = _case(words)
        if len(keys) > 1:
            place = max(range(len(keys)), key=lambda at: (len(keys[at]), at))
            several.setdefault(keys[place], []).append((place, keys, case, "@" + concept))
        elif case == "upper" or len(keys[0]) >= _SHORTEST or not words[0].isascii():
            single.setdefault(keys[0], []).append((case, "@" + concept))
    return Gazetteer(single, several)


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = json.loads((_FOLDER / "gazetteer.json").read_bytes())["languages"]
    return lists


@cache
def _demonyms() -> dict[str, list[tuple[str, str]]]:
    rows = (_FOLDER / "demonyms.tsv").read_text(encoding="utf-8").splitlines()
    head, *cells_of = [row.split("\t") for row in rows if not row.startswith("#")]
    table: dict[str, list[tuple[str, str]]] = {language: [] for language in head[1:]}
    for territory, *cells in cells_of:
        for language, cell in zip(head[1:], cells, strict=True):
            table[language] += [(form, territory) for base in cell.split() for form in _inflected(base, language)]
    return table


def _inflected(base: str, language: str) -> Iterator[str]:
    yield base
    for cut, ending in _ENDINGS[language]:
        if base.endswith(cut):
            yield base[: len(base) - len(cut)] + ending


def _case(words: list[str]) -> str:
    if len(words) == 1 and len(words[0]) > 1 and words[0].isupper():
        return "upper"
    return "title" if words[0][0].isupper() else "any"


def _fits(form: str, case: str) -> bool:
    if case == "any":
        return True
    return form.isupper() if case == "upper" else not form[0].islower()
