"""Time expressions on TempEval-3, task A (UzZaman et al. 2013): what is found, how exactly, and with what value.

The protocol: the document's creation time is given and not counted. A found expression matches a gold one when their
spans overlap, each at most once, equal spans first (*relaxed*); *strict* wants equal spans. *Type* and *value* are
relaxed matches whose type (DATE, TIME, DURATION, SET) or value is the gold one's, compared as text. Each figure is F1
over all documents together: twice the matches that are right, over gold and found expressions.

Gold comes as TimeML (`.tml`: TimeBank and AQUAINT, for development) or as columns of tokens (`.col`: platinum, the
test). A text of columns is put together again from its tokens, a sentence a line, since the column form has no layout;
a found span that ends within a token counts as reaching its end, because gold spans are whole tokens there.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from extract.errors import UsageError

_CLOSING: Final = frozenset((",", ".", ";", ":", "?", "!", ")", "]", "%", "''", "”", "’", "...", "n't"))
_OPENING: Final = frozenset(("(", "[", "$", "``", "“", "#"))
_ID, _TYPE, _VALUE = 7, 8, 9
"""Columns of a `.col` row; the first is the token."""


TRAINING: Final = "tempeval3/data/TBAQ-cleaned"
PLATINUM: Final = "tempeval3_platinum/data/TempEval3-eval_COL"
"""Folders under the benchmarks; what is trained and tuned on, and the test of twenty texts."""
PUBLISHED: Final[Mapping[str, Mapping[str, float]]] = {
    "HeidelTime": {"relaxed_f1": 0.9030, "value_f1": 0.7761},
    "SUTime": {"value_f1": 0.674},
}
"""F1 on platinum as UzZaman et al. 2013 report them."""


class Timex(NamedTuple):
    """A time expression: code-point offsets into the text, end exclusive, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text, the day it was written, its gold expressions, and where its tokens end if the text is made of them."""

    id: str
    text: str
    created: dt.date
    gold: tuple[Timex, ...]
    token_spans: tuple[tuple[int, int], ...] = ()


Find = Callable[[str, dt.date], Sequence[Timex]]
"""Gives the time expressions of a text that was written on a day, in the order of the text."""


def read_timed(folder: Path) -> list[TimedText]:
    """Return the documents of a folder, in the order of their names; raises `UsageError` when there are none."""
    paths = sorted((*folder.glob("*.tml"), *folder.glob("*.col")))
    if not paths:
        raise UsageError(f"{folder}: no .tml or .col file; corpus/sources.toml says where the benchmark comes from")
    return [_read_columns(path) if path.suffix == ".col" else _read_timeml(path) for path in paths]


def _read_timeml(path: Path) -> TimedText:
    root = ElementTree.parse(path).getroot()
    body, created = root.find("TEXT"), root.find("DCT/TIMEX3")
    if body is None or created is None:
        raise UsageError(f"{path}: no TEXT or no DCT; a TimeML document has both")
    pieces: list[str] = []
    gold: list[Timex] = []
    _walk(body, pieces, gold)
    return TimedText(path.stem, "".join(pieces), _day(created.get("value", ""), path), tuple(gold))


def _walk(element: ElementTree.Element, pieces: list[str], gold: list[Timex]) -> None:
    """Add the element's text to `pieces` and its expressions to `gold`."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, gold)
        pieces.append(child.tail or "")
    end = sum(map(len, pieces))
    if element.tag == "TIMEX3" and end > start:
        gold.append(Timex(start, end, element.get("type", ""), element.get("value", "")))


