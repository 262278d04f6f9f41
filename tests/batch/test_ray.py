"""Readers on a Ray cluster of two machines, both this one: the records of one process, whatever dies."""

import importlib
import importlib.util
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent import futures
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import extract
from extract.batch.output import Output
from extract.batch.ray import Actors, Reader, started
from extract.batch.run import Reads, Summary, alone, run
from extract.batch.workers import Limits
from extract.errors import ChargesheetError, InputError, ModelError, UsageError
from extract.schema.document import Document

MARK = (extract.__version__, "fake", False)
needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed: the extra `ray`")


class Fake:
    """Stands in for the pipeline: does what the text says."""

    model = SimpleNamespace(sha256="fake")
    bf16 = False

    def __call__(self, document: Document) -> Any:
        match document.text:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(600)
            case "slow":
                time.sleep(0.3)
            case "raise":
                raise ValueError("cannot read this")
        event = SimpleNamespace(to_json=lambda: {"doc_id": document.id, "text": document.text})
        return SimpleNamespace(events=[event], annotated=SimpleNamespace(windows=1, unread=0))


def fake() -> Any:
    return Fake()


def absent() -> Any:
    raise ModelError("no weights here")


def ports() -> dict[str, int]:
    """Return free ports for a node's own servers: told, it need not wait for each to say which it took."""
    names = ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port", "runtime_env_agent_port")
    with ExitStack() as stack:
        servers = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in names]
        return {name: one.getsockname()[1] for name, one in zip(names, servers, strict=True)}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    settings = {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": "0123456789abcdef" * 4,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_agent_register_timeout_ms": "300000",
    }
    before = {name: os.environ.get(name) for name in settings}
    handler = signal.getsignal(signal.SIGTERM)
    os.environ.update(settings)
    ray = importlib.import_module("ray")
    two = importlib.import_module("ray.cluster_utils").Cluster()
    node = {"num_cpus": 1, "include_dashboard": False, "include_log_monitor": False, "object_store_memory": 80 * 2**20}
    try:
        try:
            two.add_node(no_monitor=True, **node, **ports())
            two.add_node(**node, **ports())
            ray.init(address=two.address, log_to_driver=False)
            ray.get(ray.remote(num_cpus=1)(lambda: None).remote(), timeout=30)
            ray.shutdown()
        except Exception as error:  # Ray allows its own processes 15 to 30 s to start, and raises what it likes
            pytest.skip(f"Ray does not start on this machine, which may be too busy: {error}"[:200])
        yield two
    finally:
        ray.shutdown()
        two.shutdown()
        signal.signal(signal.SIGTERM, handler)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def documents(*texts: str) -> list[Document | InputError]:
    return [Document(f"d{number:03d}", text) for number, text in enumerate(texts)]


def written(out: Path, inputs: list[Document | InputError], reads: Reads, *, until: int = 10**9) -> Summary:
    output = Output(out, {"v": 1}, new_run=False)

    def progress(done: int, *_: int) -> None:
        if done >= until:
            raise KeyboardInterrupt

    try:
        summary = run(inputs, reads, output, strict=False, progress=progress)
    except BaseException:
        output.stop()
        raise
    output.close()
    return summary


def files(out: Path) -> tuple[bytes, list[str]]:
    errors = out.with_name(out.stem + ".errors.jsonl")
    return out.read_bytes(), [line.split('"error":')[1] for line in errors.read_text("utf-8").splitlines()]


