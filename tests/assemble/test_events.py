"""Values become records: one event, one record, every slot with its evidence."""

from dataclasses import replace

import pytest

from extract.assemble import Settings, assemble
from extract.assemble.names import best, fullest
from extract.schema.annotation import ActorValue, Annotated, DateValue, Link, Mention, Trigger
from extract.schema.document import Document

TEXT = "Ana Ruiz was arrested on Monday. She was held in Lagos, police said of the arrest."


def _mention(words: str, label: str, entity: int, score: float = 0.9) -> Mention:
    start = TEXT.index(words)
    return Mention(words, start, start + len(words), label, score, entity)


def _trigger(words: str, event: int, score: float, kind: str = "arrest") -> Trigger:
    start = TEXT.index(words)
    return Trigger(words, start, start + len(words), kind, "asserted", score, event)


MENTIONS = (
    _mention("Ana Ruiz", "agent", 0),
    _mention("She", "agent", 0, 0.99),
    _mention("Monday", "date", 1),
    _mention("Lagos", "place", 2),
    _mention("police", "agent", 3),
)
ANNOTATED = Annotated(
    Document("d", TEXT),
    MENTIONS,
    (_trigger("arrested", 0, 0.9), _trigger("arrest.", 0, 0.5), _trigger("held", 1, 0.2)),
    (Link(0, 0, "target", 0.9), Link(0, 1, "date", 0.8), Link(0, 2, "location", 0.3), Link(0, 3, "source", 0.7)),
    {0: ActorValue("person", None), 2: DateValue("2021-12-13", "2021-12-13", "2021-12-13", "relative")},
)


def test_triggers_of_one_event_make_one_record() -> None:
    (event,) = assemble(ANNOTATED, Settings())
    assert [one.text for one in event.triggers] == ["arrested", "arrest."]
    assert event.confidence == pytest.approx(0.9)


def test_a_name_stands_for_the_entity_and_pronouns_are_mentions() -> None:
    (event,) = assemble(ANNOTATED, Settings())
    (target,) = event.target
    assert (target.text, target.name, len(target.mentions)) == ("Ana Ruiz", "Ana Ruiz", 2)
    assert target.value == ActorValue("person", None)


def test_a_date_carries_its_value_and_bounds() -> None:
    (event,) = assemble(ANNOTATED, Settings())
    assert event.to_json()["date"][0] == {
        "text": "Monday",
        "start": TEXT.index("Monday"),
        "end": TEXT.index("Monday") + 6,
        "value": "2021-12-13",
        "earliest": "2021-12-13",
        "latest": "2021-12-13",
        "basis": "relative",
        "confidence": 0.8,
    }


def test_nulls_tell_doubt_from_silence() -> None:
    (event,) = assemble(ANNOTATED, Settings())
    assert event.nulls["location"] == "low_confidence"
    assert event.nulls["charge"] == "not_stated"
    assert "target" not in event.nulls
    assert "penalty" not in event.nulls


def test_a_doubtful_trigger_makes_a_record_only_when_asked() -> None:
    assert len(assemble(ANNOTATED, Settings(event=0.1))) == 2


def test_the_event_id_depends_on_nothing_but_document_type_and_triggers() -> None:
    (event,) = assemble(ANNOTATED, Settings())
    (again,) = assemble(ANNOTATED, Settings(slots=dict.fromkeys(Settings().slots, 0.01)))
    assert event.event_id == again.event_id


def test_the_fullest_name_is_the_longest_that_is_a_name() -> None:
    group = [_mention("She", "agent", 0), _mention("Ana Ruiz", "agent", 0), _mention("Ruiz", "agent", 0)]
    assert fullest(group) == "Ana Ruiz"
    assert best(group).text == "Ana Ruiz"


def test_an_article_without_one_sure_record_is_left_alone() -> None:
    assert assemble(ANNOTATED, Settings(article=0.95)) == ()
    assert len(assemble(ANNOTATED, Settings(event=0.1, article=0.85))) == 2


def test_a_record_of_a_report_tells_its_page() -> None:
    pages = replace(ANNOTATED, document=Document("d", TEXT, meta={"pages": [0, 10, TEXT.index("She")]}))
    assert [one.to_json()["page"] for one in assemble(pages, Settings())] == [2]
    assert all("page" not in one.to_json() for one in assemble(ANNOTATED, Settings()))
