"""Edits in words, for whoever has to choose between two versions of an article."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from extract.review.state import Operation

_VERDICTS: Final = {"accepted": "accept", "rejected": "reject", "": "leave undecided"}


def in_words(operation: Operation, text: str, names: Mapping[str, str] | None = None) -> str:
    """Return what an edit does, with the words it is about, and the record's name where `names` has it.

    >>> in_words({"op": "fill", "slot": "actor", "start": 0, "end": 6}, "Police said so.")
    'put “Police” into actor'
    """
    start, end = operation.get("start"), operation.get("end")
    sound = type(start) is int and type(end) is int and 0 <= start < end
    words = f"“{text[start:end]}”" if sound else "words"
    tell = _TOLD.get(str(operation.get("op")))
    told = tell(operation, words) if tell else str(operation.get("op"))
    name = (names or {}).get(str(operation.get("record")))
    return f"{told} ({name})" if name else told


_TOLD: Final[Mapping[str, Callable[[Mapping[str, Any], str], str]]] = {
    "fill": lambda one, words: f"put {words} into {one.get('slot')}",
    "mention": lambda one, words: f"add {words} to a filler of {one.get('slot')}",
    "unmention": lambda one, words: f"take {words} from a filler of {one.get('slot')}",
    "unfill": lambda one, _: f"take a filler out of {one.get('slot')}",
    "date": lambda one, _: f"give the date the value {one.get('value') or 'unknown'}",
    "trigger": lambda _, words: f"let {words} name the event too",
    "untrigger": lambda _, words: f"let {words} no longer name the event",
    "type": lambda one, _: f"make the record one of {one.get('type')}",
    "status": lambda one, _: f"make the record {one.get('status')}",
    "add": lambda one, words: f"add a record of {one.get('type')} for {words}",
    "delete": lambda _, __: "delete a record",
    "merge": lambda _, __: "merge two records",
    "split": lambda _, words: f"split a record at {words}",
    "none": lambda _, __: "say that there is no event here",
    "judge": lambda one, _: f"{_VERDICTS.get(str(one.get('verdict')), 'judge')} a record",
    "note": lambda one, _: f"note: {one.get('text')}" if one.get("text") else "take a note away",
    "undo": lambda _, __: "undo",
    "redo": lambda _, __: "redo",
    "reveal": lambda _, __: "show the model’s records",
    "back": lambda one, _: f"go back to version {one.get('to')}",
}
