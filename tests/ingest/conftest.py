"""A fixture that writes bytes under a name and reads them back through the front door."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.ingest import read
from extract.schema.document import Document

Readings = list[Document | InputError]
ReadBytes = Callable[..., Readings]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    def written_and_read(name: str, content: bytes, **options: Any) -> Readings:
        path = tmp_path / name
        path.write_bytes(content)
        return list(read([path], **options))

    return written_and_read
