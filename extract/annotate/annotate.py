"""The stage itself: a document in, everything the model read in it out."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from extract.annotate.decode import decode
from extract.annotate.reader import prepare
from extract.annotate.weights import Model
from extract.schema.annotation import Annotated
from extract.schema.document import Document

WINDOWS_AT_ONCE = 8


def bf16_pays() -> bool:
    """Return whether this processor multiplies bfloat16 in hardware (AVX-512 BF16 or AMX)."""
    flags = torch.backends.cpu.get_cpu_capability()
    return flags == "AVX512" and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


@contextmanager
def _precision(bf16: bool) -> Iterator[None]:
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        yield


def annotate(document: Document, model: Model, *, bf16: bool = False) -> Annotated:
    """Return the document's mentions, triggers and links.

    A document's windows are read together and with no other document's, so that what is read in it depends on
    nothing else: the same bytes whatever the batch, the order and the number of workers.
    """
    prepared = prepare(document, model.pieces)
    with _precision(bf16):
        (tokens,) = model.reader([prepared], batch=WINDOWS_AT_ONCE)
    with torch.inference_mode():
        return decode(model.reader.heads, prepared, tokens, model.thresholds)
