"""The sheet a person labels on: an article as numbered sentences, and labels that cite number and exact words.

A reference is `"12:the exact words"`, or `"12:he#2"` for the second "he" of sentence 12; sentence 0 is the title.
Words may run on into the next line where a line break cuts a sentence.
A label sheet is one JSON object:

    {"published": "2016-05-01",
     "entities": {"smith": ["3:John Smith", "4:He"], "murder": ["3:first-degree murder"]},
     "events": [{"type": "sentence", "status": "asserted", "triggers": ["3:sentenced"],
                 "date": [["3:Monday", "2016-04-25"]], "target": ["smith"], "charge": ["murder"]}]}

`entities` names each thing once with all its mentions, best first; events refer to it by key.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import LabelError
from extract.label.sentences import sentence_spans
from extract.schema.document import Document
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan, problems, sha256_of
from extract.schema.ontology import FILLER_SLOTS, slots_of

_REFERENCE = re.compile(r"(\d+):(.+?)(?:#(\d+))?", re.DOTALL)
_EVENT_KEYS = frozenset({"type", "status", "triggers", "date", *FILLER_SLOTS})


def view(document: Document) -> str:
    """Return the article as numbered sentences, the title as sentence 0, for a labeller to cite."""
    lines = [f"published: {document.published or 'not given: look for it in the text'}"]
    lines.append(f"0| {document.title or ''}")
    spans = sentence_spans(document.text)
    lines += [f"{number}| {document.text[start:end]}" for number, (start, end) in enumerate(spans, start=1)]
    return "\n".join(lines) + "\n"


class _Article:
    """One article with its sentences, answering references."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.spans = sentence_spans(document.text)
        self.wrong: list[str] = []

    def find(self, reference: object, where: str) -> LabelSpan | None:
        """Return the span a reference cites, or note why there is none."""
        match = _REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
        if match is None:
            self.wrong.append(f'{where}: {reference!r} is no reference; write "12:the exact words"')
            return None
        number, words, nth = int(match[1]), match[2], int(match[3] or 1)
        if number > len(self.spans):
            self.wrong.append(f"{where}: there is no sentence {number}; the last is {len(self.spans)}")
            return None
        start, end = self.spans[number - 1] if number else (0, len(self.document.title or ""))
        home = self.document.text if number else self.document.title or ""
        hits = [one.span() for one in _word_pattern(words).finditer(home, start) if one.start() < end]
        if len(hits) < nth:
            said = home[start:end] if len(home[start:end]) < 300 else home[start : start + 300] + "…"
            self.wrong.append(f"{where}: {reference!r}: found {len(hits)} times; sentence {number} reads: {said}")
            return None
        first, last = hits[nth - 1]
        return LabelSpan(home[first:last], first, last, title=number == 0)


def _word_pattern(words: str) -> re.Pattern[str]:
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(left + inner + right)


def _dedupe(spans: Sequence[LabelSpan | None]) -> tuple[LabelSpan, ...]:
    kept = list(dict.fromkeys(one for one in spans if one is not None))
    return tuple(sorted(kept, key=lambda one: one.title))


def _entities(raw: Mapping[str, Any], article: _Article) -> dict[str, tuple[LabelSpan, ...]]:
    found: dict[str, tuple[LabelSpan, ...]] = {}
    for key, references in raw.items():
        if not isinstance(references, list) or not references:
            article.wrong.append(f"entity {key!r}: needs a list of references")
            continue
        found[key] = _dedupe([article.find(one, f"entity {key!r}") for one in references])
    return found


def _event(
    raw: Mapping[str, Any], where: str, entities: Mapping[str, tuple[LabelSpan, ...]], article: _Article
) -> LabelEvent:
    wrong = article.wrong
    for key in sorted(set(raw) - _EVENT_KEYS):
        wrong.append(f"{where}: unknown key {key!r}; allowed: {', '.join(sorted(_EVENT_KEYS))}")
    slots: dict[str, tuple[tuple[LabelSpan, ...], ...]] = {}
    for slot in FILLER_SLOTS:
        fillers = []
        if raw.get(slot) and slot not in slots_of(str(raw.get("type"))):
            wrong.append(f"{where}: a record of this type has no {slot}")
        for key in raw.get(slot, ()):
            if key not in entities:
                wrong.append(f"{where}: {slot}: {key!r} is not among the entities")
            else:
                fillers.append(entities[key])
        slots[slot] = tuple(dict.fromkeys(fillers))
    dates = []
    for pair in raw.get("date", ()):
        if not (isinstance(pair, list) and len(pair) == 2):
            wrong.append(f'{where}: date: write [["3:Monday", "2016-04-25"]] (null where nothing anchors it)')
            continue
        span = article.find(pair[0], f"{where} date")
        if span is not None:
            dates.append(LabelDate(span, pair[1]))
    if len(dates) > 1:
        wrong.append(f"{where}: at most one date")
    triggers = _dedupe([article.find(one, f"{where} trigger") for one in raw.get("triggers", ())])
    return LabelEvent(str(raw.get("type")), str(raw.get("status", "asserted")), triggers, tuple(dates), slots)


def read_sheet(raw: Mapping[str, Any], document: Document) -> Labelled:
    """Return a label sheet as stand-off labels; raises `LabelError` listing everything that does not fit."""
    article = _Article(document)
    for key in sorted(set(raw) - {"published", "entities", "events", "article", "notes"}):
        article.wrong.append(f"unknown key {key!r}; allowed: published, entities, events, notes")
    entities = _entities(raw.get("entities", {}), article)
    events = tuple(
        _event(one, f"event {number} ({one.get('type')})", entities, article)
        for number, one in enumerate(raw.get("events", ()), start=1)
    )
    used = {key for one in raw.get("events", ()) for slot in FILLER_SLOTS for key in one.get(slot, ())}
    for key in sorted(set(entities) - used):
        article.wrong.append(f"entity {key!r} is used by no event: remove it or fill the slot")
    published = document.published or raw.get("published")
    labelled = Labelled(document.id, sha256_of(document.text), published and str(published)[:10], events)
    if article.wrong:
        raise LabelError("\n".join(article.wrong))
    found = problems(labelled, text=document.text, title=document.title)
    if found:
        raise LabelError("\n".join(found))
    return labelled
