"""Any words, any publication: never an exception, bounds in order, no value finer than the words."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.resolve.dates import resolve_date
from extract.resolve.period import Tense
from extract.schema import edtf
from extract.schema.annotation import DateValue, Unresolved

WORDS = (
    "the a on in at since between and to from of last next this past early late mid - two 3 3rd 12 2019 1980s '80s '99 "
    "99999 0 5/6/07 10:30 p.m. noon night morning May March june Feb. 29 30 Monday Fri weekend week month year years "
    "days hours decade century quarter half summer winter Christmas Day Easter ago later earlier before after until so "
    "far recent few several that same following day today yesterday overnight Q4 first 2021-12-15 2019-20 , ( ) ’s "
    "1000000000 year-end eve"
).split()
COARSE = (
    "in the early late mid last this next of and to between from May June november 2019 1995 1980s year month summer Q2"
).split()
DATES = st.none() | st.dates()
TENSES: st.SearchStrategy[Tense | None] = st.sampled_from([None, "past", "future"])
REFERENCES = st.sampled_from(
    [None, *(DateValue(one, None, None, "stated") for one in ("2019-06-03", "2019", "2017/..", "0001", "nonsense"))]
)


def _holds(found: DateValue | Unresolved) -> None:
    if isinstance(found, Unresolved):
        assert found.reason
        return
    assert edtf.bounds(found.value) == (found.earliest, found.latest)
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
    assert found.basis in ("stated", "relative")


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), DATES, TENSES, REFERENCES)
def test_date_words_in_any_order_never_raise(
    text: str, published: dt.date | None, tense: Tense | None, reference: DateValue | None
) -> None:
    _holds(resolve_date(text, published=published, tense=tense, reference=reference))


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200), DATES, st.text(max_size=100))
def test_any_text_never_raises(text: str, published: dt.date | None, context: str) -> None:
    _holds(resolve_date(text, published=published, context=context))


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(COARSE), min_size=1, max_size=6).map(" ".join), st.dates())
def test_value_is_never_finer_than_the_words(text: str, published: dt.date) -> None:
    found = resolve_date(text, published=published)
    assert isinstance(found, Unresolved) or all(one.count("-") < 2 for one in found.value.split("/")), found


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
def test_without_publication_or_story_no_value_is_relative(text: str) -> None:
    found = resolve_date(text, published=None)
    assert isinstance(found, Unresolved) or found.basis == "stated", found
