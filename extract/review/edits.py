"""The log of an article's edits, replayed: the state after each, undo and redo without limit, nothing overwritten.

A log opens with `begin`, which holds the model's records as they were when the first edit was made; reading the
article anew with another model changes nothing under a log. Undo, redo and back are entries like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from extract.errors import EditError, FormatError
from extract.review.operations import apply
from extract.review.state import Operation, Record, State
from extract.schema.reading import read_record

MOST_BACK: Final = 1_000
"""Steps of undo that an earlier version brings with it: going back again and again does not double them for ever."""


@dataclass(frozen=True, slots=True)
class History:
    """Where a log has led: the states that undo goes back through, those that redo returns to.

    `done` and `undone` name the operations beside them; `at` holds the history after each version, without an `at`
    of its own; `sha256` is of the text that the log is about.
    """

    states: tuple[State, ...] = (State(),)
    undone: tuple[State, ...] = ()
    done: tuple[Operation, ...] = ()
    again: tuple[Operation, ...] = ()
    at: Mapping[int, "History"] = field(default_factory=dict)
    sha256: str = ""

    @property
    def state(self) -> State:
        """The records as they are now."""
        return self.states[-1]


def begin(records: Sequence[Mapping[str, Any]], sha256: str, *, blind: bool = False) -> dict[str, Any]:
    """Return the entry that opens a log: the model's records, and whether they are kept from sight."""
    return {"op": "begin", "sha256": sha256, "records": list(records), "blind": blind}


def step(history: History, operation: Operation, text: str, version: int) -> History:
    """Return the history after one more entry; raises `EditError` when it does not fit."""
    match operation.get("op"):
        case "begin":
            after = _begun(operation)
        case "undo":
            after = _undo(history)
        case "redo":
            after = _redo(history)
        case "reveal":  # undo passes over it: what was seen cannot be unseen
            after = _shown(history)
        case "back":
            after = _back(history, operation)
        case _:
            after = _done(history, operation, apply(history.state, operation, text))
    return replace(after, at={**history.at, version: replace(after, at={})})


def replay(log: Iterable[tuple[int, Operation]], text: str) -> History:
    """Return where a log of (version, operation) leads on an article of this text."""
    history = History()
    for version, operation in log:
        history = step(history, operation, text, version)
    return history


def _begun(operation: Operation) -> History:
    try:
        records = tuple(Record(read_record(one), model=True) for one in operation["records"])
    except FormatError as error:
        raise EditError(f"the records it began with are none: {error}") from error
    return History((State(records, hidden=bool(operation.get("blind"))),), sha256=str(operation["sha256"]))


def _done(history: History, operation: Operation, state: State) -> History:
    states, done = (*history.states, state), (*history.done, operation)
    return replace(history, states=states, done=done, undone=(), again=())


def _undo(history: History) -> History:
    if len(history.states) == 1:
        raise EditError("there is nothing left to undo")
    return replace(
        history,
        states=history.states[:-1],
        done=history.done[:-1],
        undone=(*history.undone, history.states[-1]),
        again=(*history.again, history.done[-1]),
    )


def _redo(history: History) -> History:
    if not history.undone:
        raise EditError("there is nothing to redo")
    return replace(
        history,
        states=(*history.states, history.undone[-1]),
        done=(*history.done, history.again[-1]),
        undone=history.undone[:-1],
        again=history.again[:-1],
    )


def _shown(history: History) -> History:
    return replace(history, states=tuple(map(_revealed, history.states)), undone=tuple(map(_revealed, history.undone)))


def _revealed(state: State) -> State:
    """Return the state with the model's records shown; "no event here" was said of what was seen without them."""
    if not state.hidden:
        return state
    return replace(state, hidden=False, empty=state.empty and not any(one.model for one in state.records))


def _back(history: History, operation: Operation) -> History:
    """Return the history at an earlier version: undo and redo go on as they would have there, then to before `back`."""
    version = operation.get("to")
    earlier = history.at.get(version) if type(version) is int else None
    if earlier is None:
        raise EditError(f"there is no version {version!r} of this article to go back to")
    if not history.state.hidden:
        earlier = _shown(earlier)
    steps = earlier.done[-MOST_BACK:]
    return replace(
        history,
        states=(*history.states, *earlier.states[-len(steps) - 1 :]),
        done=(*history.done, operation, *steps),
        undone=earlier.undone,
        again=earlier.again,
    )
