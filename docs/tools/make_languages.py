"""Write src/corpus_tool/data/languages.json, the ISO 639 codes and the CLDR names of languages.

Run in a venv of its own with the two sources (Babel 2.18.0 and iso639-lang 2.6.3 made the file in the
repository), then read the printed clashes:

    python -m venv VENV && VENV/bin/pip install Babel iso639-lang
    VENV/bin/python docs/tools/make_languages.py

Sources: Babel (BSD-3-Clause) for the language names of Unicode CLDR (Unicode License v3), iso639-lang (MIT)
for the code sets ISO 639-1, 639-2/B, 639-2/T and 639-3. Babel and iso639-lang themselves are not shipped.

The file has an object `languages` from the shortest tag to [alpha-3 codes, names], where the names are
English, Dutch, French, German and the language's own (an empty string if CLDR has none), then other
spellings; and a string `codes` of the ISO 639-3 codes that have no names.
"""

from __future__ import annotations

import json
import unicodedata
from importlib.metadata import version
from pathlib import Path

import iso639
from babel import Locale, UnknownLocaleError

TARGET = Path(__file__).parents[2] / "src" / "corpus_tool" / "data" / "languages.json"
SOURCE = (
    "Names: Unicode CLDR (Unicode License v3) through Babel {}; codes: ISO 639-1, 639-2 and 639-3 through "
    "iso639-lang {} (MIT); made by docs/tools/make_languages.py"
)
NAME_LANGUAGES = ("en", "nl", "fr", "de")

# Own names that Babel's CLDR data lack.
OWN_NAMES = {
    "av": "авар мацӀ",
    "bi": "Bislama",
    "ch": "Chamoru",
    "ho": "Hiri Motu",
    "li": "Limburgs",
    "sm": "Gagana Samoa",
    "tw": "Twi",
    "ty": "Reo Tahiti",
    "vls": "West-Vlams",
    "zea": "Zeêuws",
}

# Usual spellings that neither CLDR nor the ISO 639-3 reference names have.
OTHER_SPELLINGS = {
    "el": ["Modern Greek", "Nieuwgrieks"],
    "es": ["Castilian", "Castellano", "Castiliaans", "castillan", "Kastilisch"],
    "fa": ["Farsi"],
    "fy": ["Frisian", "West Frisian", "West-Fries", "Westerlauwers Fries", "frison", "Friesisch"],
    "li": ["Limburgish", "Limburgan", "Lèmbörgs"],
    "nds": ["Low Saxon", "Plattdeutsch", "Platduits", "Nederduits", "bas saxon"],
    "vls": ["West-Vlaams", "Westvlaams", "West-Flemish"],
    "zh": ["Mandarin", "Mandarijn"],
}

# Codes that the IANA Language Subtag Registry keeps and ISO 639-1 has withdrawn.
WITHDRAWN = {"he": ["iw"], "id": ["in"], "jv": ["jw"], "ro": ["mo", "mol"], "yi": ["ji"]}


def names(tag: str) -> list[str]:
    """Return the CLDR names of a tag in each of NAME_LANGUAGES and in the language itself."""
    cldr_key = tag.replace("-", "_")
    found = [Locale(language).languages.get(cldr_key, "") for language in NAME_LANGUAGES]
    try:
        own = Locale.parse(tag.split("-")[0]).languages.get(cldr_key, "")
    except UnknownLocaleError:
        own = ""
    return [*found, own or OWN_NAMES.get(tag, "")]


def entry(tag: str, alpha3: list[str], reference_name: str = "") -> list[str]:
    """Return the codes and names of one language; other spellings come last and once."""
    listed = names(tag)
    others = [reference_name, *OTHER_SPELLINGS.get(tag, [])]
    others = [name for name in dict.fromkeys(others) if name and name not in listed]
    return [" ".join([*dict.fromkeys(alpha3), *WITHDRAWN.get(tag, [])]), *listed, *others]


def languages() -> tuple[dict[str, list[str]], list[str]]:
    """Return the languages with names, those of ISO 639-1 first, and the remaining ISO 639-3 codes."""
    individual = [language for language in iso639.iter_langs() if language.pt3]
    two_letter = [language for language in individual if language.pt1]
    three_letter = [language for language in individual if not language.pt1 and language.pt3 != "hbs"]
    cldr_names = Locale("en").languages

    named = {
        language.pt1: entry(language.pt1, [language.pt3, language.pt2t, language.pt2b], language.name)
        for language in sorted(two_letter, key=lambda language: language.pt1)
    }
    # Withdrawn from ISO 639-1, but still the shortest registered subtag for the macrolanguage.
    named["sh"] = entry("sh", ["hbs"])
    codes = []
    for language in sorted(three_letter, key=lambda language: language.pt3):
        if language.pt3 in cldr_names:
            alpha3 = [code for code in (language.pt2b,) if code and code != language.pt3]
            named[language.pt3] = entry(language.pt3, alpha3)
        else:
            codes.append(language.pt3)
    for key in sorted(cldr_names):
        if "_" in key:
            named[key.replace("_", "-")] = entry(key.replace("_", "-"), [])
    return named, codes


def print_clashes(named: dict[str, list[str]]) -> None:
    """Print the names that belong to two languages; the first one gets it."""
    owner: dict[str, str] = {}
    for tag, (_, *spellings) in named.items():
        for name in filter(None, spellings):
            folded = unicodedata.normalize("NFKD", name).casefold()
            if owner.setdefault(folded, tag) != tag:
                print(f"{name}: {owner[folded]}, not {tag}")


def main() -> None:
    """Write the file, one language a line."""
    named, codes = languages()
    print_clashes(named)
    lines = ",\n".join(
        f"{json.dumps(tag)}:{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}"
        for tag, values in named.items()
    )
    source = SOURCE.format(version("babel"), version("iso639-lang"))
    head = f'"source":{json.dumps(source)},\n"codes":{json.dumps(" ".join(codes))}'
    TARGET.write_text(f'{{{head},\n"languages":{{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{len(named)} languages with names, {len(codes)} codes, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
