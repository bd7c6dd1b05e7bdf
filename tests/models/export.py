"""Writing a trained `Transformer` as a CTranslate2 model."""

from pathlib import Path

import numpy as np
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from torch import Tensor, nn

from .network import Attention, Layer, Transformer


def save(network: Transformer, vocabulary: list[str], folder: Path, quantization: str | None) -> None:
    """The model's files in a new folder. `vocabulary` has the piece of each number."""
    heads = network.encoder[0].attention.heads
    spec = TransformerSpec.from_config(
        (len(network.encoder), len(network.decoder)), heads, with_relative_position=True
    )
    weight = _numpy(network.embedding.weight)
    for side in (spec.encoder.embeddings[0], spec.decoder.embeddings, spec.decoder.projection):
        side.weight = weight
    spec.decoder.projection.bias = _numpy(network.bias)
    _norm(spec.encoder.layer_norm, network.encoder_norm)
    _norm(spec.decoder.layer_norm, network.decoder_norm)
    for theirs, ours in (
        *zip(spec.encoder.layer, network.encoder, strict=True),
        *zip(spec.decoder.layer, network.decoder, strict=True),
    ):
        _layer(theirs, ours)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _layer(theirs: object, ours: Layer) -> None:
    queries, pairs = ours.attention.queries, ours.attention.keys_values
    _attention(theirs.self_attention, ours.attention)  # type: ignore[attr-defined]
    theirs.self_attention.relative_position_keys = _numpy(ours.attention.key_places)  # type: ignore[attr-defined]
    theirs.self_attention.relative_position_values = _numpy(ours.attention.value_places)  # type: ignore[attr-defined]
    fused = theirs.self_attention.linear[0]  # type: ignore[attr-defined]
    fused.weight = np.concatenate((_numpy(queries.weight), _numpy(pairs.weight)))
    fused.bias = np.concatenate((_numpy(queries.bias), _numpy(pairs.bias)))
    if ours.crossing is not None:
        _attention(theirs.attention, ours.crossing)  # type: ignore[attr-defined]
        _linear(theirs.attention.linear[0], ours.crossing.queries)  # type: ignore[attr-defined]
        _linear(theirs.attention.linear[1], ours.crossing.keys_values)  # type: ignore[attr-defined]
    _norm(theirs.ffn.layer_norm, ours.norm)  # type: ignore[attr-defined]
    _linear(theirs.ffn.linear_0, ours.inner)  # type: ignore[attr-defined]
    _linear(theirs.ffn.linear_1, ours.outer)  # type: ignore[attr-defined]


def _attention(theirs: MultiHeadAttentionSpec, ours: Attention) -> None:
    _norm(theirs.layer_norm, ours.norm)
    _linear(theirs.linear[-1], ours.out)


def _linear(theirs: LinearSpec, ours: nn.Linear) -> None:
    theirs.weight, theirs.bias = _numpy(ours.weight), _numpy(ours.bias)


def _norm(theirs: LayerNormSpec, ours: nn.LayerNorm) -> None:
    theirs.gamma, theirs.beta = _numpy(ours.weight), _numpy(ours.bias)


def _numpy(tensor: Tensor) -> np.ndarray:
    # A copy: quantizing scales the weights in place.
    return tensor.detach().numpy().copy()
