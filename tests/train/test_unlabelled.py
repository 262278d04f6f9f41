"""What a model may read before it learns: nothing it will be judged on."""

import json
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.train.unlabelled import unlabelled

STORY = "Two men were shot outside a bar in Harlow on Friday night and police are looking for a grey car."


def _write(data: Path, *articles: dict[str, object]) -> None:
    (data / "articles").mkdir()
    lines = "".join(json.dumps({"title": None, "published": None, **one}) + "\n" for one in articles)
    (data / "articles" / "a.jsonl").write_text(lines, "utf-8")


def test_held_out_articles_their_copies_and_their_incidents_stay_out(tmp_path: Path) -> None:
    other = "The harvest was poor this year because the rain came late and the river stayed low until June."
    _write(
        tmp_path,
        {"id": "gold", "text": STORY, "incident_id": 7},
        {"id": "copy", "text": STORY + " Anyone who saw it is asked to call."},
        {"id": "same", "text": other, "incident_id": 7},
        {"id": "test", "text": "Some other words altogether that nobody else has used today.", "split": "test"},
        {"id": "kept", "text": "Nothing here is like the others, as far as runs of five words go.", "incident_id": 8},
    )
    assert [one.id for one in unlabelled(tmp_path, {"gold"})] == ["kept"]


def test_no_articles_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"sources\.toml"):
        unlabelled(tmp_path, ())