@needs_ray
def test_two_machines_write_the_bytes_of_one_and_set_aside_what_kills_them(tmp_path: Path, cluster: Any) -> None:
    plain = [*documents(*["fine", "raise"] * 6), InputError("bad", source="x"), Document("last", "fine")]
    written(tmp_path / "one.jsonl", plain, alone(fake()))
    poison = [*plain[:4], Document("poison", "die"), Document("stuck", "hang"), *plain[4:]]
    with Actors(fake, MARK, limits=Limits(seconds=1.5), address=cluster.address) as actors:
        assert actors.count == 2
        written(tmp_path / "two.jsonl", plain, actors.read)
        summary = written(tmp_path / "three.jsonl", poison, actors.read)
    assert files(tmp_path / "two.jsonl") == files(tmp_path / "one.jsonl")
    assert (tmp_path / "three.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert (summary.documents, summary.refused, actors.restarts) == (7, 9, 4)
    refused = files(tmp_path / "three.jsonl")[1]
    assert '"WorkerError","detail":"the reader process died; tried 2 times"}' in refused
    assert '"WorkerError","detail":"took longer than 1.5 s; tried 2 times"}' in refused


@needs_ray
def test_a_run_broken_off_on_a_cluster_goes_on_to_the_same_bytes(tmp_path: Path, cluster: Any) -> None:
    inputs = documents(*["fine"] * 12)
    written(tmp_path / "one.jsonl", inputs, alone(fake()))
    with Actors(fake, MARK, address=cluster.address) as actors, pytest.raises(KeyboardInterrupt):
        written(tmp_path / "two.jsonl", inputs, actors.read, until=5)
    summary = written(tmp_path / "two.jsonl", inputs, alone(fake()))  # the engine may change
    assert (summary.documents, summary.skipped) == (7, 5)
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


@needs_ray
def test_machines_that_cannot_load_or_have_other_weights_say_so(cluster: Any) -> None:
    with Actors(absent, MARK, 1, address=cluster.address) as actors, pytest.raises(ModelError, match="no weights here"):
        list(actors.read(documents("fine")))
    other = (extract.__version__, "other", False)
    with (
        Actors(fake, other, 1, address=cluster.address) as actors,
        pytest.raises(ChargesheetError, match="install the same"),
    ):
        list(actors.read(documents("fine")))


@needs_ray
def test_a_machine_that_goes_in_mid_run_costs_no_record(cluster: Any) -> None:
    inputs = documents(*["slow"] * 16)
    with Actors(fake, MARK, address=cluster.address) as actors:
        found = []
        for pair in actors.read(inputs):
            found.append(pair)
            if len(found) == 4:
                (gone,) = cluster.worker_nodes
                cluster.remove_node(gone, allow_graceful=False)
    assert [one for one, _ in found] == inputs
    assert [outcome.records[0]["doc_id"] for _, outcome in found] == [f"d{number:03d}" for number in range(16)]
    assert actors.restarts >= 1


class BrokenError(Exception):
    """Stands for what Ray raises where an actor is gone."""


class Stub:
    """Stands in for Ray: actors are threads; "die" breaks one, "hang" never comes back."""

    exceptions = SimpleNamespace(RayError=BrokenError)

    def __init__(self) -> None:
        self.killed = 0
        self.down = False

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def remote(self, **options: Any) -> Any:
        assert (options["max_restarts"], options["max_task_retries"]) == (0, 0)
        return lambda kind: SimpleNamespace(remote=lambda load, megabytes: StubActor(kind(load, megabytes)))

    def wait(self, answers: list[Any], num_returns: int = 1, timeout: float = 0) -> tuple[list[Any], list[Any]]:
        when = futures.FIRST_COMPLETED if num_returns == 1 else futures.ALL_COMPLETED
        found = futures.wait(answers, timeout, when)
        return list(found.done), list(found.not_done)

    def get(self, answer: Any) -> Any:
        return answer.result()

    def kill(self, actor: Any) -> None:
        self.killed += 1

    def shutdown(self) -> None:
        self.down = True


class StubActor:
    def __init__(self, reader: Reader) -> None:
        self._threads = futures.ThreadPoolExecutor(1)
        self._reader = reader
        self.begin = SimpleNamespace(remote=lambda: self._threads.submit(reader.begin))
        self.read = SimpleNamespace(remote=self._read)

    def _read(self, document: Document) -> Any:
        answer: Any = futures.Future()
        match document.text:
            case "hang":
                return answer
            case "die" | "swell":
                answer.set_exception(BrokenError("exit code 77" if document.text == "swell" else "gone"))
                return answer
        return self._threads.submit(self._reader.read, document)


def test_actors_that_go_hang_or_swell_cost_their_document_alone(tmp_path: Path, monkeypatch: Any) -> None:
    ray = Stub()
    monkeypatch.setattr("extract.batch.ray.started", lambda address, count: ray)
    plain = [*documents(*["fine", "raise"] * 20), InputError("bad", source="x"), Document("last", "fine")]
    poison = [Document(text, text) for text in ("die", "hang", "swell")]
    written(tmp_path / "one.jsonl", plain, alone(fake()))
    with Actors(fake, MARK, limits=Limits(seconds=0.5, megabytes=10**6)) as actors:
        written(tmp_path / "two.jsonl", plain, actors.read)
        written(tmp_path / "three.jsonl", [*plain[:3], *poison, *plain[3:]], actors.read)
    assert files(tmp_path / "two.jsonl") == files(tmp_path / "one.jsonl")
    assert (tmp_path / "three.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    refused = [line for line in files(tmp_path / "three.jsonl")[1] if "WorkerError" in line]
    assert [line.split('"detail":"')[1] for line in refused] == [
        'the reader process died; tried 2 times"}',
        'took longer than 0.5 s; tried 2 times"}',
        'took more than 1000000 MB of memory; tried 2 times"}',
    ]
    assert actors.restarts == 6
    assert ray.down


@pytest.mark.parametrize(
    ("load", "mark", "error"), [(absent, MARK, ModelError), (fake, ("0", "other", False), ChargesheetError)]
)
def test_a_cluster_that_would_write_other_records_is_refused(
    load: Any, mark: Any, error: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("extract.batch.ray.started", lambda address, count: Stub())
    with Actors(load, mark) as actors, pytest.raises(error):
        list(actors.read(documents("fine")))


def test_without_ray_the_command_says_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_USAGE_STATS_ENABLED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with pytest.raises(UsageError, match=r"pip install 'chargesheet\[ray\]'"):
        started(None, 1)
    assert os.environ["RAY_AUTH_MODE"] == "token"
    assert len(os.environ["RAY_AUTH_TOKEN"]) == 64


@needs_ray
def test_an_address_where_nobody_listens_is_said_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(UsageError, match="no Ray cluster answers"):
        started(f"127.0.0.1:{port}", None)


def test_an_actor_reads_as_a_process_does() -> None:
    reader = Reader(fake, 10**6)
    assert reader.begin() == MARK
    assert reader.read(Document("a", "fine")).records == [{"doc_id": "a", "text": "fine"}]
    assert isinstance(Reader(absent, 10**6).begin(), ModelError)
