"""Bytes to documents: `read` takes files, folders and standard input; each format has its module."""

from extract.ingest.reading import read, sources

__all__ = ["read", "sources"]
