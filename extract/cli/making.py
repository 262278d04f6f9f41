"""train, models and label: from articles to labels to weights."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.common import Data, Inputs, Json, Published, app, label_app, models_app, readings, say
from extract.errors import InputError


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

    for one in readings(inputs, None, published):
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

    (document,) = [one for one in readings([article], None, None) if not isinstance(one, InputError)]
    print(json.dumps(labelled_json(read_sheet(json.loads(sheet.read_text("utf-8")), document)), ensure_ascii=False))


@label_app.command("documents")
def label_documents(
    labels: Annotated[Path, typer.Argument(help="Folder of stand-off labels, or JSONL.")],
    data: Data = None,
) -> None:
    """Print the labelled articles as JSONL that `run` reads: texts from --data, publication date as labelled.

    Example: chargesheet label documents eval/gold --data data > gold.jsonl
    """
    from extract.batch.output import json_line
    from extract.label.corpus import read_labels, with_texts

    for _, one in with_texts(read_labels(labels), data):
        raw = {"id": one.id, "title": one.title, "published": one.published, "text": one.text}
        sys.stdout.buffer.write(json_line(raw))
