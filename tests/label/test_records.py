"""What a person labelled is shown as records, the title's labels among them."""

from extract.label.records import as_records
from extract.review.page import page
from extract.schema.document import Document
from extract.schema.label import read_labelled, sha256_of

TITLE, TEXT = "Kim arrested", "He was held in Oslo on Monday."
KIM = {"text": "Kim", "start": 0, "end": 3, "title": True}
RAW = {
    "id": "a/1",
    "sha256": sha256_of(TEXT),
    "events": [
        {
            "type": "arrest",
            "status": "alleged",
            "triggers": [{"text": "arrested", "start": 4, "end": 12, "title": True}],
            "date": [{"text": "Monday", "start": 23, "end": 29, "value": "2020-01-06"}],
            "target": [{"mentions": [{"text": "He", "start": 0, "end": 2}, KIM]}],
        }
    ],
}


def test_title_and_text_become_one_and_every_span_keeps_its_words() -> None:
    whole, (event,) = as_records(read_labelled(RAW), Document("a/1", TEXT, TITLE))
    (target,) = event.target
    for span in (*event.triggers, *event.date, *target.mentions):
        assert whole.text[span.start : span.end] == span.text
    assert [one.text for one in target.mentions] == ["He", "Kim"]
    assert (event.status, event.date[0].value) == ("alleged", "2020-01-06")


def test_an_article_without_title_keeps_its_offsets() -> None:
    raw = {
        **RAW,
        "events": [{"type": "arrest", "status": "asserted", "triggers": [{"text": "held", "start": 7, "end": 11}]}],
    }
    whole, (event,) = as_records(read_labelled(raw), Document("a/1", TEXT))
    assert (whole.text, event.triggers[0].start) == (TEXT, 7)


def test_a_labelled_page_marks_everything_and_claims_no_confidence() -> None:
    html = page(*as_records(read_labelled(RAW), Document("a/1", TEXT, TITLE)), labelled=True)
    assert html.count("<mark id=") == 4
    assert "sure" not in html.split("</style>")[1]
