"""What the words around a date expression say: past or future, and whether "May" or "march" is a month at all."""

import re
from typing import Final

from extract.resolve.period import Tense

_ADVERB: Final = "(?:(?:also|now|next|then|likely|probably|again|not|only|still|soon|tentatively) ){0,2}"
_VERB: Final = r"(?:(?:be|have|face|go|have to) )?(?:[a-z]+ed|held|heard|taken|made|given|told)?\b"
_FUTURE: Final = re.compile(
    rf"\b(?:(?:will(?<!their will)(?<!his will)(?<!her will)(?<!free will)(?<!the will)|shall|won't"
    rf"|going to) {_ADVERB}{_VERB}"
    r"|(?:is|are|be|plans?|hopes?|intends?|due|set|slated|expected) to (?:be )?[a-z]+\b"
    r"|(?:due|slated|scheduled|expected) (?:for|in|on|at|back)\b|(?:set|planned|listed|fixed) for\b"
    r"|scheduled\b(?: to (?:be )?[a-z]+)?"
    r"|(?:postponed|adjourned|rescheduled|remanded|deferred|put off|moved|delayed|pushed back|continued|extended)"
    r" (?:to|till|until)\b"
    r"|to(?<!failed to)(?<!failing to)(?<!refused to) (?:appear|return to court|stand trial|go (?:to|on) trial)\b"
    r"|(?:awaits?|awaiting|upcoming|starting|beginning|begins|starts|opens|returns|takes place|goes on trial)\b)"
)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|has|did|pleaded|pled|said|told|took|died|shot|found|began|went|came|got|held|made|left|broke"
    r"|killed|[a-z]{3,}ed|since|ago)\b"
)
_PLANNED: Final = re.compile(
    r"\b(?:would\b|(?:voted|decided|planned|vowed|agreed|called|threatened|ordered|promised|asked|told) (?:to|for)\b)"
)
"""A plan told in past tense: its date may lie either side of the telling."""
_SENTENCE: Final = re.compile(r"(?<![ap]\.m)[.!?;][\"”’']?\s+(?=[A-Z“\"]|$)|\n")
_AFTER: Final = re.compile(r"[,\s]+(?:[\w'’.-]+\s+){1,7}?(?:will|is (?:scheduled|due|set|expected))\b")
_OPENS: Final = re.compile(r"(?:On|In|By|Next|This)?\s*", re.ASCII)
_LEADING: Final = frozenset(
    (
        "in on since last by until before after late early mid this next during from through of to and between around "
        "the every each for throughout till said is was a an his her their its our that as at and after"
    ).split()
)
_ARTICLES: Final = frozenset(("the", "a", "an", "this", "that", "his", "her", "their", "our", "its", "every", "each"))
REACH: Final = 120
"""Characters looked at on each side."""


def tense_around(before: str, after: str) -> Tense | None:
    """Return the tense of the clause: that of the cue nearest before the date, in its sentence; `None` without one.

    >>> tense_around("He is scheduled to appear in court on ", "."), tense_around("He was arrested ", "")
    ('future', 'past')
    """
    clause = _SENTENCE.split(before[-REACH:])[-1]
    if _OPENS.fullmatch(clause):
        return "future" if _AFTER.match(_SENTENCE.split(after[:REACH])[0]) else None
    clause = clause.lower().replace("’", "'").replace("'ll ", " will ")
    future = max((match.end() for match in _FUTURE.finditer(clause)), default=-1)
    past = max((match.end() for match in _PAST.finditer(clause)), default=-1)
    if future < 0 and past < 0:
        return None
    planned = max((match.end() for match in _PLANNED.finditer(clause)), default=-1)
    if planned > max(past, future):
        return None
    return "future" if future >= past else "past"


def is_no_month(text: str, before: str, after: str) -> bool:
    """Return whether "may" or "march" is a verb, or "May" a name, by the case and the words around.

    >>> is_no_month("march", "Thousands joined the ", " against")
    True
    >>> is_no_month("May", "Mrs Theresa ", " said"), is_no_month("may", "in ", ""), is_no_month("may", "He ", "")
    (True, False, True)
    """
    if text.lower() not in ("may", "march"):
        return False
    words = before.split()
    word = words[-1].strip("(\"“'") if words else ""
    written_small = text.islower() and any(character.isupper() for character in before + after)
    if word.lower() in _LEADING and not (written_small and word.lower() in _ARTICLES):
        return False
    if text.islower():
        return written_small
    return word.istitle() and word.isalpha() and not before.rstrip().endswith((".", ",", ":"))
