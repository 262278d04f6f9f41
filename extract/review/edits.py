"""The log of an article's edits, replayed: the state after each, undo and redo without limit, nothing overwritten.

A log opens with `begin`, which holds the model's records as they were when the first edit was made; reading the
article anew with another model changes nothing under a log. Undo, redo and back are entries like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import EditError
from extract.review.operations import apply
from extract.review.state import Operation, Record, State
from extract.schema.reading import read_record


@dataclass(frozen=True, slots=True)
class History:
    """Where a log has led: the states that undo goes back through, those that redo returns to.

    `done` and `undone` name the operations beside them; `at` holds the state after each version; `sha256` is of the
    text that the log is about.
    """

    states: tuple[State, ...] = (State(),)
    undone: tuple[State, ...] = ()
    done: tuple[Operation, ...] = ()
    again: tuple[Operation, ...] = ()
    at: Mapping[int, State] = field(default_factory=dict)
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
            shown = tuple(replace(one, hidden=False) for one in history.states)
            after = replace(history, states=shown, undone=tuple(replace(one, hidden=False) for one in history.undone))
        case "back":
            after = _done(history, operation, _earlier(history, operation.get("to")))
        case _:
            after = _done(history, operation, apply(history.state, operation, text))
    return replace(after, at={**history.at, version: after.state})


def replay(log: Iterable[tuple[int, Operation]], text: str) -> History:
    """Return where a log of (version, operation) leads on an article of this text."""
    history = History()
    for version, operation in log:
        history = step(history, operation, text, version)
    return history


def _begun(operation: Operation) -> History:
    records = tuple(Record(read_record(one), model=True) for one in operation["records"])
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


def _earlier(history: History, version: object) -> State:
    state = history.at.get(version) if type(version) is int else None
    if state is None:
        raise EditError(f"there is no version {version!r} of this article to go back to")
    return replace(state, hidden=history.state.hidden)
