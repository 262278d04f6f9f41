"""`make faults`: run the tests of all forty rows and print a line each."""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

HOME = Path(__file__).parent
ROOT = HOME.parents[1]


def rows() -> dict[int, dict[str, Any]]:
    """Return the forty rows by number."""
    return {int(number): row for number, row in tomllib.loads((HOME / "rows.toml").read_text("utf-8")).items()}


def outcomes(wanted: list[str]) -> dict[str, str]:
    """Return "passed", "failed" or "skipped" for each test: the worst of its cases."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", "-o", "junit_family=xunit1", *wanted]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        found: dict[str, str] = {}
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('file')}::{str(case.get('name')).split('[')[0]}"
            bad = case.find("failure") is not None or case.find("error") is not None
            outcome = "failed" if bad else "skipped" if case.find("skipped") is not None else "passed"
            found[name] = min(found.get(name, outcome), outcome)  # "failed" < "passed" < "skipped"
        return found


def main() -> int:
    """Print a line for each row; return 1 when a test failed or is not there."""
    table = rows()
    found = outcomes(sorted({name for row in table.values() for name in row.get("tests", ())}))
    failed = 0
    for number, row in sorted(table.items()):
        results = [found.get(name, "failed") for name in row.get("tests", ())]
        state = "waits" if not results else "FAILS" if "failed" in results else "holds"
        failed += state == "FAILS"
        why = f" ({row['waits_for']})" if "waits_for" in row else f" ({len(results)} tests)"
        print(f"{number:2} {state}  {row['fault']}: {row['must']}{why}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
