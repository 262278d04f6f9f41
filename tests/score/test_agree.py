from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.score import agree, read_gold
from extract.score.scored import ScoredEvent

Build = Callable[..., ScoredEvent]


def test_agreement_is_the_same_whichever_labeller_comes_first(build: Build) -> None:
    a = {"a": [build("arrest", target=["the baker|Ana Ruiz"], actor=["police"])]}
    b = {"a": [build("arrest", target=["baker"]), build("charge", triggers=[(3, 4)])]}
    assert agree(a, b).to_json() == agree(b, a).to_json()


def test_agreement_has_one_figure_for_precision_recall_and_f1(build: Build) -> None:
    a = {"a": [build("arrest", target=["Ana", "Ben"])]}
    figure = agree(a, {"a": [build("arrest", target=["Ana"])]}).lenient.figures["slots/target"]
    assert figure.precision == figure.recall == figure.f1 == pytest.approx(2 / 3)


@pytest.mark.shared
def test_real_labels_agree_with_themselves(shared: Path) -> None:
    labels = dict(list(read_gold(shared / "data/labels/pilot.jsonl").items())[:40])
    assert agree(labels, labels).lenient.figures["all"].f1 == 1


def test_documents_of_one_labeller_only_are_refused_unless_left_out(build: Build) -> None:
    a, b = {"a": [build("arrest")], "x": []}, {"a": [build("arrest")]}
    with pytest.raises(UsageError, match="1 documents are labelled by one person only: x"):
        agree(a, b)
    assert agree(a, b, ignore_unshared=True).documents == 1
