"""Addresses and filters of the list, and what its page says."""

from extract.review.explore import Listing, filter_of, link, list_page, told_page
from extract.store import Filter
from tests.store.conftest import RECORDS


def test_an_address_asks_what_it_names_and_nothing_else() -> None:
    asked = {"type": "arrest", "place": " ", "since": "2021", "area": "x", "min_confidence": "0", "evil": "1"}
    assert filter_of(asked) == Filter(type="arrest", since="2021")


def test_a_link_keeps_what_was_asked() -> None:
    assert link({"type": "arrest", "page": "2"}, page=None, target="A & B") == "/?type=arrest&target=A+%26+B"


def test_pages_lead_on_and_back_and_downloads_ask_the_same() -> None:
    listing = Listing({"type": "arrest"}, RECORDS, 120, 2, {"year": [("2020", 3), ("2021", 9)]})
    page = list_page(listing, title="<store>")
    assert "51–54 of 120" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert "/download.csv?type=arrest" in page
    assert page.count("<rect") == 2
    assert "<store>" not in page


def test_what_is_told_is_escaped() -> None:
    assert "<b>" not in told_page("<b>", "<b>")
