"""Offline machine translation of chat messages, in worker processes.

    async with Translator(discover()) as translator:
        result = await translator.translate("Where is my order?", "en", "pt")

Stands alone: standard library, two engines (`fxtranslate`, `ctranslate2`) and model files.
"""

from .discovery import discover
from .engines import DamagedPackError, Engine
from .errors import TranslationError
from .glossary import Glossary, Term
from .needs import needs_translation
from .packs import Pack, Packs, Problem
from .quality import known_quality
from .result import DOUBTS, Flag, Translation
from .routes import Reach, Routes, gained
from .tags import Pair, UnknownLanguageError, from_code, same_language
from .translator import Stats, Translator

__all__ = [
    "DOUBTS",
    "DamagedPackError",
    "Engine",
    "Flag",
    "Glossary",
    "Pack",
    "Packs",
    "Pair",
    "Problem",
    "Reach",
    "Routes",
    "Stats",
    "Term",
    "Translation",
    "TranslationError",
    "Translator",
    "UnknownLanguageError",
    "discover",
    "from_code",
    "gained",
    "known_quality",
    "needs_translation",
    "same_language",
]
