"""One JSON value from one line, with nothing lost on the way.

The standard library, not orjson: orjson keeps the last of two equal keys in silence and rounds integers over
64 bits. On 61 MB of articles the difference is 0.15 s against 0.08 s.
"""

import json
import math
from typing import Any, NamedTuple

from extract.errors import FormatError
from extract.ingest.repair import mend

MAX_DEPTH = 100
_MAX_DIGITS = 20  # 2**64 has 20; longer never fits, and int() of a million digits takes seconds
_LOWEST, _HIGHEST = -(2**63), 2**64 - 1


class Parsed(NamedTuple):
    """A JSON value; `repaired` says that NUL or lone surrogates in it became U+FFFD."""

    value: Any
    repaired: bool


def parse(line: str) -> Parsed:
    r"""Return the value, or raise FormatError: what is read here can be written again as JSON.

    >>> parse('{"text": "a\\ud800"}')
    Parsed(value={'text': 'a�'}, repaired=True)
    """
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error.msg} at character {error.pos + 1}; write one object a line") from error
    except RecursionError as error:
        raise FormatError(f"nested deeper than {MAX_DEPTH} levels") from error
    tidy = _Tidy()
    return Parsed(tidy.value(value, 0), tidy.repaired)


class _Tidy:
    """Mends every string in a value and holds it to MAX_DEPTH."""

    def __init__(self) -> None:
        self.repaired = False

    def value(self, value: Any, depth: int) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if not isinstance(value, dict | list):
            return value
        if depth >= MAX_DEPTH:
            raise FormatError(f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(value, list):
            return [self.value(part, depth + 1) for part in value]
        return {self.text(key): self.value(part, depth + 1) for key, part in value.items()}

    def text(self, text: str) -> str:
        mended = mend(text)
        self.repaired |= mended is not text
        return mended


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({mend(name) for name in names if names.count(name) > 1} if len(names) < 1000 else {"(many)"})
        raise FormatError(f"duplicate key in an object: {', '.join(twice)[:200]}; keep one of them")
    return members


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) <= _MAX_DIGITS and _LOWEST <= (number := int(digits)) <= _HIGHEST:
        return number
    raise FormatError(f"number {_short(digits)} does not fit 64 bits; write it as a string")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise FormatError(f"number {_short(digits)} is too large; write it as a string")
    return number


def _no_constant(name: str) -> None:
    raise FormatError(f"{name} is not JSON; write null")


def _short(digits: str) -> str:
    return digits if len(digits) <= 24 else f"{digits[:12]}… ({len(digits)} characters)"


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_finite, parse_constant=_no_constant
)
