"""Write src/corpus_tool/data/link/gazetteer.json: countries, cities, months and weekdays in the languages of the press.

Run in a venv of its own (Babel 2.18.0 made the file in the repository):

    python -m venv VENV && VENV/bin/pip install Babel
    VENV/bin/python docs/tools/make_gazetteer.py

Source: territories, exemplar cities of time zones, and the Gregorian calendars of Unicode CLDR (Unicode License v3)
through Babel (BSD-3-Clause), which is not shipped. Demonyms are not in CLDR; they stand in `demonyms.tsv`, by hand.

The file has the English names in full, and of each other language the names that are written otherwise: concept →
names parted by `|`. A concept is a territory (`BE`, `019`), a city (`city:Brussels`, by its English name), a month
(`month:1`) or a weekday (`weekday:0`, Monday). Case is kept, since a name in capitals counts as one only there.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parents[2] / "src" / "corpus_tool" / "data" / "link" / "gazetteer.json"
SOURCE = "Unicode CLDR (Unicode License v3) through Babel {}; docs/tools/make_gazetteer.py"
LANGUAGES = """
    af ar bg bs ca cs cy da de el en es et eu fa fi fr fy gl he hi hr hu id is it ja ko
    lb lt lv nl nn no pl pt ro ru sk sl sq sr sv tr uk vi zh
"""
BABEL_NAMES = {"no": "nb"}
# No place, the two Americas (nobody means them by "Amerika"), and rocks without a press.
NOT_A_COUNTRY = "ZZ XA XB QO EZ UN 001 019 021 057 202 AC AQ BV CP CC CX DG EA GS HM IO NF NU PN SJ TA TF TK UM"
NO_CITY = frozenset(["Etc", "SystemV", "Antarctica"])
MONTHS, WEEKDAYS = range(1, 13), range(7)

# Common short names, not in CLDR's main form: language → concept → names.
SHORT: dict[str, dict[str, list[str]]] = {
    "nl": {"US": ["VS", "V.S.", "Amerika"], "GB": ["VK", "Groot-Brittannië"], "CZ": ["Tsjechische Republiek"]},
    "fr": {"US": ["USA", "Amérique"], "GB": ["Grande-Bretagne"], "CZ": ["République tchèque"], "NL": ["Hollande"]},
    "en": {
        "US": ["US", "U.S.", "USA", "U.S.A.", "America"],
        "GB": ["UK", "U.K.", "Britain", "Great Britain"],
        "CZ": ["Czech Republic"],
        "EU": ["EU"],
        "TR": ["Turkey"],
        "MM": ["Burma", "Myanmar"],
        "BA": ["Bosnia"],
        "CI": ["Ivory Coast"],
        "NL": ["Holland", "Netherlands"],
    },
    "de": {"US": ["USA", "Amerika"], "GB": ["Großbritannien"], "CZ": ["Tschechische Republik"], "NL": ["Holland"]},
    "es": {"US": ["EE. UU.", "EEUU"], "GB": ["Gran Bretaña"], "EU": ["UE"]},
    "it": {"US": ["USA"], "GB": ["Gran Bretagna"], "EU": ["UE"]},
    "pt": {"US": ["EUA"], "GB": ["Grã-Bretanha"], "EU": ["UE"]},
}
SHORT["fr"]["EU"] = ["UE"]

Names = dict[str, list[str]]


def main() -> None:
    """Write the file: one line a language. Each is read in a process of its own, for Babel mixes up those of one."""
    tags = sorted(LANGUAGES.split())
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        read = dict(zip(tags, pool.map(_names, tags), strict=True))
    languages = {tag: read[tag] if tag == "en" else _different(read[tag], read["en"]) for tag in tags}
    head = json.dumps(SOURCE.format(version("Babel")))
    lines = [
        f'"{tag}":{_dense({concept: "|".join(forms) for concept, forms in names.items()})}'
        for tag, names in languages.items()
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(f'{{"source":{head},\n"languages":{{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    print(f"{TARGET.stat().st_size} bytes, {len(lines)} languages")


def _names(tag: str) -> Names:
    locale = Locale.parse(BABEL_NAMES.get(tag, tag))
    names = {code: [name] for code, name in locale.territories.items() if _is_country(code)}
    names |= {f"month:{number}": _forms(locale.months, number) for number in MONTHS}
    names |= {f"weekday:{number}": _forms(locale.days, number) for number in WEEKDAYS}
    cities = {zone: known["city"] for zone, known in locale.time_zones.items() if _is_city(zone) and "city" in known}
    english = {zone: known.get("city") for zone, known in Locale.parse("en").time_zones.items()}
    if tag == "en":  # it has only the names that a zone does not show; another language has them all
        cities = {zone: _city(zone) for zone in Locale.parse("ru").time_zones if _is_city(zone)} | cities
    names |= {f"city:{english.get(zone) or _city(zone)}": [city] for zone, city in cities.items()}
    for code, short in SHORT.get(tag, {}).items():
        names[code] = [*names.get(code, []), *(form for form in short if form not in names.get(code, []))]
    return {concept: forms for concept, forms in sorted(names.items()) if any(forms)}


def _is_city(zone: str) -> bool:
    return zone.count("/") == 1 and zone.partition("/")[0] not in NO_CITY


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _is_country(code: str) -> bool:
    return code not in NOT_A_COUNTRY.split() and "-alt-" not in code


def _forms(lists: object, number: int) -> list[str]:
    tables = [lists[context]["wide"] for context in ("format", "stand-alone")]  # type: ignore[index]
    return list(dict.fromkeys(table[number] for table in tables))


def _different(names: Names, english: Names) -> Names:
    return {concept: forms for concept, forms in names.items() if forms != english.get(concept)}


def _dense(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
