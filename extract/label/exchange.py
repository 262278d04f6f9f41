"""Labels made in Label Studio, doccano or brat, brought into our label form.

In all three a span named like an event type (`arrest`, `Killing`) is a trigger; a relation from a trigger to another
span, named like a slot (`actor`, `date`), fills that slot; a relation named `same` joins two triggers of one event or
two mentions of one filler. A trigger may carry `status`, a date `value` (EDTF). What fits nowhere is named and refused;
a span that no relation reaches fills nothing. A brat span in pieces is read from its first to its last character.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from extract.errors import InputError, LabelError
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan, problems, sha256_of
from extract.schema.ontology import FILLER_SLOTS, TYPES, slots_of

SAME: Final = frozenset({"same", "coref", "coreference", "equiv"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A span as an annotation tool has it: code points, end exclusive; `said` is what the tool says stands there."""

    label: str
    start: int
    end: int
    said: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotated text: spans by the tool's own id, and (from, to, name) relations."""

    id: str
    text: str
    marks: Mapping[str, Mark]
    relations: Sequence[tuple[str, str, str]]
    published: str | None = None


def to_labelled(marked: Marked) -> Labelled:
    """Return the label form; raises `LabelError` naming everything that fits nowhere."""
    wrong = [
        f"{key} reads {marked.text[one.start : one.end]!r}, the export says {one.said!r}"
        for key, one in marked.marks.items()
        if one.said is not None and marked.text[one.start : one.end] != one.said
    ]
    kinds = {key: one.label.lower() for key, one in marked.marks.items()}
    first = _joined(marked, wrong)
    members: dict[str, list[str]] = {}
    for key in sorted(kinds, key=lambda key: (marked.marks[key].start, marked.marks[key].end)):
        members.setdefault(first[key], []).append(key)
    for keys in members.values():
        mixed = sorted({kinds[key] for key in keys if kinds[key] in TYPES})
        if len(mixed) > 1:
            wrong.append(f"one event of two types: {', '.join(mixed)}")
    fills: dict[str, dict[str, list[str]]] = {}
    for one, two, name in marked.relations:
        slot = name.lower()
        if slot in SAME or one not in kinds or two not in kinds:
            continue
        kind = kinds[one]
        if kind not in TYPES:
            wrong.append(f"relation {name} starts at {marked.marks[one].label!r}, which is no event type")
        elif slot not in slots_of(kind):
            wrong.append(f"{kind} has no slot {name!r}")
        else:
            filler = first[two]
            held = fills.setdefault(first[one], {}).setdefault(slot, [])
            if filler not in held:
                held.append(filler)
            if slot == "date" and len(held) > 1:
                wrong.append(f"{kind} has more than one date")
    events = [
        _event(marked, kinds[keys[0]], keys, fills.get(name, {}), members)
        for name, keys in members.items()
        if kinds[keys[0]] in TYPES
    ]
    made = Labelled(marked.id, sha256_of(marked.text), marked.published, tuple(events), None, marked.text)
    wrong += problems(made, text=marked.text, title=None)
    if wrong:
        raise LabelError(f"{marked.id}: {'; '.join(wrong[:5])}")
    return made


def _joined(marked: Marked, wrong: list[str]) -> dict[str, str]:
    """Return for each span the one that stands for all its likes; note relations to spans that are not there."""
    group = {key: key for key in marked.marks}

    def root(key: str) -> str:
        while group[key] != key:
            key = group[key]
        return key

    for one, two, name in marked.relations:
        if one not in group or two not in group:
            wrong.append(f"relation {name} names a span that is not there")
        elif name.lower() in SAME:
            group[root(two)] = root(one)
    return {key: root(key) for key in group}


def _event(
    marked: Marked, kind: str, keys: Sequence[str], fills: Mapping[str, list[str]], members: Mapping[str, list[str]]
) -> LabelEvent:
    status = next((said for key in keys if (said := marked.marks[key].facts.get("status"))), "asserted").lower()
    dates = [marked.marks[members[one][0]] for one in fills.get("date", ())]
    return LabelEvent(
        type=kind,
        status=status,
        triggers=tuple(_span(marked, key) for key in keys),
        date=tuple(LabelDate(_words(marked.text, one), one.facts.get("value")) for one in dates),
        slots={
            slot: tuple(tuple(_span(marked, key) for key in members[one]) for one in fills[slot])
            for slot in FILLER_SLOTS
            if slot in fills
        },
    )


def _span(marked: Marked, key: str) -> LabelSpan:
    return _words(marked.text, marked.marks[key])


def _words(text: str, mark: Mark) -> LabelSpan:
    return LabelSpan(text[mark.start : mark.end], mark.start, mark.end)


