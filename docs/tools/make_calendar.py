"""Write src/corpus_tool/data/calendar.json, the names of months and weekdays in the languages of the press.

Run in a venv of its own (Babel 2.18.0 made the file in the repository), then read the printed clashes:

    python -m venv VENV && VENV/bin/pip install Babel
    VENV/bin/python docs/tools/make_calendar.py

Source: the Gregorian calendars of Unicode CLDR (Unicode License v3) through Babel (BSD-3-Clause), which is not
shipped; and the press's own short forms, below.

The file has, for each language, four lists: the full and the short names of the months, January first, and of
the weekdays, Monday first. The forms of one month or day stand in one string, parted by blanks: in lower case,
inflected and stand-alone ones alike, without an abbreviation's point.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parents[2] / "src" / "corpus_tool" / "data" / "calendar.json"
SOURCE = (
    "Unicode CLDR (Unicode License v3) through Babel {}, with short forms of the press; docs/tools/make_calendar.py"
)

# First those whose names count in a text of any language: of two with the same name the first gets it.
LANGUAGES = [
    *("nl", "fr", "en", "de", "es", "it", "pt", "da", "sv", "no", "nn", "af", "lb", "ca", "gl", "pl", "cs", "ro"),
    "fy",  # last: Babel gives its weekdays to every language that is loaded after it
]
BABEL_NAMES = {"no": "nb"}

# What newspapers write and CLDR has not: language → kind → number → forms. Months count from 1, weekdays from 0.
PRESS: dict[str, dict[str, dict[int, str]]] = {
    "nl": {
        "months_short": {2: "febr", 7: "jul", 8: "aug"},
        "weekdays_short": {4: "vrij"},
    },
    "fr": {
        "months": {2: "fevrier", 8: "aout", 12: "decembre"},
        "months_short": {1: "jan", 2: "fév fev fevr", 7: "jul", 12: "dec"},
    },
    "en": {"months_short": {9: "sept"}, "weekdays_short": {1: "tues", 3: "thur thurs"}},
    "de": {
        "months": {1: "jänner jaenner", 2: "feber", 3: "maerz"},
        "months_short": {1: "jän", 2: "febr", 3: "mrz mär", 6: "jun", 7: "jul", 9: "sep"},
        "weekdays": {5: "sonnabend"},
    },
    "es": {"months": {9: "setiembre"}, "months_short": {9: "set sep sept"}, "weekdays": {2: "miercoles", 5: "sabado"}},
    "it": {
        "months_short": {9: "sett"},
        "weekdays": {0: "lunedi", 1: "martedi", 2: "mercoledi", 3: "giovedi", 4: "venerdi"},
    },
    "pt": {"weekdays": {0: "segunda", 1: "terça", 2: "quarta", 3: "quinta", 4: "sexta", 5: "sabado"}},
}


def forms(names: dict[int, str]) -> list[str]:
    """The names in lower case, without points and Catalan `d’`, in the order of their numbers; none of two words."""
    lowered = [names[number].lower().rstrip(".").removeprefix("d’") for number in sorted(names)]
    return ["" if " " in name else name for name in lowered]


def joined(*lists: list[str]) -> list[str]:
    """The different forms of each month or weekday, in one string."""
    return [" ".join(dict.fromkeys(" ".join(names).split())) for names in zip(*lists, strict=True)]


def press(language: str, kind: str, count: int) -> list[str]:
    """The press's forms of a language's months or weekdays, an empty string where there are none."""
    added = PRESS.get(language, {}).get(kind, {})
    first = 1 if kind.startswith("months") else 0
    return [added.get(number, "") for number in range(first, first + count)]


def calendar(language: str) -> dict[str, list[str]]:
    """The four lists of one language."""
    locale = Locale(BABEL_NAMES.get(language, language))
    made = {}
    for kind, table, count in (("months", locale.months, 12), ("weekdays", locale.days, 7)):
        full = [forms(table[context]["wide"]) for context in ("format", "stand-alone")]
        short = [forms(table[context]["abbreviated"]) for context in ("format", "stand-alone")]
        made[kind] = joined(*full, press(language, kind, count))
        shorts = joined(*short, press(language, f"{kind}_short", count))
        made[f"{kind}_short"] = [
            " ".join(name for name in names.split() if name not in made[kind][at].split())
            for at, names in enumerate(shorts)
        ]
    return made


def print_clashes(calendars: dict[str, dict[str, list[str]]]) -> None:
    """Print the names that mean two months, or two weekdays, in two languages."""
    for kind in ("months", "weekdays"):
        owner: dict[str, tuple[str, int]] = {}
        for language, lists in calendars.items():
            for table in (lists[kind], lists[f"{kind}_short"]):
                for number, names in enumerate(table):
                    for name in names.split():
                        first = owner.setdefault(name, (language, number))
                        if first[1] != number:
                            print(f"{name}: {kind} {first[1]} in {first[0]}, {number} in {language}")


def main() -> None:
    """Write the file, one language a line."""
    calendars = {language: calendar(language) for language in LANGUAGES}
    print_clashes(calendars)
    lines = ",\n".join(
        f"{json.dumps(language)}:{json.dumps(lists, ensure_ascii=False, separators=(',', ':'))}"
        for language, lists in calendars.items()
    )
    source = json.dumps(SOURCE.format(version("babel")))
    TARGET.write_text(f'{{"source":{source},\n"languages":{{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{len(calendars)} languages, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
