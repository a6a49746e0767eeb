"""Language tags of BCP 47 (RFC 5646), from the codes and names that users and files write.

The canonical form has the shortest ISO 639 code, the script in title case and the region in upper case
(RFC 5646 sections 2.1.1 and 4.5): ``dut``, ``NLD``, ``Nederlands`` and ``nl`` are all ``nl``; ``nl_be`` is
``nl-BE``. A code goes before a name: ``no`` is Norwegian, ``is`` Icelandic, ``ga`` Irish.

The languages are those of ISO 639-3, with names from Unicode CLDR for about 650 of them, in
``data/languages.json``. That file is read at the first value that the small table here does not have.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

_NAME_COLUMN = {"en": 1, "nl": 2, "fr": 3, "de": 4, "own": 5}

# The usual spellings of the usual languages, folded, so that most runs need not read the data.
_COMMON_SPELLINGS = {
    "nl": "nld dut dutch nederlands neerlandais niederlandisch",
    "fr": "fra fre french frans francais franzosisch",
    "en": "eng english engels anglais englisch",
    "de": "deu ger german duits allemand deutsch",
    "es": "spa spanish spaans espagnol spanisch espanol",
    "it": "ita italian italiaans italien italienisch italiano",
    "pt": "por portuguese portugees portugais portugiesisch portugues",
    "und": "",
    "zxx": "",
    "mul": "",
}
_COMMON = {spelling: tag for tag, spellings in _COMMON_SPELLINGS.items() for spelling in (tag, *spellings.split())}


class _Languages(NamedTuple):
    """The data: columns by tag, as docs/tools/make_languages.py describes, and tags by folded spelling."""

    columns: dict[str, list[str]]
    tags: dict[str, str]


def normalize_language(text: str) -> str | None:
    """Return the canonical BCP 47 tag of a tag, ISO 639 code or language name, or None if none is known.

    Names may be English, Dutch, French, German or the language's own; case and accents do not matter. Script,
    region and variants are checked for their form only; extended language subtags, extensions, private use
    and grandfathered tags give None.

    >>> [normalize_language(text) for text in ("dut", "nl_be", "neerlandais", "ZH-hant-tw", "no", "xx")]
    ['nl', 'nl-BE', 'nl', 'zh-Hant-TW', 'no', None]
    """
    spelling = _fold(text)
    code, *subtags = spelling.split("-")
    if spelling in _COMMON:
        return _COMMON[spelling]
    # A code has two or three letters, so that "portuguese-brazil" is not a tag with a variant.
    is_tag = bool(subtags) and len(code) <= 3
    if is_tag and code in _COMMON:
        return _canonical_tag(_COMMON[code], subtags)
    tags = _languages().tags
    if spelling in tags:
        return tags[spelling]
    if is_tag and code in tags:
        return _canonical_tag(tags[code], subtags)
    return None


def suggest(text: str) -> list[str]:
    """Return at most five known codes or names, nearest first, for a value that no language has.

    The distance is the ratio of ``difflib``; of equally near ones the more usual language goes first. A value
    of two or three letters gets codes, a longer one names.

    >>> suggest("Nederlnds")[0]
    'Nederlands'
    """
    from difflib import SequenceMatcher

    wanted = _fold(text)
    if "-" in wanted and len(wanted.split("-")[0]) <= 3:
        wanted = wanted.split("-")[0]
    columns = _languages().columns
    usual_first = sorted(columns, key=lambda tag: tag not in _COMMON_SPELLINGS)
    if len(wanted) <= 3:
        candidates = [code for code in usual_first if len(code) <= 3]
    else:
        candidates = [name for tag in usual_first for name in columns[tag][1:] if name]

    matcher = SequenceMatcher()
    matcher.set_seq2(wanted)
    ratios: dict[str, float] = {}
    for candidate in candidates:
        matcher.set_seq1(_fold(candidate))
        if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5:
            ratios.setdefault(candidate, matcher.ratio())
    near = (candidate for candidate, ratio in ratios.items() if ratio >= 0.5)
    return sorted(near, key=lambda candidate: -ratios[candidate])[:5]


def primary(language: str | None) -> str:
    """The language of a tag without region and script; `und` for none.

    >>> primary("nl-BE"), primary(None)
    ('nl', 'und')
    """
    return (language or "und").lower().partition("-")[0]


def matches(tag: str, wanted: str) -> bool:
    """Tell whether the tag meets the wanted language range by RFC 4647 basic filtering (section 3.3.1).

    >>> matches("nl-BE", "nl"), matches("nl", "nl-BE"), matches("nld", "nl"), matches("nl", "*")
    (True, False, False, True)
    """
    return wanted == "*" or f"{tag}-".lower().startswith(f"{wanted}-".lower())


def language_name(tag: str, in_language: str = "en") -> str:
    """Return the name of the tag's language in English, or in "nl", "fr", "de" or its "own" language.

    Script and region are left out. Where there is no name in that language it is the English one, and where
    there is none at all it is the tag.

    >>> language_name("nl-BE"), language_name("nl", "fr"), language_name("fy", "own")
    ('Dutch', 'néerlandais', 'Frysk')
    """
    columns = _languages().columns.get(tag.split("-")[0])
    if columns is None:
        return tag
    return columns[_NAME_COLUMN.get(in_language, 1)] or columns[1]


def _fold(text: str) -> str:
    """Return the text without case, accents and outer space, its words joined by hyphens: ``west-vlaams``."""
    text = "-".join(text.replace("_", " ").replace("-", " ").casefold().split())
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _canonical_tag(language: str, subtags: list[str]) -> str | None:
    """Return the tag of language, then at most one script, at most one region and any variants, in order."""
    canonical = [language]
    rest = list(subtags)
    if rest and _is_script(rest[0]):
        canonical.append(rest.pop(0).title())
    if rest and _is_region(rest[0]):
        canonical.append(rest.pop(0).upper())
    if not all(map(_is_variant, rest)) or len(set(rest)) < len(rest):
        return None
    return "-".join([*canonical, *rest])


def _is_script(subtag: str) -> bool:
    """Tell four letters."""
    return len(subtag) == 4 and subtag.isascii() and subtag.isalpha()


def _is_region(subtag: str) -> bool:
    """Tell two letters (ISO 3166-1) or three digits (UN M.49)."""
    letters_or_digits = {2: subtag.isalpha(), 3: subtag.isdigit()}
    return subtag.isascii() and letters_or_digits.get(len(subtag), False)


def _is_variant(subtag: str) -> bool:
    """Tell five to eight letters or digits, or four of which the first is a digit."""
    long_enough = 5 <= len(subtag) <= 8 or (len(subtag) == 4 and subtag[0].isdigit())
    return long_enough and subtag.isascii() and subtag.isalnum()


@cache
def _languages() -> _Languages:
    import json  # here, since a run without rare languages starts faster without them
    from pathlib import Path

    data = json.loads((Path(__file__).parent.parent / "data" / "languages.json").read_bytes())
    columns: dict[str, list[str]] = data["languages"]
    # Codes first, since a name can look like the code of another language.
    tags = {tag.lower(): tag for tag in columns}
    tags |= {code: code for code in data["codes"].split()}
    for tag, (codes, *_) in columns.items():
        tags |= dict.fromkeys(codes.split(), tag)
    for tag, (_, *names) in columns.items():
        for name in filter(None, names):
            tags.setdefault(_fold(name), tag)
    return _Languages(columns, tags)
