"""Annotated values -> Events: group, fill, merge within one article; link what several articles tell of one event."""

from extract.assemble.events import Settings, assemble
from extract.assemble.link import Linked, link

__all__ = ["Linked", "Settings", "assemble", "link"]
