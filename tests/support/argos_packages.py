"""Valid Argos packages of some 50 KB: real tokenizers, and CTranslate2 models with random weights.

They load, tokenize, compute and decode like any other; what they say is noise, another noise for each seed.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec

Kind = Literal["sentencepiece", "bpe"]

SENTENCES = (
    "Where is my order? It should have come on Monday.",
    "I would like to send the shoes back, they are too small.",
    "Can I pay with a card? What does the delivery cost?",
    "Onde está a minha encomenda? Devia ter chegado na segunda-feira.",
    "Queria devolver os sapatos, são muito pequenos.",
    "Posso pagar com cartão? Quanto custa a entrega?",
    "Thank you very much! Muito obrigado! My e-mail is anna@example.com.",
    "My number is 0123456789, file_name snake_case ABCDEFGHIJKLMNOPQRSTUVWXYZ.",
)

# Pairs of symbols as subword-nmt learns them, most frequent first.
CODES = """#version: 0.2
t h
th e</w>
o r
e r</w>
or d
ord er</w>
i s</w>
m y</w>
w h
wh er
wher e</w>
a n
an d</w>
i n
in g</w>
"""

WIDTH = 16


def lay_out(
    folder: Path,
    source: str = "en",
    target: str = "pt",
    *,
    version: str = "1.9",
    kind: Kind = "sentencepiece",
    seed: int = 0,
    metadata: dict[str, Any] | None = None,
) -> Path:
    """An unpacked package in `folder`, which must not be there yet. `metadata` is put over what it says."""
    folder.mkdir(parents=True)
    values = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
        **(metadata or {}),
    }
    (folder / "metadata.json").write_text(json.dumps(values))
    (folder / "README.md").write_text("A model with random weights, for tests.\n")
    tokens = _sentencepiece(folder) if kind == "sentencepiece" else _bpe(folder)
    prefix = values.get("target_prefix")
    _model(folder / "model", [*tokens, *([prefix] if prefix else [])], seed)
    return folder


def pack(folder: Path, archive: Path) -> Path:
    """The folder as an `.argosmodel` file: a zip with the one folder at its top."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            packed.write(file, Path(folder.name) / file.relative_to(folder))
    return archive


def _sentencepiece(folder: Path) -> list[str]:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=model,
        vocab_size=400,
        hard_vocab_limit=False,
        byte_fallback=True,
        minloglevel=2,
    )
    (folder / "sentencepiece.model").write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.vocab_size())]


def _bpe(folder: Path) -> list[str]:
    (folder / "bpe.model").write_text(CODES)
    parts = {first + second for first, second in (line.split() for line in CODES.splitlines()[1:])}
    letters = {letter for sentence in SENTENCES for letter in sentence if not letter.isspace()}
    whole = {part.removesuffix("</w>") for part in parts if part.endswith("</w>")} | letters
    return ["<unk>", "<s>", "</s>", *sorted(whole), *sorted(f"{part}@@" for part in whole)]


def _model(folder: Path, tokens: Sequence[str], seed: int) -> None:
    folder.mkdir()
    random = np.random.default_rng(seed)

    def linear(layer: Any, rows: int, columns: int) -> None:
        layer.weight = random.normal(0, 0.6, (rows, columns)).astype(np.float32)
        layer.bias = np.zeros(rows, np.float32)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(layer: Any, *rows: int) -> None:
        norm(layer.layer_norm)
        for part, count in zip(layer.linear, rows, strict=True):
            linear(part, count, WIDTH)

    spec = TransformerSpec.from_config(num_layers=1, num_heads=2)
    for side in (spec.encoder, spec.decoder):
        for embeddings in side.embeddings if isinstance(side.embeddings, list) else [side.embeddings]:
            embeddings.weight = random.normal(0, 1, (len(tokens), WIDTH)).astype(np.float32)
        norm(side.layer_norm)
        (layer,) = side.layer
        attention(layer.self_attention, 3 * WIDTH, WIDTH)
        if hasattr(layer, "attention"):
            attention(layer.attention, WIDTH, 2 * WIDTH, WIDTH)
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, 2 * WIDTH, WIDTH)
        linear(layer.ffn.linear_1, WIDTH, 2 * WIDTH)
    linear(spec.decoder.projection, len(tokens), WIDTH)
    # Sentences end soon, and are made of characters.
    spec.decoder.projection.bias[tokens.index("</s>")] = 5
    spec.decoder.projection.bias[[token.startswith(("<0x", "<unk")) for token in tokens]] = -50
    spec.register_source_vocabulary(list(tokens))
    spec.register_target_vocabulary(list(tokens))
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
