"""What the pipeline around the engine does to its translations: BLEU of the bare model beside that of
Dragoman's whole way, on the same ordinary messages with a person's translations (tests/support/ordinary.tsv).

The pipeline is there for what is not ordinary; here it must do no harm.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tests.load.bleu import bleu
from tests.support.chats import ordinary
from translation import Pack, Pair, Translator, discover
from translation.engines.firefox import load


def measure() -> dict[str, Any]:
    """BLEU for both directions of the starter pair and for Portuguese over English back into it, of the bare
    model and of the pipeline, and the difference (the pipeline's less the model's)."""
    english, portuguese = ([pair[side] for pair in ordinary()] for side in (0, 1))
    return {
        "messages": len(english),
        "en_pt": _compared(english, portuguese, ("en", "pt")),
        "pt_en": _compared(portuguese, english, ("pt", "en")),
        "pt_en_pt": _compared(portuguese, portuguese, ("pt", "en", "pt")),
    }


def _compared(texts: Sequence[str], references: Sequence[str], way: Sequence[str]) -> dict[str, float]:
    bare = texts
    for source, target in pairwise(way):
        bare = _bare(bare, source, target)
    model, pipeline = bleu(bare, references), bleu(asyncio.run(_whole_way(texts, way)), references)
    return {"model": model, "pipeline": pipeline, "difference": pipeline - model}


def _bare(texts: Sequence[str], source: str, target: str) -> list[str]:
    """What the model makes of each message as it is."""
    return load(dict(_pack(source, target).files)).translate(texts)


def _pack(source: str, target: str) -> Pack:
    return next(pack for pack in discover() if pack.pair == Pair(source, target))


async def _whole_way(texts: Sequence[str], way: Sequence[str]) -> list[str]:
    """What Dragoman makes of them. On a way back into the language it begins with, that is called Galician at
    first: nobody else would want such a way."""
    source, *_, target = way
    packs = [_pack(source, way[1]), *discover()]
    if source == target:
        source = "gl"
        packs[0] = replace(packs[0], pair=Pair(source, way[1]))
    async with Translator(packs) as translator:
        results = await asyncio.gather(*(translator.translate(text, source, target) for text in texts))
    assert all(result.path[1:] == tuple(way[1:]) for result in results)
    return [result.translation for result in results]


if __name__ == "__main__":
    for name, figures in measure().items():
        sys.stdout.write(f"{name}: {figures}\n")
