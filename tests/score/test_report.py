from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.score import read_gold, score
from extract.score.counts import FIGURES, SHARES
from extract.score.report import Report
from extract.score.scored import ScoredDate, ScoredEvent, ScoredFiller, ScoredSpan

Build = Callable[..., ScoredEvent]


def quick(gold: dict[str, list[ScoredEvent]], predicted: dict[str, list[ScoredEvent]]) -> Report:
    return score(gold, predicted, resamples=50)


def prf(report: Report, name: str) -> tuple[int, int, int]:
    figure = report.lenient.figures[name]
    return figure.matched, figure.predicted, figure.gold


def test_card_counts_type_date_actor_charge_and_location(build: Build) -> None:
    gold = build("arrest", date="2021", actor=["police"], charge=["theft"], location=["Lagos"], target=["Ana"])
    predicted = build("arrest", date="2021", actor=["army", "police"], target=["Ben"])
    report = quick({"a": [gold]}, {"a": [predicted]})
    assert prf(report, "card") == (3, 4, 5)
    assert prf(report, "all") == (3, 5, 6)
    assert prf(report, "types/arrest/card") == (3, 4, 5)
    assert report.lenient.figures["card"].f1 == pytest.approx(6 / 9)


def test_a_record_never_proposed_costs_all_its_slots(build: Build) -> None:
    gold = build("killing", date="2021", actor=["Ana"], target=["Ben", "Cy"])
    report = quick({"a": [gold]}, {})
    assert prf(report, "card") == (0, 0, 3)
    assert prf(report, "all") == (0, 0, 5)
    assert prf(report, "slots/target") == (0, 0, 2)
    assert report.lenient.figures["card"].precision is None
    assert report.lenient.figures["card"].f1 == 0


def test_counts_add_up_over_documents_before_ratios(build: Build) -> None:
    events = [build("arrest", triggers=[(n, n + 1)]) for n in range(3)]
    report = quick({"a": events, "b": events[:1]}, {"a": events, "b": []})
    assert report.lenient.figures["event"].recall == 3 / 4


def test_event_wants_a_shared_trigger_or_filler_and_type_only_alignment(build: Build) -> None:
    gold = [build("trial", triggers=[(0, 1)], target=["Ana"])]
    report = quick({"a": gold}, {"a": [build("trial", triggers=[(7, 8)], target=["Ben"])]})
    assert prf(report, "type") == (1, 1, 1)
    assert prf(report, "event") == prf(report, "trigger") == (0, 1, 1)
    assert prf(report, "types/trial/event") == (0, 1, 1)


def test_triggers_are_counted_once_with_their_type_and_not_in_the_title(build: Build) -> None:
    gold = build("arrest", triggers=[(0, 4), (3, 9, True)])  # the second stands in the title, where no record reaches
    report = quick({"a": [gold]}, {"a": [build("charge", triggers=[(0, 4)]), build("arrest", triggers=[(0, 4)])]})
    assert prf(report, "trigger") == (1, 2, 1)


def test_strict_stands_beside_lenient(build: Build) -> None:
    report = quick({"a": [build("arrest", target=["Ana Ruiz"])]}, {"a": [build("arrest", target=["Ruiz"])]})
    assert report.lenient.figures["slots/target"].f1 == 1
    assert report.strict.figures["slots/target"].f1 == 0
    assert report.strict.figures["event"].f1 == 1  # by the trigger


def test_an_empty_denominator_is_none(build: Build) -> None:
    report = quick({"a": []}, {})
    assert report.lenient.figures["card"].f1 is None
    assert report.lenient.figures["card"].interval is None
    assert report.lenient.shares["status"].share is None
    assert report.lenient.calibration.error is None


def test_no_documents_at_all_give_no_figures() -> None:
    assert quick({}, {}).lenient.figures["card"].f1 is None


def test_status_is_judged_over_aligned_records(build: Build) -> None:
    gold = [build("arrest"), build("killing", status="alleged"), build("trial")]
    share = quick({"a": gold}, {"a": [build("arrest"), build("killing")]}).lenient.shares["status"]
    assert (share.right, share.of, share.share) == (1, 2, 0.5)


def test_event_free_documents_left_alone_are_counted_with_their_number(build: Build) -> None:
    share = quick({"a": [], "b": [], "c": [build("arrest")]}, {"b": [build("arrest")]}).lenient.shares["event_free"]
    assert (share.right, share.of) == (1, 2)


def place(lat: float | None, lon: float | None, country: str | None) -> ScoredFiller:
    return ScoredFiller("Lagos", "Lagos", ("Lagos",), country=country, lat=lat, lon=lon)


def value(report: Report, name: str) -> tuple[int, int]:
    share = report.lenient.shares[f"values/{name}"]
    return share.right, share.of


@pytest.mark.parametrize(
    ("predicted", "near", "same_country"),
    [
        (place(6.45, 3.39, "NGA"), 1, 1),
        (place(7.85, 3.39, "NGA"), 1, 1),  # 156 km north
        (place(8.00, 3.39, "BEN"), 0, 0),  # 172 km north
        (place(None, None, None), 0, 0),  # gold asks, nothing answers
    ],
)
def test_places_are_right_within_161_km_and_by_country(
    build: Build, predicted: ScoredFiller, near: int, same_country: int
) -> None:
    gold = build("protest", location=[place(6.45, 3.39, "NGA")])
    report = quick({"a": [gold]}, {"a": [build("protest", location=[predicted])]})
    assert value(report, "coordinates") == (near, 1)
    assert value(report, "country") == (same_country, 1)


