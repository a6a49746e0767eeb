"""The one table of links: which term of one language stands for which of the other, of what kind, at what weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

from corpus_tool.link.cognates import cognates
from corpus_tool.link.lexicon import Lexicon
from corpus_tool.link.vocabulary import Vocabulary

Kind = Literal["same", "number", "cognate", "gazetteer", "dictionary", "user"]
KINDS: tuple[str, ...] = get_args(Kind)

SHORT_WORD = {2: 0.3, 3: 0.4, 4: 0.7}
"""The weight of words of so many letters that are written alike, unless both are names: many are chance."""

COGNATE_WEIGHT = 0.8
NUMBER_WEIGHT = 1.0
DICTIONARY_WEIGHT = 0.8


class Link(NamedTuple):
    """A term of one language and one of the other that stands for it."""

    a: str
    b: str
    kind: Kind
    weight: float


def link_table(a: Vocabulary, b: Vocabulary, lexicons: Sequence[Lexicon] = (), user: Iterable[Link] = ()) -> list[Link]:
    """All links between two vocabularies, one for each pair of terms: the user's own first, then the surest kind."""
    links = {(link.a, link.b): link for link in user if link.a in a.places and link.b in b.places}
    shared = a.places.keys() & b.places.keys()
    for term in sorted(shared):
        links.setdefault((term, term), _same(term, a, b))
    words_a, words_b = ([term for term in side.places if term.isalpha() and term not in shared] for side in (a, b))
    for one, other, similarity in cognates(words_a, words_b, a.is_name, b.is_name):
        links.setdefault((one, other), Link(one, other, "cognate", COGNATE_WEIGHT * similarity))
    for lexicon in lexicons:
        for link in _translations(lexicon, a, b):
            links.setdefault((link.a, link.b), link)
    return [links[pair] for pair in sorted(links)]


def _same(term: str, a: Vocabulary, b: Vocabulary) -> Link:
    if term[0] == "@":
        return Link(term, term, "gazetteer", 1.0)
    if term[0] in "#%":
        return Link(term, term, "number", NUMBER_WEIGHT)
    names = a.is_name(term) and b.is_name(term)
    return Link(term, term, "same", 1.0 if names else SHORT_WORD.get(len(term), 1.0))


def _translations(lexicon: Lexicon, a: Vocabulary, b: Vocabulary) -> Iterable[Link]:
    """The entries of a dictionary whose words the articles have; one of many translations counts less."""
    for term in a.places:
        present = [other for other in lexicon.translations(term, a.language, b.language) if other in b.places]
        for other in dict.fromkeys(present):
            yield Link(term, other, "dictionary", DICTIONARY_WEIGHT / len(present) ** 0.5)
