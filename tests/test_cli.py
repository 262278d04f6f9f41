"""The commands as a person runs them: exit codes, errors files, what lands where."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

GOOD = {
    "id": "good",
    "title": "Arrest",
    "published": "2021-12-16",
    "text": "Police arrested Ana Ruiz in Lagos on Monday.",
}


def _run(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", **(env or {})}
    command = [sys.executable, "-m", "extract.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=settings, cwd=ROOT, check=False, timeout=100)


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_one_bad_input_loses_nothing_else(tmp_path: Path) -> None:
    feed = tmp_path / "in"
    feed.mkdir()
    lines = [json.dumps(GOOD), "{broken", json.dumps({"id": "none"}), json.dumps({**GOOD, "id": "second"})]
    (feed / "a.jsonl").write_bytes("\n".join(lines).encode() + b'\n{"id": "bytes", "text": "\xff"}\n')
    (feed / "b.exe").write_bytes(b"MZ")
    (feed / "c.jsonl").write_bytes(b"")
    (feed / "d.txt").write_bytes("Kim was killed on Monday.".encode("utf-16"))
    out = tmp_path / "out.jsonl"
    done = _run("run", str(feed), "-o", str(out))
    assert done.returncode == 2, done.stderr
    assert {row["doc_id"] for row in _lines(out)} >= {"good", "second"}
    errors = _lines(tmp_path / "out.errors.jsonl")
    assert len(errors) == 5
    assert all(set(row) == {"source", "line", "byte_offset", "doc_id", "stage", "error", "detail"} for row in errors)
    assert {row["line"] for row in errors} >= {2, 3, 5}


def test_strict_stops_at_the_first_bad_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(GOOD) + "\n{broken\n")
    done = _run("run", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--strict")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_standard_input_streams_to_standard_output() -> None:
    done = _run("run", "-", stdin=json.dumps(GOOD).encode() + b"\n")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["type"] for one in records] == ["arrest"]
    assert all(GOOD["text"][one["triggers"][0]["start"] :].startswith(one["triggers"][0]["text"]) for one in records)


def test_a_missing_file_is_an_error_and_exit_1(tmp_path: Path) -> None:
    done = _run("run", str(tmp_path / "nothing.jsonl"))
    assert done.returncode == 1
    assert b"nothing.jsonl" in done.stderr


def test_show_writes_a_page(tmp_path: Path) -> None:
    done = _run("show", str(ROOT / "examples" / "court-report.txt"), "--html", str(tmp_path / "p.html"))
    assert done.returncode == 0, done.stderr
    assert "<mark" in (tmp_path / "p.html").read_text("utf-8")


def test_a_record_validates_against_the_printed_schema() -> None:
    schema = json.loads(_run("schema").stdout)
    record = json.loads(_run("run", "-", stdin=json.dumps(GOOD).encode()).stdout.splitlines()[0])
    assert set(schema["required"]) <= set(record)
    assert set(record) <= set(schema["properties"])


@pytest.mark.parametrize("command", ["run", "show", "score", "agree", "bench", "train", "schema", "doctor"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = _run(command, "--help")
    assert done.returncode == 0
    assert b"Example: chargesheet" in done.stdout


def test_help_needs_no_torch() -> None:
    code = "import sys, extract.cli; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_an_unknown_model_is_one_line_that_says_where_it_looked() -> None:
    done = _run("run", "-", "--model", "huge")
    assert done.returncode == 1
    assert b"Looked in" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("".join(json.dumps({**GOOD, "id": str(n)}) + "\n" for n in range(30)))
    shell = f"{sys.executable} -m extract.cli run {tmp_path / 'many.jsonl'} | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=ROOT, check=False, timeout=100)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_an_unknown_option_is_exit_1() -> None:
    done = _run("run", "-", "--nonsense")
    assert done.returncode == 1
    assert b"nonsense" in done.stderr
    assert b"Traceback" not in done.stderr


def test_any_number_of_workers_writes_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for count in ("0", "1", "3"):
        out = tmp_path / f"{count}.jsonl"
        assert _run("run", "examples", "-o", str(out), "--workers", count).returncode == 0
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2] != b""


def test_a_run_killed_among_its_workers_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    feed, out, undisturbed = tmp_path / "feed.jsonl", tmp_path / "out.jsonl", tmp_path / "once.jsonl"
    feed.write_text("".join(json.dumps({**GOOD, "id": f"d{number}"}) + "\n" for number in range(400)), "utf-8")
    arguments = ["run", str(feed), "--workers", "2", "-o"]
    assert _run(*arguments, str(undisturbed)).returncode == 0
    settings = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "extract.cli", *arguments, str(out)], env=settings, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    state = tmp_path / "out.jsonl.state"
    for _ in range(1200):
        if state.exists() and state.read_bytes().count(b"\n") > 20:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert not out.exists()
    done = _run(*arguments, str(out))
    assert done.returncode == 0, done.stderr
    assert b"were done before" in done.stderr
    assert out.read_bytes() == undisturbed.read_bytes()


def test_importing_labels_names_what_it_refuses(tmp_path: Path) -> None:
    export = tmp_path / "export.jsonl"
    good = {"id": 1, "text": "Police arrested Ana.", "label": [[7, 15, "arrest"]]}
    export.write_text(f"{json.dumps(good)}\n{{\n", "utf-8")
    done = _run("label", "import", "doccano", str(export))
    assert done.returncode == 2
    assert json.loads(done.stdout)["events"][0]["type"] == "arrest"
    assert b"export.jsonl:2" in done.stderr
    export.write_text("{\n", "utf-8")
    assert _run("label", "import", "doccano", str(export)).returncode == 1


def test_wire_copies_are_both_read_and_linked_whatever_their_order(tmp_path: Path) -> None:
    story = " ".join(f"Police in town {n} arrested {n + 2} men on Monday, officials said." for n in range(12))
    lines = [json.dumps({"id": name, "text": text}) for name, text in (("b", story), ("a", f"LAGOS - {story} End."))]
    for number, order in enumerate((lines, lines[::-1])):
        feed, out = tmp_path / f"{number}.jsonl", tmp_path / f"out{number}.jsonl"
        feed.write_text("\n".join(order))
        assert _run("run", str(feed), "-o", str(out)).returncode == 0
        assert {one["doc_id"] for one in _lines(out)} == {"a", "b"}
        assert _lines(tmp_path / f"out{number}.copies.jsonl") == [{"doc_id": "b", "dup_of": "a"}]
    assert sorted(_lines(tmp_path / "out0.jsonl"), key=str) == sorted(_lines(tmp_path / "out1.jsonl"), key=str)