def read_doccano(path: Path) -> Iterator[Marked | LabelError]:
    """Yield the texts of a doccano JSONL export: `entities` with `relations`, or `label` triples."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if line.strip():
            yield _made(f"{path}:{number}", partial(_doccano, line, number))


def _doccano(line: str, number: int) -> Marked:
    raw = json.loads(line)
    marks = {
        str(one["id"]): Mark(one["label"], one["start_offset"], one["end_offset"]) for one in raw.get("entities", ())
    }
    triples = raw.get("label", raw.get("labels", ()))
    marks |= {f"{n}": Mark(str(kind), start, end) for n, (start, end, kind) in enumerate(triples or ())}
    relations = [(str(one["from_id"]), str(one["to_id"]), one["type"]) for one in raw.get("relations", ())]
    return Marked(str(raw.get("id", number)), raw.get("text", raw.get("data", "")), marks, relations)


def read_label_studio(path: Path) -> Iterator[Marked | LabelError]:
    """Yield the tasks of a Label Studio JSON export: the first annotation of each that was not cancelled.

    Its offsets count UTF-16 units, two for an emoji; each region's own `text` says whether they were understood.
    """
    try:
        tasks = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: no JSON ({error})") from error
    for number, task in enumerate(tasks, start=1):
        yield _made(f"{path}: task {number}", partial(_label_studio, task))


def _label_studio(task: Mapping[str, Any]) -> Marked:
    data = task["data"]
    text = data.get("text") or next((one for one in data.values() if isinstance(one, str) and " " in one), "")
    done = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
    result = done[0]["result"] if done else []
    marks = {}
    for one in result:
        if one.get("type") == "labels":
            value = one["value"]
            start, end = _code_points(text, value)
            marks[one["id"]] = Mark(value["labels"][0], start, end, value.get("text"), _facts(result, one["id"]))
    relations = [
        (one["from_id"], one["to_id"], (one.get("labels") or ["same"])[0])
        for one in result
        if one.get("type") == "relation"
    ]
    return Marked(str(data.get("id", task.get("id"))), text, marks, relations, data.get("published"))


def _made(where: str, make: Callable[[], Marked]) -> Marked | LabelError:
    """Return what `make` does, or the error of one item that is not of the form: the others go on."""
    try:
        return make()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        return LabelError(f"{where}: not of this form ({type(error).__name__}: {error})")


def _facts(result: Sequence[Mapping[str, Any]], region: str) -> dict[str, str]:
    found = {}
    for one in result:
        if one.get("id") == region and one.get("type") in ("choices", "textarea"):
            said = one["value"].get("choices") or one["value"].get("text") or [""]
            found[one["from_name"]] = str(said[0])
    return found


def _code_points(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    units = text.encode("utf-16-le", "surrogatepass")

    def to(offset: int) -> int:
        return len(units[: 2 * offset].decode("utf-16-le", "ignore"))

    spans = [(to(value["start"]), to(value["end"])), (value["start"], value["end"])]
    said = value.get("text")
    return next((span for span in spans if said is None or text[span[0] : span[1]] == said), spans[0])


def read_brat(path: Path) -> Iterator[Marked | LabelError]:
    """Yield the texts of a brat folder, or of one `.ann` file, each beside its `.txt`."""
    for ann in sorted(path.glob("*.ann")) if path.is_dir() else [path]:
        text = ann.with_suffix(".txt")
        if text.is_file():
            yield _made(str(ann), partial(_read_pair, text, ann))
        else:
            yield LabelError(f"{ann}: {text.name} is not beside it")


def _read_pair(text: Path, ann: Path) -> Marked:
    words, lines = (one.read_bytes().decode("utf-8") for one in (text, ann))  # line ends kept: offsets count them
    return _brat(ann.stem, words, lines)


def _brat(name: str, text: str, lines: str) -> Marked:
    marks: dict[str, Mark] = {}
    facts: dict[str, dict[str, str]] = {}
    event_of: dict[str, str] = {}
    relations: list[tuple[str, str, str]] = []
    for line in lines.split("\n"):
        key, _, rest = line.partition("\t")
        words = rest.split("\t")[0].split()
        if key.startswith("T"):
            kind, offsets = words[0], " ".join(words[1:]).replace(";", " ").split()
            start, end = int(offsets[0]), int(offsets[-1])
            said = text[start:end] if len(offsets) > 2 else rest.partition("\t")[2].rstrip("\r")
            marks[key] = Mark(kind, start, end, _as_written(said, text[start:end]), facts.setdefault(key, {}))
        elif key.startswith("E"):
            event_of[key] = words[0].partition(":")[2]
            relations += [(key, one.partition(":")[2], one.partition(":")[0].rstrip("0123456789")) for one in words[1:]]
        elif key.startswith("R"):
            relations.append((words[1].partition(":")[2], words[2].partition(":")[2], words[0]))
        elif key == "*":
            relations += [(words[1], other, "same") for other in words[2:]]
        elif key[:1] in "AM" and len(words) > 2:
            facts.setdefault(words[1], {})[words[0].lower()] = words[2]
    for event, trigger in event_of.items():
        facts.setdefault(trigger, {}).update(facts.get(event, {}))
    told = [(event_of.get(one, one), event_of.get(two, two), kind) for one, two, kind in relations]
    return Marked(name, text, marks, told)


def _as_written(said: str, stands: str) -> str:
    """Return what stands there if brat says the same with its line breaks as spaces, else what it says."""
    return stands if said == stands.replace("\r", " ").replace("\n", " ") else said


FORMATS: Final[Mapping[str, Callable[[Path], Iterator[Marked | LabelError]]]] = {
    "label-studio": read_label_studio,
    "doccano": read_doccano,
    "brat": read_brat,
}


def read_exchange(path: Path, form: str) -> Iterator[Labelled | LabelError]:
    """Yield each text's labels, or the error that says what did not fit: one bad text does not stop the rest."""
    for marked in FORMATS[form](path):
        if isinstance(marked, LabelError):
            yield marked
            continue
        try:
            yield to_labelled(marked)
        except LabelError as error:
            yield error
