"""Date expressions -> EDTF values with their bounds; unknown is `Unresolved` with the reason, never today's date."""

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from extract.resolve.anchor import published_in_text, release_date
from extract.resolve.clock_day import day_of_clock
from extract.resolve.era import since_it_began
from extract.resolve.expression import read_period
from extract.resolve.period import Anchor, NoDateError, Tense, read_edtf
from extract.resolve.surroundings import REACH, is_no_month, tense_around
from extract.resolve.wording import ONLY_CLOCK
from extract.schema.annotation import Annotated, DateValue, Mention, Unresolved, Value

_NO_DAY_IN_REFERENCE: Final = "the date to count from"
_UNTIL: Final = re.compile(r"\s*(?:until|till)\b", re.IGNORECASE)
_STAMP_LAG: Final = dt.timedelta(days=7)
"""A release dated up to this long before the page's own date speaks of its own day."""


def resolve_date(
    text: str,
    *,
    published: dt.date | None,
    context: str = "",
    tense: Tense | None = None,
    reference: DateValue | None = None,
) -> DateValue | Unresolved:
    """Return the value of an English date expression, no finer than its words.

    `context` is text around the expression and tells the tense when `tense` does not; if the expression stands in it
    several times, the one nearest the middle is meant. `reference` is the story's last date, for "two days later".

    >>> resolve_date("Wednesday", published=dt.date(2021, 12, 16))
    DateValue(value='2021-12-15', earliest='2021-12-15', latest='2021-12-15', basis='relative')
    >>> resolve_date("Wednesday", published=None)
    Unresolved(reason='no publication date')
    """
    before, after = _split(context, text)
    return _resolve(text, before, after, published=published, tense=tense, reference=reference)


def _split(context: str, text: str) -> tuple[str, str]:
    starts, start = [], context.find(text) if text else -1
    while start >= 0:
        starts.append(start)
        start = context.find(text, start + 1)
    if not starts:
        return context, ""
    middle = len(context) / 2
    start = min(starts, key=lambda one: abs(one + len(text) / 2 - middle))
    return context[:start], context[start + len(text) :]


def _resolve(
    text: str,
    before: str,
    after: str,
    *,
    published: dt.date | None,
    tense: Tense | None,
    reference: DateValue | None,
) -> DateValue | Unresolved:
    if is_no_month(text, before, after):
        return Unresolved("a word or a name, not a month")
    until = _UNTIL.match(text)  # "remanded until Friday": the verb needs its preposition
    tense = tense or tense_around(before + (until[0] if until else ""), after)
    try:
        anchor = Anchor(published, read_edtf(reference) if reference else None, tense)
        return read_period(text, anchor).value()
    except NoDateError as reason:
        return Unresolved(str(reason))


def resolve_dates(annotated: Annotated) -> Annotated:
    """Return the article with a value for each date mention, in the order of the text.

    Publication is the document's, or what the text says of itself; a release's own date stamp up to a week earlier
    wins, since its "today" is that day. A time of day is of the day that the text told before. What the last resolved
    mention gives is the `reference` of the next.
    """
    published = publication_of(annotated)
    values: dict[int, Value] = dict(annotated.values)
    numbers = [n for n, mention in enumerate(annotated.mentions) if mention.label == "date"]
    nearest: DateValue | None = None
    nearest_day: DateValue | None = None
    for n in sorted(numbers, key=lambda n: (annotated.mentions[n].title, annotated.mentions[n].start)):
        mention = annotated.mentions[n]
        if mention.title:
            values[n] = _resolve_mention(annotated, mention, published, None)
            continue
        value = _resolve_mention(annotated, mention, published, nearest)
        if isinstance(value, Unresolved) and value.reason.startswith(_NO_DAY_IN_REFERENCE):
            value = _resolve_mention(annotated, mention, published, nearest_day)
        if isinstance(value, Unresolved) and value.reason == ONLY_CLOCK and published is not None:
            value = day_of_clock(annotated.document.text, mention.start, mention.end, published) or value
        values[n] = value
        if isinstance(value, DateValue) and _tells_past(value, published):
            nearest = value
            nearest_day = value if value.earliest == value.latest else nearest_day
    dated = {n: values[n] for n in numbers}
    values |= since_it_began(annotated.document.text, annotated.mentions, dated)
    return replace(annotated, values=values)


def _tells_past(value: DateValue, published: dt.date | None) -> bool:
    """Return whether later words may count from the value: it has both ends, and is no hearing still to come."""
    if value.earliest is None or value.latest is None:
        return False
    return published is None or value.earliest <= published.isoformat()


def publication_of(annotated: Annotated) -> dt.date | None:
    """Return the day that the article's relative dates count from."""
    document = annotated.document
    if document.published_on is None:
        return published_in_text(document.text, document.title)
    stamp = release_date(document.text)
    if stamp is not None and dt.timedelta(0) <= document.published_on - stamp <= _STAMP_LAG:
        return stamp
    return document.published_on


def _resolve_mention(
    annotated: Annotated, mention: Mention, published: dt.date | None, reference: DateValue | None
) -> DateValue | Unresolved:
    text = (annotated.document.title or "") if mention.title else annotated.document.text
    before, after = text[max(0, mention.start - REACH) : mention.start], text[mention.end : mention.end + REACH]
    return _resolve(mention.text, before, after, published=published, tense=None, reference=reference)
