"""A record read back: what is no record is refused by name before a page shows it."""

from typing import Any

import pytest

from extract.errors import FormatError
from extract.schema.reading import read_record
from tests.review.conftest import RECORDS

MARKUP = '"><script>alert(1)</script>'


def _with(**changed: Any) -> dict[str, Any]:
    return {**RECORDS[0], **changed}


def _moved(slot: str) -> dict[str, Any]:
    return _with(**{slot: [{**RECORDS[0][slot][0], "start": MARKUP}]})


@pytest.mark.parametrize(
    "hostile", [_with(type=MARKUP), _with(status=MARKUP), _with(type=[]), *map(_moved, ("triggers", "date", "target"))]
)
def test_a_record_with_markup_where_a_number_or_a_known_word_belongs_is_refused(hostile: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match="record m1"):
        read_record(hostile)
