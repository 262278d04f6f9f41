"""A result file: the report with all that is needed to get it again, and the table that documents show."""

import hashlib
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.score.report import Report, percent

SHOWN = ("card", "all", "event", "type")
SLOTS_SHOWN = ("date", "actor", "target", "charge", "location", "penalty", "instrument", "count", "source")


def digest_of(folder: Path) -> str:
    """Return one SHA-256 over all files of a folder (or over one file), names and bytes, in order of name."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()) if folder.is_dir() else [folder]:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def result(report: Report, *, command: str, day: str, revision: str, weights_sha256: str, gold: Path) -> dict[str, Any]:
    """Return the result file's JSON; the trivial baseline is the program that never proposes a record."""
    return {
        "date": day,
        "revision": revision,
        "weights_sha256": weights_sha256,
        "gold": str(gold),
        "gold_sha256": digest_of(gold),
        "command": command,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "baseline": {"what": "no records at all", "card_f1": 0.0, "event_free": 1.0},
        "report": report.to_json(),
    }


def _row(name: str, figure: Mapping[str, Any]) -> str:
    interval = figure["interval"]
    spread = f"{percent(interval[0])} to {percent(interval[1])}" if interval else "–"
    cells = [name, *(percent(figure[part]) for part in ("precision", "recall", "f1")), spread]
    return f"| {' | '.join(cells)} |"


def markdown(stored: Mapping[str, Any]) -> str:
    """Return a result file's main figures as a Markdown table."""
    reading = stored["report"]["lenient"]
    rows = ["| figure | precision | recall | F1 | 95 % |", "| --- | --- | --- | --- | --- |"]
    rows += [_row(f"**{name}**" if name == "card" else name, reading[name]) for name in SHOWN]
    rows += [_row(name, reading["slots"][name]) for name in SLOTS_SHOWN]
    free, status, off = reading["event_free"], reading["status"], reading["calibration"]
    rows += [
        "",
        f"{stored['report']['documents']} articles; event-free articles left alone {free['right']} of {free['of']}; "
        f"status right {percent(status['share'])} %; calibration error {percent(off['error'])} %.",
    ]
    return "\n".join(rows) + "\n"
