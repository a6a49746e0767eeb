"""Which sentences of two articles say the same: all of them in a translation, some in articles about one event.

    translation   one dynamic program along both texts, over lengths (Gale and Church 1993), linked terms and
                  characters; beads of one or two sentences a side, or of none on one side
    comparable    pairs of sentences that more likely than not say the same, in whatever order

Both are tried. It is a translation where what is likely the same lies along the one path, and along the path that
lengths alone would take, and most sentences on it have something in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log1p
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from corpus_tool.link.gale_church import best_beads
from corpus_tool.link.same_passages import Match, chance_of, same_passages
from corpus_tool.link.sentences import likeness_of, read_sentences
from corpus_tool.link.split_sentences import with_neighbors
from corpus_tool.link.translation import translated
from corpus_tool.model.langtag import primary

if TYPE_CHECKING:
    from corpus_tool.link.gale_church import Bead
    from corpus_tool.link.lexicon import Lexicon
    from corpus_tool.link.sentences import Sentences
    from corpus_tool.link.table import Link
    from corpus_tool.link.translation import Translated
    from corpus_tool.model.article import Article

Mode = Literal["translation", "comparable"]

# Logistic regressions on en-de and de-fr: whole documents and such with a tenth of their sentences missing on either
# side are translations, halves are not; a bead is right where its sentences stem from the same lines.
BY_LENGTHS, ON_PATH, IN_COMMON, TRANSLATED = 2.95, 14.0, 9.36, -21.5
"""What it gives for a translation that passages lie on the path of lengths, on the path, and sentences are alike."""

BEAD_ALIKE, BEAD_BY_LENGTHS, BEAD = 1.47, 1.2, -0.11
"""What it gives for a bead that its sentences are alike (ln of 1 + nats), and that lengths alone give it as well."""

SOMETHING = 2.0
"""From this likeness on, in nats, the sentences of a bead have something in common."""

_DECIMALS = 3


class Passage(NamedTuple):
    """Sentences of one text that say what sentences of the other say, by their numbers from 0, and how sure it is."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float

    def to_dict(self) -> dict[str, Any]:
        """The passage as it stands in JSON."""
        return {"a": list(self.a), "b": list(self.b), "score": self.score}


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two articles side by side: the spans of their sentences in code points, and the passages that belong together.

    Passages stand in the order of the first text. In translation mode no two cross, and sentences that stand in none
    have no counterpart; in comparable mode they may cross, and of other sentences nothing is said.
    """

    mode: Mode
    sentences_a: tuple[tuple[int, int], ...]
    sentences_b: tuple[tuple[int, int], ...]
    passages: tuple[Passage, ...]

    def mirrored(self) -> Alignment:
        """The same with the sides exchanged."""
        turned = sorted(Passage(passage.b, passage.a, passage.score) for passage in self.passages)
        return Alignment(self.mode, self.sentences_b, self.sentences_a, tuple(turned))

    def to_dict(self) -> dict[str, Any]:
        """The alignment as it stands in JSON."""
        return {
            "mode": self.mode,
            "sentences": {
                "a": [list(span) for span in self.sentences_a],
                "b": [list(span) for span in self.sentences_b],
            },
            "passages": [passage.to_dict() for passage in self.passages],
        }


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How articles are aligned: the mode (None: recognized), the least score, dictionaries and links of the user's.

    Without a least score comparable articles give what more likely than not is the same, translations all beads. Links
    are from the language of the first article to that of the second.
    """

    mode: Mode | None = None
    least: float | None = None
    lexicons: tuple[Lexicon, ...] = ()
    links: tuple[Link, ...] = ()


def align(a: Article, b: Article, options: AlignOptions | None = None) -> Alignment:
    """Align two articles by their sentences; MissingExtra where the libraries are not installed.

    The order of the articles makes no difference: `align(b, a)` is `align(a, b).mirrored()`.
    """
    return align_texts(a.text, primary(a.language), b.text, primary(b.language), options)


def align_texts(
    text_a: str, language_a: str, text_b: str, language_b: str, options: AlignOptions | None = None
) -> Alignment:
    """Align two texts, each in the language of a tag without region and script."""
    options = options or AlignOptions()
    if (language_b, text_b) < (language_a, text_a):  # one order for both, so that sums are rounded alike
        links = tuple(_turned(link) for link in options.links)
        return align_texts(text_b, language_b, text_a, language_a, replace(options, links=links)).mirrored()
    a, b = read_sentences(text_a, language_a), read_sentences(text_b, language_b)
    if not a.spans or not b.spans:
        return Alignment(options.mode or "comparable", a.spans, b.spans, ())
    likeness = likeness_of(a, b, options.lexicons, options.links)
    by_lengths = set(best_beads(a.lengths, b.lengths))
    beads = translated(likeness, a.lengths, b.lengths)
    matches = same_passages(likeness, a.lengths, b.lengths)
    mode = options.mode or _mode(shares_on_paths(a, b, by_lengths, beads, matches))
    if mode == "translation":
        passages = _of_beads(beads, by_lengths)
    else:
        if options.least is not None:  # the mode is judged by the likely ones alone
            matches = same_passages(likeness, a.lengths, b.lengths, options.least)
        groups = with_neighbors(matches, likeness, a.lengths, b.lengths)
        passages = [Passage(group.a, group.b, round(group.chance, _DECIMALS)) for group in groups]
    kept = tuple(passage for passage in passages if passage.score >= (options.least or 0.0))
    return Alignment(mode, a.spans, b.spans, kept)


def _turned(link: Link) -> Link:
    """The link seen from the other language."""
    return link._replace(a=link.b, b=link.a)


def shares_on_paths(
    a: Sentences, b: Sentences, by_lengths: set[Bead], beads: Sequence[Translated], matches: Sequence[Match]
) -> tuple[float, float, float]:
    """What tells a translation, each from 0 to 1.

    How much of what is likely the same lies on the path of lengths; how much on the other path; and the share of the
    sentences that stand on the latter with something in common.
    """
    whole = sum(match.chance for match in matches) + 0.5  # so that one or two matches say little
    on_lengths, on_path = (
        sum(match.chance for match in matches if (match.a, match.b) in cells) / whole
        for cells in (_cells(by_lengths), _cells(bead for bead, _ in beads))
    )
    common = [bead for bead, alike in beads if alike >= SOMETHING]
    sentences = sum(bead.a_end - bead.a + bead.b_end - bead.b for bead in common)
    return on_lengths, on_path, sentences / (len(a.spans) + len(b.spans))


def _mode(shares: tuple[float, float, float]) -> Mode:
    on_lengths, on_path, in_common = shares
    evidence = BY_LENGTHS * on_lengths + ON_PATH * on_path + IN_COMMON * in_common + TRANSLATED
    return "translation" if evidence > 0 else "comparable"


def _cells(path: Iterable[Bead]) -> set[tuple[int, int]]:
    """The pairs of sentences that stand in one bead."""
    return {(one, other) for bead in path for one in range(bead.a, bead.a_end) for other in range(bead.b, bead.b_end)}


def _of_beads(beads: Sequence[Translated], by_lengths: set[Bead]) -> list[Passage]:
    found = []
    for bead, alike in beads:
        chance = chance_of(BEAD_ALIKE * log1p(alike) + BEAD_BY_LENGTHS * (bead in by_lengths) + BEAD)
        places = tuple(range(bead.a, bead.a_end)), tuple(range(bead.b, bead.b_end))
        found.append(Passage(*places, round(chance, _DECIMALS)))
    return found
