"""What an article says about where it plays: votes for countries and states, names it pins down, its own town.

Evidence, strongest first: a dateline, a name with the place that contains it ("Paris, Texas"), states and countries
named, large cities named, the publisher's domain. Toponym resolution by containment and one sense per discourse:
Leidner 2007, Toponym Resolution in Text.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from extract.resolve.gazetteer import (
    ADMIN1,
    ADMIN2,
    ALIAS,
    CITY,
    COUNTRY,
    DEMONYM,
    REGION,
    Place,
    gazetteer,
    kilometres,
)
from extract.resolve.place_names import key_of
from extract.schema.document import Document

_WORD: Final = re.compile(r"\b(?:[A-Z]\.(?:\s?[A-Z]\.)+|[^\W\d_][\w&]*(?:[-'’](?!s\b)[\w]+)*\.?)")
_DATELINE: Final = re.compile(
    r"\s*([A-Z][A-Z .'’-]{2,40}(?:,\s+[A-Z][\w. ]{1,24}?)?)\s*(?:\([^)\n]{0,40}\))?\s*[-–—]{1,2}\s"
)
_FOLLOWERS: Final = frozenset(
    "county city police department court university college street avenue district state province school high jail"
    " prison hospital airport fire superior parish sheriff times news post authorities government officials island"
    " coroner prosecutor council metropolitan public community area international".split()
)
_COUNTRY_CODES: Final = {"uk": "GBR", "in": "IND", "au": "AUS", "ca": "CAN", "ie": "IRL", "nz": "NZL", "za": "ZAF"} | {
    "ng": "NGA", "pk": "PAK", "ke": "KEN", "ph": "PHL", "il": "ISR", "sg": "SGP", "my": "MYS", "jm": "JAM", "hk": "HKG",
}  # fmt: skip
_COMMON: Final = frozenset(
    "of and the most man male nice reading mobile bath university police march may august sunday monday tuesday"
    " wednesday thursday friday saturday june april july new of same both many orange justice see van best early"
    " independence hope liberty union commerce trade media lead date split worth deal sale wells bill".split()
)
"""Words that also name a town somewhere; as votes they would be noise."""

W_COUNTRY, W_STATE, W_COMPANY = 2.5, 4.0, 1.5
_FEDERAL: Final = frozenset(("USA", "CAN", "AUS", "GBR", "IND"))
"""Countries whose states news names without their country."""

MAX_SCANNED: Final = 6000
"""Words read for votes: the first part of an article says where it plays."""


class Hit(NamedTuple):
    """A name in the running text: its words' span and what it may be."""

    start: int
    end: int
    key: str
    places: tuple[Place, ...]


@dataclass
class Scene:
    """Votes for the places an article is about, and names that it pins to one place."""

    countries: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    pinned: dict[str, Place] = field(default_factory=dict)
    towns: Counter[Place] = field(default_factory=Counter)
    company: list[list[Place]] = field(default_factory=list)

    def vote(self, place: Place, weight: float) -> None:
        """Count a place for its country and its state."""
        if place.country:
            self.countries[place.country] += weight  # type: ignore[assignment]
            if place.admin1:
                self.states[place.country, place.admin1] += weight  # type: ignore[assignment]
        if place.kind in (CITY, ALIAS):
            self.towns[place] += weight  # type: ignore[assignment]

    def share(self, place: Place) -> tuple[float, float]:
        """Return what part of the votes the place's country and its state have."""
        country = self.countries[place.country or ""] / (sum(self.countries.values()) + 1)
        state = self.states[place.country or "", place.admin1 or ""] / (sum(self.states.values()) + 1)
        return country, state if place.admin1 else 0.0

    def fit(self, place: Place) -> float:
        """Return how well a place fits the votes, 0 to 5.5."""
        country, state = self.share(place)
        return W_COUNTRY * country + W_STATE * state

    def near(self, place: Place) -> float:
        """Return how near the article's towns are, 0 to 1, and how many of its other names have a place near by."""
        if place.kind not in (CITY, ALIAS, ADMIN2):
            return 0.0
        best = 0.0
        for town, weight in self.towns.most_common(12):
            if weight >= 1 and town.geonameid != place.geonameid and abs(town.lat - place.lat) < 5:
                best = max(best, math.exp(-kilometres(town, place) / 80) * min(1.0, weight / 2))
        return best + W_COMPANY * self.neighbours(place)

    def neighbours(self, place: Place) -> float:
        """Return how many other names have a candidate near by, each at most 1, saturating at 3."""
        total = 0.0
        for others in self.company:
            if any(other.geonameid == place.geonameid for other in others):
                continue
            close = [o for o in others if abs(o.lat - place.lat) < 1.5 and abs(o.lon - place.lon) < 2]
            if close:
                total += max(math.exp(-kilometres(other, place) / 60) for other in close) / math.sqrt(len(others))
        return 1 - math.exp(-total)

    def is_foreign(self, place: Place) -> bool:
        """Return whether a small place lies in a country of which the article, clear about others, says nothing."""
        clear = sum(self.countries.values()) > 3 and self.share(place)[0] < 0.08
        return place.kind in (CITY, ALIAS) and place.population < 20_000 and clear

    @property
    def home(self) -> Place | None:
        """The town the article plays in: the one with most votes, when no other has half as many."""
        first = self.towns.most_common(2)
        if not first or first[0][1] < 1.5 or (len(first) > 1 and first[1][1] > first[0][1] * 0.7):
            return None
        return first[0][0]


