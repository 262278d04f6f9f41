"""HRDsAttack (Ran et al. 2023, arXiv:2306.17695) in our label form.

It says of an article which violations it tells, who the victims are, where and when, and gives no offsets: names are
looked up in the text, what does not stand there is left out, and there are no triggers, actors or dates in the text's
words. For scoring, not for learning.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from extract.schema.document import Document
from extract.schema.label import LabelEvent, Labelled, LabelSpan, sha256_of

TYPES: Final[Mapping[str, str]] = {
    "arbitrary detention": "arrest",
    "kidnapping": "abduction",
    "enforced disappearance": "abduction",
    "killing": "killing",
    "torture": "attack",
}


def read_hrdsattack(path: Path, text_of: Callable[[str], str]) -> Iterator[tuple[Labelled, Document]]:
    """Yield the articles of a split (a JSON list); `text_of` takes the markup out of an article."""
    for raw in json.loads(path.read_text("utf-8")):
        sample, merged = raw["sample"], raw["merged_sample"]
        text = text_of(sample["Input.article_interface"])
        name = f"hrd/{sample['Input.GLOBALEVENTID']}"
        published = str(sample["Input.publish_date"])[:10]
        kinds = dict.fromkeys(TYPES[one] for one in merged["violation_types"] if one in TYPES)
        victims = [_first(one["victim_name"], text) for one in merged["victims"]]
        places = [_first(merged[level], text) for level in ("city", "region", "country")]
        slots = {
            "target": tuple((one,) for one in victims if one is not None),
            "location": tuple((one,) for one in places if one is not None)[:1],
        }
        events = tuple(LabelEvent(kind, "asserted", (), (), slots) for kind in kinds)
        document = Document(name, text, sample["Input.title"], published)
        yield Labelled(name, sha256_of(text), published, events, document.title, text), document


def _first(words: str | None, text: str) -> LabelSpan | None:
    if not words or words == "None":
        return None
    start = text.find(words)
    return LabelSpan(words, start, start + len(words)) if start >= 0 else None
