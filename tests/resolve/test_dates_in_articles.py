"""All date mentions of an article at once: publication, the order of the text, the story's last date."""

from extract.resolve.dates import resolve_dates
from extract.schema.annotation import Annotated, DateValue, Mention, Unresolved
from extract.schema.document import Document


def test_article_resolves_its_mentions_in_the_order_of_the_text() -> None:
    text = "On June 3, 2019, he fled. Two days later he was held. He will be tried on Monday. The next day was quiet."
    document = Document("a", text, "Man held in June", "2019-06-10")
    annotated = Annotated(document, _mentions(text, "June 3, 2019", "Two days later", "Monday", "The next day"))
    annotated = resolve_dates(_with_title_mention(annotated, "June"))
    values = [one.value if isinstance(one, DateValue) else one.reason for _, one in sorted(annotated.values.items())]
    assert values == ["2019-06-03", "2019-06-05", "2019-06-10", "2019-06-11", "2019-06"]


def test_release_stamp_is_the_day_its_today_means() -> None:
    text = "FOR IMMEDIATE RELEASE\nFriday, January 20, 2017\nA man was convicted today of murder."
    annotated = Annotated(Document("a", text, None, "2017-01-23"), _mentions(text, "today"))
    value = resolve_dates(annotated).values[0]
    assert isinstance(value, DateValue)
    assert value.value == "2017-01-20"


def test_mentions_of_other_kinds_keep_their_values() -> None:
    annotated = Annotated(Document("a", "Ana"), (Mention("Ana", 0, 3, "agent", 1.0, 0),), values={0: Unresolved("x")})
    assert resolve_dates(annotated).values == {0: Unresolved("x")}


def test_time_of_day_is_of_the_day_that_the_text_told_before() -> None:
    text = "A man was shot on Monday. He died at 3 a.m. in hospital. He will be buried Friday."
    assert _value(text, "3 a.m.", "2016-12-14") == "2016-12-12"


def test_evening_of_the_day_of_publication_has_not_come_yet_and_is_the_day_before() -> None:
    text = "A man was shot at around 10:30 p.m. on Hill Road."
    assert _value(text, "around 10:30 p.m.", "2016-12-14") == "2016-12-13"
    assert _value(text.replace("10:30 p.m.", "5:30 a.m."), "around 5:30 a.m.", "2016-12-14") == "2016-12-14"
    assert _value(text, "around 10:30 p.m.", None) == "a time of day, not a date"


def _value(text: str, words: str, published: str | None) -> str:
    value = resolve_dates(Annotated(Document("a", text, None, published), _mentions(text, words))).values[0]
    assert isinstance(value, DateValue | Unresolved)
    return value.value if isinstance(value, DateValue) else value.reason


def _mentions(text: str, *words: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(one, text.index(one), text.index(one) + len(one), "date", 1.0, n) for n, one in enumerate(words)
    )


def _with_title_mention(annotated: Annotated, word: str) -> Annotated:
    start = (annotated.document.title or "").index(word)
    mention = Mention(word, start, start + len(word), "date", 1.0, 99, title=True)
    return Annotated(annotated.document, (*annotated.mentions, mention))
