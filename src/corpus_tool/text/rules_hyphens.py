"""Whether the hyphen at a line end belongs to the word: spelling rules of Dutch, French, German and English."""

from __future__ import annotations

import re

from corpus_tool.patterns import lazy

KEEP, SUSPEND, DROP = "-", "- ", ""
"""What stands between the two halves once the line break is gone."""

_SUSPENDED_BEFORE = {  # `voor- en nadelen`: the second half stands behind the conjunction
    "nl": {"en", "of", "noch", "tot", "als", "plus", "evenals", "alsook"},
    "fr": {"et", "ou"},
    "de": {"und", "oder", "bis", "sowie", "bzw", "als", "noch"},
    "en": {"and", "or"},
}
# Vowels of which Dutch writes two compounds apart with a hyphen, for together they would be one sound. Inside
# a plain word the second has a diaeresis.
_DUTCH_CLASHES = {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu"}
_FRENCH_VOWELS = "aeiouyàâäæéèêëîïôöœùûü"  # French words are not divided between vowels
_VOWELS = f"{_FRENCH_VOWELS}áíóúìòå"

_ALWAYS_HYPHENATED = {  # first halves that no ordinary word begins with, as far as it is divided there
    "nl": {"sociaal", "christen", "hbo", "mbo", "ceo", "cfo", "vip", "ufo"},
    "fr": {"peut", "celui", "celle", "ceux", "celles", "rendez", "demi", "semi", "vice", "avant", "après", "outre"}
    | {"arrière", "grand", "grands", "soi", "vis", "sans", "franco", "belgo"},
    "en": {"self", "well", "vice"},
}
_HYPHENATED = {
    *("week-end", "week-ends", "bien-être", "mal-être", "lui-même", "elle-même", "eux-mêmes", "elles-mêmes"),
    *("nous-mêmes", "là-bas", "là-haut", "c'est-à-dire", "chef-d'œuvre", "quelques-uns", "quelques-unes"),
    *("est-ce", "n'est-ce", "qu'est-ce", "sera-ce", "mi-temps", "mi-parcours", "mi-chemin", "mi-saison"),
    *("long-term", "short-term", "full-time", "part-time", "so-called", "two-thirds", "long-standing"),
    *("check-in", "know-how", "make-up", "start-up", "start-ups", "follow-up", "top-down", "back-up", "stand-by"),
    *("noord-zuid", "oost-west", "zwart-wit", "porte-parole", "mot-clé", "mots-clés", "centre-ville", "chef-lieu"),
    *("belle-mère", "belle-sœur", "belle-fille", "beau-père", "beau-frère", "beau-fils", "petit-fils", "petite-fille"),
    *("petit-déjeuner", "haut-parleur", "savoir-faire", "laissez-passer", "compte-rendu", "plate-forme", "hors-jeu"),
}
_LINKS = {"à", "en", "de", "du", "des", "la", "le", "les", "au", "aux", "et", "op", "of", "in", "to", "the", "und"}
"""Small words inside a longer compound: `rez-de-chaussée`, `kant-en-klaar`, `mother-in-law`."""
_NUMBERS = {
    *("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "vingt", "vingts", "trente", "quarante", "cinquante", "soixante", "septante"),
    *("nonante", "one", "two", "three", "four", "five", "seven", "eight", "nine", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety"),
}
_ENCLITICS = {"je", "il", "elle", "on", "nous", "vous", "ils", "elles"}  # `dit-elle`
_ADVERBS = {"dessus", "dessous", "delà", "dedans", "dehors", "devant", "là"}  # `au-dessus`, `celui-là`
# Prefixes that take a hyphen before a whole word, and how ordinary words that begin like them go on.
_PREFIXES = {
    "ex": re.compile(r"[acehiopqstuxyé](?!résid|resid|remier)"),
    "oud": re.compile(r"heid|st|.{0,4}$"),
    "niet": re.compile(r".{0,4}$"),
    "non": re.compile(r"ante|ce|chal|.{0,3}$"),
    "sous": re.compile(r"cri[prt]|tra(?:c|ir)|.{0,2}$"),
}
_EUPHONIC = lazy(r"t-(?:il|elle|on)s?$")  # `a-t-elle`


def hyphen_between(head: str, tail: str, language: str | None) -> str:
    """What becomes of the hyphen between the end of a line and the start of the next: KEEP, SUSPEND or DROP.

    `head` is the last word of the line without its final hyphen, `tail` the first word of the next. A doubt is
    answered with KEEP, for it adds and takes away nothing. Without a language the rules of all of them apply.

    >>> hyphen_between("samen", "werking", "nl"), hyphen_between("voor", "en", "nl")
    ('', '- ')
    """
    if tail.lower() in _listed(_SUSPENDED_BEFORE, language):
        return SUSPEND
    if not tail[:1].islower() or not head[-1:].isalpha() or _is_abbreviation(head):
        return KEEP
    if _is_fixed(head.lower().replace("’", "'"), tail, language) or _vowels_clash(head, tail, language):
        return KEEP
    return DROP


def _listed(lists: dict[str, set[str]], language: str | None) -> set[str]:
    """The list of the language; all of them where none is given."""
    code = _primary(language)
    return set().union(*lists.values()) if code is None else lists.get(code, set())


def _primary(language: str | None) -> str | None:
    return None if language is None else language.partition("-")[0].lower()


def _is_abbreviation(head: str) -> bool:
    """Whether the word before the hyphen is a letter, capitals, or holds no vowel: `e-mail`, `NAVO-top`, `tv-ster`."""
    last = re.split(r"[-'’]", head)[-1]
    return len(last) == 1 or last.isupper() or not any(c in _VOWELS for c in last.lower())


def _is_fixed(head: str, tail: str, language: str | None) -> bool:
    """Whether the two halves make a word that dictionaries hyphenate."""
    last = head.rpartition("'")[2]
    inside, link = head.rpartition("-")[::2]
    if (inside and link in _LINKS) or {link, tail} <= _NUMBERS or f"{head}-{tail}" in _HYPHENATED:
        return True
    if last in _listed(_ALWAYS_HYPHENATED, language):
        return True
    if _primary(language) in (None, "fr") and (tail in _ENCLITICS | _ADVERBS or _EUPHONIC.match(tail)):
        return True
    prefix = _PREFIXES.get(last)
    return prefix is not None and not prefix.match(tail)


def _vowels_clash(head: str, tail: str, language: str | None) -> bool:
    """Whether the vowels on both sides would be read together, so that spelling sets a hyphen."""
    before, after = head[-1].lower(), tail[0]
    code = _primary(language)
    if code in (None, "nl") and before + after in _DUTCH_CLASHES:
        return True
    if code == "fr":
        return before in _FRENCH_VOWELS and after in _FRENCH_VOWELS
    return code == "en" and before == after and before in "eo"
