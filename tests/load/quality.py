"""What the pipeline around the engine does to its translations: BLEU of the bare model beside that of
Dragoman's whole way, on the same ordinary messages with a person's translations (tests/support/ordinary.tsv).

The pipeline is there for what is not ordinary; here it must do no harm.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from tests.load.bleu import bleu
from tests.support.chats import ordinary
from translation import Translator, discover
from translation.engines.firefox import load


def measure() -> dict[str, Any]:
    """BLEU for both directions of the starter pair, and the difference (the pipeline's less the model's)."""
    found: dict[str, Any] = {"messages": len(ordinary())}
    for source, target, pairs in (
        ("en", "pt", ordinary()),
        ("pt", "en", [(portuguese, english) for english, portuguese in ordinary()]),
    ):
        texts, references = [text for text, _ in pairs], [reference for _, reference in pairs]
        model = bleu(_bare(texts, source, target), references)
        pipeline = bleu(asyncio.run(_whole_way(texts, source, target)), references)
        found[f"{source}_{target}"] = {
            "model": model,
            "pipeline": pipeline,
            "difference": pipeline - model,
        }
    return found


def _bare(texts: Sequence[str], source: str, target: str) -> list[str]:
    """What the model makes of each message as it is."""
    pack = next(pack for pack in discover() if (pack.pair.source, pack.pair.target) == (source, target))
    return load(dict(pack.files)).translate(texts)


async def _whole_way(texts: Sequence[str], source: str, target: str) -> list[str]:
    async with Translator(discover()) as translator:
        results = await asyncio.gather(*(translator.translate(text, source, target) for text in texts))
    return [result.translation for result in results]


if __name__ == "__main__":
    for name, figures in measure().items():
        sys.stdout.write(f"{name}: {figures}\n")
