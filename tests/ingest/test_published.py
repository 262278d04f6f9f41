import pytest

from extract.ingest.published import as_iso


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2021-12-16", "2021-12-16"),
        (" 2021-12-16\n", "2021-12-16"),
        ("2021-12-16T10:00:00Z", "2021-12-16T10:00:00Z"),
        ("2021-12-16 10:00:00", "2021-12-16 10:00:00"),
        ("20211216T100000", "2021-12-16T10:00:00"),
        ("Thu, 16 Dec 2021 23:00:00 EST", "2021-12-16T23:00:00-05:00"),
        ("2021-12-16T99:00 CET", "2021-12-16"),
        ("2021-02-30", None),
        ("2021-12-160", None),
        ("Mon, 99 Dec 2021 10:00:00 +9999", None),
        ("yesterday", None),
        ("", None),
        ("1639612800", None),
    ],
)
def test_dates_become_iso_in_their_own_zone_or_nothing(stated, iso):
    assert as_iso(stated) == iso
