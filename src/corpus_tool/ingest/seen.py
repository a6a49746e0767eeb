"""The ids already seen: the one thing that a stream keeps, at most 24 bytes an id."""

from __future__ import annotations

import os
from array import array

_SHARDS = 256
_START = 8
_LOAD = (3, 4)  # slots in use before a shard doubles: between 3/8 and 3/4 full, 10.7 to 21.3 bytes an id
_MASK = (1 << 64) - 1


class SeenIds:
    """A set of 64-bit ids in flat open-addressing tables, split by the first byte so that growth stays small.

    Ids are stored multiplied by a random odd number, which loses nothing (multiplicative hashing, Dietzfelbinger
    et al. 1997): a hostile export can state ids, but not make them fall into the same slots.
    """

    def __init__(self) -> None:
        self._odd = int.from_bytes(os.urandom(8), "big") | 1
        self._tables = [array("Q", bytes(8 * _START)) for _ in range(_SHARDS)]
        self._used = [0] * _SHARDS
        self._zero = False  # the id 0 cannot be told from an empty slot

    def __len__(self) -> int:
        return sum(self._used) + self._zero

    def add(self, identifier: str) -> bool:
        """Add an id of 16 hex digits; True if it is new."""
        value = int(identifier, 16) * self._odd & _MASK
        if value == 0:
            new, self._zero = not self._zero, True
            return new
        shard = value >> 56
        table = self._tables[shard]
        slot = _slot(table, value)
        if table[slot] == value:
            return False
        table[slot] = value
        self._used[shard] += 1
        if self._used[shard] * _LOAD[1] > len(table) * _LOAD[0]:
            self._tables[shard] = _doubled(table)
        return True

    def bytes_held(self) -> int:
        """Bytes in the tables."""
        return sum(table.itemsize * len(table) for table in self._tables)


def _slot(table: array[int], value: int) -> int:
    """The slot that holds a value, or the empty one where it belongs."""
    mask = len(table) - 1
    slot = value >> 24 & mask  # the low bits of a product depend on few bits of the id
    while table[slot] not in (0, value):
        slot = (slot + 1) & mask
    return slot


def _doubled(table: array[int]) -> array[int]:
    larger = array("Q", bytes(16 * len(table)))
    for value in table:
        if value:
            larger[_slot(larger, value)] = value
    return larger
