"""Records of one event from several articles -> a story they share.

Pairs come from blocks: records of one family of types whose articles share a rare word, or that happened in one town
within a day. Clusters grow from the surest pair above nought on, as long as the mean over their members stays high and
no two members are ruled out (average linkage). What comes out depends on the set of records, not on its order.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from extract.assemble.facts import Facts, Rarity, gather
from extract.assemble.likeness import DAYS, family, ruled_out, score
from extract.schema.event import Event

RAREST: Final = 8
"""Words of an article by which its records meet others: its rarest that another article holds too."""
NEIGHBOURS: Final = 24
"""Records after it in time with which each is compared in a block too large to be compared whole."""
FLOOR: Final = -0.5
"""Mean points that two clusters need to become one: below nought, since a record may tell next to nothing."""
SPEAKERS: Final = 8
"""Members of a cluster, the first by event id, over which the mean goes."""


@dataclass(frozen=True, slots=True)
class Linked:
    """`story_of` gives each record's story by event id; `pairs` were compared, `cut` blocks not whole."""

    story_of: Mapping[str, str]
    pairs: int
    cut: int

    @property
    def stories(self) -> int:
        """How many stories there are, those of one record among them."""
        return len(set(self.story_of.values()))


def link(records: Iterable[Event | Mapping[str, Any]]) -> Linked:
    """Return the story of every record; a record that no other article tells is a story of its own."""
    facts, rarity = gather(one.to_json() if isinstance(one, Event) else one for one in records)
    pairs, cut = _pairs(facts, rarity)
    found = _Stories(facts, rarity)
    scored = ((score(facts[a], facts[b], rarity), a, b) for a, b in pairs if not ruled_out(facts[a], facts[b]))
    for _, one, other in sorted((row for row in scored if row[0] > 0), key=lambda row: (-row[0], *row[1:])):
        found.join(one, other)
    return Linked(
        {facts[n].event_id: story_id(facts[found.root(n)].event_id) for n in range(len(facts))}, len(pairs), cut
    )


def story_id(first: str) -> str:
    """Return the id of the story whose first member, by event id, is this one."""
    return hashlib.sha256(f"story\0{first}".encode("utf-8", "replace")).hexdigest()[:16]


def _pairs(facts: Sequence[Facts], rarity: Rarity) -> tuple[set[tuple[int, int]], int]:
    """Return the pairs to compare, each (lower, higher), and how many blocks were too large to be compared whole."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(facts):
        for key in _keys(one, rarity):
            blocks[(family(one.type), *key)].append(number)
    found: set[tuple[int, int]] = set()
    cut = 0
    for members in blocks.values():
        members.sort(key=lambda n: (facts[n].first is None, facts[n].first or 0, n))
        cut += len(members) > NEIGHBOURS + 1
        for place, here in enumerate(members, start=1):
            found.update((min(here, other), max(here, other)) for other in members[place : place + NEIGHBOURS])
    return found, cut


def _keys(one: Facts, rarity: Rarity) -> Iterator[tuple[str, ...]]:
    shared = [word for word in one.article if rarity.holding[word] > 1]
    for word in sorted(shared, key=lambda word: (rarity.holding[word], word))[:RAREST]:
        yield "name", word
    if one.day is not None:
        towns = sorted({spot.geonameid for spot in one.spots if spot.exact and spot.geonameid is not None})
        for town, day in product(towns, range(one.day, one.day + DAYS + 1)):
            yield "town", str(town), str(day)


class _Stories:
    """Clusters of records, by their number; a cluster's root is its first member."""

    def __init__(self, facts: Sequence[Facts], rarity: Rarity) -> None:
        self._facts = facts
        self._rarity = rarity
        self._above = list(range(len(facts)))
        self._members = {number: [number] for number in range(len(facts))}
        self._refused: set[tuple[int, int, int, int]] = set()

    def root(self, number: int) -> int:
        """Return the first member of the record's cluster."""
        while (above := self._above[number]) != number:
            self._above[number] = self._above[above]
            number = above
        return number

    def join(self, one: int, other: int) -> None:
        """Make one cluster of two, unless they are one or do not belong together."""
        low, high = sorted((self.root(one), self.root(other)))
        tried = (low, len(self._members[low]), high, len(self._members[high]))
        if low == high or tried in self._refused:
            return
        if not self._belong(self._members[low], self._members[high]):
            self._refused.add(tried)
            return
        self._above[high] = low
        self._members[low] = sorted(self._members[low] + self._members.pop(high))

    def _belong(self, some: Sequence[int], others: Sequence[int]) -> bool:
        if not {self._facts[n].doc_id for n in some}.isdisjoint(self._facts[n].doc_id for n in others):
            return False
        days = [day for n in (*some, *others) if (day := self._facts[n].day) is not None]
        if days and max(days) - min(days) > DAYS:
            return False
        total, pairs = 0.0, list(product(some[:SPEAKERS], others[:SPEAKERS]))
        for a, b in pairs:
            one, other = self._facts[a], self._facts[b]
            if ruled_out(one, other):
                return False
            total += score(one, other, self._rarity)
        return total > FLOOR * len(pairs)
