"""What turns one language into another, put together."""

from dataclasses import dataclass

from appliance.services.glossary import WorkspaceGlossary
from appliance.services.interpreter import Interpreter
from appliance.services.memory import Memory
from appliance.services.ports import Clock
from appliance.services.turns import Turns
from appliance.settings import Settings
from appliance.storage.glossary import GlossaryBook
from appliance.storage.memory import MemoryBook
from translation import Packs, Routes, Translator
from translation.store import Store


@dataclass(frozen=True, slots=True)
class Translating:
    """`packs` are those that were there at the start; `translator` has to be entered to work. `turns` lets
    chats go before tools."""

    store: Store
    packs: Packs
    translator: Translator
    memory: Memory
    glossary: WorkspaceGlossary
    interpreter: Interpreter
    turns: Turns

    def routes(self) -> Routes:
        """As they lead now."""
        return self.translator.routes

    def leads(self, source: str, target: str) -> bool:
        """Whether texts in one language can be translated into another."""
        return self.translator.routes.path(source, target) is not None


def open_translating(settings: Settings, clock: Clock) -> Translating:
    store = Store(settings.data_dir / "models")
    packs = store.packs()
    translator = Translator(packs, workers=settings.translation_workers)
    memory = Memory(MemoryBook(), clock)
    glossary = WorkspaceGlossary(GlossaryBook())
    interpreter = Interpreter(translator, memory, glossary)
    return Translating(store, packs, translator, memory, glossary, interpreter, Turns())
