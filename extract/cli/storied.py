"""bench stories: linking on ECB+'s annotations, and on what the model reads of shootings told by several articles."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from extract.schema.annotation import Annotated
    from extract.schema.document import Document
    from extract.schema.event import Event

SEEN: Final = Path("eval/coded/incidents-seen.txt")
"""Incidents that the points of `likeness.tsv` were read off: not measured on."""


def labelled() -> set[str]:
    """Return the articles that anybody labelled or that are kept for it: no benchmark draws them."""
    from extract.label.corpus import read_labels

    folders = [Path(one) for one in ("corpus/train", "corpus/dev", "eval/gold", "eval/agreement/a")]
    known = {one.id for folder in folders for one in read_labels(folder)}
    return known | set(Path("corpus/reserved.txt").read_text("utf-8").split())


def stories(data: Path, model: str, count: int, *, fast: bool) -> dict[str, Any]:
    """Return the figures on ECB+'s topics, those that the points were read off and the others, and on shootings."""
    from extract.score.benchmarks.ecbplus import TEST, TRAIN, read_ecbplus
    from extract.score.benchmarks.stories import records_of, story_figures

    home = data / "benchmarks" / "ecbplus" / "ECB+_LREC2014"
    sets = {"ecbplus_1_to_35_read_off": TRAIN, "ecbplus_36_to_45": TEST}
    found = {
        name: story_figures(records_of(read_ecbplus(home, topics), _assembled), _tell) for name, topics in sets.items()
    }
    return {
        "options": f"--articles {count} --model {model}",
        **found,
        "shootings": _shootings(data, model, count, fast),
    }


def _assembled(annotated: "Annotated") -> "Sequence[Event]":
    from extract.assemble import Settings, assemble
    from extract.resolve import resolve

    return assemble(resolve(annotated), Settings())


def _tell(events: "Iterable[Event]") -> Mapping[str, str]:
    from extract.assemble import link

    return link(events).story_of


def _shootings(data: Path, model: str, count: int, fast: bool) -> dict[str, Any]:
    from extract.pipeline import load
    from extract.score.benchmarks.stories import shooting_figures

    pipeline = load(model, fast=fast)
    told = [(incident, pipeline(document).events) for incident, document in _told_of(data, count)]
    return shooting_figures(told, _tell)


def _told_of(data: Path, count: int) -> "list[tuple[str, Document]]":
    """Return whole incidents with their articles, drawn until there are enough; wire copies are left out."""
    from extract.batch.copies import Copies
    from extract.label.corpus import raw_articles
    from extract.schema.document import Document

    known, seen = labelled(), set(SEEN.read_text("utf-8").split())
    articles: dict[str, list[Document]] = defaultdict(list)
    for raw in raw_articles(data):
        incident = str(raw.get("incident_id"))
        if raw.get("incident_id") and raw["id"] not in known and incident not in seen:
            articles[incident].append(Document(raw["id"], raw["text"], raw.get("title"), raw.get("published")))
    drawn = sorted(articles)
    random.Random(0).shuffle(drawn)
    found: list[tuple[str, Document]] = []
    for incident in drawn:
        if len(found) >= count:
            break
        copies = Copies()
        for document in articles[incident]:
            copies.add(document)
        again = {one for one, _ in copies.pairs()}
        found += [(incident, document) for document in articles[incident] if document.id not in again]
    return found
