"""Stories: do records of one event from several articles get one story? On ECB+, and on articles of shootings.

ECB+ measures linking alone. Each event of our kinds that it marks in an article (see `ecbplus.TRIGGERS`) is one record,
its mentions in that article put together as ECB+ has them, its participants, places and time those of the trigger's
sentence, resolved and assembled as `run` does. The gold story is ECB+'s chain across articles. Figures are over these
records, so that what ECB+ says of one article's own mentions earns nothing. All articles of a set are linked at once,
and nothing says which topic an article belongs to. The baseline is told each article's topic and makes one story of all
records of a topic with the same type and lemma; ECB+ holds two events of a kind in each topic.

It does not measure whether the model finds events and slots (it reads none of these articles); who did what to whom,
since every participant stands as a target; offences, counts and penalties, which ECB+ does not mark; and hardly days,
of which most hang on a day of publication that ECB+ gives only in some articles' addresses. Figures of papers on ECB+
are over all events and all mentions, and are no measure for these.

Shootings measure what the model reads, linked: of each article's records the killing or attack named most often is its
main one, and two main ones are one story when the archive joins their articles to one incident. All records of all
articles are linked; articles without such a record are left out of the figures, and counted. The baseline makes one
story of main records of one day in one town. It does not measure records of other types.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.schema.annotation import Annotated, PlaceValue
from extract.schema.event import Event
from extract.score.benchmarks.coreference import coreference
from extract.score.benchmarks.ecbplus import GoldArticle
from extract.score.benchmarks.incidents import main_event

Read = Callable[[Annotated], Sequence[Event]]
"""Gold annotations to records: resolve and assemble."""
Tell = Callable[[Iterable[Event]], Mapping[str, str]]
"""Records to the story of each, by event id: the linker."""


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """A record made of gold annotations, its gold story, and what the baseline goes by."""

    event: Event
    story: str
    topic: int
    lemma: str


def records_of(articles: Iterable[GoldArticle], read: Read) -> list[GoldRecord]:
    """Return a record for each event of our kinds in each article."""
    found = []
    for article in articles:
        for event in read(article.annotated):
            at = min((span.start, span.end) for span in event.triggers)
            found.append(GoldRecord(event, article.chains[at], article.topic, article.lemmas[at]))
    return found


def story_figures(records: Sequence[GoldRecord], tell: Tell) -> dict[str, Any]:
    """Return the figures of the linker over all records at once and within each topic, and those of the baseline."""
    gold = {one.event.event_id: one.story for one in records}
    by_topic: dict[str, str] = {}
    for topic in sorted({one.topic for one in records}):
        by_topic |= tell([one.event for one in records if one.topic == topic])
    lemmas = {one.event.event_id: f"{one.topic} {one.event.type} {one.lemma}" for one in records}
    return {
        "topics": len({one.topic for one in records}),
        "articles": len({one.event.doc_id for one in records}),
        "records": len(records),
        "stories": len(set(gold.values())),
        "linked": coreference(gold, tell([one.event for one in records])),
        "linked_within_topics": coreference(gold, by_topic),
        "baseline_type_and_lemma_within_topics": coreference(gold, lemmas),
    }


def shooting_figures(articles: Sequence[tuple[str, Sequence[Event]]], tell: Tell) -> dict[str, Any]:
    """Return the figures over the main records of articles, each given as its incident's number with its records."""
    story_of = tell([event for _, events in articles for event in events])
    main = [(incident, event) for incident, events in articles if (event := main_event(events)) is not None]
    gold = {event.event_id: incident for incident, event in main}
    return {
        "articles": len(articles),
        "incidents": len({incident for incident, _ in articles}),
        "main_records": len(main),
        "linked": coreference(gold, {one: story_of[one] for one in gold}),
        "baseline_day_and_town": coreference(gold, {event.event_id: _day_and_town(event) for _, event in main}),
    }


def _day_and_town(event: Event) -> str:
    """Return the day and the first town's GeoNames id, the record's own id where either is unknown."""
    days = [one.earliest for one in event.date if one.earliest is not None and one.earliest == one.latest]
    places = [one.value for one in event.location if isinstance(one.value, PlaceValue)]
    towns = [one.geonameid for one in places if one.geonameid is not None and one.precision in ("point", "city")]
    return f"{days[0]} {towns[0]}" if days and towns else event.event_id
