"""Annotated values -> Events: group, fill, merge within one article."""

from extract.assemble.events import Settings, assemble

__all__ = ["Settings", "assemble"]
