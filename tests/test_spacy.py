"""The spaCy component gives the same records as the pipeline."""

import spacy

from extract.pipeline import Pipeline

TEXT = "Police arrested Ana Ruiz in Lagos on Monday."


def test_the_component_writes_events_and_spans(small: Pipeline) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("chargesheet")
    doc = nlp(TEXT)
    ours = [event.type for event in small(TEXT).events]
    assert [event.type for event in doc._.events] == ours
    assert [span.label_ for span in doc.spans["chargesheet"]] == ours
