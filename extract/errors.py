"""Every exception of chargesheet, one root.

ChargesheetError
├── InputError          one input cannot be read; the run goes on without it
│   ├── EncodingError   bytes that are not the declared or detected text
│   ├── FormatError     a line, file or field that is not what its format promises
│   └── LimitError      an input over a stated limit
├── LabelError          a label that does not fit its article, or breaks the guidelines' form
├── ModelError          weights missing, damaged or made for another version
├── ResumeError         an earlier run's output that this run may not continue
├── StoreError          a store that is absent, damaged, none of ours, or newer than this program
├── EditError           a correction that does not fit the records it is made on; nothing was changed
├── StaleError          a correction made against records that somebody has changed since; nothing was changed
└── UsageError          the command or call is off; nothing was done
"""


class ChargesheetError(Exception):
    """Root of the tree: catch this to catch everything that is ours."""


class InputError(ChargesheetError):
    """One input cannot be read. `line` counts from 1, `byte_offset` from 0; both may be unknown."""

    stage = "ingest"

    def __init__(
        self,
        detail: str,
        *,
        source: str = "",
        line: int | None = None,
        byte_offset: int | None = None,
        doc_id: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.source = source
        self.line = line
        self.byte_offset = byte_offset
        self.doc_id = doc_id

    def row(self) -> dict[str, object]:
        """Return the line for `errors.jsonl`, keys as docs/ERRORS.md lists them."""
        return {
            "source": self.source,
            "line": self.line,
            "byte_offset": self.byte_offset,
            "doc_id": self.doc_id,
            "stage": self.stage,
            "error": type(self).__name__,
            "detail": self.detail,
        }


class EncodingError(InputError):
    """Bytes that are not valid in the encoding they declare or are detected to have."""


class FormatError(InputError):
    """A line, file or field that is not what its format promises."""


class LimitError(InputError):
    """An input over a limit that the message names."""


class LabelError(ChargesheetError):
    """A label that does not fit its article or breaks the form of labels."""


class ModelError(ChargesheetError):
    """Weights missing, damaged, or made for another version."""


class ResumeError(ChargesheetError):
    """An earlier run's output that this run may not continue."""


class StoreError(ChargesheetError):
    """A store that is absent, damaged, none of ours, or newer than this program."""


class EditError(ChargesheetError):
    """A correction that does not fit the records it is made on; nothing was changed."""


class StaleError(ChargesheetError):
    """A correction made against records that somebody has changed since. `version` is the one there is now."""

    def __init__(self, detail: str, *, version: int) -> None:
        super().__init__(detail)
        self.version = version


class UsageError(ChargesheetError):
    """The command or call is off; nothing was done."""
