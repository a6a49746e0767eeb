"""Corpora made by hand in which links are looked for: texts that repeat each other, stories in two languages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred
from corpus_tool.store.changing import Change, remove, write_change
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Writing, prepare, transaction
from tests.unit.building import article
from tests.unit.link.stories import DUTCH, FRENCH, story

Write = Callable[[Store], Any]
"""What another program does to a file."""

WORDS = [f"{start}{end}" for start in ("ber", "kol", "wat", "rin", "sto", "mel", "dra", "vos") for end in "aeiouy"]


def text(seed: int, changed: int = 0, size: int = 120) -> str:
    """A text of its own for each seed; of the same seed, with so many words at its end replaced."""
    draw = random.Random(seed)
    words = [draw.choice(WORDS) for _ in range(size)]
    return " ".join([*words[: size - changed], *("anders" + word for word in words[size - changed :])])


def identifier(number: int) -> str:
    """The id of the article of a number."""
    return f"{number:016x}"


def item(number: int, words: str, day: str | None = None, outlet: str | None = None, **values: Any) -> Article:
    """An article of these words; `day` is any date."""
    return article(id=identifier(number), name=f"stuk-{number}", text=words, date=day, outlet=outlet, **values)


def told(number: int, language: str, **values: Any) -> Article:
    """A story in a language, of a day in June 2018 that its paper states; its id is `a` or `b` with the number."""
    pattern, digit = (DUTCH, "a") if language == "nl" else (FRENCH, "b")
    values = {"date": f"2018-06-{1 + number % 28:02}", **values}
    made = article(
        id=f"{digit}{number:015x}",
        name=f"{language}-{number}",
        title=None,
        text=story(number, pattern),
        language=language,
        **values,
    )
    if made.date is None:
        return made
    return replace(made, inference={**made.inference, "date": Inferred("field", 1.0, (), ())})


def both(number: int) -> tuple[str, str]:
    """The ids of a story in French and in Dutch."""
    return f"b{number:015x}", f"a{number:015x}"


def dated(old: Article, day: str | None) -> Article:
    """An article with another date."""
    date = None if day is None else EdtfDate.parse(day)
    earliest, latest = (None, None) if date is None else (date.earliest, date.latest)
    return replace(
        old,
        date=day,
        date_earliest=None if earliest is None else str(earliest),
        date_latest=None if latest is None else str(latest),
    )


def add(store: Store, items: Sequence[Article]) -> None:
    """Keep articles."""
    writing = Writing(store, "add", "1.0", {})
    for each in items:
        writing.add(prepare(each, None, None))
    writing.end({})


def change(store: Store, old: Article, new: Article, *, keep_twins: bool = False) -> None:
    """Put an article in the place of another."""
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(new, None, None)), keep_twins=keep_twins)


def drop(store: Store, *identifiers: str) -> None:
    """Take articles out."""
    with transaction(store) as connection:
        remove(connection, [number for each in identifiers if (number := store.number_of(each)) is not None])


def the(store: Store, wanted: str) -> Article:
    """The article of an id."""
    found = store.by_id(wanted)
    assert found is not None
    return found


def corpus_file(path: Path, items: Sequence[Article]) -> Store:
    """A corpus file of these articles, open to write."""
    store = Store.create(str(path))
    add(store, items)
    return store


@contextmanager
def elsewhere(store: Store) -> Iterator[Store]:
    """The same file as another program has it open."""
    with Store.open(store.path, to_write=True) as other:
        yield other


@contextmanager
def anew(store: Store) -> Iterator[Store]:
    """Another corpus of the same articles, in which nothing was looked for."""
    with Store.in_passing() as fresh:
        add(fresh, list(store.articles()))
        yield fresh


def once(store: Store, write: Write) -> Callable[..., None]:
    """What another program does the first time that this is called."""
    waiting = [write]

    def called(*_: Any) -> None:
        while waiting:
            with elsewhere(store) as other:
                waiting.pop()(other)

    return called


def after(patch: pytest.MonkeyPatch, module: ModuleType, name: str, called: Callable[..., Any]) -> None:
    """Have this called whenever a step of a module's work is done, before its result is used."""
    step = getattr(module, name)

    def wrapped(*arguments: Any, **more: Any) -> Any:
        done = step(*arguments, **more)
        called()
        return done

    patch.setattr(module, name, wrapped)
