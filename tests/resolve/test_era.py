"""Dates that say when an era began stand for the time since."""

from extract.resolve.dates import resolve_dates
from extract.schema.annotation import Annotated, DateValue, Mention
from extract.schema.document import Document


def _values(text: str, *words: str) -> list[tuple[str, str | None]]:
    mentions = tuple(Mention(w, text.index(w), text.index(w) + len(w), "date", 1.0, n) for n, w in enumerate(words))
    found = resolve_dates(Annotated(Document("d", text, None, "2020-05-10"), mentions)).values
    return [(one.value, one.latest) for one in found.values() if isinstance(one, DateValue)]


def test_a_reign_that_began_is_open_at_its_end() -> None:
    assert _values("Forty were hanged in his rule, which began in 2014.", "2014") == [("2014/..", None)]


def test_a_finer_date_of_the_same_beginning_is_taken() -> None:
    text = "Nine were shot during the war, which began six years ago after the coup in March 2014."
    assert _values(text, "six years ago", "March 2014")[0] == ("2014-03/..", None)


def test_a_trial_that_began_has_its_day() -> None:
    assert _values("The trial, which began on 4 May 2020, goes on.", "4 May 2020") == [("2020-05-04", "2020-05-04")]
