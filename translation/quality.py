"""How good a model is, where somebody has measured it."""

from .manifest import Manifest
from .packs import UNKNOWN_QUALITY, Pack
from .tags import Pair, base_language

# BLEU on FLORES-200 (dev), percent: Argos Translate's package, and the smallest Firefox Translations model of
# the pair; 0 where none was measured. From `evaluation/bleu-results.json` of
# mozilla/firefox-translations-models at 87961ce, where one program measured all of them.
_PUBLISHED = """
ar-en 30.0 38.3  az-en 8.4 18.8   be-en 0 15.9     bg-en 36.6 39.1  bn-en 0 30.2     bs-en 0 31.0
ca-en 42.8 38.7  cs-en 25.2 34.7  da-en 38.6 46.0  de-en 37.0 39.6  el-en 32.9 33.2  es-en 25.3 27.5
et-en 33.0 33.5  fa-en 28.4 32.8  fi-en 25.3 31.7  fr-en 40.8 43.8  gu-en 0 32.5     he-en 34.0 40.1
hi-en 28.7 36.2  hr-en 0 34.2     hu-en 15.9 32.2  id-en 29.5 39.5  is-en 0 23.6     it-en 28.8 30.9
ja-en 16.4 25.4  kn-en 0 29.7     ko-en 15.6 27.8  lt-en 0 29.4     lv-en 0 31.9     ml-en 0 30.8
ms-en 0 41.0     mt-en 0 42.7     nb-en 38.8 37.4  nl-en 30.4 29.7  pl-en 26.8 26.8  pt-en 45.4 47.8
ro-en 0 39.9     ru-en 25.7 30.4  sk-en 24.5 34.7  sl-en 0 31.0     sr-en 0 37.8     sv-en 45.1 47.2
ta-en 0 27.6     te-en 0 35.2     tr-en 24.6 33.9  uk-en 27.9 33.6  vi-en 0 33.6     zh-en 23.4 27.8
en-ar 15.7 29.8  en-az 5.1 13.3   en-bg 39.5 42.0  en-bn 0 19.2     en-ca 30.3 41.9  en-cs 19.9 31.3
en-da 37.2 45.1  en-de 32.1 38.8  en-el 26.1 26.9  en-es 23.8 25.9  en-et 23.3 25.6  en-fa 20.8 22.9
en-fi 19.5 24.6  en-fr 42.7 48.5  en-gu 0 24.1     en-he 24.2 32.0  en-hi 28.7 36.7  en-hr 0 30.3
en-hu 21.4 26.8  en-id 34.0 46.1  en-it 25.5 29.2  en-ja 22.3 34.2  en-kn 0 20.5     en-ko 16.5 31.1
en-lt 0 24.8     en-lv 0 30.6     en-ml 0 19.5     en-ms 0 42.7     en-nl 25.1 27.6  en-pl 18.6 20.7
en-pt 43.9 49.4  en-ro 0 40.5     en-ru 27.9 28.5  en-sk 20.4 31.9  en-sl 0 29.5     en-sv 42.4 45.3
en-ta 0 22.0     en-te 0 23.3     en-tr 19.1 30.9  en-uk 16.4 28.0  en-zh 32.0 39.0
"""

_ENGINES = ("argos", "firefox")

UNMEASURED = {"argos": 0.27, "firefox": 0.33}
"""For the other pairs: what each engine has in the middle."""
UNKNOWN = 0.25


def _table() -> dict[tuple[str, str, str], float]:
    words = _PUBLISHED.split()
    found = {}
    for pair, *figures in zip(words[::3], words[1::3], words[2::3], strict=True):
        source, target = pair.split("-")
        for engine, figure in zip(_ENGINES, figures, strict=True):
            if float(figure):
                found[(engine, source, target)] = float(figure) / 100
    return found


_MEASURED = _table()


def published(engine: str, pair: Pair) -> float:
    """From 0 to 1, comparable between models of one pair; a guess for those nobody measured."""
    figure = _MEASURED.get((engine, _catalogued(pair.source), _catalogued(pair.target)))
    return UNMEASURED.get(engine, UNKNOWN) if figure is None else figure


def quality_of(engine: str, pair: Pair, manifest: Manifest | None) -> float:
    """What was written down at the installation, else what is published."""
    if manifest is not None and manifest.quality is not None:
        return manifest.quality
    return published(engine, pair)


def known_quality(pack: Pack) -> float | None:
    """The pack's quality where it was measured; None for a guess."""
    key = (pack.engine, _catalogued(pack.pair.source), _catalogued(pack.pair.target))
    guesses = (UNMEASURED.get(pack.engine, UNKNOWN), UNKNOWN_QUALITY)
    return pack.quality if key in _MEASURED or pack.quality not in guesses else None


def _catalogued(tag: str) -> str:
    base = base_language(tag)
    return "nb" if base == "no" else base
