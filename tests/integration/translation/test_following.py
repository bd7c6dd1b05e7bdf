"""A translator that is told to look finds what was installed at once, and tells those who want to know."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.argos_packages import lay_out
from translation import Translator
from translation.following import follow
from translation.store import Store


@pytest.mark.parametrize("hurried", [True, False])
async def test_it_looks_when_it_is_told_to(tmp_path: Path, hurried: bool) -> None:
    store = Store(tmp_path / "models")
    look, news = asyncio.Event(), asyncio.Queue[tuple[str, ...]]()

    async with Translator(store.packs()) as translator:

        def changed() -> None:
            news.put_nowait(tuple(pack.model for pack in translator.packs if pack.engine == "argos"))

        # Unhurried it looks every hundredth of a second, hurried only after an hour by itself.
        following = asyncio.create_task(
            follow(translator, store, every=3600 if hurried else 0.01, look=look, changed=changed)
        )
        async with asyncio.timeout(20):
            assert await news.get() == ()
            await asyncio.to_thread(lay_out, tmp_path / "unpacked", "en", "lt")
            await asyncio.to_thread(store.install, tmp_path / "unpacked")
            if hurried:
                look.set()
            assert await news.get() == ("argos/en_lt-1.9",)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        assert news.empty()


async def test_which_models_are_loaded(tmp_path: Path) -> None:
    store = Store(tmp_path / "models")
    async with Translator(store.packs()) as translator:
        (pack,) = [pack for pack in translator.packs if pack.pair.source == "en"]
        assert translator.stats.loaded == frozenset()
        await translator.translate("Good morning.", "en", "pt")
        assert translator.stats.loaded == {pack.key}