def test_codes_and_days_are_judged_where_the_filler_matched_and_gold_gives_them(build: Build) -> None:
    theft, term = ("theft",) * 2, ("two years",) * 2
    gold = build(
        "sentence",
        charge=[ScoredFiller(*theft, theft, iccs="0502"), "fraud", "arson"],
        penalty=[ScoredFiller(*term, term, days=(730, 730))],
    )
    predicted = build(
        "sentence",
        charge=[ScoredFiller(*theft, theft, iccs="0501"), ScoredFiller("fraud", "fraud", (), iccs="0701")],
        penalty=[ScoredFiller(*term, term, days=(730, 730))],
    )
    report = quick({"a": [gold]}, {"a": [predicted]})
    assert value(report, "iccs") == (0, 1)
    assert value(report, "days") == (1, 1)


def test_date_values_are_judged_where_the_expressions_overlap(build: Build) -> None:
    def dated(start: int, text: str | None) -> ScoredEvent:
        date = ScoredDate("Friday", ScoredSpan(start, start + 6), text, text, text)
        return ScoredEvent("arrest", "asserted", frozenset({ScoredSpan(0, 1)}), (date,))

    gold = {"a": [dated(50, "2021-12-10")]}
    assert value(quick(gold, {"a": [dated(53, "2021-12-10")]}), "date") == (1, 1)
    assert value(quick(gold, {"a": [dated(50, "2021-12-03")]}), "date") == (0, 1)
    assert value(quick(gold, {"a": [dated(70, "2021-12-10")]}), "date") == (0, 0)
    assert value(quick({"a": [dated(50, None)]}, gold), "date") == (0, 0)


def test_calibration_error_is_the_gap_between_confidence_and_being_right(build: Build) -> None:
    gold = [build("arrest", triggers=[(n, n + 1)]) for n in range(8)]
    right = [build("arrest", triggers=[(n, n + 1)], confidence=0.85) for n in range(8)]
    wrong = [build("trial", triggers=[(n, n + 1)], confidence=0.85) for n in range(2)]
    calibration = quick({"a": gold}, {"a": [*right, *wrong]}).lenient.calibration
    assert calibration.error == pytest.approx(0.05)
    assert calibration.of == 10


def test_a_record_given_twice_is_right_once(build: Build) -> None:
    twice = [build("arrest", confidence=1.0)] * 2
    report = quick({"a": [build("arrest")]}, {"a": twice})
    assert prf(report, "event") == (1, 2, 1)
    assert report.lenient.calibration.error == pytest.approx(0.5)


def test_predicted_documents_outside_gold_are_refused_by_name(build: Build) -> None:
    gold, predicted = {"a": [build("arrest")]}, {"b": [build("arrest")], "a": [build("arrest")]}
    with pytest.raises(UsageError, match="1 predicted documents are not in gold: b"):
        score(gold, predicted)
    assert score(gold, predicted, ignore_unknown=True, resamples=10).lenient.figures["event"].f1 == 1


def test_json_is_nested_by_name_and_plain(build: Build) -> None:
    report = quick({"a": [build("arrest", target=["Ana"])]}, {"a": [build("arrest", target=["Ana"])]}).to_json()
    assert json.loads(json.dumps(report)) == report
    assert report["lenient"]["slots"]["target"] == {
        "matched": 1,
        "predicted": 1,
        "gold": 1,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "interval": [1.0, 1.0],
    }
    assert report["lenient"]["types"]["arrest"]["event"]["f1"] == 1.0
    assert report["strict"]["values"]["iccs"] == {"right": 0, "of": 0, "share": None, "interval": None}


def test_table_rows_are_as_wide_as_the_heading_and_skip_unstated_types(build: Build) -> None:
    rows = quick({"a": [build("arrest")]}, {"a": [build("arrest")]}).table()
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[0] for row in rows if row[0].startswith("types/")] == ["types/arrest/card", "types/arrest/event"]
    assert rows[1][:5] == ("card", "100.0", "100.0", "100.0", "100.0 to 100.0")


@pytest.mark.shared
def test_labels_scored_against_themselves_reach_100_everywhere(shared: Path) -> None:
    gold = read_gold(shared / "data/labels/pilot.jsonl")
    report = score(gold, gold, resamples=20)
    for reading in (report.lenient, report.strict):
        assert {reading.figures[name].f1 for name in FIGURES} <= {1.0, None}
        assert {reading.shares[name].share for name in SHARES} <= {1.0, None}
        assert reading.figures["card"].f1 == reading.shares["event_free"].share == 1


@pytest.mark.shared
def test_labels_with_every_third_record_removed_keep_precision_and_lose_recall(shared: Path) -> None:
    gold = read_gold(shared / "data/labels/pilot.jsonl")
    fewer = {doc_id: [event for n, event in enumerate(events) if n % 3] for doc_id, events in gold.items()}
    card = score(gold, fewer, resamples=100).lenient.figures["card"]
    assert card.precision == 1
    assert card.recall is not None
    assert card.recall < 0.75
    assert card.interval is not None
    assert card.f1 is not None
    assert card.interval[0] < card.f1 < card.interval[1]
