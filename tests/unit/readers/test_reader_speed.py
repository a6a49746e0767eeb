"""Reading takes time in proportion to the text: no input makes it quadratic, and a plain article costs next to nothing."""

from __future__ import annotations

import time
import timeit

import pytest

from corpus_tool.model.options import ReadOptions
from corpus_tool.readers import registry
from corpus_tool.readers.base import Head, TextInput
from corpus_tool.text.decode import decode
from tests.unit.readers.reading import read_text

ADVERSARIAL = {
    "blank lines": ("\n", "Kop\n\nTekst.\n"),
    "separators": ("=====\n", "x"),
    "separators of many kinds": ("=====\n***\n---\n", "x"),
    "underlined headings": ("Kop\n=====\n\n", "x"),
    "form feeds": ("\f\n", "x"),
    "labels": ("Titel: x\n", "x"),
    "labels of one kind": ("Oplage: x\n", "Titel: y\n\nx"),
    "headers": ("Titel: x\nDatum: 1\n\nx.\n\n", "x"),
    "markers": (" date 2018-06 x.\n", "x"),
    "headlines before markers": ("Kop\n\n date 2018-06 x.\n\n", "x"),
    "hyphens": ("---\n", "x"),
    "hyphens and keys": ("---\ntitle: x\n\nx\n", "x"),
    "doc": ("<doc>\n", "x"),
    "open doc": ("<doc\n", "x"),
    "starred lines": ("**** *a_b\n", "x"),
    "one long line": ("a_", "x"),
    "one line of signs": ("=", "x"),
    "doubled keys": ('"a": 1, ', ""),
}


def seconds(unit: str, tail: str, size: int) -> float:
    """The best of three times for a text of so many characters."""
    text = unit * (size // len(unit)) + tail
    if unit.startswith('"'):
        text = '{"text": "x", ' + text + '"b": 1}'
    times = []
    for _ in range(3):
        start = time.perf_counter()
        read_text(text, "a.jsonl" if text.startswith("{") else "a.txt")
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize(("unit", "tail"), ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_time_grows_with_the_text(unit: str, tail: str) -> None:
    """Six times the text takes at most about six times as long (thirty-six times where it were quadratic)."""
    short, long = seconds(unit, tail, 10_000), seconds(unit, tail, 60_000)
    assert long < 18 * short + 0.02


def test_a_plain_article_is_cheap() -> None:
    """Recognizing and splitting an article of 2.4 kB takes a small part of a millisecond."""
    sentence = "De gemeenteraad keurde maandag de begroting voor het nieuwe zwembad goed. "
    text = "Nieuw zwembad open\n\n" + "\n\n".join([sentence * 8] * 4) + "\n"
    decoded, options = decode(text.encode()), ReadOptions()

    def read() -> None:
        source = TextInput("a.txt", decoded, options)
        assert registry.by_head(Head("a.txt", text, True)) is None
        list(registry.text_reader(registry.by_text(source).name).read(source))

    read()
    best = min(timeit.repeat(read, number=50, repeat=5)) / 50
    assert best < 500e-6  # measured: about 50 µs; the gate leaves room for a slow machine
