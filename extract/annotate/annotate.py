"""The stage itself: a document in, everything the model read in it out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch
from torch import Tensor

from extract.annotate.decode import SECTION, decode_sections
from extract.annotate.reader import Prepared, prepare
from extract.annotate.weights import Model
from extract.annotate.windows import part
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
    with torch.inference_mode():
        return decode_sections(model.reader.heads, prepared, _sections(prepared, model, bf16=bf16), model.thresholds)


def _sections(prepared: Prepared, model: Model, *, bf16: bool) -> Iterator[tuple[int, Tensor]]:
    """Yield the first token and the token vectors of one section after another: memory does not grow with length."""
    for first in range(0, len(prepared.tokens), SECTION):
        windows = part(prepared.windows, first, first + SECTION)
        with _precision(bf16):
            (tokens,) = model.reader([replace(prepared, windows=windows)], batch=WINDOWS_AT_ONCE)
        yield first, tokens
