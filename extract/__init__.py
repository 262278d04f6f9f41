"""chargesheet: event records from news and reports.

    import extract
    nlp = extract.load("small")
    nlp("Police arrested Ana Ruiz on Monday.", published="2021-12-16").events

Names load on first use, so that importing the package, and `chargesheet --help`, cost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline import Events, Pipeline, Result, load
    from extract.schema.document import Document
    from extract.schema.event import Event

__version__ = "0.1.0"
__all__ = ["Document", "Event", "Events", "Pipeline", "Result", "load"]

_HOMES = {
    "Document": "extract.schema.document",
    "Event": "extract.schema.event",
    **dict.fromkeys(("Events", "Pipeline", "Result", "load"), "extract.pipeline"),
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
