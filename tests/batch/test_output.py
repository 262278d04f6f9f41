"""A run that is cut short goes on; one that is complete lies under its final name."""

from pathlib import Path

import pytest

from extract.batch.output import Output, json_line
from extract.errors import ResumeError

PRINT = {"model": "m"}


def test_a_complete_run_leaves_records_and_no_state(tmp_path: Path) -> None:
    output = Output(tmp_path / "o.jsonl", PRINT, new_run=False)
    output.write("document:a", [{"x": 1}, {"x": 2}])
    output.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["o.jsonl"]
    assert (tmp_path / "o.jsonl").read_bytes() == b'{"x":1}\n{"x":2}\n'


def test_refusals_lie_beside_the_records(tmp_path: Path) -> None:
    output = Output(tmp_path / "o.jsonl", PRINT, new_run=False)
    output.refuse("refused:1", {"detail": "bad"})
    output.close()
    assert (tmp_path / "o.errors.jsonl").read_bytes() == b'{"detail":"bad"}\n'


def test_a_torn_tail_is_cut_back_to_the_last_whole_document(tmp_path: Path) -> None:
    output = Output(tmp_path / "o.jsonl", PRINT, new_run=False)
    output.write("document:a", [{"x": 1}])
    output.stop()
    with (tmp_path / "o.jsonl.part").open("ab") as file:
        file.write(b'{"x":2')
    with (tmp_path / "o.jsonl.state").open("ab") as file:
        file.write(b'{"done":"docum')
    again = Output(tmp_path / "o.jsonl", PRINT, new_run=False)
    assert again.done == {"document:a"}
    again.write("document:b", [{"x": 3}])
    again.close()
    assert (tmp_path / "o.jsonl").read_bytes() == b'{"x":1}\n{"x":3}\n'


def test_another_model_may_not_go_on(tmp_path: Path) -> None:
    output = Output(tmp_path / "o.jsonl", PRINT, new_run=False)
    output.write("document:a", [])
    output.stop()
    with pytest.raises(ResumeError, match="model: 'm' then, 'n' now"):
        Output(tmp_path / "o.jsonl", {"model": "n"}, new_run=False)
    Output(tmp_path / "o.jsonl", {"model": "n"}, new_run=True).close()


def test_line_separators_are_escaped_and_nan_is_refused() -> None:
    assert json_line({"a": "x\u2028y"}) == b'{"a":"x\\u2028y"}\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_line({"a": float("nan")})
