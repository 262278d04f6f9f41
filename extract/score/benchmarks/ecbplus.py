"""ECB+ (Cybulska & Vossen 2014): its gold events of our kinds as annotations that resolve and assemble read.

What is an event of ours is told from its trigger by TRIGGERS. Its arguments are all participants, places and the
nearest time that ECB+ marks in the trigger's sentence: ECB+ says that they are there, not what part they play, so every
participant stands as a target. Mentions of one article are one entity or event where ECB+ says so; what it says
across articles is kept for scoring alone.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from extract.errors import UsageError
from extract.schema.annotation import Annotated, Link, Mention, Trigger
from extract.schema.document import Document

TRAIN: Final = tuple(range(1, 36))
DEV: Final = (2, 5, 12, 18, 21, 23, 34, 35)
TEST: Final = tuple(range(36, 46))
TRIGGERS: Final[Mapping[str, str]] = {
    "killing": "kill kills killed killing killings, murder murders murdered murdering, slay slaying slayings slain, "
    "homicide homicides manslaughter, assassinate assassinated assassination, gun gunned",
    "attack": "shoot shoots shooting shootings shot, attack attacks attacked attacking, stab stabbed stabbing, "
    "assault assaults assaulted assaulting, bomb bombing bombings bombed, wound wounds wounded wounding, rape raped",
    "arrest": "arrest arrests arrested arresting, capture captures captured capturing, "
    "detain detained detention custody, apprehend apprehended apprehending apprehension",
    "charge": "charge charges charged charging, indict indicted indictment",
    "trial": "trial trials, hearing hearings, arraign arraigned arraignment",
    "conviction": "convict convicted conviction convictions, guilty",
    "sentence": "sentence sentences sentenced sentencing",
    "acquittal": "acquit acquitted acquittal",
    "appeal": "appeal appeals appealed appealing",
    "execution": "execute executed execution",
    "release": "bail, parole paroled, free freed",
    "extradition": "extradite extradited extradition, deport deported deportation",
    "abduction": "kidnap kidnapped kidnapping, abduct abducted abduction, hijack hijacked hijacking",
    "protest": "riot riots rioted rioting, protest protests protested protesting",
    "investigation": "investigate investigated investigating investigation, raid raids raided",
    "offence": "steal steals stole stolen stealing theft thefts, rob robbed robbing robbery robberies heist heists, "
    "burglary burglaries, arson, smuggle smuggled smuggling",
    "accusation": "accuse accuses accused accusing accusation",
}
"""Type -> the forms that name it, by lemma, the lemma first. No form of "die": most deaths of ECB+ are natural."""
_OF_FORM: Final = {
    form: (kind, forms.split()[0])
    for kind, lemmas in TRIGGERS.items()
    for forms in lemmas.split(", ")
    for form in forms.split()
}
_DAY: Final = re.compile(r"/ ([12]\d{3}) / (\d{1,2}|[a-z]{3}) / (\d{1,2}) /")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LABELS: Final = {"HUMAN_PART": "agent", "LOC_": "place", "TIME_DATE": "date", "TIME_OF_THE_DAY": "date"}
_SLOTS: Final = {"agent": "target", "place": "location", "date": "date"}


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold annotation; `chains` and `lemmas` are by the offsets of a trigger."""

    topic: int
    annotated: Annotated
    chains: Mapping[tuple[int, int], str]
    lemmas: Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A mention of ECB+: its tag, sentence, offsets and words, and the instance that it is a mention of."""

    tag: str
    sentence: int
    start: int
    end: int
    text: str
    instance: str


def lemma_of(words: str) -> tuple[str, str] | None:
    """Return type and lemma of a trigger of our kinds.

    >>> lemma_of("was arrested"), lemma_of("announced")
    (('arrest', 'arrest'), None)
    """
    return next((_OF_FORM[word] for word in words.lower().split() if word in _OF_FORM), None)


def read_ecbplus(folder: Path, topics: Iterable[int]) -> list[GoldArticle]:
    """Return the topics' articles, sentences of the release's list alone; `folder` holds the list and `ECB+`.

    Raises `UsageError` when the corpus is not there.
    """
    listed = folder / "ECBplus_coreference_sentences.csv"
    if not listed.is_file():
        raise UsageError(f"{listed}: no such file; ECB+ 1.0 as released, unpacked, is what is read")
    checked: dict[str, set[int]] = defaultdict(set)
    with listed.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            checked[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return [
        _article(topic, path, checked[path.stem])
        for topic in topics
        for path in sorted((folder / "ECB+" / str(topic)).glob("*.xml"))
        if checked[path.stem]
    ]


def _article(topic: int, path: Path, checked: set[int]) -> GoldArticle:
    root = ElementTree.parse(path).getroot()
    tokens = [(one.get("t_id", ""), int(one.get("sentence", "0")), one.text or "") for one in root.iter("token")]
    address = " ".join(text for _, sentence, text in tokens if sentence == 0).lower()
    places, text = _laid_out(tokens)
    document = Document(f"ecbplus/{path.stem}", text, published=_published(address))
    marked = [one for one in _marked(root, places, text) if one.sentence in checked]
    return _annotated(topic, document, marked)


def _laid_out(tokens: Sequence[tuple[str, int, str]]) -> tuple[dict[str, tuple[int, int, int]], str]:
    """Return (sentence, start, end) of every token, and the text they make: a sentence a line."""
    places: dict[str, tuple[int, int, int]] = {}
    parts: list[str] = []
    position, before = 0, None
    for name, sentence, words in tokens:
        gap = "" if before is None else " " if sentence == before else "\n"
        parts += [gap, words]
        position += len(gap)
        places[name] = (sentence, position, position + len(words))
        position, before = position + len(words), sentence
    return places, "".join(parts)


def _published(address: str) -> str | None:
    """Return the day that the article's address tells.

    >>> _published("http : / / a . com / 2009 / dec / 07 / texas")
    '2009-12-07'
    """
    found = _DAY.search(address)
    if found is None:
        return None
    month = _MONTHS.index(found[2]) + 1 if found[2] in _MONTHS else int(found[2]) if found[2].isdigit() else 0
    return f"{found[1]}-{month:02}-{int(found[3]):02}" if 1 <= month <= 12 and 1 <= int(found[3]) <= 31 else None


def _marked(root: ElementTree.Element, places: Mapping[str, tuple[int, int, int]], text: str) -> Iterator[_Marked]:
    instances: dict[str, str] = {}
    for relation in root.iterfind("Relations/*"):
        instance = relation.get("note") or f"r{relation.get('r_id')}"
        instances.update((one.get("m_id", ""), instance) for one in relation.iterfind("source"))
    for raw in root.iterfind("Markables/*"):
        held = [places[name] for one in raw.iterfind("token_anchor") if (name := one.get("t_id", "")) in places]
        if held:
            start, end = min(one[1] for one in held), max(one[2] for one in held)
            number = raw.get("m_id", "")
            yield _Marked(raw.tag, held[0][0], start, end, text[start:end], instances.get(number, f"m{number}"))


def _annotated(topic: int, document: Document, marked: Sequence[_Marked]) -> GoldArticle:
    numbers = {name: number for number, name in enumerate(sorted({one.instance for one in marked}))}
    mentions = [
        Mention(one.text, one.start, one.end, label, 1.0, numbers[one.instance])
        for one in marked
        if (label := _label(one.tag)) is not None
    ]
    events = [(one, found) for one in marked if one.tag.startswith("ACTION") and (found := lemma_of(one.text))]
    kinds = {one.instance: found[0] for one, found in reversed(events)}
    triggers = tuple(
        Trigger(one.text, one.start, one.end, kinds[one.instance], "asserted", 1.0, numbers[one.instance])
        for one, _ in events
    )
    links = {
        Link(numbers[event.instance], numbers[other.instance], _SLOTS[label], 1.0)
        for event, _ in events
        for label, other in _arguments(event, marked)
    }
    ordered = tuple(sorted(links, key=lambda one: (one.event, one.slot, one.entity)))
    # what no other article tells has a number in its article alone: the article's name keeps it apart
    chains = {
        (one.start, one.end): one.instance if one.instance.startswith("ACT") else f"{document.id}/{one.instance}"
        for one, _ in events
    }
    lemmas = {(one.start, one.end): found[1] for one, found in events}
    return GoldArticle(topic, Annotated(document, tuple(mentions), triggers, ordered), chains, lemmas)


def _label(tag: str) -> str | None:
    return next((label for start, label in _LABELS.items() if tag.startswith(start)), None)


def _arguments(event: _Marked, marked: Sequence[_Marked]) -> Iterator[tuple[str, _Marked]]:
    """Yield the participants and places of the event's sentence, and of its times the nearest."""
    near = [(label, one) for one in marked if one.sentence == event.sentence and (label := _label(one.tag)) is not None]
    times = [pair for pair in near if pair[0] == "date"]
    yield from (pair for pair in near if pair[0] != "date")
    yield from sorted(times, key=lambda pair: (abs(pair[1].start - event.start), pair[1].start))[:1]
