"""The command line: one command per stage a person can ask for. Results to stdout or -o, everything else to stderr."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from tqdm import tqdm

from extract.errors import ChargesheetError, InputError, UsageError

app = typer.Typer(
    help="Event records from news and reports: who was charged with what, when, where, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
models_app = typer.Typer(help="List and verify models.", no_args_is_help=True)
label_app = typer.Typer(help="Label sheets: numbered sentences out, checked stand-off labels in.", no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(label_app, name="label")

DONE, FAILED, SOME_REFUSED = 0, 1, 2
say = Console(stderr=True, highlight=False)

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")]
ModelName = Annotated[str, typer.Option("--model", help="small, base, or a model folder.")]
Published = Annotated[str | None, typer.Option(help="Publication date (ISO) for inputs that carry none.")]
TextKey = Annotated[str | None, typer.Option(help="Key of the text in JSONL; else text, maintext, body, event_text.")]
MinConfidence = Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Drop records below this confidence.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
Data = Annotated[
    Path | None, typer.Option(help="Where articles kept outside the repository lie (corpus/sources.toml).")
]


def _interrupted(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _readings(inputs: Iterable[str], text_key: str | None, published: str | None) -> Iterator[Any]:
    from extract.ingest import read

    yield from read(inputs, stdin=sys.stdin.buffer, text_key=text_key, published=published)


@app.command()
def run(
    inputs: Inputs,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write records here (JSONL) instead of stdout.")
    ] = None,
    model: ModelName = "small",
    text_key: TextKey = None,
    published: Published = None,
    min_confidence: MinConfidence = None,
    strict: Annotated[bool, typer.Option(help="Stop at the first input that cannot be read.")] = False,
    new_run: Annotated[bool, typer.Option(help="Start afresh where an interrupted run lies.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress, no summary.")] = False,
) -> None:
    """Read documents, write event records: the main job.

    Example: chargesheet run articles.jsonl pages/ -o events.jsonl
    """
    from extract.batch import run as batch
    from extract.batch.output import Output
    from extract.pipeline import load

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _interrupted)
    pipeline = load(model, min_confidence=min_confidence)
    readings = _readings(inputs, text_key, published)
    if out is None:
        raise typer.Exit(_stream(batch.stream(readings, pipeline), strict=strict))
    given = {"inputs": list(inputs), "text_key": text_key, "published": published}
    output = Output(out, batch.fingerprint(pipeline, given), new_run=new_run)
    bar = tqdm(disable=True if quiet else None, unit=" articles", file=sys.stderr, smoothing=0.1)

    def progress(documents: int, events: int, refused: int) -> None:
        bar.update(documents + refused - bar.n)
        bar.set_postfix(events=events, refused=refused, refresh=False)

    try:
        summary = batch.run(readings, pipeline, output, strict=strict, progress=progress)
    except BaseException:
        output.stop()
        bar.close()
        if not quiet:
            say.print(f"Stopped after {len(output.done)} inputs; the same command goes on from there.")
        raise
    output.close()
    bar.close()
    if not quiet:
        _summarise(summary, out, output.errors if output.refused else None)
    if output.refused:
        raise typer.Exit(SOME_REFUSED if summary.documents + summary.skipped else FAILED)


def _summarise(summary: Any, out: Path, errors: Path | None) -> None:
    rate = summary.documents / summary.seconds if summary.seconds else 0.0
    say.print(f"{summary.documents} documents read, {summary.events} records to {out}")
    say.print(f"{summary.seconds:.1f} s, {rate:.1f} documents a second")
    say.print(f"{summary.windows} windows, {summary.characters} characters read, {summary.unread} unread")
    if summary.skipped:
        say.print(f"{summary.skipped} documents were done before")
    if errors:
        say.print(f"{summary.refused} inputs refused, each with its reason in {errors}")


def _stream(results: Iterable[dict[str, Any] | InputError], *, strict: bool) -> int:
    from extract.batch.output import json_line

    refused = read = 0
    for one in results:
        if isinstance(one, InputError):
            if strict:
                raise one
            refused += 1
            say.print(f"refused: {_where(one)}: {one.detail}", markup=False)
            continue
        read += 1
        sys.stdout.buffer.write(json_line(one))
        sys.stdout.buffer.flush()
    return SOME_REFUSED if refused and read else FAILED if refused else DONE


def _where(error: InputError) -> str:
    line = f":{error.line}" if error.line is not None else ""
    return f"{error.source}{line}" if error.source else error.doc_id or "?"


@app.command()
def show(
    inputs: Inputs,
    html: Annotated[Path | None, typer.Option(help="Write a page with the evidence highlighted instead.")] = None,
    model: ModelName = "small",
    text_key: TextKey = None,
    published: Published = None,
    min_confidence: MinConfidence = None,
    json_: Json = False,
) -> None:
    """Show documents' records for a person: a table, or a page with the evidence highlighted.

    Example: chargesheet show article.txt --html article.html
    """
    from extract.pipeline import load
    from extract.review.page import page
    from extract.review.table import table

    pipeline = load(model, min_confidence=min_confidence)
    screen = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    refused = shown = 0
    for one in _readings(inputs, text_key, published):
        if isinstance(one, InputError):
            refused += 1
            say.print(f"refused: {_where(one)}: {one.detail}", markup=False)
            continue
        result = pipeline(one)
        if html is not None:
            if shown:
                raise UsageError("--html shows one document; give one")
            html.write_text(page(one, result.events), "utf-8")
            say.print(f"{html}: {len(result.events)} records")
        elif json_:
            print(json.dumps([event.to_json() for event in result.events], ensure_ascii=False))
        else:
            screen.print(table(one, result.events))
        shown += 1
    if refused:
        raise typer.Exit(SOME_REFUSED if shown else FAILED)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, or JSONL.")],
    predicted: Annotated[Path, typer.Argument(help="Records as `run` writes them (JSONL).")],
    json_: Json = False,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
) -> None:
    """Score records against gold: every figure of docs/SCORING.md with 95 % intervals.

    Example: chargesheet score eval/gold events.jsonl
    """
    from extract.score import read_gold, read_predicted, score

    report = score(read_gold(gold), read_predicted(predicted), seed=seed)
    _figures(report, json_=json_)


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


@app.command()
def train(
    recipe: Annotated[Path, typer.Argument(help="A recipe.toml.")],
    encoder: Annotated[Path, typer.Option(help="Folder of the base encoder (model.safetensors, tokenizer.json).")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Model folder to write.")],
    data: Data = None,
) -> None:
    """Train a model from a recipe; progress on stderr, the model folder at the end.

    Example: chargesheet train models/small/recipe.toml --encoder encoders/minilm --data data -o runs/small
    """
    from extract.train.run import train as learn

    began = time.monotonic()
    learn(recipe, encoder=encoder, data=data, out=out, say=lambda line: say.print(line, markup=False))
    say.print(f"{out} written, {time.monotonic() - began:.0f} s")


@models_app.command("list")
def models_list(json_: Json = False) -> None:
    """List the models found.

    Example: chargesheet models list
    """
    from extract.annotate import weights

    found = [one for place in weights.places() if place.is_dir() for one in sorted(place.iterdir())]
    rows = [{"name": one.name, "folder": str(one)} for one in found if (one / "weights.safetensors").is_file()]
    print(json.dumps(rows) if json_ else "\n".join(f"{row['name']}\t{row['folder']}" for row in rows) or "no models")


@models_app.command("check")
def models_check(name: Annotated[str, typer.Argument(help="Name or folder.")] = "small") -> None:
    """Check a model's files against its SHA256.

    Example: chargesheet models check small
    """
    from extract.annotate import weights

    folder = weights.find(name)
    print(f"{folder}: sound, weights {weights.check(folder)}")


@label_app.command("view")
def label_view(inputs: Inputs, published: Published = None) -> None:
    """Print articles as numbered sentences to label from.

    Example: chargesheet label view article.txt
    """
    from extract.label.sheet import view

    for one in _readings(inputs, None, published):
        if isinstance(one, InputError):
            raise one
        print(view(one), end="")


@label_app.command("read")
def label_read(
    sheet: Annotated[Path, typer.Argument(help="A label sheet (JSON).")],
    article: Annotated[str, typer.Argument(help="The article it labels.")],
) -> None:
    """Turn a label sheet into stand-off labels, refusing whatever does not fit.

    Example: chargesheet label read sheet.json article.txt > labels.json
    """
    from extract.label.sheet import read_sheet
    from extract.schema.label import labelled_json

    (document,) = [one for one in _readings([article], None, None) if not isinstance(one, InputError)]
    print(json.dumps(labelled_json(read_sheet(json.loads(sheet.read_text("utf-8")), document)), ensure_ascii=False))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    Example: chargesheet schema > record.schema.json
    """
    from extract.schema.record import json_schema

    print(json.dumps(json_schema(), indent=2))


@app.command()
def doctor() -> None:
    """Check the installation: versions, processor, models; exit 1 when something is wrong.

    Example: chargesheet doctor
    """
    import torch

    from extract.annotate import weights
    from extract.annotate.annotate import bf16_pays

    print(f"python {sys.version.split()[0]}, torch {torch.__version__}, {os.cpu_count()} cores")
    print(f"bfloat16 in hardware: {'yes' if bf16_pays() else 'no, fp32 is used'}")
    for place in weights.places():
        for folder in sorted(place.iterdir()) if place.is_dir() else ():
            if (folder / "weights.safetensors").is_file():
                print(f"model {folder.name}: sound, {weights.check(folder)[:16]}… in {folder}")
    weights.find("small")


def main() -> None:
    """Run the command; every error of ours is one line on stderr and exit 1."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        app(standalone_mode=False)
    except ChargesheetError as error:
        say.print(f"chargesheet: {error}", markup=False, style="red")
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
