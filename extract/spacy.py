"""chargesheet as a spaCy component: `nlp.add_pipe("chargesheet")`, then `doc._.events`.

The component reads the Doc's text as one document; `doc.user_data["published"]` (ISO date) anchors relative dates.
Mentions that fit token borders also become spans under `doc.spans["chargesheet"]`.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.pipeline import Pipeline, load
from extract.schema.document import Document


class Chargesheet:
    """The component; holds a pipeline and writes `doc._.events`."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        if not Doc.has_extension("events"):
            Doc.set_extension("events", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with its event records."""
        published = doc.user_data.get("published")
        title = doc.user_data.get("title")
        document = Document(doc.user_data.get("id", "doc"), doc.text, title, published)
        events = self.pipeline(document).events
        doc._.events = events
        found: list[Span] = []
        for event in events:
            for trigger in event.triggers:
                span = doc.char_span(trigger.start, trigger.end, label=event.type, alignment_mode="expand")
                if span is not None:
                    found.append(span)
        doc.spans["chargesheet"] = found
        return doc


@Language.factory("chargesheet", default_config={"model": "small"}, assigns=["doc._.events"])
def make_chargesheet(nlp: Language, name: str, model: str) -> Chargesheet:
    """Return the component; `model` is `small`, `base` or a model folder."""
    del nlp, name
    return Chargesheet(load(model))
