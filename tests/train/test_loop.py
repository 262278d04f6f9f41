"""The trainable parts learn what they are shown, and a saved model reads as it did."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from extract.annotate import weights
from extract.annotate.annotate import annotate
from extract.annotate.decode import Thresholds, decode
from extract.annotate.reader import Reader, prepare
from extract.annotate.tokens import WordPieces
from extract.assemble import Settings, assemble
from extract.errors import ModelError
from extract.label.sheet import read_sheet
from extract.schema.document import Document
from extract.train.examples import Example, example
from extract.train.loop import Schedule, learn
from extract.train.loss import Weights

TEXT = "Police arrested Ana Ruiz and two men in Lagos on Monday. Kim was killed with a gun on Tuesday."
SHEET = {
    "entities": {
        "police": ["1:Police"],
        "ana": ["1:Ana Ruiz"],
        "men": ["1:two men"],
        "lagos": ["1:Lagos"],
        "kim": ["2:Kim"],
        "gun": ["2:gun"],
    },
    "events": [
        {
            "type": "arrest",
            "triggers": ["1:arrested"],
            "actor": ["police"],
            "target": ["ana", "men"],
            "location": ["lagos"],
            "date": [["1:Monday", "2021-12-13"]],
        },
        {
            "type": "killing",
            "triggers": ["2:killed"],
            "target": ["kim"],
            "instrument": ["gun"],
            "date": [["2:Tuesday", "2021-12-14"]],
        },
    ],
}
DOCUMENT = Document("one", TEXT, None, "2021-12-16")


@pytest.fixture
def learnt(tiny_reader: Reader, tiny_pieces: WordPieces) -> Reader:
    examples = [example(read_sheet(SHEET, DOCUMENT), DOCUMENT, tiny_pieces)]
    schedule = Schedule(epochs=150, articles=1, encoder_rate=3e-3, head_rate=3e-3, freeze_words=False)
    learn(tiny_reader, examples, schedule, Weights(), each_epoch=lambda *_: None, bf16=False)
    return tiny_reader.eval()


def _records(reader: Reader, pieces: WordPieces) -> list[tuple[str, dict[str, list[str]]]]:
    model = weights.Model("tiny", reader, pieces, Thresholds(), {}, "")
    events = assemble(annotate(DOCUMENT, model), Settings())
    return [
        (e.type, {slot: sorted(one.text for one in group) for slot, group in e.slots.items() if group}) for e in events
    ]


def _save(
    folder: Path,
    reader: Reader,
    tokenizer: Tokenizer,
    thresholds: Thresholds | None = None,
    settings: dict[str, object] | None = None,
) -> None:
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    weights.save(
        folder,
        reader.state_dict(),
        config=reader.encoder.config,
        heads={"size": 32, "inner": 16, "dropout": 0.0},
        thresholds=thresholds or Thresholds(),
        settings=settings or {},
        tokenizer=folder / "tokenizer.json",
    )


def test_overfits_and_reloads(
    learnt: Reader, tiny_pieces: WordPieces, tiny_tokenizer: Tokenizer, tmp_path: Path
) -> None:
    expected = [
        ("arrest", {"actor": ["Police"], "target": ["Ana Ruiz", "two men"], "location": ["Lagos"]}),
        ("killing", {"target": ["Kim"], "instrument": ["gun"]}),
    ]
    assert _records(learnt, tiny_pieces) == expected
    folder = tmp_path / "model"
    _save(folder, learnt, tiny_tokenizer)
    loaded = weights.load(str(folder))
    assert _records(loaded.reader, loaded.pieces) == expected


def test_a_tampered_model_folder_is_refused(tiny_reader: Reader, tiny_tokenizer: Tokenizer, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    _save(folder, tiny_reader, tiny_tokenizer)
    with (folder / "weights.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x7f")
    with pytest.raises(ModelError, match="is not the file that SHA256 lists"):
        weights.load(str(folder))


def test_a_pickle_beside_the_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"")
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="only safetensors are read"):
        weights.load(str(tmp_path))


def test_a_missing_model_says_where_it_looked() -> None:
    with pytest.raises(ModelError, match="Looked in"):
        weights.load("no-such-model")


def test_matrices_survive_packing_within_half_a_step(tiny_reader: Reader) -> None:
    state = {**tiny_reader.state_dict(), "large": torch.randn(80, 64)}
    packed = weights.pack(state)
    back = weights.unpack(packed)
    assert packed["large"].dtype == torch.int8
    step = state["large"].abs().amax(1, keepdim=True) / 127
    assert bool(((back["large"] - state["large"]).abs() <= step * 0.51).all())
    assert set(back) == set(state)


def test_targets_name_each_event_entity_and_link(tiny_pieces: WordPieces) -> None:
    target: Example = example(read_sheet(SHEET, DOCUMENT), DOCUMENT, tiny_pieces)
    assert len(target.events) == 2
    assert target.entities == 8
    assert len(target.links) == 8
    assert int((target.trigger_tags == 1).sum()) == 2


def test_a_document_with_nothing_in_it_decodes_to_nothing(tiny_reader: Reader, tiny_pieces: WordPieces) -> None:
    model = weights.Model("tiny", tiny_reader.eval(), tiny_pieces, Thresholds(), {}, "")
    assert annotate(Document("none", ""), model).triggers == ()


def test_settings_travel_in_the_weights(tiny_reader: Reader, tiny_tokenizer: Tokenizer, tmp_path: Path) -> None:
    settings = {"event": 0.4, "slots": {"date": 0.6}}
    given = Thresholds(link=0.2)
    _save(tmp_path / "m", tiny_reader, tiny_tokenizer, given, settings)
    loaded = weights.load(str(tmp_path / "m"))
    assert (loaded.thresholds, json.loads(json.dumps(loaded.settings))) == (given, settings)


def test_events_of_different_sections_keep_different_numbers(learnt: Reader, tiny_pieces: WordPieces) -> None:
    prepared = prepare(Document("one", (TEXT + "\n") * 3), tiny_pieces)
    with torch.inference_mode():
        (tokens,) = learnt([prepared])
        parts = decode(learnt.heads, prepared, tokens, Thresholds(), section=len(tokens) // 3)
    text = prepared.document.text
    homes = {(one.event, text.count("\n", 0, one.start)) for one in parts.triggers}
    assert len(homes) == len({event for event, _ in homes}) >= 2
    assert all(text[one.start : one.end] == one.text for one in (*parts.triggers, *parts.mentions))
