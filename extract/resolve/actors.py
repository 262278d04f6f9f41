"""Actors: what kind of one, and whose, from all the names an entity goes by."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extract.resolve.actor_words import CAPITALS, STATE_NAMES, head_of, kind_of_phrase
from extract.resolve.gazetteer import ADMIN1, COUNTRY, DEMONYM, REGION, country_of, places_named
from extract.schema.annotation import ActorValue, Annotated, Value

_AMERICAN: Final = re.compile(
    r"\b(?:FBI|DEA|ATF|ICE|CIA|NYPD|LAPD|NOPD|DHS|Homeland Security|sheriff['’]s (?:office|department)|"
    r"district attorney['’]?s?|Treasury Department|Justice Department|State Department|Pentagon)\b"
)
"""Bodies that only the United States have."""
MAX_WORDS: Final = 14


def _is_country(name: str) -> bool:
    key = name.removeprefix("the ").removeprefix("The ")
    return name.lower() in STATE_NAMES or any(one.kind == COUNTRY for one in places_named(key))


def kind_of(names: Sequence[str]) -> str:
    """Return person, group, organisation or state: each name votes with how surely its head tells.

    >>> kind_of(["Varrena Regional Court"]), kind_of(["two men"]), kind_of(["he", "Ana Ruiz"])
    ('organisation', 'group', 'person')
    """
    votes: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        if _is_country(name) or name.lower() in CAPITALS:
            votes["state"] += 4
            continue
        if name[:1].isupper() and name.endswith("s") and any(one.kind == DEMONYM for one in places_named(name)):
            votes["group"] += 3
            continue
        kind, weight = kind_of_phrase(name)
        votes[kind] += weight  # type: ignore[assignment]
    return votes.most_common(1)[0][0] if votes else "person"


def _is_a_persons_name(name: str) -> bool:
    words = name.split()
    return len(words) in (2, 3, 4) and kind_of_phrase(name) == ("person", 2)


@lru_cache(maxsize=20_000)
def home_of(name: str) -> str | None:
    """Return the alpha-3 code of the country a name holds: its own name, its people's, or one of its states'.

    A person's own name holds none: "Jordan Chad" is not of Jordan. A one-word name that is a capital stands for its
    state.

    >>> home_of("Ukrainian police"), home_of("Arizona Department of Corrections"), home_of("Israel Rivera")
    ('UKR', 'USA', None)
    """
    if name.lower() in CAPITALS:
        return CAPITALS[name.lower()]
    if _is_a_persons_name(name):
        return None
    words = re.findall(r"[\w.&-]+", name)[:MAX_WORDS]
    for size in (4, 3, 2, 1):
        for start in range(len(words) - size + 1):
            span = " ".join(words[start : start + size])
            if (len(span) > 3 or span.replace(".", "").isupper()) and span[0].isupper():
                if (country := country_of(span)) is not None and not (span == "US" and name.isupper()):
                    return country
                if country_by_state := _state(span):
                    return country_by_state
    return "USA" if _AMERICAN.search(name) else None


def _state(span: str) -> str | None:
    """Return the country of the state or region with this name, where no other country has one."""
    if len(span) < 4:
        return None
    found = {one.country for one in places_named(span) if one.kind in (ADMIN1, REGION) and one.country}
    return found.pop() if len(found) == 1 else None


def resolve_actors(annotated: Annotated) -> Annotated:
    """Return the article with a value for every agent mention; an entity's mentions share theirs.

    >>> from extract.schema import Document, Mention
    >>> he, name = Mention("He", 0, 2, "agent", 1.0, 0), Mention("Iranian journalist", 9, 27, "agent", 1.0, 0)
    >>> resolve_actors(Annotated(Document("d", "He is an Iranian journalist."), (he, name))).values[0]
    ActorValue(kind='person', country='IRN')
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(annotated.mentions):
        if mention.label == "agent":
            groups[mention.entity].append(number)
    values: dict[int, Value] = {}
    for numbers in groups.values():
        names = sorted({annotated.mentions[n].text for n in numbers}, key=lambda name: (-len(name), name))
        own = [name for name in names if head_of(name) != "district attorney"]
        country = next((found for name in own if (found := home_of(name))), None)
        values |= dict.fromkeys(numbers, ActorValue(kind_of(names), country))
    return replace(annotated, values={**annotated.values, **values})
