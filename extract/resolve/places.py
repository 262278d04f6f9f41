"""Place mentions to places: country, state, coordinates, GeoNames id.

A mention is cut into parts; each part's candidates come from the gazetteer; a container in the mention rules out
what does not lie in it; the rest is settled by the article's votes, nearness to its other places, and population.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.resolve.gazetteer import ADMIN1, ADMIN2, ALIAS, CITY, COUNTRY, DEMONYM, REGION, Place, gazetteer
from extract.resolve.place_names import key_of
from extract.resolve.place_parts import SITE, Part, part_of, phrases, pieces, segments, without_roads
from extract.resolve.place_scene import Scene, contains, scene_of, size
from extract.schema.annotation import Annotated, Mention, PlaceValue, Unresolved, Value
from extract.schema.document import Document

_PRECISION: Final = {CITY: "city", ALIAS: "city", COUNTRY: "country", DEMONYM: "country"}
_RANK: Final = {CITY: 0, ALIAS: 0, ADMIN2: 1, ADMIN1: 2, REGION: 3, COUNTRY: 4, DEMONYM: 5}
_CITY_FIRST: Final = frozenset(("new york", "washington"))
"""States that share their name with a city that is meant more often."""
_FIXED: Final = {"L.A.": "Los Angeles", "T&T": "Trinidad and Tobago", "D.C.": "Washington DC", "Gulf": "the Gulf"}
"""Short forms whose key would be another place's: "L.A." is not Louisiana."""
_LEFT_OUT: Final = frozenset(
    "man male area areas city town village state country house home school hospital court center centre park police"
    " station street road block corner school district university college bank store market bar church mosque"
    " restaurant block prison jail airport a b c d e i s an the north south east west street".split()
)
"""Words of a description; a town of that name somewhere is not what is meant."""


def _value(place: Place) -> PlaceValue | Unresolved:
    if place.lat == 0 and place.lon == 0:
        return Unresolved("the gazetteer has no position")
    return PlaceValue(
        country=place.country,
        admin1=place.admin1 if place.kind in (CITY, ALIAS, ADMIN1, ADMIN2) else None,
        lat=place.lat,
        lon=place.lon,
        geonameid=place.geonameid if place.geonameid > 0 else None,
        precision=_PRECISION.get(place.kind, "region"),
    )


def _hinted(place: Place, hint: str) -> float:
    match hint:
        case "division":
            return 2.5 if place.kind == ADMIN2 else 0.0
        case "state":
            return 1.5 if place.kind in (ADMIN1, REGION) else 0.0
        case "city":
            return 1.0 if place.kind in (CITY, ALIAS) else 0.0
    return 0.0


W_NEAR = 4.0
_COUNTY: Final = re.compile(r" (?:county|counties|co\.|parish)\b", re.I)
MAX_CANDIDATES, MAX_VOTING = 25, 40


