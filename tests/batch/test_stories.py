"""A finished output is linked under another name, each record as it was but for its story."""

import json
from pathlib import Path

import pytest

from extract.batch.output import json_line
from extract.batch.stories import link_file, write_linked
from extract.errors import FormatError, UsageError
from tests.assemble.test_link import MONDAY, RUIZ, told

RECORDS = [told("a", target=RUIZ, date=MONDAY), told("c", "protest"), told("b", target=RUIZ, date=MONDAY)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file of records."""
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(map(json_line, RECORDS)) + b"\n")
    return path


def test_records_keep_their_order_and_get_their_story(source: Path) -> None:
    before = source.read_bytes()
    out = source.with_name("linked.jsonl")
    linked = write_linked(source, out)
    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    stories = [line.pop("story_id") for line in lines]
    assert lines == RECORDS
    assert stories[0] == stories[2] != stories[1]
    assert linked.stories == 2
    assert source.read_bytes() == before
    assert sorted(one.name for one in out.parent.iterdir()) == ["events.jsonl", "linked.jsonl"]


def test_linking_what_is_linked_changes_nothing(source: Path) -> None:
    once, twice = source.with_name("once.jsonl"), source.with_name("twice.jsonl")
    write_linked(source, once)
    write_linked(once, twice)
    assert once.read_bytes() == twice.read_bytes()


def test_a_line_that_is_no_record_is_named_and_nothing_is_written(source: Path) -> None:
    source.write_bytes(source.read_bytes() + b'{"event_id": "x"}\n')
    out = source.with_name("linked.jsonl")
    with pytest.raises(FormatError) as error:
        write_linked(source, out)
    assert error.value.line == 5
    assert not out.exists()


def test_records_are_not_written_over_and_must_be_there(source: Path) -> None:
    with pytest.raises(UsageError, match="another name"):
        write_linked(source, source)
    with pytest.raises(UsageError, match="no such file"):
        link_file(source.with_name("none.jsonl"))
