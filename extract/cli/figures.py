"""score, agree and bench: figures and where they came from."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from extract.cli.common import Json, ModelName, app, revision_now


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, or JSONL.")],
    predicted: Annotated[Path, typer.Argument(help="Records as `run` writes them (JSONL).")],
    json_: Json = False,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    result: Annotated[Path | None, typer.Option(help="Write a result file here (JSON), its table beside it.")] = None,
    model: ModelName = "small",
    errors: Annotated[Path | None, typer.Option(help="Write every wrong or missing slot here (JSONL).")] = None,
) -> None:
    """Score records against gold: every figure of docs/SCORING.md with 95 % intervals.

    Example: chargesheet score eval/gold events.jsonl
    """
    from extract.score import differences, read_gold, read_predicted, score

    known, found = read_gold(gold), read_predicted(predicted)
    report = score(known, found, seed=seed)
    if errors is not None:
        lines = (json.dumps(one.to_json(), ensure_ascii=False) for one in differences(known, found))
        errors.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if result is not None:
        _write_result(report, result, gold, model)
    _figures(report, json_=json_)


def _write_result(report: Any, path: Path, gold: Path, model: str) -> None:
    from extract.annotate import weights
    from extract.score.result import markdown
    from extract.score.result import result as made

    sha = weights.check(weights.find(model))
    command = f"chargesheet label documents {gold} --data DATA > gold.jsonl; chargesheet run gold.jsonl -o events.jsonl"
    command += f" --model {model}; chargesheet score {gold} events.jsonl --result {path}"
    day = time.strftime("%Y-%m-%d")
    stored = made(report, command=command, day=day, revision=revision_now(), weights_sha256=sha, gold=gold)
    path.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    path.with_suffix(".md").write_text(markdown(stored), "utf-8")


@app.command()
def agree(
    a: Annotated[Path, typer.Argument(help="One person's labels: folder or JSONL.")],
    b: Annotated[Path, typer.Argument(help="The other's.")],
    json_: Json = False,
) -> None:
    """Measure the agreement of two people's labels with the same scorer.

    Example: chargesheet agree eval/agreement/a eval/agreement/b
    """
    from extract.score import agree as measure
    from extract.score import read_gold

    _figures(measure(read_gold(a), read_gold(b)), json_=json_)


def _figures(report: Any, *, json_: bool) -> None:
    if json_:
        print(json.dumps(report.to_json(), indent=1))
        return
    from rich.table import Table

    rows = report.table()
    grid = Table(header_style="bold")
    for heading in rows[0]:
        grid.add_column(str(heading), justify="left" if heading == rows[0][0] else "right")
    for row in rows[1:]:
        grid.add_row(*(str(cell) for cell in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 140).print(grid)
