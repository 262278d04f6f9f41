"""Stand-off labels meet their texts, or say why not."""

import json
import lzma
from pathlib import Path

import pytest

from extract.errors import LabelError, UsageError
from extract.label.corpus import articles, read_labels, with_texts
from extract.schema.label import labelled_json, read_labelled, sha256_of

TEXT = "Police arrested Kim."
RAW = {
    "id": "a/1",
    "sha256": sha256_of(TEXT),
    "published": "2020-01-02",
    "events": [{"type": "arrest", "status": "asserted", "triggers": [{"text": "arrested", "start": 7, "end": 15}]}],
}


def _data(folder: Path, text: str) -> Path:
    (folder / "articles").mkdir()
    with lzma.open(folder / "articles" / "x.jsonl.xz", "wt") as file:
        file.write(json.dumps({"id": "a/1", "title": "T", "published": None, "text": text}) + "\n")
    return folder


def test_labels_round_trip() -> None:
    assert read_labelled(labelled_json(read_labelled(RAW))) == read_labelled(RAW)


def test_a_label_finds_its_text_and_lends_it_the_date(tmp_path: Path) -> None:
    ((_, document),) = with_texts([read_labelled(RAW)], _data(tmp_path, TEXT))
    assert (document.text, document.published) == (TEXT, "2020-01-02")


def test_another_version_of_the_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="another version"):
        with_texts([read_labelled(RAW)], _data(tmp_path, TEXT + " "))


def test_wrong_offsets_are_refused(tmp_path: Path) -> None:
    event = {**RAW["events"][0], "triggers": [{"text": "arrested", "start": 8, "end": 16}]}  # type: ignore[index]
    with pytest.raises(LabelError, match="the label says 'arrested'"):
        with_texts([read_labelled({**RAW, "events": [event]})], _data(tmp_path, TEXT))


def test_missing_texts_ask_for_the_data_folder() -> None:
    with pytest.raises(UsageError, match="--data"):
        with_texts([read_labelled(RAW)], None)


def test_a_broken_line_is_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(json.dumps(RAW) + "\n{\n")
    with pytest.raises(LabelError, match=r"bad.jsonl:2"):
        read_labels(tmp_path)


def test_an_article_labelled_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text((json.dumps(RAW) + "\n") * 2)
    with pytest.raises(LabelError, match="labelled twice: a/1"):
        read_labels(tmp_path)


def test_the_seed_beside_the_data_folder_is_an_article_without_its_date_prefix(tmp_path: Path) -> None:
    data = _data(_folder(tmp_path / "data"), TEXT)
    (_folder(tmp_path / "seed") / "one.txt").write_text(" date 2021-12-16 Someone was arrested.\n\nMore.\n")
    (document,) = articles(data, frozenset({"seed/one"}))
    assert (document.text, document.published) == ("Someone was arrested.\n\nMore.\n", "2021-12-16")


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
