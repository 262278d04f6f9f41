"""Labels from other tools: offsets right after an emoji, relations to slots, what does not fit named."""

import json
from pathlib import Path

import pytest

from extract.errors import InputError, LabelError
from extract.label.exchange import Mark, Marked, read_exchange, read_label_studio, to_labelled
from extract.schema.label import Labelled

TEXT = "🚨 Police arrested Ana Ruiz, 30, in Lima on Monday. The arrest of Ruiz drew protests."
ARREST, AGAIN = TEXT.index("arrested"), TEXT.index("arrest of")


def at(words: str, label: str) -> Mark:
    start = TEXT.index(words)
    return Mark(label, start, start + len(words))


def labels(one: Labelled | LabelError) -> Labelled:
    assert isinstance(one, Labelled), one
    return one


def test_relations_fill_slots_and_same_joins() -> None:
    marks = {
        "a": at("arrested", "Arrest"),
        "b": Mark("Arrest", AGAIN, AGAIN + 6),
        "p": at("Police", "who"),
        "r": at("Ana Ruiz", "who"),
        "s": at("Ruiz drew", "who"),
        "d": Mark("when", TEXT.index("Monday"), TEXT.index("Monday") + 6, "Monday", {"value": "2024-05-06"}),
    }
    marks["s"] = Mark("who", marks["s"].start, marks["s"].start + 4)
    relations = [("a", "p", "actor"), ("a", "r", "Target"), ("b", "s", "target"), ("a", "d", "date")]
    relations += [("a", "b", "same"), ("r", "s", "same")]
    (event,) = to_labelled(Marked("1", TEXT, marks, relations)).events
    assert [one.text for one in event.triggers] == ["arrested", "arrest"]
    assert [[span.text for span in filler] for filler in event.slots["target"]] == [["Ana Ruiz", "Ruiz"]]
    assert event.date[0].value == "2024-05-06"


def test_what_fits_nowhere_is_named() -> None:
    marks = {"a": at("arrested", "arrest"), "p": at("Police", "who")}
    for name, said in (("instrument", "arrest has no slot 'instrument'"), ("owner", "no slot 'owner'")):
        with pytest.raises(LabelError, match=said):
            to_labelled(Marked("1", TEXT, marks, [("a", "p", name)]))
    with pytest.raises(LabelError, match="is no event type"):
        to_labelled(Marked("1", TEXT, marks, [("p", "a", "actor")]))
    marks = {"a": at("arrested", "arrest"), "d": at("Monday", "date"), "e": at("30", "date")}
    with pytest.raises(LabelError, match="more than one date"):
        to_labelled(Marked("1", TEXT, marks, [("a", "d", "date"), ("a", "e", "date")]))
    marks = {"a": at("arrested", "arrest"), "b": at("protests", "protest")}
    with pytest.raises(LabelError, match="one event of two types: arrest, protest"):
        to_labelled(Marked("1", TEXT, marks, [("a", "b", "same")]))
    hedged = Mark("arrest", ARREST, ARREST + 8, "arrested", {"status": "rumoured"})
    with pytest.raises(LabelError, match="unknown status 'rumoured'"):
        to_labelled(Marked("1", TEXT, {"a": hedged}, []))
    with pytest.raises(LabelError, match="reads 'arrested', the export says 'detained'"):
        to_labelled(Marked("1", TEXT, {"a": Mark("arrest", ARREST, ARREST + 8, "detained")}, []))
    with pytest.raises(LabelError, match="outside the text"):
        to_labelled(Marked("1", TEXT, {"a": Mark("arrest", 5, 900)}, []))


def test_label_studio_counts_an_emoji_as_two(tmp_path: Path) -> None:
    def region(key: str, words: str, label: str) -> dict[str, object]:
        start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
        value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
        return {"id": key, "type": "labels", "from_name": "label", "value": value}

    result: list[dict[str, object]] = [region("x", "arrested", "arrest"), region("y", "Ana Ruiz", "person")]
    result.append({"type": "relation", "from_id": "x", "to_id": "y", "labels": ["target"]})
    result.append({"id": "x", "type": "choices", "from_name": "status", "value": {"choices": ["alleged"]}})
    task = {"id": 7, "data": {"text": TEXT, "published": "2024-05-07"}, "annotations": [{"result": result}]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task]), "utf-8")
    (one,) = (labels(one) for one in read_exchange(path, "label-studio"))
    assert (one.id, one.published, one.events[0].status) == ("7", "2024-05-07", "alleged")
    assert one.events[0].triggers[0].start == ARREST
    assert one.events[0].slots["target"][0][0].text == "Ana Ruiz"


