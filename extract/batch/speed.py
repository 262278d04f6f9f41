"""How fast the pipeline reads beside stock spaCy, same articles, same run: only the ratio means anything."""

import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from extract.annotate.annotate import annotate
from extract.errors import UsageError
from extract.label.corpus import articles
from extract.pipeline import Pipeline
from extract.schema.document import Document


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds, articles a second; `ratio` is ours over theirs, above 1 where we are faster."""

    articles: int
    words: int
    rounds: int
    ours: float
    annotate_only: float
    spacy_full: float
    spacy_ner_only: float
    ratio_full: float
    ratio_ner_only: float

    def to_json(self) -> dict[str, float]:
        """Return the figures, rounded."""
        return {key: round(value, 3) for key, value in asdict(self).items()}


def drawn(data: Path, count: int, *, seed: int) -> list[Document]:
    """Return so many articles drawn at random from the data folder, the same ones for a seed."""
    found = list(articles(data, None))
    return random.Random(seed).sample(found, min(count, len(found)))


def measure(documents: Sequence[Document], pipeline: Pipeline, spacy_model: Path, *, rounds: int = 3) -> Speed:
    """Return the rates of the whole pipeline and of stock spaCy (two processes), taken in turn, round by round.

    Raises `UsageError` where spaCy or its model is missing.
    """
    try:
        import spacy

        full = spacy.load(spacy_model)
        ner = spacy.load(spacy_model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    except (ImportError, OSError) as error:
        raise UsageError(f"the comparison needs spaCy and the folder of en_core_web_sm 3.8.0 ({error})") from error
    texts = [one.text for one in documents]
    rates: dict[str, list[float]] = {"ours": [], "annotate": [], "full": [], "ner": []}

    def timed(name: str, count: int, started: float) -> None:
        rates[name].append(count / (time.monotonic() - started))

    for _ in range(rounds):
        started = time.monotonic()
        for document in documents:
            pipeline(document)
        timed("ours", len(documents), started)
        started = time.monotonic()
        for document in documents:
            annotate(document, pipeline.model, bf16=pipeline.bf16)
        timed("annotate", len(documents), started)
        for name, nlp in (("full", full), ("ner", ner)):
            started = time.monotonic()
            count = sum(1 for _ in nlp.pipe(texts, n_process=2, batch_size=32))
            timed(name, count, started)
    middle = {name: median(values) for name, values in rates.items()}
    return Speed(
        articles=len(documents),
        words=sum(len(text.split()) for text in texts),
        rounds=rounds,
        ours=middle["ours"],
        annotate_only=middle["annotate"],
        spacy_full=middle["full"],
        spacy_ner_only=middle["ner"],
        ratio_full=middle["ours"] / middle["full"],
        ratio_ner_only=middle["ours"] / middle["ner"],
    )