class Resolver:
    """Resolves the place mentions of one article against its scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def score(self, place: Place, hint: str = "") -> float:
        """Return how likely the place is what the article means."""
        return size(place) + self.scene.fit(place) + W_NEAR * self.scene.near(place) + _hinted(place, hint)

    def best(self, part: Part, within: Sequence[Place] = ()) -> Place | None:
        """Return the likeliest place of the part, inside all containers when any candidate is."""
        for form in part.forms:
            key = key_of(_FIXED.get(form, form))
            if key in _LEFT_OUT:
                continue
            found = gazetteer().named(key)
            if part.hint == "division":
                found += tuple(one for one in gazetteer().named(f"{key} county") if one.kind == ADMIN2)
            if len(key) <= 2 and not (form.replace(".", "").isupper() or form.endswith(".")):
                found = ()
            if key in _CITY_FIRST and not part.hint:
                found = tuple(place for place in found if place.kind != ADMIN1) if not within else found
            if within:
                found = tuple(place for place in found if all(contains(one, place) for one in within))
            elif (pinned := self.scene.pinned.get(key)) is not None and not part.hint:
                return pinned
            if found:
                return self._likeliest(found, part.hint)
        return None

    def _likeliest(self, found: Sequence[Place], hint: str) -> Place:
        """Return the place of highest score; a country yields only to a town that the article is clearly near."""
        first = max(found, key=lambda place: self.score(place, hint))
        country = next((place for place in found if place.kind == COUNTRY), None)
        if country is not None and first.kind not in (COUNTRY, DEMONYM):
            supported = (
                first.population >= 3000 and self.scene.share(first)[1] > 0.3 and first.country != country.country
            )
            return first if supported and country.population < 50_000_000 else country
        return first

    def candidates(self, text: str) -> list[Place]:
        """Return the towns and counties that a one-name mention may mean, the largest first."""
        for form in part_of(text).forms:
            found = [place for place in gazetteer().named(key_of(form)) if place.kind in (CITY, ALIAS, ADMIN2)]
            if found and key_of(form) not in _LEFT_OUT:
                return sorted(found, key=size, reverse=True)[:MAX_CANDIDATES]
        return []

    def margin(self, text: str) -> float:
        """Return how far the likeliest reading of a mention is ahead of the next."""
        scores = sorted((self.score(place) for place in self.candidates(text)), reverse=True)
        return scores[0] - scores[1] if len(scores) > 1 else 9.0

    def inner(self, piece: str, within: Sequence[Place]) -> Place | None:
        """Return the place named inside a longer phrase, if the article's scene supports it or it is large."""
        for phrase in phrases(piece):
            place = self.best(Part((phrase,), ""), within)
            if place is None:
                continue
            known = place.kind in (COUNTRY, DEMONYM, ADMIN1) or place.population >= 100_000
            if known or within or self.scene.share(place)[1] > 0.2:
                return place
        return None

    def resolve(self, text: str, after: str = "") -> Place | None:
        """Return the most specific place that the mention names; `after` is the word that follows it in the text."""
        part = part_of(text)
        if _COUNTY.match(after):
            part = part._replace(hint="division")
        whole = self.best(part) if "," not in text else None
        if whole is not None:
            return whole
        within: list[Place] = []
        for segment in reversed(segments(without_roads(text))):
            place = self.best(part_of(segment), within)
            found = [place] if place else self._pieces(segment, within)
            within += [one for one in found if all(contains(outer, one) for outer in within)]
        if not within:
            return None
        finest = min(_RANK[place.kind] for place in within)
        return [place for place in within if _RANK[place.kind] == finest][-1]

    def _pieces(self, segment: str, within: Sequence[Place]) -> list[Place]:
        found: list[Place] = []
        cased = any(letter.isupper() for letter in segment)
        for piece in reversed(pieces(segment)):
            if cased and piece.islower():
                continue  # "Detroit's east side": a description, not the town of East Side
            place = self.best(part_of(piece), [*within, *found]) or self.inner(piece, [*within, *found])
            if place is not None:
                found.append(place)
        return found


def _settle(resolver: Resolver, mentions: Sequence[Mention]) -> None:
    """Let the mentions vote, the clearest first, so that the article's other names follow them."""
    waiting = list(dict.fromkeys(mention.text for mention in mentions))[:MAX_VOTING]
    resolver.scene.company = [found for text in waiting if (found := resolver.candidates(text))]
    while waiting:
        margins = [(resolver.margin(text), -number) for number, text in enumerate(waiting)]
        _, number = max(margins)
        place = resolver.resolve(waiting.pop(-number))
        if place is not None and not resolver.scene.is_foreign(place):
            resolver.scene.vote(place, 1.0 if place.kind in (CITY, ALIAS, ADMIN2) else 0.5)


def resolve_places(annotated: Annotated) -> Annotated:
    """Return the article with a `PlaceValue` for each place mention, or `Unresolved` and the reason.

    A street or building without a town's name takes the article's own town, with precision "city".

    >>> from extract.schema import Document
    >>> text = "They met in Paris, Texas."
    >>> place = Mention("Paris, Texas", 12, 24, "place", 1.0, 0)
    >>> value = resolve_places(Annotated(Document("d", text), (place,))).values[0]
    >>> value.country, value.admin1, value.precision
    ('USA', 'Texas', 'city')
    """
    numbered = [(number, one) for number, one in enumerate(annotated.mentions) if one.label == "place"]
    if not numbered:
        return annotated
    resolver = Resolver(scene_of(annotated.document))
    _settle(resolver, [mention for _, mention in numbered])
    values: dict[int, Value] = dict(annotated.values)
    for number, mention in numbered:
        home = (annotated.document.title or "") if mention.title else annotated.document.text
        values[number] = _one(resolver, mention.text, home[mention.end : mention.end + 12])
    return replace(annotated, values=values)


def place_of(name: str) -> PlaceValue | None:
    """Return what a name means by itself, without an article around it.

    >>> place_of("Paris, Texas").country, place_of("Zzyzzx")
    ('USA', None)
    """
    mention = Mention(name, 0, len(name), "place", 1.0, 0)
    value = resolve_places(Annotated(Document(name, name), (mention,))).values[0]
    return value if isinstance(value, PlaceValue) else None


def _one(resolver: Resolver, text: str, after: str) -> Value:
    place = resolver.resolve(text, after)
    if place is not None and not resolver.scene.is_foreign(place):
        return _value(place)
    home = resolver.scene.home
    if home is not None and SITE.search(text):
        return _value(home)
    return Unresolved(f"no place named {text!r} is known")
