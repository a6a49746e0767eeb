"""One small report in Dutch and in French, sentence by sentence: written for the tests of alignment."""

from __future__ import annotations

DUTCH = (
    "De burgemeester van Lissewick opende zaterdag de nieuwe brug over het kanaal.",
    "Het werk duurde 14 maanden en kostte 3,2 miljoen euro.",
    "Volgens ingenieur Anna Kortenavo houdt de brug een eeuw stand.",
    "Niet iedereen is blij met het nieuws.",
    "De schippers vrezen dat hun boten er niet onderdoor kunnen.",
    "Hun woordvoerder Tarken vroeg de minister al twee keer om hulp.",
    "In 2031 volgt een tweede brug, bij het station van Ostrande.",
    "De gemeente betaalt die samen met de Europese Unie.",
)
FRENCH = (
    "Le maire de Lissewick a ouvert samedi le nouveau pont sur le canal.",
    "Les travaux ont duré 14 mois et ont coûté 3,2 millions d'euros.",
    "Selon l'ingénieure Anna Kortenavo, le pont tiendra un siècle.",
    "Tout le monde n'est pas heureux de la nouvelle.",
    "Les bateliers craignent que leurs bateaux ne puissent pas passer dessous.",
    "Leur porte-parole Tarken a déjà demandé deux fois l'aide du ministre.",
    "En 2031 suivra un deuxième pont, près de la gare d'Ostrande.",
    "La commune le paie avec l'Union européenne.",
)
ELSEWHERE = (
    "Le club de Zellwumbe a perdu son match contre Ravelixt.",
    "L'entraîneur parle d'une soirée à oublier vite.",
    "Aucun but avant la pause, puis trois en 7 minutes.",
    "Les supporters ont quitté le stade sous la pluie.",
)
"""Sentences in French about something else."""
