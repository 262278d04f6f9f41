"""Which files of a growing folder are due, and an output that has no end."""

import os
import threading
import time
from pathlib import Path

import pytest

from extract.batch.output import Output
from extract.batch.run import Summary, run
from extract.batch.watch import Changes, Wakening, folders_of, named_by_version, passes
from extract.batch.workers import Read
from extract.errors import InputError, ResumeError
from extract.ingest import read, sources
from extract.ingest.source import Source


def names(due: list[Source | InputError]) -> list[str]:
    return [one.name if isinstance(one, Source) else one.detail for one in due]


def changes(folder: Path, *own: str) -> Changes:
    return Changes(
        lambda: sources([folder], may_be_empty=True), 0.05, frozenset((folder / one).resolve() for one in own)
    )


def test_a_file_is_due_once_it_stands_still_and_again_when_it_changes(tmp_path: Path) -> None:
    looks = changes(tmp_path)
    assert looks.look() == []
    (tmp_path / "a.txt").write_text("one")
    assert looks.look() == []
    assert looks.moving
    time.sleep(0.06)
    (tmp_path / "a.txt").write_text("one two")
    assert names(looks.look()) == []  # it grew meanwhile
    time.sleep(0.06)
    assert names(looks.look()) == ["a"]
    assert names(looks.look()) == []
    assert not looks.moving
    (tmp_path / "b.txt").write_text("b")
    os.utime(tmp_path / "a.txt", (0, 0))
    looks.look()
    time.sleep(0.06)
    assert names(looks.look()) == ["a", "b"]


def test_half_copied_files_and_what_the_run_writes_itself_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.jsonl.part", "b.txt.crdownload", ".c.txt", "out.jsonl", "d.txt"):
        (tmp_path / name).write_text("x")
    looks = changes(tmp_path, "out.jsonl")
    looks.look()
    time.sleep(0.06)
    assert names(looks.look()) == ["d"]


def test_a_file_that_went_and_came_is_due_and_no_name_is_refused_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out.txt").symlink_to("/nowhere")
    with Wakening([tmp_path], poll=0.05) as wakening:
        turns = passes(changes(tmp_path), wakening)
        assert names(next(turns)) == ["a link to nothing: /nowhere"]
        assert names(next(turns)) == ["a"]
        (tmp_path / "a.txt").unlink()
        threading.Timer(0.3, (tmp_path / "a.txt").write_text, ("y",)).start()
        assert names(next(turns)) == ["a"]


def test_the_system_tells_of_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    with Wakening([tmp_path], poll=None) as wakening:
        turns = passes(changes(tmp_path), wakening)

        def later() -> None:
            (tmp_path / "new").mkdir()
            (tmp_path / "new" / "a.txt").write_text("x")

        threading.Timer(0.5, later).start()
        started = time.monotonic()
        assert names(next(turns)) == ["new/a"]
        assert time.monotonic() - started < 20  # the clock alone would look after 30 s


def test_the_folders_listened_at_are_those_above_files_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    given = [str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "*" / "b.txt")]
    assert folders_of(given) == [tmp_path]


def _turn(folder: Path, out: Path) -> Summary:
    output = Output(out, {"v": 1}, new_run=False, live=True)

    def reads(inputs):
        for one in inputs:
            records = None if isinstance(one, InputError) else Read([{"id": one.id, "text": one.text}], 1, 1, 0, 0.0)
            yield one, records

    inputs = read([folder], versions=True)
    try:
        return run(inputs, reads, output, strict=False, progress=lambda *_: None, name=named_by_version)
    finally:
        output.close()


def test_the_same_text_gives_no_second_record_and_a_changed_one_does(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "o.jsonl"
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    (folder / "b.jsonl").write_text('{"id": "x", "text": "1"}\n{broken\n')
    assert (_turn(folder, out).documents, _turn(folder, out).documents) == (2, 0)
    (folder / "b.jsonl").write_text('{"id": "x", "text": "1"}\n{broken\n{"id": "x", "text": "2"}\n')
    (folder / "a.txt").write_text("one")
    summary = _turn(folder, out)
    assert (summary.documents, summary.skipped, summary.refused) == (1, 2, 1)
    assert out.read_text("utf-8").splitlines() == [
        '{"id":"a","text":"one"}',
        '{"id":"x","text":"1"}',
        '{"id":"x","text":"2"}',
    ]
    assert (tmp_path / "o.errors.jsonl").read_bytes().count(b"\n") == 1


def test_a_live_output_holds_whole_documents_only_and_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    output = Output(out, {"v": 1}, new_run=False, live=True)
    output.write("a", [{"x": 1}])
    assert out.read_bytes() == b'{"x":1}\n'
    output._records.write(b'{"x":2')  # a signal in the middle of a document
    output.stop()
    assert out.read_bytes() == b'{"x":1}\n'
    assert not (tmp_path / "o.errors.jsonl").exists()
    with out.open("ab") as file:  # a kill there
        file.write(b'{"x":2')
    with (tmp_path / "o.jsonl.state").open("ab") as file:
        file.write(b'{"done":"b","records":99')
    for key, value in (("b", 3), ("c", 4)):
        again = Output(out, {"v": 1}, new_run=False, live=True)
        again.write(key, [{"x": value}])
        again.stop()
    assert out.read_bytes() == b'{"x":1}\n{"x":3}\n{"x":4}\n'
    assert again.done == {"a", "b", "c"}


def test_what_the_state_tells_of_and_the_disk_lost_is_read_again(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    output = Output(out, {"v": 1}, new_run=False, live=True)
    for key in "abc":
        output.write(key, [{"x": key}])
    output.stop()
    out.write_bytes(out.read_bytes()[:-3])
    again = Output(out, {"v": 1}, new_run=False, live=True)
    assert again.done == {"a", "b"}
    again.stop()
    assert out.read_bytes() == b'{"x":"a"}\n{"x":"b"}\n'


def test_a_live_output_is_not_begun_over_the_records_of_another_run(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    out.write_text('{"x":1}\n')
    with pytest.raises(ResumeError, match="did not watch"):
        Output(out, {"v": 1}, new_run=False, live=True)
    assert out.read_text("utf-8") == '{"x":1}\n'
    Output(out, {"v": 1}, new_run=True, live=True).stop()
