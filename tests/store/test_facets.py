"""Facets divide exactly what the filter lets through."""

from extract.store import Filter, Store
from extract.store.facets import FACETS


def test_each_facet_counts_records_once(store: Store) -> None:
    found = store.facets(Filter())
    assert set(found) == set(FACETS)
    assert dict(found["type"]) == {"arrest": 1, "sentence": 1, "killing": 1, "protest": 1}
    assert found["status"] == [("asserted", 4)]
    assert found["country"] == [("NGA", 2)]
    assert found["charge"] == [("0701", 1)]


def test_a_year_counts_only_dates_that_lie_in_it_whole(store: Store) -> None:
    assert store.facets(Filter())["year"] == [("2021", 2)]  # 2019/.. has no end


def test_facets_follow_the_filter(store: Store) -> None:
    found = store.facets(Filter(type="arrest"))
    assert found["country"] == [("NGA", 1)]
    assert found["charge"] == []
