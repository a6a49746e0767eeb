"""How a line of boilerplate is compared with a pattern: its shape, its first word, networks, houses, agencies."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of this module, compiled when it is first needed: start-up counts."""
    return re.compile(pattern)


# --- the shape of a line -----------------------------------------------------------------------------------

_FOLDED = dict(
    zip(
        map(ord, "àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ’‘ʼ`´–—‑−\xa0\u202f\u2009\t"),
        "aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUY'''''----    ",
        strict=True,
    )
)
"""Capitals often stand without their accents, and marks come in many forms: neither tells lines apart."""

_ORNAMENTS = " \t>»«›‹→➔➜➡➤▶►▸▹▷◀◄•·●○■□▪▼▲⇒⬇⤵*|+#_=~-\ufe0f👉📷📸🎥🎬🔗📰📩✉📧🔔📲💬🔴🎧🔒🔑⭐★☆✔✅❯ℹ️"
_CLOSING = _ORNAMENTS + ".:!…,;"
_BLANK_BEFORE_SIGN = r" +(?=[:;!?%])"
_PATTERN_BLANK = r" +(?=[:;!%]|\\\?)"
_COPYRIGHT = r"\([cC]\)"
_PATTERN_END = r"(?:[ :;!,…]|\\[.!]|(?<=[^\W\d_])\.)+$"
_KICKER = r"([A-Z][A-Z' ]+[A-Z])\. (?=\S)"
PARTS = r"(?<=[.!?…])\s+|\s*[|•·]\s*"
_WORD = r"[^\W\d_]+"


def shape_of(line: str) -> str:
    """A line as patterns see it: no ornaments or closing marks, no accents, one form of apostrophe, dash and blank."""
    shape = line.translate(_FOLDED)
    if "(" in shape:
        shape = compiled(_COPYRIGHT).sub("©", shape)
    shape = shape.lstrip(_ORNAMENTS).rstrip(_CLOSING)
    if shape[:1] in ("(", "[") and shape[-1] in ")]":
        shape = shape[1:-1].lstrip(_ORNAMENTS).rstrip(_CLOSING)
    if " " in shape:
        shape = compiled(_BLANK_BEFORE_SIGN).sub("", shape)
        if shape[:2].isupper():
            shape = compiled(_KICKER).sub(r"\1: ", shape, count=1)  # `LEES OOK. Titel`
    return shape


def tidied(pattern: str) -> str:
    """A pattern in the shape of the lines it is compared with."""
    tidy = compiled(_PATTERN_BLANK).sub("", pattern.translate(_FOLDED))
    return tidy if tidy[-1:] in (")", "}", "?") else compiled(_PATTERN_END).sub("", tidy)


def first_word_of(shape: str) -> str:
    """The word that patterns are filed under: lower case; "0" for any digit, the sign itself for a sign."""
    match = compiled(_WORD).match(shape)
    if match:
        return match.group().lower()
    return "0" if shape[0].isdigit() else shape[0]


# --- patterns ----------------------------------------------------------------------------------------------

_NETWORKS = (
    "facebook|twitter|x|whatsapp|linkedin|messenger|facebook messenger|e-?mail|mail|telegram|bluesky|pinterest"
    "|instagram|mastodon|threads|google\\+|reddit|pocket|sms|xing|tiktok|youtube|flipboard|snapchat|tumblr|viber|signal"
)
NETWORK_WORDS = {
    name.partition(" ")[0].replace("e-?mail", "email").replace("google\\+", "google") for name in _NETWORKS.split("|")
} | {"e"}
_HOUSES = (
    "getty images|getty|photo ?news|isopix|reporters|shutterstock|istock|i ?stockphoto|unsplash|pexels|pixabay|alamy"
    "|adobe stock|stock\\.adobe\\.com|picture[ -]alliance|imago(?: images)?|ullstein bild|hollandse hoogte|maxppp|sipa"
    "|abaca(?:press)?|rex features|wikimedia(?: commons)?|belga ?(?:photo|image|archief|archives)s?|afp photo|ap photo"
    "|anp foto|dpa-bildfunk|id/? ?photo agency|photo ?pqr|eyevine|zuma press|epa(?:-efe)?"
)
_SMALL_NAMES = (  # what stands in the place of a name without a capital
    r"rr|dr|d\.r|gf|g\.f|ho|if|kos|red|repro|prive|privat|privefoto|eigen foto|eigen beeld|archief|archives?|archiv"
    r"|pool|screenshot|handout|collectie|collection|privearchief|social media|google maps|google street view"
)
_PARTICLES = (
    "van|von|vom|zu|de|den|der|du|des|del|della|di|da|dos|la|le|les|ter|ten|te|'t|the|of|for|via|by|voor|pour|fur|et|en"
    "|and|und|al|el|y"
)
_CAPITALIZED = r"(?-i:[^\W_a-zß-ÿ]|@)[\w'’.@&-]*"
_NAME_SEPARATOR = r"(?: ?[/,|+·;©] ?| [-&] | )"
# Speech of somebody in the story, and a second sentence, do not belong to a notice of the site.
_SPEECH = (
    r",[\"”»']? (?:zegt|zei|aldus|vertelt|meldt|stelt|klinkt|luidt|schrijft|vindt|says|said|according|wrote|dit|a dit"
    r"|dixit|declare|explique|affirme|precise|indique|selon|estime|assure|raconte|sagt|sagte|so|laut|erklart|erklarte|teilte"
    r"|heisst|heißt)\b"
)
_NEXT_SENTENCE = r"[.!?…] +(?-i:[^\W\d_a-zß-ÿ])"
_TITLE = r"(?!.*[^\W\d_]{3}\. +(?-i:[^\W\d_a-zß-ÿ])).+"
_REST = rf"(?!.*(?:{_SPEECH}|{_NEXT_SENTENCE})).*"
_COLON = r"(?:: ?| ?[>→»›|] ?)"


