"""Articles that a model may read before it learns labels: all but those it will be judged on, and their likes."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from extract.label.corpus import raw_articles
from extract.schema.document import Document

WORDS: Final = 5
FURNITURE: Final = 25
"""Articles from which a run of words counts as page furniture."""
ALIKE: Final = 0.2
"""Share of an article's runs of words, furniture aside, from which it is a near-duplicate."""
LONGEST: Final = 8_000
"""Code points read of one article."""


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of every run of five words, case and punctuation aside."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(hash(tuple(words[at : at + WORDS])) for at in range(len(words) - WORDS + 1))


def unlabelled(data: Path, held_out: Iterable[str]) -> list[Document]:
    """Return the articles in `data` that are neither held out (ids), nor of a benchmark's test split, nor like one.

    An article is like one that is held out when it shares an incident or a fifth of its runs of five words with it.
    """
    held = frozenset(held_out)
    raws = list(raw_articles(data))
    kept_back = [one["id"] in held or one.get("split") == "test" for one in raws]
    runs = [shingles(one["text"]) for one in raws]
    spread = Counter(run for found in runs for run in found)
    runs = [frozenset(run for run in found if spread[run] <= FURNITURE) for found in runs]
    judged = frozenset(run for found, back in zip(runs, kept_back, strict=True) if back for run in found)
    incidents = {
        str(one["incident_id"]) for one, back in zip(raws, kept_back, strict=True) if back and one.get("incident_id")
    }
    found = []
    for one, own, back in zip(raws, runs, kept_back, strict=True):
        if back or (one.get("incident_id") and str(one["incident_id"]) in incidents):
            continue
        if own and len(own & judged) >= ALIKE * len(own):
            continue
        found.append(Document(one["id"], one["text"][:LONGEST], one.get("title"), one.get("published")))
    return found
