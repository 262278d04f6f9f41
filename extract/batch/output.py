"""The output of a run: records that survive a kill at any moment, under the final name only when complete.

Records go to `OUT.part`; after each document a line in `OUT.state` says how far the part file reaches, so a run that
was killed between two writes is cut back to its last whole document and goes on. The last step is a rename.

A run that watches has no last step: with `live` the records lie in `OUT` from the first one on, whole documents always,
and the state stays beside it.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from extract.errors import ResumeError

FLUSH_EVERY = 32
"""Documents between two calls of fsync: what a power cut (not a kill) can cost."""


def json_line(raw: Mapping[str, Any]) -> bytes:
    """Return one JSONL line in UTF-8; U+2028 and U+2029 are escaped, since some readers break lines there."""
    text = json.dumps(raw, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8", "replace") + b"\n"


class Output:
    """Writer of records and refusals for one run; use it as a context manager."""

    def __init__(self, out: Path, fingerprint: Mapping[str, Any], *, new_run: bool, live: bool = False) -> None:
        self.out = out
        self._live = live
        self.errors = out.with_name(out.name.removesuffix(".jsonl") + ".errors.jsonl")
        self._part = out if live else out.with_name(out.name + ".part")
        self._errors_part = self.errors if live else out.with_name(self.errors.name + ".part")
        self._state = out.with_name(out.name + ".state")
        self.done: set[str] = set()
        self.refused = 0
        self.resumed = False
        self._whole, noted = ((0, 0), 0) if new_run else self._resume(fingerprint)
        self._records = _open_at(self._part, self._whole[0])
        self._refusals = _open_at(self._errors_part, self._whole[1])
        self._log = _open_at(self._state, noted)
        if not self.resumed:
            self._note({"fingerprint": dict(fingerprint)})
        self._since_sync = 0

    def _resume(self, fingerprint: Mapping[str, Any]) -> tuple[tuple[int, int], int]:
        """Return how far an earlier run's records and refusals are whole, and its state; `ResumeError` on another's.

        What the state tells of but a power cut lost counts as not done.
        """
        lines = _whole_lines(self._state) if self._state.exists() else []
        if not lines or "fingerprint" not in lines[0][0]:
            if self._live and _size(self.out):
                raise ResumeError(
                    f"{self.out}: records of a run that did not watch lie here. Write elsewhere, or replace them with "
                    "--new-run"
                )
            return (0, 0), 0
        if not (self._live or self._part.exists()):
            return (0, 0), 0
        before, noted = lines[0][0]["fingerprint"], lines[0][1]
        changed = sorted(key for key in {*before, *fingerprint} if before.get(key) != fingerprint.get(key))
        if changed:
            shown = "; ".join(f"{key}: {before.get(key)!r} then, {fingerprint.get(key)!r} now" for key in changed)
            raise ResumeError(
                f"{self.out}: an interrupted run lies here, made differently ({shown}). "
                "Start it as it was, or afresh with --new-run"
            )
        offsets = (0, 0)
        there = _size(self._part), _size(self._errors_part)
        for line, end in lines[1:]:
            if line["records"] > there[0] or line["errors"] > there[1]:
                break
            self.done.add(line["done"])
            self.refused += bool(line.get("refused"))
            offsets, noted = (line["records"], line["errors"]), end
        self.resumed = True
        return offsets, noted

    def _note(self, line: Mapping[str, Any]) -> None:
        self._log.write(json_line(line))
        self._log.flush()

    def _finish(self, key: str, *, refused: bool) -> None:
        self._records.flush()
        self._refusals.flush()
        self.done.add(key)
        place = (self._records.tell(), self._refusals.tell())
        self._note({"done": key, "records": place[0], "errors": place[1], **({"refused": True} if refused else {})})
        self._whole = place
        self._since_sync += 1
        if self._since_sync >= FLUSH_EVERY:
            for file in (self._records, self._refusals, self._log):
                os.fsync(file.fileno())
            self._since_sync = 0

    def write(self, key: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Write one document's records; afterwards the document counts as done."""
        self._records.write(b"".join(json_line(one) for one in records))
        self._finish(key, refused=False)

    def refuse(self, key: str, row: Mapping[str, Any]) -> None:
        """Write one refused input's row."""
        self._refusals.write(json_line(row))
        self.refused += 1
        self._finish(key, refused=True)

    def close(self) -> None:
        """Complete the run: sync, rename to the final names, drop the state."""
        self.stop()
        if self._live:
            return
        self._part.replace(self.out)
        if self._errors_part.stat().st_size:
            self._errors_part.replace(self.errors)
        else:
            self._errors_part.unlink()
            self.errors.unlink(missing_ok=True)
        self._state.unlink()

    def stop(self) -> None:
        """Leave everything as it lies, so that the same command goes on from here."""
        for file in (self._records, self._refusals, self._log):
            file.flush()
            os.fsync(file.fileno())
        if self._live:  # a document that was being written: what lies under the final name is whole
            self._records.truncate(self._whole[0])
            self._refusals.truncate(self._whole[1])
        for file in (self._records, self._refusals, self._log):
            file.close()
        if self._live and not self.errors.stat().st_size:
            self.errors.unlink()


class Unwritten:
    """Keeps no records, for a run whose records go to a store alone; refusals go to a file beside it."""

    def __init__(self, store: Path) -> None:
        self.errors = store.with_name(store.name + ".errors.jsonl")
        self.errors.unlink(missing_ok=True)
        self.done: set[str] = set()
        self.refused = 0

    def write(self, key: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Note that the document is done."""
        del records  # the store has them
        self.done.add(key)

    def refuse(self, key: str, row: Mapping[str, Any]) -> None:
        """Write one refused input's row."""
        with self.errors.open("ab") as file:
            file.write(json_line(row))
        self.refused += 1
        self.done.add(key)

    def close(self) -> None:
        """Nothing is open."""

    def stop(self) -> None:
        """Nothing is open."""


def _open_at(path: Path, offset: int) -> BinaryIO:
    file = path.open("r+b" if path.exists() else "w+b")
    file.truncate(offset)
    file.seek(offset)
    return file


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _whole_lines(path: Path) -> list[tuple[dict[str, Any], int]]:
    """Return the lines that were written whole, each with the byte it ends at; a torn tail is what a kill leaves."""
    found: list[tuple[dict[str, Any], int]] = []
    end = 0
    for line in path.read_bytes().split(b"\n")[:-1]:
        end += len(line) + 1
        try:
            found.append((json.loads(line), end))
        except ValueError:
            break
    return found
