"""What of a record tells whether another article's record is of the same event: days, names, places, offences, counts.

Names are compared by their words: lower case, no accents, proper names only. How much a shared word says depends on
how many articles hold it, and words that stand in any article of crime say nothing.
"""

import datetime as dt
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

Record = Mapping[str, Any]
Words = frozenset[str]

COMMON: Final = frozenset(
    "a an the of and in at for on mr mrs ms dr sir jr sr i ii iii police policeman officer officers sheriff deputy "
    "deputies detective detectives sgt lt capt chief department dept office bureau agency service services authority "
    "authorities court courts judge justice justices magistrate jury prosecutor prosecutors prosecution attorney "
    "attorneys general district county state states federal national supreme high city town township village street "
    "st road avenue ave highway north south east west central government ministry minister president governor mayor "
    "army military forces security soldiers man men woman women boy girl child children teen teenager people person "
    "victim victims suspect suspects defendant defendants inmate prisoner prison jail hospital university school "
    "college church family friend friends neighbor neighbors group united us usa u s american americans january "
    "february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday with by from to as was were is are be been had has have not no or but who whom whose "
    "which when where rd blvd ln ne nw se sw lane drive place square plaza mall center centre park block area hill "
    "all some other others several many one six seven eight nine ten year years old he she they his her him we it "
    "that this two three four five".split()
)
"""Words that tell nobody from anybody, whatever their case."""
TELLING: Final = ("actor", "target", "location", "charge", "instrument")
"""Slots whose words tell what an article is about."""
_BACKGROUND: Final = 1000
"""Articles supposed beside those given, so that in a handful of articles a name that all hold is still rare."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STEM: Final = re.compile(r"(?:ings?|ed|es|s|e|er|ers|ion|ions)$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a record: what it resolved to, and the words of its name."""

    words: Words
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str | None

    @property
    def exact(self) -> bool:
        """Whether it is a town or finer."""
        return self.precision in ("point", "city")


@dataclass(frozen=True, slots=True)
class Facts:
    """One record. Days are proleptic ordinals, inclusive, `None` where unknown or open.

    `actors` and `targets` are the words of their names, `people` the names of two words and more of persons among the
    targets;
    `article` holds the words, names or not, of all records of the same article, `weight` their rarity.
    """

    event_id: str
    doc_id: str
    type: str
    first: int | None
    last: int | None
    triggers: Words
    actors: Words
    targets: Words
    people: tuple[tuple[str, ...], ...]
    spots: tuple[Spot, ...]
    charges: Words
    counts: Mapping[str, tuple[int, int | None]]
    article: Words = frozenset()
    weight: float = 0.0

    @property
    def day(self) -> int | None:
        """The day, where the record knows it to the day."""
        return self.first if self.first == self.last else None


class Rarity:
    """How much a shared word says, 0 to 1: 1 for one that no other article holds."""

    def __init__(self, articles: int, holding: Mapping[str, int]) -> None:
        self.holding = holding
        total = articles + _BACKGROUND
        scale = math.log(total / 2)
        self._weights = {word: math.log(total / (count + 1)) / scale for word, count in holding.items()}

    def of(self, words: Iterable[str]) -> float:
        """Return the sum over the words, the same in whatever order they come."""
        return math.fsum(self._weights[word] for word in words)


def gather(records: Iterable[Record]) -> tuple[list[Facts], Rarity]:
    """Return the facts of each record in order of event id, each id once, and how rare their words are."""
    articles: dict[str, set[str]] = {}
    found: dict[str, Facts] = {}
    for one in records:
        held = articles.setdefault(str(one["doc_id"]), set())
        for slot in TELLING:
            held.update(*(content_words(filler["name"]) for filler in one[slot]))
        facts = _facts(one)
        found[facts.event_id] = facts
    rarity = Rarity(len(articles), Counter(word for words in articles.values() for word in words))
    told = {name: (frozenset(words), rarity.of(words)) for name, words in articles.items()}
    ordered = (found[name] for name in sorted(found))
    return [replace(one, article=told[one.doc_id][0], weight=told[one.doc_id][1]) for one in ordered], rarity


def _facts(record: Record) -> Facts:
    date: Record = next(iter(record["date"]), {})
    people = (words_of(one["name"]) for one in record["target"] if one.get("kind", "person") == "person")
    return Facts(
        event_id=str(record["event_id"]),
        doc_id=str(record["doc_id"]),
        type=str(record["type"]),
        first=_ordinal(date.get("earliest")),
        last=_ordinal(date.get("latest")),
        triggers=frozenset(stem(one["text"]) for one in record["triggers"]),
        actors=_named(record["actor"]),
        targets=_named(record["target"]),
        people=tuple(sorted({words for words in people if len(words) > 1})),
        spots=tuple(_spot(one) for one in record["location"]),
        charges=frozenset(str(one["iccs"]) for one in record["charge"] if one.get("iccs")),
        counts={one.get("of") or "targets": _range(one["value"]) for one in record["count"] if "value" in one},
    )


def _named(fillers: Iterable[Record]) -> Words:
    return frozenset(word for one in fillers for word in words_of(one["name"]))


def _ordinal(day: str | None) -> int | None:
    try:
        return None if day is None else dt.date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def _spot(filler: Record) -> Spot:
    keys = ("country", "admin1", "lat", "lon", "geonameid", "precision")
    country, admin1, lat, lon, number, precision = map(filler.get, keys)
    return Spot(frozenset(words_of(filler["name"])), country, admin1, lat, lon, number, precision)


def _range(value: int | Sequence[int]) -> tuple[int, int | None]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a proper name that tell one from another, in order.

    >>> words_of("Judge José Ruiz-Peña of the court"), words_of("two men")
    (('jose', 'ruiz', 'pena'), ())
    """
    words = [word for word in _WORD.findall(name) if not word[0].islower()]
    folded = (_folded(word) for word in words)
    return tuple(word for word in folded if len(word) > 1 and word not in COMMON)


def content_words(words: str) -> Words:
    """Return the words, names or not, that tell an article from another.

    >>> sorted(content_words("two deputies' patrol cars in Lagos"))
    ['cars', 'lagos', 'patrol']
    """
    folded = map(_folded, _WORD.findall(words))
    return frozenset(word for word in folded if len(word) > 1 and word not in COMMON)


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).removesuffix("'s").removesuffix("’s")


def stem(words: str) -> str:
    """Return the longest word of a trigger without its ending.

    >>> stem("was arrested"), stem("arrests"), stem("shooting")
    ('arrest', 'arrest', 'shoot')
    """
    found = _WORD.findall(words.casefold())
    longest = max(found, key=len, default=words.casefold())
    short = _STEM.sub("", longest)
    return short if len(short) > 2 else longest
