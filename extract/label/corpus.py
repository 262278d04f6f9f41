"""Stand-off labels with their texts: a folder of label files, and the place where the articles lie.

Texts that are not ours stay outside the repository; a label names its article by id and by the SHA-256 of the text,
and is refused when the text found is another version.
"""

import json
import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.errors import LabelError, UsageError
from extract.schema.document import Document
from extract.schema.label import Labelled, problems, read_labelled

_DATED = re.compile(r"[ \t]*date (\d{4}-\d{2}-\d{2})\s+")


def label_files(folder: Path) -> list[Path]:
    """Return the .json and .jsonl files under a folder (or the file itself), sorted."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such file or folder of labels")
    return sorted(one for one in folder.rglob("*") if one.suffix in (".json", ".jsonl"))


def read_labels(folder: Path) -> list[Labelled]:
    """Return every label under a folder; raises `LabelError` with file, line and reason."""
    found: list[Labelled] = []
    for path in label_files(folder):
        lines = path.read_text("utf-8").split("\n") if path.suffix == ".jsonl" else [path.read_text("utf-8")]
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found.append(_read(line, path, number))
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1} if len(found) < 5000 else set()
    if twice:
        raise LabelError(f"{folder}: labelled twice: {', '.join(sorted(twice))}")
    return found


def _read(line: str, path: Path, number: int) -> Labelled:
    try:
        raw: Any = json.loads(line)
        return read_labelled(raw)
    except (ValueError, LabelError) as error:
        raise LabelError(f"{path}:{number}: {error}") from error


def raw_articles(data: Path) -> Iterator[dict[str, Any]]:
    """Yield every article under `data`/articles/*.jsonl or .jsonl.xz, all its keys, and `data`/../seed/*.txt.

    Raises `UsageError` where there are none.
    """
    paths = sorted((data / "articles").glob("*.jsonl*"))
    if not paths:
        raise UsageError(
            f"{data}/articles: no .jsonl or .jsonl.xz there; corpus/sources.toml says how to get the texts"
        )
    for path in paths:
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
            yield from (json.loads(line) for line in lines)
    for path in sorted((data.parent / "seed").glob("*.txt")):
        yield _plain(path)


def _plain(path: Path) -> dict[str, Any]:
    """Return a text file as an article; `date YYYY-MM-DD` before the text is its day of publication."""
    text = path.read_bytes().decode("utf-8")  # as received: reading as text would turn CRLF
    dated = _DATED.match(text)
    return {
        "id": f"seed/{path.stem}",
        "title": None,
        "published": dated[1] if dated else None,
        "text": text[dated.end() :] if dated else text,
    }


def articles(data: Path, ids: frozenset[str] | None) -> Iterator[Document]:
    """Yield the articles of these ids, all of them for `None`."""
    for raw in raw_articles(data):
        if ids is None or raw["id"] in ids:
            yield Document(raw["id"], raw["text"], raw.get("title"), raw.get("published"))


def with_texts(labels: Iterable[Labelled], data: Path | None) -> list[tuple[Labelled, Document]]:
    """Return each label with its article, published as the label says; raises `LabelError` for any that do not fit."""
    labels = list(labels)
    wanted = frozenset(one.id for one in labels if one.text is None)
    if wanted and data is None:
        raise UsageError(f"{len(wanted)} labelled articles are kept outside the repository: say where with --data")
    found = {one.id: one for one in articles(data, wanted)} if wanted and data is not None else {}
    pairs: list[tuple[Labelled, Document]] = []
    for one in labels:
        document = found.get(one.id) if one.text is None else Document(one.id, one.text, one.title, one.published)
        if document is None:
            raise LabelError(f"{one.id}: labelled, but not among the articles in {data}")
        wrong = problems(one, text=document.text, title=document.title)
        if wrong:
            raise LabelError(f"{one.id}: {'; '.join(wrong[:3])}")
        published = document.published or one.published
        pairs.append((one, Document(document.id, document.text, document.title, published)))
    return pairs
