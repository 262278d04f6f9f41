"""When two fillers are the same: words stripped of what does not name anything, then equal or half in common."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from extract.schema.ontology import FILLER_SLOTS
from extract.score.assign import assign
from extract.score.scored import ScoredDate, ScoredEvent, ScoredFiller

LENIENT_F1: Final = 0.5
"""The least token F1 of a lenient match (SCORING.md section 2)."""

Pairs = tuple[tuple[int, int], ...]
"""(gold, predicted) positions within one slot."""

_DROPPED: Final = frozenset("a an the my your his her its our their".split())
_TITLES: Final = tuple(
    sorted(
        (
            tuple(one.split())
            for one in (
                "deputy district attorney|assistant district attorney|district attorney|state attorney|us attorney|"
                "united states attorney|assistant us attorney|attorney general|deputy attorney general|da|ada|"
                "chief justice|presiding judge|chief judge|district judge|judge|magistrate|hon|honorable|honourable|"
                "prime minister|vice president|president|chancellor|minister|governor|gov|mayor|senator|sen|rep|"
                "representative|congressman|congresswoman|king|queen|prince|princess|pope|bishop|reverend|rev|father|"
                "imam|sheikh|ayatollah|police chief|chief|police officer|officer|ofc|deputy sheriff|sheriff|deputy|"
                "detective|det|inspector|superintendent|sergeant|sgt|lieutenant|lt|captain|capt|colonel|col|corporal|"
                "cpl|gen|maj|commander|cmdr|constable|special agent|mr|mrs|ms|miss|mx|sir|dame|lord|lady|dr|doctor|"
                "prof|professor|former|ex"
            ).split("|")
        ),
        key=len,
        reverse=True,
    )
)
_NO_NAME_FOLLOWS: Final = frozenset(
    "of for and or in at to on department dept office ministry court league committee commission unit board agency "
    "guard palace county".split()
)
"""Before one of these a title is part of another name: "Sheriff Department", "Attorney General of Texas"."""

# a number with its points and commas; letters with points between (U.S.); a word, apostrophes inside
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)+|\w(?:\.\w)+\b|\w+(?:'\w+)*")


@lru_cache(maxsize=1 << 16)
def normalised(text: str) -> tuple[str, ...]:
    """Return the words that count: lower-cased, without articles, leading titles, possessives and punctuation.

    A title goes only where a name follows it, and a text of dropped words alone keeps them, so no filler is wordless.

    >>> normalised("the Honorable Judge John O'Neill"), normalised("The judge"), normalised("U.S. 1,000")
    (('john', 'oneill'), ('judge',), ('us', '1000'))
    >>> normalised("Kings County District Attorney’s Office")
    ('kings', 'county', 'district', 'attorney', 'office')
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    found = [word for word in _TOKEN.findall(plain) if word not in _DROPPED]
    if not found:
        return tuple(_TOKEN.findall(plain)) or (plain.strip(),)
    while length := _title_length(found):
        found = found[length:]
    return tuple(_bare(word) for word in found)


def _bare(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "").removesuffix("'s").replace("'", "")
    return word.removesuffix("'s").replace("'", "").replace(".", "")


def _title_length(words: Sequence[str]) -> int:
    """Return how many leading words are a title of the name that follows; "sheriff's" is no title of an office."""
    plain = tuple(word.replace(".", "") for word in words[:4])
    for title in _TITLES:
        size = len(title)
        if len(words) > size and plain[:size] == title:
            following = words[size]
            return 0 if following in _NO_NAME_FOLLOWS or following[0].isdigit() else size
    return 0


def token_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the F1 of two bags of words, repeated words counted as often as both have them.

    >>> token_f1(["armed", "robbery"], ["robbery"])
    0.6666666666666666
    """
    common = (Counter(gold) & Counter(predicted)).total()
    return 2 * common / (len(gold) + len(predicted))


@lru_cache(maxsize=1 << 16)
def _words(texts: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(normalised(text) for text in texts)


def same_filler(gold: ScoredFiller, predicted: ScoredFiller, *, strict: bool) -> bool:
    """Return whether the predicted text or name is one of the gold mentions (strict), or half of one (lenient)."""
    accepts, claims = _words(gold.accepts), _words(predicted.claims)
    if not accepts.isdisjoint(claims):
        return True
    return not strict and any(token_f1(one, other) >= LENIENT_F1 for one in accepts for other in claims)


def same_date(gold: ScoredDate, predicted: ScoredDate) -> bool:
    """Return whether both cover the same days; two dates that nothing anchors are the same if their words are."""
    if _unresolved(gold) or _unresolved(predicted):
        both = _unresolved(gold) and _unresolved(predicted)
        return both and normalised(gold.text) == normalised(predicted.text)
    return (gold.earliest, gold.latest) == (predicted.earliest, predicted.latest)


def _unresolved(date: ScoredDate) -> bool:
    return date.earliest is None and date.latest is None


def _most(matches: Sequence[Sequence[int]]) -> Pairs:
    """Return the most pairs that match, one gold to one predicted; `matches`: (gold, predicted), 0 no, 2 better than 1.

    Among the pairings of most matches the one with most of the better kind is taken.
    """
    many = 2 * len(matches)
    pairs = assign([[many * (kind > 0) + kind for kind in row] for row in matches])
    return tuple((row, column) for row, column in pairs if matches[row][column])


def pair_fillers(gold: Sequence[ScoredFiller], predicted: Sequence[ScoredFiller], *, strict: bool) -> Pairs:
    """Return the maximum one-to-one matching of two slots' fillers, strict matches before lenient ones."""
    if not gold or not predicted:
        return ()
    kinds = [
        [
            2 if same_filler(one, other, strict=True) else int(same_filler(one, other, strict=strict))
            for other in predicted
        ]
        for one in gold
    ]
    return _most(kinds)


def pair_slots(gold: ScoredEvent, predicted: ScoredEvent, *, strict: bool) -> Mapping[str, Pairs]:
    """Return what matches in each of the nine slots of two events."""
    dates = [[int(same_date(one, other)) for other in predicted.dates] for one in gold.dates]
    fillers = {slot: pair_fillers(gold.fillers(slot), predicted.fillers(slot), strict=strict) for slot in FILLER_SLOTS}
    return {"date": _most(dates), **fillers}
