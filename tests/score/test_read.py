from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import FormatError, LabelError, UsageError
from extract.score import read_gold, read_predicted, score

SPAN = {"text": "arrested", "start": 7, "end": 15}
LABEL: dict[str, Any] = {
    "id": "a",
    "sha256": "0" * 64,
    "published": None,
    "events": [{"type": "arrest", "status": "asserted", "triggers": [SPAN], "target": [{"mentions": [SPAN]}]}],
}
RECORD: dict[str, Any] = {"doc_id": "a", "type": "arrest", "status": "asserted", "triggers": [SPAN], "confidence": 0.9}


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def test_a_folder_of_label_files_is_gold_by_document(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.json", LABEL)
    jsonl(tmp_path / "b.json", {**LABEL, "id": "b", "events": []})
    (tmp_path / "README.md").write_text("not gold", "utf-8")
    gold = read_gold(tmp_path)
    assert {doc_id: len(events) for doc_id, events in gold.items()} == {"a": 1, "b": 0}


def test_label_lines_and_record_lines_are_told_apart(tmp_path: Path) -> None:
    labels = read_gold(jsonl(tmp_path / "labels.jsonl", LABEL, {**LABEL, "id": "b", "events": []}))
    records = read_gold(jsonl(tmp_path / "records.jsonl", RECORD, RECORD))
    assert {doc_id: len(events) for doc_id, events in labels.items()} == {"a": 1, "b": 0}
    assert len(records["a"]) == 2
    assert records["a"][0].confidence == 0.9


def test_gold_documents_without_predicted_records_count_as_empty(tmp_path: Path) -> None:
    gold = read_gold(jsonl(tmp_path / "gold.jsonl", LABEL, {**LABEL, "id": "b"}))
    report = score(gold, read_predicted(jsonl(tmp_path / "out.jsonl", RECORD)), resamples=10)
    assert report.lenient.figures["event"].recall == 0.5


def test_an_empty_file_predicts_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("\n", "utf-8")
    assert read_predicted(tmp_path / "out.jsonl") == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"doc_id": "a"', "line 1: not JSON"),
        ("[1]", "line 1: neither a label"),
        ('{"id": "a"}', "line 1: neither a label"),
        ('{"doc_id": "a", "type": "arrest"}', "line 1: a: a record as RECORD.md gives it"),
        (json.dumps({**RECORD, "type": "party"}), "unknown type 'party'; allowed: investigation"),
        (json.dumps({**RECORD, "status": "sure"}), "unknown status 'sure'"),
        (json.dumps({**RECORD, "confidence": 7}), "confidence 7.0 is not between 0 and 1"),
        (json.dumps({**RECORD, "date": [{**SPAN, "value": "2021-13"}]}), "no such day"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "out.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(FormatError, match=said) as caught:
        read_predicted(tmp_path / "out.jsonl")
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "event",
    [
        {"type": "party", "status": "asserted", "triggers": []},
        {"type": "arrest", "status": "asserted", "triggers": [], "date": [{**SPAN, "value": "soon"}]},
        {"type": "arrest"},
    ],
)
def test_a_label_no_record_could_equal_is_refused_by_document(tmp_path: Path, event: dict[str, Any]) -> None:
    with pytest.raises(LabelError, match="a: "):
        read_gold(jsonl(tmp_path / "gold.jsonl", {**LABEL, "events": [event]}))


def test_a_document_labelled_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="line 2: a is labelled twice"):
        read_gold(jsonl(tmp_path / "gold.jsonl", LABEL, LABEL))


def test_missing_files_and_empty_folders_say_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no \.json file"):
        read_gold(tmp_path)
    with pytest.raises(UsageError, match="one file of JSONL"):
        read_predicted(tmp_path)
    with pytest.raises(UsageError, match="Cannot read"):
        read_gold(tmp_path / "nowhere.jsonl")