def size(place: Place) -> float:
    """Return how likely a name means this place before anything else is known: countries, then by population."""
    match place.kind:
        case 1:
            return 9.3 if place.population < 50_000_000 else 10.5
        case 5:
            return 9.3
        case 4:
            return 6.5
        case 2:
            return math.log10(place.population + 1000) - (0.0 if place.country in _FEDERAL else 1.5)
        case 3:
            return math.log10(place.population + 100) - 0.5
        case 6:
            return math.log10(place.population + 50) - 0.5
    return math.log10(place.population + 50)


def contains(outer: Place, inner: Place) -> bool:
    """Return whether a place can lie in another: same country, same state, or within 60 km of a town."""
    if outer.country is None:
        return kilometres(outer, inner) < 4000
    if inner.country != outer.country and not (outer.kind == REGION and kilometres(outer, inner) < 300):
        return False
    match outer.kind:
        case 2:
            return inner.admin1 == outer.admin1
        case 3:
            return inner.admin1 == outer.admin1 and kilometres(outer, inner) < 120
        case 4:
            return kilometres(outer, inner) < 700
        case 0 | 6:
            return kilometres(outer, inner) < 60
    return True


def _hits(text: str) -> Iterator[Hit]:
    """Return the names in the text that the gazetteer knows, longest first, none overlapping."""
    words = list(_WORD.finditer(text))[:MAX_SCANNED]
    position = 0
    while position < len(words):
        if not words[position][0][0].isupper():
            position += 1
            continue
        taken = 1
        for count in range(min(4, len(words) - position), 0, -1):
            first, last = words[position], words[position + count - 1]
            surface = text[first.start() : last.end()]
            if count > 1 and (not last[0][0].isupper() or re.search(r"[,;:\n()]", surface)):
                continue
            places = _known(surface)
            if places and (count > 1 or not _in_a_name(text, words, position)):
                yield Hit(first.start(), last.end(), key_of(surface), places)
                taken = count
                break
        position += taken


def _known(surface: str) -> tuple[Place, ...]:
    key = key_of(surface)
    if len(key) < 3 and not (surface.isupper() or surface.endswith(".")):
        return ()
    return () if key in _COMMON else gazetteer().named(key)


def _in_a_name(text: str, words: Sequence[re.Match[str]], position: int) -> bool:
    """Return whether a capitalised neighbour makes the word part of another name: "Jordan Smith", "Mr. Paris"."""
    word = words[position]
    if position + 1 < len(words):
        after = words[position + 1]
        gap = text[word.end() : after.start()]
        joined = gap == " " and after[0][0].isupper() and not after[0].isupper() and not word[0].endswith(".")
        if joined and after[0].lower() not in _FOLLOWERS:
            return True
    if position:
        before = words[position - 1]
        if text[before.end() : word.start()] == " " and before[0][0].isupper() and not before[0].isupper():
            starts = before.start() == 0 or text[: before.start()].rstrip()[-1:] in '.!?"”\n:'
            return not starts and not before[0].endswith((".", "n", "h")) and key_of(before[0]) not in _FOLLOWERS
    return False


def _domain_votes(document: Document, scene: Scene) -> None:
    host = urlsplit("http" + (document.url or "").rpartition("http")[2]).netloc or (
        document.publisher or "" if "." in (document.publisher or "") else ""
    )
    labels = [
        label for label in host.lower().split(":")[0].split(".") if label not in ("www", "com", "co", "org", "net")
    ]
    if labels and labels[-1] in _COUNTRY_CODES:
        scene.countries[_COUNTRY_CODES[labels.pop()]] += 2
    for label in labels[-1:]:
        for length in range(len(label), 4, -1):
            big = [place for place in gazetteer().named(label[:length]) if place.population > 50_000]
            if big and label[:length] not in _COMMON:
                scene.vote(max(big, key=size), 1)
                return


def _pairs(text: str, hits: Sequence[Hit], scene: Scene) -> None:
    """Pin the names that the next name contains: "Paris, Texas", "Lagos, Nigeria", "Fort Worth, TX"."""
    for inner, outer in itertools.pairwise(hits):
        gap = text[inner.end : outer.start]
        if not re.fullmatch(r",? ?\(?|, (?:in )?|,? in ", gap) or gap in ("", " "):
            continue
        outers = [place for place in outer.places if place.kind in (ADMIN1, COUNTRY)]
        found = [
            place
            for place in inner.places
            if place.kind in (CITY, ALIAS, ADMIN2, ADMIN1)
            and any(contains(one, place) and one != place for one in outers)
        ]
        if found:
            place = max(found, key=size)
            scene.pinned.setdefault(inner.key, place)
            scene.vote(place, 2)


def _single(hit: Hit, scene: Scene) -> None:
    best = sorted(hit.places, key=size, reverse=True)
    first = best[0]
    if len(hit.key) == 2 and first.kind == ADMIN1:
        return  # "OK", "IN", "ME": a state only after a comma
    if first.kind in (COUNTRY, ADMIN1):
        georgia = len({place.country for place in best if place.kind in (COUNTRY, ADMIN1)}) > 1
        scene.vote(first, 0.2 if georgia else 1)
    elif first.kind == DEMONYM or (
        first.kind == CITY and first.population > 100_000 and (len(best) < 2 or size(first) - size(best[1]) > 0.7)
    ):
        scene.vote(first, 0.6)


def scene_of(document: Document) -> Scene:
    """Return what the article's text, title and publisher say about where it plays."""
    scene = Scene()
    _domain_votes(document, scene)
    dateline = _DATELINE.match(document.text)
    for text in (document.title or "", document.text):
        hits = list(_hits(text))
        _pairs(text, hits, scene)
        for hit in hits:
            _single(hit, scene)
            if dateline and text is document.text and hit.end <= dateline.end():
                pinned = scene.pinned.get(hit.key)
                scene.vote(pinned or max(hit.places, key=lambda place: size(place) + scene.fit(place)), 3)
    return scene