def _read_columns(path: Path) -> TimedText:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    created = next((row for row in lines if row[0].startswith("DCT_")), None)
    if created is None:
        raise UsageError(f"{path}: no row DCT_…; the first row of a column file is the document's creation time")
    text = ""
    gold: dict[str, Timex] = {}
    spans: list[tuple[int, int]] = []
    separator = ""
    for row in lines:
        if row is created or len(row) <= _VALUE:
            separator = "\n" if text else ""
            continue
        text += "" if separator == " " and _closes(row[0]) else separator
        start, separator = len(text), "" if row[0] in _OPENING else " "
        text += row[0]
        spans.append((start, len(text)))
        if row[_ID] != "O":
            known = gold.get(row[_ID])
            gold[row[_ID]] = Timex(known.start if known else start, len(text), row[_TYPE], row[_VALUE])
    return TimedText(path.stem, text, _day(created[_VALUE], path), tuple(gold.values()), tuple(spans))


def _closes(token: str) -> bool:
    """Return whether no space goes before the token; "'80s" has one."""
    return token in _CLOSING or (token.startswith("'") and not token[1:2].isdigit())


def _day(value: str, path: Path) -> dt.date:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise UsageError(f"{path}: creation time {value!r} is no day; YYYY-MM-DD is needed") from error


@dataclass(frozen=True, slots=True)
class Timed:
    """How many expressions gold has, how many were found, and how many of those match in each of the four ways."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    type: int = 0
    value: int = 0

    def f1(self, right: int) -> float | None:
        """Return twice the right ones over gold and found ones; `None` without either."""
        return round(2 * right / (self.gold + self.found), 4) if self.gold + self.found else None

    def to_json(self) -> dict[str, Any]:
        """Return the counts, precision and recall of relaxed matches, and the four F1."""
        ratio = [round(self.relaxed / count, 4) if count else None for count in (self.found, self.gold)]
        counts = {"gold": self.gold, "found": self.found}
        shares = {"relaxed_precision": ratio[0], "relaxed_recall": ratio[1]}
        rights = {"relaxed": self.relaxed, "strict": self.strict, "type": self.type, "value": self.value}
        return counts | shares | {f"{name}_f1": self.f1(right) for name, right in rights.items()}


def timed(texts: Iterable[TimedText], find: Find) -> Timed:
    """Return how well `find` does on the texts."""
    total = Timed()
    for one in texts:
        found = [_whole_tokens(timex, one.token_spans) for timex in find(one.text, one.created)]
        pairs = matched(one.gold, found)
        total = replace(
            total,
            gold=total.gold + len(one.gold),
            found=total.found + len(found),
            relaxed=total.relaxed + len(pairs),
            strict=total.strict + sum(ours[:2] == gold[:2] for gold, ours in pairs),
            type=total.type + sum(ours.type == gold.type for gold, ours in pairs),
            value=total.value + sum(ours.value == gold.value for gold, ours in pairs),
        )
    return total


def matched(gold: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Return the pairs of gold and found expressions that overlap, each used once, equal spans first.

    >>> matched([Timex(0, 9, "DATE", "2013")], [Timex(5, 9, "DATE", "2013"), Timex(0, 4, "DATE", "2013")])[0][1].start
    5
    """
    pairs: list[tuple[Timex, Timex]] = []
    free = list(found)
    for strict in (True, False):
        for one in gold:
            if any(one is taken for taken, _ in pairs):
                continue
            fits = (ours for ours in free if (ours[:2] == one[:2] if strict else _overlap(ours, one)))
            ours = next(fits, None)
            if ours is not None:
                pairs.append((one, ours))
                free.remove(ours)
    return pairs


def _overlap(one: Timex, other: Timex) -> bool:
    return one.start < other.end and other.start < one.end


def _whole_tokens(timex: Timex, spans: Sequence[tuple[int, int]]) -> Timex:
    touched = [span for span in spans if span[0] < timex.end and timex.start < span[1]]
    return timex._replace(start=touched[0][0], end=touched[-1][1]) if touched else timex


def words_of(text: str, timex: Timex) -> str:
    """Return the expression's words on one line."""
    return re.sub(r"\s+", " ", text[timex.start : timex.end]).strip()
