"""How a translation came about: the models it went through, and how good each is known to be."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from appliance.domain.refusal import Refused
from appliance.services.ports import Ledger
from appliance.services.wordings import tag_of
from translation import Routes, known_quality


@dataclass(frozen=True, slots=True)
class Hop:
    """One model's part. `quality`: BLEU, 0 to 100, where it was measured; None too once the model is gone."""

    source: str
    target: str
    engine: str
    model: str
    quality: int | None


class Origins:
    """`routes`: over the packs installed now."""

    def __init__(self, ledger: Ledger, routes: Callable[[], Routes]) -> None:
        self._ledger = ledger
        self._routes = routes

    async def of(self, conversation_id: str, seq: int, language: str) -> list[Hop]:
        """From the message's language to `language`; empty where no machine had a part. Of a translation
        that a person has replaced: of what the machine had said.

        Raises `Refused("not_found")`: no such message, or nothing known of it in that language.
        """
        events = await self._ledger.events(conversation_id, after=seq - 1, limit=1)
        translated = events[0].translations.get(tag_of(events[0], language)) if events else None
        if translated is None or events[0].seq != seq:
            raise Refused("not_found", field="seq")
        machine = translated.machine
        if machine is None or not machine.model:
            return []
        models = machine.model.split("+")
        return [
            self._hop(source, target, model)
            for (source, target), model in zip(pairwise(machine.path), models, strict=False)
        ]

    def _hop(self, source: str, target: str, model: str) -> Hop:
        engine, _, version = model.partition("/")
        quality = next(
            (
                known_quality(pack)
                for pack in self._routes().packs()
                if pack.model == model and (pack.pair.source, pack.pair.target) == (source, target)
            ),
            None,
        )
        return Hop(source, target, engine, version, None if quality is None else round(100 * quality))
