"""The whole pipeline on real objects: offsets, stability, the seed article."""

import json
import time
from pathlib import Path

import pytest

import extract
from extract.ingest import read
from extract.pipeline import Pipeline
from extract.schema.document import Document
from extract.schema.ontology import FILLER_SLOTS
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").iterdir())


def _documents() -> list[Document]:
    return [one for one in read([str(path) for path in EXAMPLES]) if isinstance(one, Document)]


def test_every_span_is_its_words_in_the_document(small: Pipeline) -> None:
    for document in _documents():
        for event in small(document).events:
            spans = [*event.triggers, *event.date]
            spans += [m for slot in FILLER_SLOTS for one in event.slots.get(slot, ()) for m in (one, *one.mentions)]
            assert all(document.text[span.start : span.end] == span.text for span in spans)


def test_records_are_the_same_alone_in_company_and_in_another_order(small: Pipeline) -> None:
    documents = _documents()
    alone = {one.id: [event.to_json() for event in small(one).events] for one in documents}
    for result in small.pipe(reversed(documents), batch_size=2):
        assert [event.to_json() for event in result.events] == alone[result.document.id]


def test_event_ids_are_unique_within_a_document(small: Pipeline) -> None:
    for document in _documents():
        ids = [event.event_id for event in small(document).events]
        assert len(ids) == len(set(ids))


def test_an_article_without_events_is_left_alone(small: Pipeline) -> None:
    (market,) = [one for one in _documents() if one.id.startswith("market-day")]
    assert small(market).events == ()


def test_empty_and_tiny_texts_give_no_events(small: Pipeline) -> None:
    for text in ("", " ", "a", "\n\n\n"):
        assert small(text).events == ()


def test_a_long_article_is_read_to_its_end(small: Pipeline) -> None:
    (report,) = [one for one in _documents() if one.id.startswith("court-report")]
    text = (report.text + "\n") * 12
    read = small(text, published="2023-05-18").annotated
    assert read.windows > 4
    assert read.unread == 0
    assert any(one.start > len(text) - len(report.text) for one in read.triggers)


def test_a_lower_confidence_asked_for_lifts_the_article_gate() -> None:
    text = "Kim was killed with a gun on Tuesday."
    loose = extract.load("small", bf16=False, min_confidence=0.01)
    assert loose.settings.article == 0.01
    assert len(loose(text).events) >= len(extract.load("small", bf16=False)(text).events)


def test_low_precision_gives_the_same_records() -> None:
    full, half = extract.load("small", bf16=False), extract.load("small", bf16=True)
    for document in _documents():
        one, two = full(document).events, half(document).events
        assert [(event.type, event.triggers[0].start) for event in one] == [(e.type, e.triggers[0].start) for e in two]


def test_the_model_loads_within_two_seconds() -> None:
    started = time.monotonic()
    extract.load("small")
    assert time.monotonic() - started < 2.0


@pytest.mark.shared
def test_real_articles_pass_without_one_lost(small: Pipeline, shared: Path, tmp_path: Path) -> None:
    import lzma

    with lzma.open(shared / "data" / "articles" / "general_news.jsonl.xz") as lines:
        documents = [json.loads(line) for _, line in zip(range(40), lines, strict=False)]
    for raw in documents:
        result = small(Document(raw["id"], raw["text"], raw["title"], raw["published"]))
        for event in result.events:
            assert all(raw["text"][one.start : one.end] == one.text for one in event.triggers)
