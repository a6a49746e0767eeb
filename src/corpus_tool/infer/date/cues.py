"""Words that tell what a date in a line is there for: published, updated, an issue, or something else.

The lists are those of Dutch, French, English, German, Spanish, Italian and Portuguese. All take a line in lower case.
"""

from __future__ import annotations

import re

from corpus_tool.infer.date.expressions import NOISE, Expression
from corpus_tool.patterns import lazy

_OF = r"(?:van|du|de|vom|of|del|do)(?:\s(?:le|den|the))?"
_ISSUES = (
    r"(?:persbericht|communiqué(?: de presse)?|pressemitteilung|press release|comunicato(?: stampa)?|nieuwsbrief"
    r"|newsletter|infolettre|aflevering|uitzending|editie|uitgave|krant|émission|édition|numéro|journal|ausgabe|sendung|edition|episode|paper"
    r"|edición|edizione|edição|artikel|article|artículo|articolo|artigo)"
)
PUBLISHED = lazy(
    r"\b(?:publiée?|mise? en ligne|mise? à la une|diffusée?|parue?|postée?|verschenen|verscheen|gepubliceerd|geplaatst"
    r"|gepost|aangemaakt|toegevoegd|verzonden|verstuurd|envoyée?|créée?|sent|gesendet|online sinds|created"
    r"|(?:first |originally )?(?:published|reported|aired|posted)"
    r"|creado|creato|criado|veröffentlicht|erschienen|stand|erstellt|publicad[oa]|pubblicat[oa]"
    rf"|{_ISSUES}\s{_OF}"
    r"|(?:datum |date |data |fecha |première |first |eerste )?(?:de |di |of )?"
    r"(?:publicatie|publication|publicação|publicación|pubblicazione))\b"
    rf"(?:\s+(?:dans|in|im|en|nel|na|no)\s+(?:l[’']|la |le |de |the |der |het )?{_ISSUES}\s+{_OF}\b)?"
)
UPDATED = lazy(
    r"\b(?:mise? à jour|modifiée?|actualisée?|bijgewerkt|aangepast|(?:laatst )?gewijzigd|laatste update|last updated"
    r"|update[dn]?|aktualisiert|geändert|last modified|modified|actualizad[oa]|aggiornat[oa]|atualizad[oa]"
    r"|modificat[oa]|modifica)\b"
)
RELATED = lazy(
    r"\s*(?:(?:agenda|kalender|calendrier|in memoriam)\W*$"
    r"|lees ook|meer over|meer nieuws|gerelateerd|ook interessant|meest gelezen|net binnen|(?:à )?lire aussi"
    r"|à lire|sur le même sujet|les plus lus|dans la même rubrique|articles? liés?|related|read more|more on"
    r"|more from|most read|most popular|you may also like|recommended|mehr zum thema|lesen sie auch|meistgelesen"
    r"|vous aimerez aussi|à voir aussi|dans l[’']actualité|derniers articles|andere artikels|ook gelezen"
    r"|more headlines|other stories|weitere artikel|más noticias|altri articoli|mais notícias"
    r"|lee también|más leídas|noticias relacionadas|leggi anche|leia também|mais lidas"
    r"|(?:\d+ )?(?:reacties?|commentaires?|comments?|kommentare?|comentarios?|commenti|comentários?|reviews?"
    r"|beoordelingen)\b|avis \(|vragen van lezers|lezersreacties"
    r"|(?:laisse[rz]|poste[rz]|plaats|geef|leave|add) (?:un|votre|een|a|your) )"
)
"""How a heading begins under which other articles, or comments, stand."""

