"""The whole pipeline on one page: Document -> annotate -> resolve -> assemble -> Events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from extract.annotate import weights
from extract.annotate.annotate import annotate, bf16_pays
from extract.assemble import Settings, assemble
from extract.resolve import resolve
from extract.schema.annotation import Annotated
from extract.schema.document import Document
from extract.schema.event import Event


class Events(tuple[Event, ...]):
    """The records of one or more documents."""

    __slots__ = ()

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame, one row a record; pandas is yours to install."""
        import pandas as pd

        return pd.DataFrame([one.to_json() for one in self])


@dataclass(frozen=True, slots=True)
class Result:
    """A document, its records, and what was read in it."""

    document: Document
    events: Events
    annotated: Annotated


class Pipeline:
    """A loaded model with everything after it; build one with `extract.load()`."""

    def __init__(self, model: weights.Model, *, min_confidence: float | None = None, bf16: bool | None = None) -> None:
        self.model = model
        settings = dict(model.settings)
        if min_confidence is not None:
            settings["event"] = min_confidence
            settings["article"] = min(settings.get("article", 0.0), min_confidence)
        self.settings = Settings(**{**settings, "calibration": tuple(settings.get("calibration", (1.0, 0.0)))})
        self.bf16 = bf16_pays() if bf16 is None else bf16

    def __call__(self, text: str | Document, *, published: str | None = None, title: str | None = None) -> Result:
        """Return the records of one text or document; `published` (ISO date) anchors relative dates.

        >>> import extract
        >>> nlp = extract.load("small")
        >>> [event.type for event in nlp("Police arrested Ana Ruiz on Monday.", published="2021-12-16").events]
        ['arrest']
        """
        document = text if isinstance(text, Document) else Document("text", text, title, published)
        annotated = resolve(annotate(document, self.model, bf16=self.bf16))
        return Result(document, Events(assemble(annotated, self.settings)), annotated)

    def pipe(self, documents: Iterable[Document | str], *, batch_size: int = 16) -> Iterator[Result]:
        """Yield the result of each document in order, at most `batch_size` of them read ahead."""
        del batch_size  # a document is read by itself: nothing is held back
        for document in documents:
            yield self(document)


def load(
    name: str = "small", *, min_confidence: float | None = None, bf16: bool | None = None, fast: bool = False
) -> Pipeline:
    """Return a pipeline over the model `small`, `base` or a model folder; raises `ModelError` if it is not there.

    With `fast` the encoder is compiled by OpenVINO (the extra `fast`).
    """
    pipeline = Pipeline(weights.load(name), min_confidence=min_confidence, bf16=bf16)
    if fast:
        from extract.annotate.fast import CompiledEncoder

        reader = pipeline.model.reader
        reader.encoder = CompiledEncoder(reader.encoder, bf16=pipeline.bf16)  # type: ignore[assignment]  # reads alike
    return pipeline
