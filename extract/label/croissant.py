"""The Croissant description (MLCommons, version 1.0) of a folder of label files, one JSON file an article."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from extract.label.corpus import label_files
from extract.schema.label import Labelled

VERSION: Final = "1.0"
CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "sc": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "jsonPath": "cr:jsonPath",
    "recordSet": "cr:recordSet",
    "source": "cr:source",
}
FIELDS: Final = (
    ("id", "$.id", "The article's id; corpus/sources.toml says where its text comes from."),
    ("sha256", "$.sha256", "SHA-256 of the text (UTF-8) that the offsets refer to."),
    ("origin", "$.origin", "Which source of corpus/sources.toml; `own` when the text is in the file."),
    ("events", "$.events", "The article's events in the label form: type, status, triggers, date, slots."),
)


def croissant(folder: Path, labels: Sequence[Labelled], *, name: str, day: str) -> dict[str, Any]:
    """Return the JSON-LD of the label files under a folder; `day` is the publication date (ISO)."""
    files = label_files(folder)
    together = hashlib.sha256(b"".join(hashlib.sha256(one.read_bytes()).digest() for one in files)).hexdigest()
    events = sum(len(one.events) for one in labels)
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"http://mlcommons.org/croissant/{VERSION}",
        "name": name,
        "description": (
            f"{len(labels)} news articles with {events} labelled events: type, status, triggers, EDTF date, actor, "
            "target, charge, location, penalty, instrument, count, source. Stand-off: texts of others are named by id "
            "and SHA-256. The folder's sha256 is that of its files' digests in name order."
        ),
        "url": "https://pypi.org/project/chargesheet/",
        "license": "https://www.apache.org/licenses/LICENSE-2.0",
        "citeAs": f"chargesheet, {name}, {day}",
        "creator": {"@type": "Organization", "name": "The chargesheet authors"},
        "datePublished": day,
        "version": "1.0.0",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "folder",
                "name": "folder",
                "contentUrl": folder.name,
                "encodingFormat": "inode/directory",
                "sha256": together,
            },
            {
                "@type": "cr:FileSet",
                "@id": "labels",
                "name": "labels",
                "containedIn": {"@id": "folder"},
                "encodingFormat": "application/json",
                "includes": "*.json",
            },
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "articles",
                "name": "articles",
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"articles/{key}",
                        "name": key,
                        "description": said,
                        "dataType": "sc:Text",
                        "source": {"fileSet": {"@id": "labels"}, "extract": {"jsonPath": path}},
                    }
                    for key, path, said in FIELDS
                ],
            }
        ],
    }
