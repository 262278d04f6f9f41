"""Label sheets become offsets, or a reason."""

import pytest

from extract.errors import LabelError
from extract.label.sentences import sentence_spans
from extract.label.sheet import read_sheet, view
from extract.schema.document import Document

TEXT = "😀 Gov. Li fled. Police arrested him on Monday; he was\nheld, he said."
DOCUMENT = Document("a", TEXT, "Governor held", "2021-12-16")


def _sheet(**changes: object) -> dict[str, object]:
    event = {"type": "arrest", "triggers": ["2:arrested"], "target": ["li"], "date": [["2:Monday", "2021-12-13"]]}
    return {"entities": {"li": ["1:Li", "2:him", "0:Governor"]}, "events": [{**event, **changes}]}


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert [TEXT[a:b] for a, b in sentence_spans(TEXT)][:2] == [
        "😀 Gov. Li fled.",
        "Police arrested him on Monday; he was",
    ]


def test_the_view_numbers_sentences_and_the_title_is_nought() -> None:
    lines = view(DOCUMENT).splitlines()
    assert lines[1] == "0| Governor held"
    assert lines[3] == "2| Police arrested him on Monday; he was"


def test_references_become_code_point_offsets() -> None:
    labelled = read_sheet(_sheet(), DOCUMENT)
    (event,) = labelled.events
    assert [TEXT[one.start : one.end] for one in event.triggers] == ["arrested"]
    assert [one.text for one in event.slots["target"][0]] == ["Li", "him", "Governor"]
    assert event.slots["target"][0][2].title


def test_words_may_run_over_a_line_break() -> None:
    labelled = read_sheet(_sheet(triggers=["2:was held"]), DOCUMENT)
    assert labelled.events[0].triggers[0].text == "was\nheld"


def test_the_second_occurrence_is_cited_by_number() -> None:
    labelled = read_sheet(
        {"entities": {"he": ["3:he"]}, "events": [{"type": "arrest", "triggers": ["3:held"], "target": ["he"]}]},
        DOCUMENT,
    )
    assert TEXT[labelled.events[0].slots["target"][0][0].start :].startswith("he said")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"triggers": ["2:seized"]}, "found 0 times"),
        ({"triggers": ["9:arrested"]}, "there is no sentence 9"),
        ({"triggers": ["arrested"]}, "is no reference"),
        ({"triggers": []}, "no trigger"),
        ({"type": "theft"}, "unknown type 'theft'"),
        ({"status": "maybe"}, "unknown status"),
        ({"target": ["kim"]}, "'kim' is not among the entities"),
        ({"victim": ["li"]}, "unknown key 'victim'"),
        ({"date": [["2:Monday", "13 December"]]}, "not EDTF"),
        ({"instrument": ["li"]}, "has no instrument"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(LabelError, match=reason):
        read_sheet(_sheet(**changes), DOCUMENT)