_ELSEWHERE = lazy(
    r"\b(?:née?|naissance|geboren|born|geb|mort|décédée?|overleden|died|gestorben|loi du|wet van|arrêté"
    r"|koninklijk besluit|gesetz vom|act of|ley de|legge|photo|foto|bild|afbeelding|illustrati\w+|prentkaart"
    r"|carte postale|depuis|sinds|since|seit|jusqu|tot en met|until"
    r"|vanaf|à partir du|dès le|from|ab dem|bis|avant le|vóór|before|deadline|rendez-vous|agenda)\b"
)
_THIS = lazy(
    r"(?:\b(?:dit|deze|ce|cet|cette|this|dieser|dieses|este|esta|questo|questa)\s(?:artikel|stuk|verhaal|bericht"
    r"|blogpost|billet|message|article|texte|story|post|beitrag|text|artículo|nota|articolo|artigo|tekst|column"
    r"|opinie\w*)|^\W*article|^\W*artikel)"
    r"(?:\s(?:is|was|werd|a été|est|wurde|ist|ha sido|fue|è stato|foi|has been))?"
    r"(?:\s(?:eerder|eerst|oorspronkelijk|ook|first|originally|initialement|d[’']abord|zuerst|ursprünglich))*\s*$"
)
_ISSUE = lazy(
    r"\b(?:n[°ºr]\.?|no\.|núm\.|numéro|nummer|jaargang|jrg|issue|vol(?:ume)?\.?|ausgabe|heft|édition|edition|edité"
    r"|número|numero|anno|edição|edición|edizione|revue|revista|rivista|bulletin|trimestriel|hebdomadaire|mensuel|mensual"
    r"|annuel|quarterly|monthly|weekly|yearbook|jaarboek|jahrbuch|verschenen|verscheen|paru)\b"
    r"|\w*(?:blad|editie|magazine|tijdschrift|zeitschrift|nummer)\b|n°"
)
_PERIOD = lazy(r"weekend|week|semaine|woche|settimana|semana|wochenende|quinzaine")

_SMALL = lazy(
    r"\b(?:em|às|as|al|del|della|il|lo|kl|klo|ora|hora|horas|heures?|uur|uhr|u|du|vom|am|van|the|la|de|do|da"
    r"|e[ds]?t|c[ds]?t|m[ds]?t|p[ds]?t|gmt|utc|ces?t|bst)\b|\b[ap]\.\s?m\b\.?"
)
_BY_NAME = lazy(r"\b(?:par|door|by|von|por|da|di)\s+(?:[^\s\d]+\s+){1,3}?(?=(?:le|op|on|am|el|il|em)\s|\d|$)")
_WORD = lazy(r"[^\W\d_]{2,}")
_BETWEEN_MAX = 40
_SIGNS = ("|", "•", "·", "–", "—", "-", "/", ".", ";", ":", "(", ")")


def last_cue(pattern: re.Pattern[str], lowered: str, end: int) -> re.Match[str] | None:
    """The last cue of a kind before a position; None where there is none."""
    return max(pattern.finditer(lowered, 0, end), key=lambda match: match.end(), default=None)


def speaks_of_itself(cue: re.Match[str]) -> bool:
    """Whether a cue is about this very article: `Dit artikel verscheen in De Gids van`."""
    return _THIS.search(cue.string[: cue.start()]) is not None


def opens_part(cue: re.Match[str]) -> bool:
    """Whether a cue opens its line, or a part of it that a sign sets off."""
    before = cue.string[: cue.start()]
    return not NOISE.sub(" ", before).strip() or before.rstrip().endswith(_SIGNS)


def leans_on(cue: re.Match[str], found: Expression, expressions: list[Expression]) -> bool:
    """Whether nothing but small words, an author, a weekday and a time stand between a cue and its date."""
    between = without(cue.string[: found.start], expressions)[cue.end() :]
    between = _BY_NAME.sub(" ", between)
    return len(between) <= _BETWEEN_MAX and not any(map(str.isalnum, _SMALL.sub(" ", NOISE.sub(" ", between))))


def without(text: str, expressions: list[Expression]) -> str:
    """A text with blanks in the place of its dates, at the same length."""
    for found in expressions:
        if found.end <= len(text):
            text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def words_beside(lowered: str, expressions: list[Expression]) -> list[str]:
    """The words of a line beside its dates, weekdays, times, cues and small words."""
    rest = UPDATED.sub(" ", PUBLISHED.sub(" ", without(lowered, expressions)))
    return _WORD.findall(_SMALL.sub(" ", NOISE.sub(" ", rest)))


def is_elsewhere(before: str) -> bool:
    """Whether what stands before a date says that it is of a birth, a law, a photo, a beginning or an end."""
    return _ELSEWHERE.search(before) is not None


def names_an_issue(lowered: str) -> bool:
    """Whether a line has a word for issues of a paper or magazine."""
    return _ISSUE.search(lowered) is not None


def are_periods(words: list[str]) -> bool:
    """Whether all words are names of a period, such as `weekend`."""
    return all(map(_PERIOD.fullmatch, words))