@cache
def line_pattern(pattern: str, agency: str) -> re.Pattern[str]:
    """A pattern of a list with its placeholders filled in, compiled when a line first begins as it does."""
    filled = pattern.replace(": {", _COLON + "{")
    for name, value in _placeholders(agency).items():
        filled = filled.replace(name, value)
    return re.compile(filled, re.IGNORECASE)


@cache
def _placeholders(agency: str) -> dict[str, str]:
    house = rf"(?:(?:{_HOUSES}|{_in_any_case(agency)})(?!\w))"
    name = rf"(?>{house}|{_CAPITALIZED}|(?:{_SMALL_NAMES}|{_PARTICLES})(?![\w']))"
    # A name goes on after a separator only where a word follows, and ends where a word ends.
    names = rf"(?:{name}(?:{_NAME_SEPARATOR}(?=[\w@'])|(?!\w))){{1,12}}"
    network = rf"(?:(?:{_NETWORKS})(?!\w))"
    return {
        "{title}": _TITLE,
        "{rest}": _REST,
        "{credit}": rf"(?:© ?)?{names}(?: ?\({house}\))?",
        "{names}": names,
        "{agency}": _sign(agency),
        "{house}": rf"(?:{house}(?:(?: ?[/,+&-] ?| via ){house}){{0,3}})",
        "{networks}": rf"(?:{network}(?:(?:[ ,/&+]+| (?:et|en|und|and|of|ou|or|oder|&) ){network})*)",
        "{network}": network,
        "{n}": r"\d+(?:[.,]\d+)?",
    }


# --- agencies ----------------------------------------------------------------------------------------------

SIGN_TAIL = 80
"""Longest sign of agencies, in code points."""

_INITIALS = r"[A-Za-z]{2,5}"
_BETWEEN = r"(?:\s?[/,;+&]\s?|-|\s(?:en|et|und|and)\s)"
_SOURCE = r"(?i:(?:bron|source|quelle|sources|bronnen)\s?:?\s|(?:met|avec|mit|with|via)\s)"
_ABBREVIATION = (
    r"(?i:\.\w|^\w{1,2}|^(?:bijv|resp|inkl|incl|excl|vgl|dhr|mevr|etc|enz|usw|bzw|env|nam|ned|red|not|evtl))\.$"
)


def spellings_of(name: str) -> str:
    """A name as agencies write it: `Belga`, `BELGA`, `belga`, but no `Ap` or `Ats`."""
    return "|".join(map(re.escape, dict.fromkeys((name, name.upper(), name.lower()))))


def _in_any_case(agency: str) -> str:
    return "|".join(dict.fromkeys(agency.lower().split("|")))


def _one(agency: str) -> str:
    return rf"(?-i:(?:{agency})(?!\w))"


def _sign(agency: str) -> str:
    """One or more agencies, perhaps with the initials of an editor: `belga/jd`, `ANP/Reuters`."""
    one = _one(agency)
    return rf"(?:(?:{_INITIALS}/){{0,2}}{one}(?:{_BETWEEN}{one}|/{_INITIALS}\b){{0,4}})"


@cache
def sign_line(agency: str) -> re.Pattern[str]:
    """What a line that is nothing but an agency's sign looks like."""
    return re.compile(_sign(agency))


@cache
def _agency_words(agency: str) -> frozenset[str]:
    """The first words of all agencies, lower case."""
    return frozenset(compiled(_WORD_BREAK).split(name.replace("\\", "").lower())[0] for name in agency.split("|"))


_WORD_BREAK = r"[\W_]+"


def names_agency(shape: str, agency: str) -> bool:
    """Whether one word of a line is the first of an agency's name: most lines are spared the pattern."""
    return not _agency_words(agency).isdisjoint(compiled(_WORD_BREAK).split(shape.lower()))


@cache
def agency_name(agency: str) -> re.Pattern[str]:
    """The name of one agency as a word of its own."""
    return re.compile(rf"(?<!\w){_one(agency)}")


@cache
def closing_sign(agency: str) -> re.Pattern[str]:
    """A sign at the end of a paragraph: in brackets, or `bare` after a dash or a full stop."""
    bare = rf"{_one(agency)}(?:{_BETWEEN}{_one(agency)}){{0,4}}"
    return re.compile(
        rf"(?:[(\[]\s?(?:{_SOURCE})?{_sign(agency)}\s?[)\]]"
        rf"|(?P<bare>(?:[–—]|--?)\s?{bare}|(?<![\w–—-])(?:(?i:bron|source|quelle)\s?:\s?)?{bare}))\.?\s*\Z"
    )


def ends_surely(text: str) -> bool:
    """Whether a text ends in a full stop or an exclamation, not in an abbreviation: `volgens o.a. Belga`."""
    last = text.rsplit(None, 1)[-1]
    return not last.endswith("?") and not compiled(_ABBREVIATION).search(last)
