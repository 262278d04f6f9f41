"""Supervised workers: one poison document is refused by name, whatever it does, and the rest goes on."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extract.batch.output import Output
from extract.batch.run import Summary, alone, run
from extract.batch.workers import Limits, Read, Refused, Workers, megabytes_of
from extract.errors import ChargesheetError, InputError, ModelError
from extract.schema.document import Document

BALLAST: list[bytes] = []


class Fake:
    """Stands in for the pipeline: does what the text says."""

    def __call__(self, document: Document) -> Any:
        match document.text.split()[0]:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(600)
            case "swell":
                BALLAST.append(b"x" * (1500 << 20))
                time.sleep(600)
            case "raise":
                raise ValueError("cannot read this")
            case "once":
                flag = Path(document.text.split()[1])
                if not flag.exists():
                    flag.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
        event = SimpleNamespace(to_json=lambda: {"doc_id": document.id, "pid": 0})
        return SimpleNamespace(events=[event], annotated=SimpleNamespace(windows=1, unread=0))


def fake() -> Any:
    return Fake()


def absent() -> Any:
    raise ModelError("no weights here")


def doomed() -> Any:
    sys.stderr.close()
    os._exit(7)


def documents(*texts: str) -> Iterator[Document]:
    return (Document(f"d{number:03d}", text) for number, text in enumerate(texts))


@pytest.mark.parametrize(
    ("poison", "limits", "said"),
    [
        ("die", Limits(), "signal 9"),
        ("hang", Limits(seconds=0.5), "longer than 0.5 s"),
        pytest.param(
            "swell",
            Limits(megabytes=1200),
            "more than 1200 MB",
            marks=pytest.mark.skipif(megabytes_of(os.getpid()) == 0, reason="this system does not tell memory"),
        ),
    ],
)
def test_the_poison_document_is_refused_and_the_rest_goes_on(poison: str, limits: Limits, said: str) -> None:
    texts = ["fine"] * 12 + [poison] + ["fine"] * 12
    with Workers(fake, 2, limits) as workers:
        found = list(workers.read(documents(*texts)))
    assert [one.id for one, _ in found if isinstance(one, Document)] == [f"d{number:03d}" for number in range(25)]
    assert sum(isinstance(outcome, Read) for _, outcome in found) == 24
    refused = found[12][1]
    assert isinstance(refused, Refused)
    assert said in refused.detail
    assert workers.restarts == 2


def test_a_long_document_may_take_longer() -> None:
    assert Limits(seconds=2).allowed(Document("short", "x" * 24_999)) == 2
    assert Limits(seconds=2).allowed(Document("long", "x" * 100_000)) == 10


def test_a_document_that_failed_once_is_read_the_second_time(tmp_path: Path) -> None:
    with Workers(fake, 1) as workers:
        ((_, outcome),) = workers.read(documents(f"once {tmp_path / 'flag'}"))
    assert isinstance(outcome, Read)


def test_refused_inputs_and_errors_keep_their_place() -> None:
    inputs = [*documents("fine", "raise"), InputError("no text", source="a.txt"), Document("last", "fine")]
    with Workers(fake, 2) as workers:
        found = list(workers.read(inputs))
    assert [one for one, _ in found] == inputs
    assert isinstance(found[1][1], Refused)
    assert found[1][1].error == "ValueError"
    assert found[2][1] is None


def test_a_model_that_cannot_load_says_so() -> None:
    with Workers(absent, 2) as workers, pytest.raises(ModelError, match="no weights here"):
        list(workers.read(documents("fine")))


def test_workers_that_never_come_up_end_the_run() -> None:
    with Workers(doomed, 1) as workers, pytest.raises(ChargesheetError, match="die before they are ready"):
        list(workers.read(documents("fine")))


def _ran(folder: Path, inputs: list[Document | InputError], *, workers: int) -> tuple[Summary, bytes, bytes]:
    folder.mkdir()
    output = Output(folder / "out.jsonl", {"v": 1}, new_run=False)
    if workers:
        with Workers(fake, workers, Limits(seconds=2)) as pool:
            summary = run(inputs, pool.read, output, strict=False, progress=lambda *_: None)
    else:
        summary = run(inputs, alone(fake()), output, strict=False, progress=lambda *_: None)
    output.close()
    errors = folder / "out.errors.jsonl"
    return summary, (folder / "out.jsonl").read_bytes(), errors.read_bytes() if errors.exists() else b""


def test_workers_write_the_same_bytes_as_no_workers(tmp_path: Path) -> None:
    inputs: list[Document | InputError] = [
        *documents(*["fine", "raise"] * 20),
        InputError("bad", source="x"),
        *documents("fine"),
    ]
    results = [_ran(tmp_path / str(count), inputs, workers=count) for count in (0, 1, 3)]
    assert results[0][1:] == results[1][1:] == results[2][1:]
    assert (results[2][0].documents, results[2][0].refused, results[2][0].skipped) == (20, 21, 1)