def test_label_studio_of_code_points_is_seen_by_its_text(tmp_path: Path) -> None:
    value = {"start": ARREST, "end": ARREST + 8, "text": "arrested", "labels": ["arrest"]}
    task = {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [{"result": [{"id": "x", "type": "labels", "value": value}]}],
    }
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task, {"id": 8, "data": {"text": "a b"}, "annotations": []}]), "utf-8")
    first, second = read_label_studio(path)
    assert isinstance(first, Marked)
    assert isinstance(second, Marked)
    assert first.marks["x"].start == ARREST
    assert second.marks == {}


def test_doccano_relations_and_triples(tmp_path: Path) -> None:
    entities = [
        {"id": 1, "label": "arrest", "start_offset": ARREST, "end_offset": ARREST + 8},
        {"id": 2, "label": "person", "start_offset": TEXT.index("Ana"), "end_offset": TEXT.index("Ana") + 8},
    ]
    relations = [{"id": 1, "from_id": 1, "to_id": 2, "type": "target"}]
    lines = [
        {"id": 4, "text": TEXT, "entities": entities, "relations": relations},
        {"id": 5, "text": TEXT, "label": [[ARREST, ARREST + 8, "arrest"]]},
        {"id": 6, "text": TEXT, "label": [[0, 9000, "arrest"]]},
    ]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", "utf-8")
    one, two, three = read_exchange(path, "doccano")
    assert labels(one).events[0].slots["target"][0][0].text == "Ana Ruiz"
    assert labels(two).events[0].type == "arrest"
    assert isinstance(three, LabelError)


def test_one_broken_item_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    good = json.dumps({"id": 5, "text": TEXT, "label": [[ARREST, ARREST + 8, "arrest"]]})
    path.write_text("\n".join(["{", '{"entities": [{"id": 1}]}', "7", good]), "utf-8")
    *broken, last = read_exchange(path, "doccano")
    assert [str(one).split(": ")[0].rsplit(":", 1)[1] for one in broken] == ["1", "2", "3"]
    assert labels(last).events[0].type == "arrest"
    (tmp_path / "b.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match="no JSON"):
        list(read_label_studio(tmp_path / "b.json"))


def test_brat_events_attributes_and_equivalents(tmp_path: Path) -> None:
    again = TEXT.index("Ruiz drew")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    ann = [
        f"T1\tArrest {ARREST} {ARREST + 8}\tarrested",
        f"T2\tPerson {TEXT.index('Ana')} {TEXT.index('Ana') + 8}\tAna Ruiz",
        f"T3\tPerson {again} {again + 4}\tRuiz",
        "E1\tArrest:T1 Target:T2",
        "A1\tStatus E1 alleged",
        "*\tEquiv T2 T3",
    ]
    (tmp_path / "a.ann").write_text("\n".join(ann) + "\n", "utf-8")
    (one,) = (labels(one) for one in read_exchange(tmp_path, "brat"))
    assert one.events[0].status == "alleged"
    assert [span.text for span in one.events[0].slots["target"][0]] == ["Ana Ruiz", "Ruiz"]
    (tmp_path / "0.ann").write_text("", "utf-8")
    alone, again = read_exchange(tmp_path, "brat")
    assert "0.txt is not beside it" in str(alone)
    assert labels(again).events[0].type == "arrest"


def test_brat_says_line_breaks_as_spaces(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"He was taken\r\ninto custody.")
    (tmp_path / "a.ann").write_text("T1\tArrest 7 26\ttaken  into custody\n", "utf-8")
    ((event,),) = (labels(one).events for one in read_exchange(tmp_path, "brat"))
    assert event.triggers[0].text == "taken\r\ninto custody"
