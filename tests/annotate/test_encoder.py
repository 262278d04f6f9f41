"""The encoder gives the reference implementation's numbers."""

from dataclasses import replace

import torch

from extract.annotate.encoder import Encoder, EncoderConfig, config_of, from_bert, from_checkpoint

CONFIG = EncoderConfig(vocabulary=50, hidden=16, layers=2, heads=4, feedforward=32, positions=12)


def _weights() -> dict[str, torch.Tensor]:
    """Weights by formula, so that the reference could be computed once, elsewhere, from the same ones."""
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (50, 16),
        "embeddings.position_embeddings.weight": (12, 16),
        "embeddings.token_type_embeddings.weight": (2, 16),
        "embeddings.LayerNorm.weight": (16,),
        "embeddings.LayerNorm.bias": (16,),
    }
    for layer in range(2):
        inner = {"attention.self.query": (16, 16), "attention.self.key": (16, 16), "attention.self.value": (16, 16)}
        inner |= {"attention.output.dense": (16, 16), "intermediate.dense": (32, 16), "output.dense": (16, 32)}
        for name, shape in inner.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[f"encoder.layer.{layer}.{name}.weight"] = (16,)
            shapes[f"encoder.layer.{layer}.{name}.bias"] = (16,)
    return {name: _formula(name, shape) for name, shape in shapes.items()}


def _formula(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    numbers = torch.arange(torch.Size(shape).numel(), dtype=torch.float64) * 0.37 + len(name)
    return torch.sin(numbers).float().view(shape) * 0.2 + (1.0 if "LayerNorm.weight" in name else 0.0)


def _encoder() -> Encoder:
    encoder = Encoder(CONFIG)
    encoder.load_state_dict(from_bert(_weights(), CONFIG))
    return encoder.eval()


def test_hidden_states_equal_those_of_the_reference_implementation() -> None:
    ids = torch.tensor([[3, 7, 11, 49, 2], [5, 6, 1, 0, 0]])
    with torch.inference_mode():
        hidden = _encoder()(ids, torch.tensor([5, 3]))
    # transformers 5.23.0, BertModel with the same weights
    expected_first = torch.tensor([-1.26708, -1.24066, -0.53304, 0.45116, 1.13294, 1.12922])
    expected_padded = torch.tensor([-1.76445, -0.40966, 0.99685, 1.7511, 1.50393, 0.54379])
    assert torch.allclose(hidden[0, 4, :6], expected_first, atol=1e-4)
    assert torch.allclose(hidden[1, 2, :6], expected_padded, atol=1e-4)


def test_padding_does_not_change_what_is_read() -> None:
    encoder = _encoder()
    with torch.inference_mode():
        alone = encoder(torch.tensor([[5, 6, 1]]), torch.tensor([3]))
        padded = encoder(torch.tensor([[5, 6, 1, 0, 0, 0]]), torch.tensor([3]))
    assert torch.allclose(alone[0], padded[0, :3], atol=1e-5)


def _mpnet() -> dict[str, torch.Tensor]:
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (50, 24),
        "embeddings.position_embeddings.weight": (14, 24),
        "embeddings.LayerNorm.weight": (24,),
        "embeddings.LayerNorm.bias": (24,),
        "encoder.relative_attention_bias.weight": (32, 12),
    }
    for layer in range(2):
        inner = {f"attention.attn.{part}": (24, 24) for part in "qkvo"}
        inner |= {"intermediate.dense": (32, 24), "output.dense": (24, 32)}
        inner |= {"attention.LayerNorm": (24,), "output.LayerNorm": (24,)}
        for name, shape in inner.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
    return {name: _formula(name, shape) for name, shape in shapes.items()}


def test_mpnet_is_told_from_its_weights_and_gives_the_reference_implementations_numbers() -> None:
    config = config_of(_mpnet())
    assert (config.hidden, config.layers, config.positions, config.relative) == (24, 2, 12, 32)
    encoder = Encoder(config)
    encoder.load_state_dict(from_checkpoint(_mpnet(), config))
    with torch.inference_mode():
        hidden = encoder.eval()(torch.tensor([[3, 7, 11, 49, 2], [5, 6, 9, 1, 1]]), torch.tensor([5, 3]))
    # transformers 5.23.0, MPNetModel with the same weights
    expected_first = torch.tensor([0.9261, 0.0515, 1.0262, -0.1217, 1.0806, 0.5086])
    expected_padded = torch.tensor([-2.4442, -0.4374, -1.1303, 0.3829, 1.3099, 0.4297])
    assert torch.allclose(hidden[0, 4, :6], expected_first, atol=1e-4)
    assert torch.allclose(hidden[1, 2, :6], expected_padded, atol=1e-4)


def test_bert_is_told_from_its_weights() -> None:
    config = config_of(_weights() | {"embeddings.word_embeddings.weight": torch.zeros(50, 16)})
    assert (config.vocabulary, config.hidden, config.layers, config.relative) == (50, 16, 2, 0)


def test_the_way_words_are_written_is_read_and_starts_without_effect() -> None:
    config = replace(CONFIG, cases=5)
    encoder = Encoder(config)
    encoder.load_state_dict(from_bert(_weights(), CONFIG), strict=False)
    encoder.eval()
    ids, lengths, cases = torch.tensor([[5, 6, 1]]), torch.tensor([3]), torch.tensor([[2, 1, 0]])
    with torch.inference_mode():
        without = _encoder()(ids, lengths)
        fresh = encoder(ids, lengths, cases)
    assert torch.equal(without, fresh)
    assert encoder.cases is not None
    torch.nn.init.normal_(encoder.cases.weight)
    with torch.inference_mode():
        assert not torch.allclose(encoder(ids, lengths, cases), encoder(ids, lengths, 3 - cases))
