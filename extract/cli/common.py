"""What the commands share: the app, its option types, exit codes, how inputs are read and refusals told."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from extract.errors import InputError

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
say = Console(stderr=True, highlight=False, soft_wrap=True)

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, patterns in quotes, or - for standard input.")]
ModelName = Annotated[str, typer.Option("--model", help="small, base, or a model folder.")]
Published = Annotated[str | None, typer.Option(help="Publication date (ISO) for inputs that carry none.")]
TextKey = Annotated[str | None, typer.Option(help="Key of the text in JSONL; else text, maintext, body, event_text.")]
MinConfidence = Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Drop records below this confidence.")]
Lang = Annotated[str, typer.Option(help="en refuses texts in other languages by name; any reads them.")]
Fast = Annotated[bool, typer.Option("--fast", help="Read with OpenVINO (pip install 'chargesheet[fast]').")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
Data = Annotated[
    Path | None, typer.Option(help="Where articles kept outside the repository lie (corpus/sources.toml).")
]


def readings(
    inputs: Iterable[Any], text_key: str | None, published: str | None, lang: str = "any", *, versions: bool = False
) -> Iterator[Any]:
    """Yield the documents and refusals of the inputs a person named."""
    from extract.ingest import read

    stdin = sys.stdin.buffer
    yield from read(inputs, stdin=stdin, text_key=text_key, published=published, lang=lang, versions=versions)


def revision() -> str:
    """Return the commit that a figure is made at, "unknown" outside a clone."""
    try:
        asked = ["git", "rev-parse", "--short", "HEAD"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def where(error: InputError) -> str:
    """Return where a refused input stands: file and line, or its id."""
    line = f":{error.line}" if error.line is not None else ""
    return f"{error.source}{line}" if error.source else error.doc_id or "?"
