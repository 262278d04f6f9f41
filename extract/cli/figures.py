"""score, agree and bench: figures and where they came from."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from extract.cli.common import Data, Json, ModelName, app
from extract.errors import UsageError


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, or JSONL.")],
    predicted: Annotated[Path, typer.Argument(help="Records as `run` writes them (JSONL).")],
    json_: Json = False,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    result: Annotated[Path | None, typer.Option(help="Write a result file here (JSON), its table beside it.")] = None,
    model: ModelName = "small",
) -> None:
    """Score records against gold: every figure of docs/SCORING.md with 95 % intervals.

    Example: chargesheet score eval/gold events.jsonl
    """
    from extract.score import read_gold, read_predicted, score

    report = score(read_gold(gold), read_predicted(predicted), seed=seed)
    if result is not None:
        _write_result(report, result, gold, model)
    _figures(report, json_=json_)


def _write_result(report: Any, path: Path, gold: Path, model: str) -> None:
    from extract.annotate import weights
    from extract.score.result import markdown
    from extract.score.result import result as made

    asked = ["git", "rev-parse", "--short", "HEAD"]
    try:
        revision = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        revision = "unknown"
    sha = weights.check(weights.find(model))
    command = f"chargesheet label documents {gold} --data DATA > gold.jsonl; chargesheet run gold.jsonl -o events.jsonl"
    command += f" --model {model}; chargesheet score {gold} events.jsonl --result {path}"
    day = time.strftime("%Y-%m-%d")
    stored = made(report, command=command, day=day, revision=revision, weights_sha256=sha, gold=gold)
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


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="speed; all when left out.")] = None,
    data: Data = None,
    spacy_model: Annotated[Path | None, typer.Option(help="Folder of en_core_web_sm 3.8.0, the yardstick.")] = None,
    model: ModelName = "small",
    articles: Annotated[int, typer.Option(help="Articles drawn for the speed figure.")] = 200,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write the result file here (JSON).")] = None,
) -> None:
    """Measure ourselves beside others, on the same articles in the same run.

    Example: chargesheet bench speed --data data --spacy-model en_core_web_sm-3.8.0
    """
    from extract.batch.speed import drawn, measure
    from extract.pipeline import load

    unknown = sorted(set(names or ()) - {"speed"})
    if unknown:
        raise UsageError(f"no such benchmark: {', '.join(unknown)}; there is: speed")
    if data is None or spacy_model is None:
        raise UsageError("the speed figure needs --data (corpus/sources.toml) and --spacy-model")
    result = measure(drawn(data, articles, seed=0), load(model), spacy_model).to_json()
    command = f"chargesheet bench speed --articles {articles} --model {model}"
    shown = json.dumps({"command": command, "date": time.strftime("%Y-%m-%d"), **result}, indent=1)
    print(shown)
    if out is not None:
        out.write_text(shown + "\n", "utf-8")
