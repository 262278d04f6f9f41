"""What time expressions count from as a text goes on: its day, the last date and quarter it told, the words around."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from extract.resolve.expression import read_period
from extract.resolve.period import Anchor, NoDateError, Period, Tense
from extract.resolve.surroundings import REACH, is_no_month, tense_around
from extract.resolve.timex_words import EDGE, pattern

_EDGE: Final = pattern(EDGE, whole=False)
_DEADLINE: Final = re.compile(
    r"\b(?:until|till|by|as early as|as soon as|no later than|expire|expires)\s+$", re.IGNORECASE
)
QUARTER_REACH: Final = 400
"""Characters back to a quarter that "a year ago" counts from."""


@dataclass(slots=True)
class Story:
    """The text, the day it was written, and what its expressions so far have told."""

    text: str
    written: dt.date
    last: Period | None = None
    quarter: dt.date | None = None
    quarter_at: int = 0

    def around(self, match: re.Match[str]) -> tuple[str, str]:
        """Return the characters before and after the match that may tell its tense."""
        return self.text[max(0, match.start() - REACH) : match.start()], self.text[match.end() : match.end() + REACH]

    def tense(self, match: re.Match[str]) -> Tense | None:
        """Return the tense of the clause that the match stands in."""
        before, after = self.around(match)
        return "future" if _DEADLINE.search(before) else tense_around(before, after)

    def read(self, words: str, match: re.Match[str]) -> Period | None:
        """Return the period of the words, which stand in the match, by the date grammar; without "early" or "late"."""
        if is_no_month(words, *self.around(match)):
            return None
        words = _EDGE.sub("", words, count=1) if _EDGE.match(words) else words
        try:
            return read_period(words, Anchor(self.written, self.last, self.tense(match)))
        except NoDateError:
            return None

    def day(self) -> dt.date:
        """Return the last day that the text told, or the day it was written."""
        if self.last is not None and self.last.single is not None and self.last.single.day is not None:
            return self.last.starts()
        return self.written

    def near_quarter(self, match: re.Match[str]) -> dt.date | None:
        """Return a day of the quarter told shortly before: reports of a quarter compare it with the year before."""
        return self.quarter if match.start() - self.quarter_at <= QUARTER_REACH else None


@dataclass(frozen=True, slots=True)
class Told:
    """An expression's TIMEX3 type and value; `period` if later words may count from it; no type: none after all."""

    type: str
    value: str
    period: Period | None = None


NO_TIME: Final = Told("", "")
"""The words are taken, and they are no time expression: a person's age."""

Make = Callable[[re.Match[str], Story], Told | None]
Rule = tuple[re.Pattern[str], Make]


def rule(pieces: str, make: Make) -> Rule:
    """Return a rule of the finder: what its pieces find, `make` reads."""
    return pattern(pieces), make
