"""ECB+ becomes records of its gold annotations, and stories are counted over them."""

from pathlib import Path

import pytest

from extract.assemble import Settings, assemble, link
from extract.errors import UsageError
from extract.resolve import resolve
from extract.schema.annotation import Annotated, PlaceValue
from extract.schema.event import Event, EventDate, Filler, Span
from extract.score.benchmarks.ecbplus import DEV, TEST, TRAIN, lemma_of, read_ecbplus
from extract.score.benchmarks.stories import records_of, shooting_figures, story_figures

SENTENCES = {
    0: "http : / / example . com / 2009 / dec / 07 / a",
    1: "Police arrested Ana Ruiz in Lagos on Monday",
    2: "The arrest was announced",
}


def _article(folder: Path, name: str, note: str) -> None:
    tokens, number, at = [], 0, {}
    for sentence, words in SENTENCES.items():
        for word in words.split():
            number += 1
            at.setdefault(word, number)
            tokens.append(f'<token t_id="{number}" sentence="{sentence}" number="0">{word}</token>')

    def marked(tag: str, mention: int, *words: str) -> str:
        anchors = "".join(f'<token_anchor t_id="{at[word]}" />' for word in words)
        return f'<{tag} m_id="{mention}">{anchors}</{tag}>'

    marks = [
        marked("ACTION_OCCURRENCE", 1, "arrested"),
        marked("HUMAN_PART_PER", 2, "Ana", "Ruiz"),
        marked("LOC_GEO", 3, "Lagos"),
        marked("TIME_DATE", 4, "Monday"),
        marked("ACTION_OCCURRENCE", 5, "arrest"),
        marked("ACTION_REPORTING", 6, "announced"),
        f'<ACTION_OCCURRENCE m_id="9" TAG_DESCRIPTOR="t" instance_id="{note}" />',
    ]
    relation = (
        f'<CROSS_DOC_COREF r_id="1" note="{note}"><source m_id="1" /><source m_id="5" /><target m_id="9" />'
        "</CROSS_DOC_COREF>"
    )
    (folder / "ECB+" / "36").mkdir(parents=True, exist_ok=True)
    (folder / "ECB+" / "36" / f"36_{name}.xml").write_text(
        f"<Document>{''.join(tokens)}<Markables>{''.join(marks)}</Markables><Relations>{relation}</Relations></Document>"
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a corpus of three articles, two of which tell one arrest."""
    for name, note in (("1ecb", "ACT1"), ("2ecb", "ACT1"), ("1ecbplus", "ACT2")):
        _article(tmp_path, name, note)
    rows = "".join(f"36,{name},{n}\n" for name in ("1ecb", "2ecb", "1ecbplus") for n in (1, 2))
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(f"Topic,File,Sentence Number\n{rows}")
    return tmp_path


def _read(annotated: Annotated) -> tuple[Event, ...]:
    return assemble(resolve(annotated), Settings())


def test_an_event_with_its_sentence_becomes_one_record(home: Path) -> None:
    records = records_of(read_ecbplus(home, TEST), _read)
    assert [one.story for one in records] == ["ACT1", "ACT2", "ACT1"]
    event = records[0].event
    assert (event.type, records[0].lemma, len(event.triggers)) == ("arrest", "arrest", 2)
    assert [one.name for one in event.target] == ["Ana Ruiz"]
    assert [one.value for one in event.date] == ["2009-12-07"]
    (place,) = event.location
    assert isinstance(place.value, PlaceValue)
    assert place.value.country == "NGA"


def test_linker_and_baseline_are_counted_over_the_same_records(home: Path) -> None:
    records = records_of(read_ecbplus(home, TEST), _read)
    found = story_figures(records, lambda events: link(events).story_of)
    assert (found["topics"], found["articles"], found["records"], found["stories"]) == (1, 3, 3, 2)
    assert found["linked"] == found["baseline_type_and_lemma_within_topics"]
    assert found["linked"]["pairs_precision"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_ecbplus(tmp_path, TEST)


def test_topics_are_split_as_usual() -> None:
    assert set(DEV) < set(TRAIN)
    assert set(TRAIN).isdisjoint(TEST)
    assert lemma_of("gunned down") == ("killing", "gun")


def _shooting(doc_id: str, day: str, number: int) -> Event:
    date = EventDate("x", 0, 1, day, day, day, "stated", 0.9)
    place = Filler("Pekin", 0, 5, (), "Pekin", 0.9, PlaceValue("USA", "Illinois", 40.6, -89.6, number, "city"))
    return Event(doc_id, doc_id, "attack", "asserted", (Span("shot", 0, 4),), (date,), {"location": (place,)})


def test_shootings_are_counted_by_their_main_records() -> None:
    day = "2017-04-07"
    articles = [("7", [_shooting("a", day, 1)]), ("7", [_shooting("b", day, 1)]), ("8", [_shooting("c", day, 2)])]
    found = shooting_figures([*articles, ("9", [])], lambda events: {one.event_id: "one" for one in events})
    assert (found["articles"], found["incidents"], found["main_records"]) == (4, 3, 3)
    assert found["baseline_day_and_town"]["pairs_f1"] == 1.0
    assert found["linked"]["pairs_precision"] == pytest.approx(1 / 3, abs=1e-4)
