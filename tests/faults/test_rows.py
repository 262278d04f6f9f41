"""The register of faults names forty rows and tests that are there."""

import re

from tests.conftest import ROOT
from tests.faults.__main__ import rows


def test_all_forty_rows_name_tests_that_exist_or_say_what_they_wait_for() -> None:
    table = rows()
    assert sorted(table) == list(range(1, 41))
    for number, row in table.items():
        assert row.get("tests") or row.get("waits_for"), number
        for name in row.get("tests", ()):
            path, _, test = name.partition("::")
            assert re.search(rf"^def {test}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (number, name)
