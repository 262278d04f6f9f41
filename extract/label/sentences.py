"""Where sentences begin and end, for people: numbered lines to cite, not a linguistic analysis."""

import re

_BREAK = re.compile(r"\n+|(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Lt|Sgt|Det|Capt|Col|Gen|Gov|Sen|Rep|Rev|Hon|Jr|Sr|No|vs|v|Inc|Co|Corp|Ltd|Ave|Blvd|Rd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|U\.S|mr|mrs|dr|sri|smt)|\b[A-Z])\.$"
)
LONGEST = 600


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence that has a letter or digit: code points, end exclusive, in order.

    Every line break ends a sentence; so does `.`, `!` or `?` before a space, unless an abbreviation stands there.

    >>> sentence_spans("Gov. Li fled. He was held.")
    [(0, 13), (14, 26)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end() if match.group().isspace() else match.start() + len(match.group().rstrip())
        head = text[start : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(head):
            continue
        _add(spans, text, start, end)
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if not any(character.isalnum() for character in piece):
        return
    left = start + len(piece) - len(piece.lstrip())
    spans.append((left, start + len(piece.rstrip())))
