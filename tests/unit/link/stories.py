"""Small bilingual corpora, written for the tests: stories with names and numbers, told in two languages."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tool.link.features import Features, features_of_text

_BEGINNINGS = ("Vander", "Lisse", "Korten", "Delac", "Ostra", "Halvor", "Quint", "Zellw", "Ravel", "Tarken", "Esterh")
_ENDINGS = ("molen", "wick", "avo", "ubert", "egge", "ingam", "osky", "yland", "eppe", "anda", "ixt", "oort", "umbe")

DUTCH = (
    "Het bestuur van {0} maakte bekend dat {1} dit jaar {n} miljoen euro krijgt voor de nieuwe haven. "
    "Volgens {1} is dat te weinig, en de burgemeester van {2} zegt dat het werk pas over een jaar begint."
)
FRENCH = (
    "La direction de {0} a fait savoir que {1} recevra {n} millions d'euros pour son nouveau port. "
    "Selon {1}, ce n'est pas assez, et le maire de {2} dit que les travaux ne commenceront que dans un an."
)


def name(number: int) -> str:
    """A name of its own for each number up to 142."""
    return _BEGINNINGS[number % len(_BEGINNINGS)] + _ENDINGS[number % len(_ENDINGS)]


def story(number: int, pattern: str) -> str:
    """The story of this number in one language: two names and an amount of its own, a place that some share."""
    return pattern.format(name(number), name(number + 71), name(number % 10 + 61), n=20 + number)


def side(
    letter: str, numbers: Sequence[int], pattern: str, language: str, days: dict[int, str] | None = None
) -> list[Features]:
    """The stories of these numbers as features; ids are the letter and the number."""
    dated = days or {}
    return [
        features_of_text(f"{letter}{n:03}", language, story(n, pattern), (dated.get(n), dated.get(n))) for n in numbers
    ]


def dutch(numbers: Sequence[int], days: dict[int, str] | None = None) -> list[Features]:
    """Stories in Dutch, their ids `a000` and so on."""
    return side("a", numbers, DUTCH, "nl", days)


def french(numbers: Sequence[int], days: dict[int, str] | None = None) -> list[Features]:
    """Stories in French, their ids `b000` and so on."""
    return side("b", numbers, FRENCH, "fr", days)


def texts(numbers: Sequence[int]) -> dict[str, str]:
    """The texts of these stories in both languages, by id."""
    return {f"a{n:03}": story(n, DUTCH) for n in numbers} | {f"b{n:03}": story(n, FRENCH) for n in numbers}
