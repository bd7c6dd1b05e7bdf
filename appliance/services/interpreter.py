"""How a text gets into another language: a person's own wording if there is one, else an engine with the
workspace's terms."""

from dataclasses import replace

from appliance.services.glossary import WorkspaceGlossary
from appliance.services.memory import Memory
from appliance.services.ports import TermEngine
from translation import Flag, Translation, same_language

MEMORY_ENGINE = "memory"
"""The engine of a result that is a person's own wording."""


class Interpreter:
    """`services.ports.TranslationEngine` for everybody: conversations, previews, the public API."""

    def __init__(self, engine: TermEngine, memory: Memory, glossary: WorkspaceGlossary) -> None:
        self._engine = engine
        self._memory = memory
        self._glossary = glossary

    async def translate(self, text: str, source: str, target: str) -> Translation:
        """Raises TranslationError, as `translation.Translator.translate`."""
        if same_language(source, target):
            return await self._engine.translate(text, source, target)
        known = await self._memory.find(text, source, target)
        if known is not None:
            return Translation(
                text=text,
                translation=known.translation,
                source=source,
                target=target,
                engine=MEMORY_ENGINE,
                path=(source, target),
                flags=(Flag.MEMORY.value,),
                model="",
            )
        glossary = await self._glossary.ready()
        result = await self._engine.translate(text, source, target, glossary=glossary)
        if await self._memory.is_rejected(text, source, target, result.translation):
            return replace(result, flags=tuple(sorted({*result.flags, Flag.REJECTED.value})))
        return result
