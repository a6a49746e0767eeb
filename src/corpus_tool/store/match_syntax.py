"""What a user typed into `search`, as a tree: words, phrases, NEAR, fields, AND, OR, NOT and parentheses.

    either  =  all ("OR" all)*
    all     =  close ((["AND"] ["NOT"] | "-") close)*
    close   =  one ["NEAR/" number one]
    one     =  phrase | word["*"] | field ":" one | "(" either ")" | "NEAR(" one one … ["," number] ")"

A blank is an AND; AND binds tighter than OR, and a NOT takes away from all that its AND joins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal, NoReturn

from corpus_tool.errors import UsageError
from corpus_tool.store.match_pieces import Kind, Piece, fault, pieces_of, tidy

MOST_CHARACTERS = 2000
MOST_PARENTHESES = 50
MOST_LEVELS = 25
"""Groups inside one another that mean something: SQLite's parser has a stack of 100, a level takes three of it."""

MOST_DISTANCE = 1000
USUAL_DISTANCE = 10
"""The distance of NEAR( ) without a number, as in SQLite."""

_MOST_PAIRS = 64


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word, or several in this order; `prefix` takes the last one for the beginning of a word."""

    typed: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases in any order with at most `distance` words between the first and the last."""

    phrases: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Group:
    """All of the parts (AND), or one of them (OR); two parts or more."""

    operator: Literal["AND", "OR"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What meets `wanted` and none of `unwanted`."""

    wanted: Node
    unwanted: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """What stands in one field."""

    field: str
    node: Node


Node = Phrase | Near | Group | Without | Within


def parse(typed: str) -> Node:
    """The tree of a query; UsageError with the place of what cannot be read.

    >>> parse("rente OR bank")
    Group(operator='OR', parts=(Phrase(typed='rente', prefix=False), Phrase(typed='bank', prefix=False)))
    """
    if len(typed) > MOST_CHARACTERS:
        message = f"the search has {len(typed):,} characters, at most {MOST_CHARACTERS:,} are read"
        raise UsageError(message, "make it shorter, or make several of it")
    return _Parser(tidy(typed)).whole()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order typed."""
    yield node
    for child in _children(node):
        yield from walk(child)


def _height(node: Node) -> int:
    """How many groups stand inside one another in the expression of a node, where several after NOT are one of OR."""
    own = 2 if isinstance(node, Without) and len(node.unwanted) > 1 else 1
    return max((_height(child) + own for child in _children(node)), default=0)


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Group(_, parts):
            return parts
        case Without(wanted, unwanted):
            return (wanted, *unwanted)
        case Within(_, inner):
            return (inner,)
    return ()


def _joined(operator: Literal["AND", "OR"], parts: Sequence[Node]) -> Node:
    """The parts as one node; parts that are joined by the same operator become parts of it."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Group) and part.operator == operator else (part,)
    return flat[0] if len(flat) == 1 else Group(operator, tuple(flat))


class _Parser:
    """Reads the pieces of one query from left to right."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._pieces = list(pieces_of(typed))
        self._next = 0
        self._depth = 0
        self._deepest = (0, 0)

    def whole(self) -> Node:
        """The tree of all pieces."""
        if len(self._pieces) == 1:
            advice = "give a word with a letter or a digit; punctuation and emoji cannot be searched for"
            raise UsageError("there is nothing to search for", advice)
        node = self._either()
        if self._piece.kind == ")":
            self._refuse_end(self._piece)
        if _height(node) > MOST_LEVELS:
            advice = f"at most {MOST_LEVELS} groups of AND, OR, NOT may stand inside one another"
            raise fault(self._typed, self._deepest[1], "this group stands too deep inside others", advice)
        return node

    @property
    def _piece(self) -> Piece:
        return self._pieces[self._next]

    def _take(self, kind: Kind) -> Piece | None:
        """The next piece where it is of this kind, and go on."""
        piece = self._piece
        if piece.kind != kind:
            return None
        self._next += 1
        return piece

    def _refuse(self, piece: Piece, message: str, advice: str) -> NoReturn:
        raise fault(self._typed, piece.start, message, advice)

    def _refuse_end(self, piece: Piece) -> NoReturn:
        self._refuse(piece, "this parenthesis closes nothing", "take it away, or open it with (")

    def _refuse_open(self, piece: Piece) -> NoReturn:
        self._refuse(piece, "this parenthesis is not closed", "close it with )")

    def _either(self) -> Node:
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
        return _joined("OR", parts)

    def _all(self) -> Node:
        """What stands between two OR: the wanted parts, without those after NOT."""
        if (piece := self._piece).kind == "NOT":
            advice = "NOT and - take away from what is on their left: rente NOT bank, or rente -bank"
            self._refuse(piece, f"{piece.text} has nothing on its left to take away from", advice)
        wanted, unwanted = [self._close()], list[Node]()
        while self._piece.kind not in ("OR", ")", "end"):
            self._take("AND")
            (unwanted if self._take("NOT") else wanted).append(self._close())
        node = _joined("AND", wanted)
        return Without(node, tuple(unwanted)) if unwanted else node

    def _close(self) -> Node:
        left = self._one()
        if not (piece := self._take("NEAR/")):
            return left
        right = self._one()
        if self._piece.kind == "NEAR/":
            self._refuse(self._piece, "NEAR/ joins two", "for three: NEAR(rente bank crisis, 10)")
        return self._near(piece, [left, right], piece)

    def _one(self) -> Node:
        piece = self._piece
        if piece.kind not in ("phrase", "distance", "(", "NEAR(", "field"):
            self._refuse_missing(piece)
        self._next += 1
        match piece.kind:
            case "(":
                return self._group(piece)
            case "NEAR(":
                return self._near_group(piece)
            case "field":
                return self._within(piece)
        return Phrase(piece.text, piece.prefix)  # a number before a parenthesis is a distance in NEAR( ) alone

    def _refuse_missing(self, here: Piece) -> NoReturn:
        """Say what should have stood here, at the operator that waits for it."""
        before = self._pieces[self._next - 1] if self._next else None
        operators = ("AND", "OR", "NOT", "NEAR/", "field")
        if before and before.kind in operators:
            self._refuse(before, f"{_name(before)} has nothing on its right", "put a word, a phrase or a group there")
        if here.kind in operators:
            advice = f'put a word, a phrase or a group there; to search for it as a word: "{_name(here)}"'
            self._refuse(here, f"{_name(here)} has nothing on its left", advice)
        if before and here.kind == ")":
            self._refuse(before, "there is nothing between the parentheses", "put words between them")
        if here.kind == ")":
            self._refuse_end(here)
        self._refuse_open(before or here)

    def _group(self, opened: Piece) -> Node:
        self._depth += 1
        self._deepest = max(self._deepest, (self._depth, opened.start))
        if self._depth > MOST_PARENTHESES:
            advice = f"at most {MOST_PARENTHESES} may stand inside one another"
            self._refuse(opened, "this parenthesis stands too deep inside others", advice)
        node = self._either()
        if not self._take(")"):
            self._refuse_open(opened)
        self._depth -= 1
        return node

    def _within(self, piece: Piece) -> Node:
        inner = None if self._piece.kind == "field" else self._one()
        if inner is None or any(isinstance(part, Within) for part in walk(inner)):
            self._refuse(piece, f"{piece.text}: holds another field", "give each field words of its own")
        return Within(piece.text, inner)

    def _near_group(self, opened: Piece) -> Node:
        """What follows `NEAR(`: words, phrases, groups of OR, and the distance."""
        parts = []
        while self._piece.kind in ("phrase", "("):
            parts.append(self._one())
        distance = self._take("distance")
        if self._piece.kind == "end":
            self._refuse_open(opened)
        if not self._take(")"):
            advice = "NEAR( ) takes words and phrases with blanks between them: NEAR(rente bank, 10)"
            self._refuse(self._piece, f"{_name(self._piece)} cannot stand inside NEAR( )", advice)
        if len(parts) < 2:
            self._refuse(opened, "NEAR needs two words or phrases", "for example: NEAR(rente bank, 10)")
        return self._near(opened, parts, distance)

    def _near(self, near: Piece, parts: list[Node], distance: Piece | None) -> Node:
        """Each choice of phrases near one another; OR inside a part gives several."""
        if distance and (len(distance.text) > len(str(MOST_DISTANCE)) or int(distance.text) > MOST_DISTANCE):
            advice = "give a smaller number, or use AND"
            self._refuse(distance, f"NEAR looks at most {MOST_DISTANCE:,} words far", advice)
        choices: list[list[Phrase]] = []
        for part in parts:
            either = part.parts if isinstance(part, Group) and part.operator == "OR" else (part,)
            phrases = [each for each in either if isinstance(each, Phrase)]
            if len(phrases) < len(either):
                advice = "around it may stand words, phrases, and OR between them; a field goes before the whole"
                self._refuse(near, "NEAR cannot join these", advice)
            choices.append(phrases)
        if prod(map(len, choices)) > _MOST_PAIRS:
            self._refuse(near, f"NEAR has more than {_MOST_PAIRS} choices to look for", "give fewer words with OR")
        words = int(distance.text) if distance else USUAL_DISTANCE
        return _joined("OR", [Near(chosen, words) for chosen in product(*choices)])


def _name(piece: Piece) -> str:
    """A piece as it was typed, nearly."""
    match piece.kind:
        case "NEAR/":
            return f"NEAR/{piece.text}"
        case "field":
            return f"{piece.text}:"
        case "NEAR(" | "(" | ")":
            return piece.kind
    return piece.text
