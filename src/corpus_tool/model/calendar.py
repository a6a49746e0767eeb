"""Names of months and weekdays, as the press of seven languages writes them.

Full and abbreviated forms, folded to lower case; an abbreviation's point is left out. Source: the forms in
CLDR's Gregorian calendars for nl, fr, en, de, es, it, pt, with the press's own short forms (`mrt`, `févr`).
"""

from __future__ import annotations

_MONTHS = (
    "januari jan janvier janv january januar jänner jän jaenner enero ene gennaio gen janeiro",
    "februari feb février févr fév fevrier fevr february februar febr febrero febbraio fevereiro fev",
    "maart mrt mars march mar märz mär mrz marzo março",
    "april apr avril avr abril abr aprile",
    "mei mai may mayo maggio mag maio",
    "juni jun juin june junio giugno giu junho",
    "juli jul juillet juil july julio luglio lug julho",
    "augustus aug août aout august agosto ago",
    "september sep sept septembre septiembre setiembre settembre set setembro",
    "oktober okt octobre oct october octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Month name, lower case → 1 to 12."""

_WEEKDAYS = (
    "maandag ma lundi lun monday mon montag mo lunes lunedì segunda",
    "dinsdag di mardi mar tuesday tue tues dienstag martes martedì terça",
    "woensdag wo mercredi mer wednesday wed mittwoch mi miércoles mercoledì quarta",
    "donderdag do jeudi jeu thursday thu thurs donnerstag jueves giovedì quinta",
    "vrijdag vr vrij vendredi ven friday fri freitag fr viernes venerdì sexta",
    "zaterdag za samedi sam saturday sat samstag sa sonnabend sábado sabato",
    "zondag zo dimanche dim sunday sun sonntag so domingo domenica",
)
WEEKDAYS: dict[str, int] = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
"""Weekday name, lower case → 0 (Monday) to 6 (Sunday), as `datetime.date.weekday` counts."""

MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY_PATTERN = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
