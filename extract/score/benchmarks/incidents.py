"""Gun-violence incidents: is the shooting that an article reports dated and placed right, from its text alone?

Articles of the Gun Violence Database (Pavlick et al. 2016) are joined by id to the incidents of the Gun Violence
Archive: date, city, state. Of an article's records of a killing or an attack the one named most often is taken.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UsageError
from extract.schema.annotation import PlaceValue
from extract.schema.document import Document
from extract.schema.event import Event
from extract.score.benchmarks.geoparsing import Point
from extract.score.counts import kilometres

CLOSE_KM = 25.0
"""A place within this distance of the city's centre counts as in it: coordinates of suburbs and streets differ."""
TYPES = ("killing", "attack")


@dataclass(frozen=True, slots=True)
class Incident:
    """What the archive says: the day, and the city with its state ("Pekin, Illinois")."""

    day: dt.date
    city: str


def read_incidents(path: Path) -> dict[str, Incident]:
    """Return the incidents by their number; raises `UsageError` when the file is not there."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; corpus/sources.toml says where the benchmark comes from")
    found = {}
    with path.open(encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            day = dt.datetime.strptime(raw["date"], "%B %d, %Y").date()
            city = raw["city_or_county"].split(" (")[0]
            found[str(raw["incident_uri"])] = Incident(day, f"{city}, {raw['state']}")
    return found


def main_event(events: Iterable[Event]) -> Event | None:
    """Return the killing or attack with the most triggers, the first in the text among equals."""
    told = [one for one in events if one.type in TYPES]
    return max(told, key=lambda one: (len(one.triggers), -min(span.start for span in one.triggers)), default=None)


@dataclass(frozen=True, slots=True)
class IncidentFigures:
    """Counts over the articles: with a record at all, its day right, its city right; `cities`: known to `locate`."""

    articles: int
    found: int
    dated: int
    day_right: int
    placed: int
    city_right: int
    cities: int

    def to_json(self) -> dict[str, float | None]:
        """Return the counts and the two shares: days over all articles, cities over those whose city is known."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        day = round(self.day_right / self.articles, 4) if self.articles else None
        city = round(self.city_right / self.cities, 4) if self.cities else None
        return {**counts, "day_accuracy": day, "city_accuracy": city}


def incident_figures(
    articles: Sequence[tuple[Document, Incident]],
    read: Callable[[Document], Iterable[Event]],
    locate: Callable[[str], Point | None],
) -> IncidentFigures:
    """Return how often `read` dates and places the incident right; `locate` gives a city's point."""
    found = dated = day_right = placed = city_right = cities = 0
    for document, incident in articles:
        event = main_event(read(document))
        there = locate(incident.city)
        cities += there is not None
        if event is None:
            continue
        found += 1
        days = [(one.earliest, one.latest) for one in event.date if one.value]
        dated += bool(days)
        day_right += (incident.day.isoformat(),) * 2 in days
        points = [one for filler in event.location if (one := _point(filler.value)) is not None]
        placed += bool(points)
        city_right += there is not None and any(kilometres(*one, *there) <= CLOSE_KM for one in points)
    return IncidentFigures(len(articles), found, dated, day_right, placed, city_right, cities)


def _point(value: object) -> Point | None:
    if not isinstance(value, PlaceValue) or value.lat is None or value.lon is None or value.precision == "country":
        return None
    return value.lat, value.lon
