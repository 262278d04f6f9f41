"""What must hold of the repository as a whole: gold, dev and training apart; models complete; weights in bounds."""

import itertools
import json
import re
import tomllib
from pathlib import Path

import pytest
from datasketch import MinHash, MinHashLSH

from extract.annotate import weights
from extract.label.corpus import read_labels, with_texts
from extract.label.croissant import croissant
from extract.label.statistics import statistics, table
from tests.conftest import ROOT

SETS = {
    "train": ROOT / "corpus" / "train",
    "dev": ROOT / "corpus" / "dev",
    "gold": ROOT / "eval" / "gold",
}
NEAR = 0.5
"""Jaccard similarity of five-word shingles from which two articles count as near-duplicates."""


def test_no_article_stands_in_two_sets() -> None:
    labels = {name: read_labels(folder) for name, folder in SETS.items()}
    for one, two in itertools.combinations(labels, 2):
        assert {x.id for x in labels[one]}.isdisjoint(x.id for x in labels[two]), (one, two)
        assert {x.sha256 for x in labels[one]}.isdisjoint(x.sha256 for x in labels[two]), (one, two)


def test_both_blind_labellings_cover_the_gold_articles() -> None:
    gold = {one.id for one in read_labels(SETS["gold"])}
    for labeller in "ab":
        assert {one.id for one in read_labels(ROOT / "eval" / "agreement" / labeller)} >= gold


def _minhash(text: str) -> MinHash:
    words = re.findall(r"\w+", text.lower())
    found = MinHash(num_perm=128)
    found.update_batch([" ".join(words[n : n + 5]).encode() for n in range(max(1, len(words) - 4))])
    return found


@pytest.mark.shared
def test_no_near_duplicate_crosses_from_gold_to_what_is_learnt_from(shared: Path) -> None:
    index = MinHashLSH(threshold=NEAR, num_perm=128)
    for name in ("train", "dev"):
        for labelled, document in with_texts(read_labels(SETS[name]), shared / "data"):
            index.insert(f"{name}:{labelled.id}", _minhash(document.text))
    for labelled, document in with_texts(read_labels(SETS["gold"]), shared / "data"):
        assert index.query(_minhash(document.text)) == [], labelled.id


def test_the_counts_of_the_data_sheet_are_those_of_the_labels() -> None:
    named = ("corpus/train", "corpus/dev", "eval/gold")
    counted = table({one: statistics(read_labels(ROOT / one)) for one in named})
    assert (ROOT / "corpus" / "COUNTS.md").read_text("utf-8") == counted, "make counts"


def test_the_catalogue_entry_describes_the_gold_files_that_are_there() -> None:
    stored = json.loads((ROOT / "eval" / "croissant.json").read_text("utf-8"))
    gold = ROOT / "eval" / "gold"
    assert stored == croissant(gold, read_labels(gold), name=stored["name"], day=stored["datePublished"]), "make counts"


@pytest.mark.shared
def test_every_label_fits_its_text(shared: Path) -> None:
    for folder in SETS.values():
        assert with_texts(read_labels(folder), shared / "data")


@pytest.mark.shared
def test_no_reserved_article_is_labelled(shared: Path) -> None:
    reserved = set((shared / "data" / "reserved.txt").read_text("utf-8").split("\n"))
    for folder in SETS.values():
        assert reserved.isdisjoint(one.id for one in read_labels(folder))


def test_models_are_complete_and_sound() -> None:
    for folder in sorted((ROOT / "models").iterdir()):
        if folder.is_dir():
            names = {one.name for one in folder.iterdir()}
            assert names >= {
                "CARD.md",
                "recipe.toml",
                "metrics.json",
                "weights.safetensors",
                "tokenizer.json",
                "SHA256",
            }
            metrics = json.loads((folder / "metrics.json").read_text("utf-8"))
            assert weights.check(folder) == metrics["weights_sha256"]


def test_weights_stay_under_forty_megabytes() -> None:
    assert sum(one.stat().st_size for one in (ROOT / "models").rglob("*.safetensors")) < 40_000_000


def test_measured_figures_stand_above_their_floors() -> None:
    floors = tomllib.loads((ROOT / "eval" / "floors.toml").read_text("utf-8"))
    result = json.loads((ROOT / floors["result"]).read_text("utf-8"))
    assert result["weights_sha256"] == weights.check(ROOT / "models" / "small")
    reading = result["report"]["lenient"]
    for name, floor in floors["f1"].items():
        figure = reading[name] if "/" not in name else reading[name.split("/")[0]][name.split("/")[1]]
        assert figure["f1"] >= floor, name
    assert reading["event_free"]["share"] >= floors["event_free"]


def test_no_line_of_ours_tells_of_one_machine() -> None:
    told = re.compile(r"/(?:home|root|mnt)/\w")
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "extract").rglob("*.py")]:
        assert told.search(path.read_text("utf-8")) is None, path
