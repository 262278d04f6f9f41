"""Actors: what kind of one, and whose, from all the names an entity goes by."""

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from extract.resolve.gazetteer import ADMIN1, COUNTRY, country_of, places_named
from extract.schema.annotation import ActorValue, Annotated, Value

_STATE = re.compile(
    r"\b(?:government|kremlin|white house|regime|junta|authorities|pyongyang|downing street|the state)\b", re.IGNORECASE
)
_BODY = re.compile(
    r"\b(?:court|tribunal|police(?! officers?\b)|department|dept|sheriff['’]s? office|prosecutor['’]?s['’]? office|attorney['’]s office|ministry|"
    r"office|agency|bureau|commission|committee|council|corporation|company|corp|inc|llc|ltd|bank|university|school|hospital|army|"
    r"military|navy|air force|forces|guard|fbi|dea|atf|nypd|lapd|association|organi[sz]ation|union|party|front|watch|amnesty|network|"
    r"group|foundation|centre|center|institute|jury|parliament|senate|congress|church|newspaper|mission|unit|division|squad|task force|"
    r"prosecution|state attorney|militia|taliban|isis|hamas|hezbollah|boko haram|al[- ]qaeda|islamic state|working group|federation)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:people|men|women|children|students|protesters|demonstrators|officers|soldiers|troops|suspects|victims|defendants|workers|"
    r"residents|activists|journalists|prosecutors|officials|gunmen|militants|rebels|members|civilians|migrants|villagers|"
    r"detectives|investigators|deputies|lawyers|others|boys|girls|teenagers|prisoners|inmates|attackers|supporters|families|they|them|"
    r"detainees|passengers|customers|crowd|mob|gang|couple|police)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands|several|many|some)\b(?!-)",
    re.I,
)


def kind_of(names: list[str]) -> str:
    """Return person, group, organisation or state, by the first name that tells.

    >>> kind_of(["Varrena Regional Court"]), kind_of(["two men"]), kind_of(["he", "Ana Ruiz"])
    ('organisation', 'group', 'person')
    """
    for name in names:
        if _STATE.search(name) or any(one.kind == COUNTRY for one in places_named(name)):
            return "state"
        if _NUMBER.match(name) or (_MANY.search(name) and not name[:1].isupper()):
            return "group"
        if _BODY.search(name):
            return "organisation"
        if _MANY.search(name):
            return "group"
    return "person"


@lru_cache(maxsize=20_000)
def home_of(name: str) -> str | None:
    """Return the alpha-3 code of the country a name holds, by its own name, its people's or a state's of it.

    >>> home_of("Ukrainian police")
    'UKR'
    """
    words = name.split()[:12]
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            span = " ".join(words[start : start + size])
            if not span[:1].isupper():
                continue
            if (country := country_of(span)) is not None:
                return country
            if len(span) > 3 and (found := [one for one in places_named(span) if one.kind == ADMIN1]):
                return found[0].country
    return None


def resolve_actors(annotated: Annotated) -> Annotated:
    """Return the article with a value for every agent mention; an entity's mentions share theirs."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(annotated.mentions):
        if mention.label == "agent":
            groups[mention.entity].append(number)
    values: dict[int, Value] = {}
    for numbers in groups.values():
        names = sorted({annotated.mentions[n].text for n in numbers}, key=lambda name: (-len(name), name))
        country = next((found for name in names if (found := home_of(name))), None)
        value = ActorValue(kind_of(names), country)
        values |= dict.fromkeys(numbers, value)
    return replace(annotated, values={**annotated.values, **values})
