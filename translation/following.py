"""Keeping a translator in step with the packs on the disk."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import ExitStack, suppress

from .store import Store, StoreError
from .translator import Translator

logger = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks."""


async def follow(
    translator: Translator,
    store: Store,
    *,
    every: float = EVERY,
    look: asyncio.Event | None = None,
    changed: Callable[[], None] = lambda: None,
) -> None:
    """Use what is installed, and nothing that is removed, a moment after it was; until cancelled.

    Whoever installs need not know of this process, and the files of a pack go only when no text needs them.
    Setting `look` has it look at once. `changed` is called when the translator has taken what was found, the
    first time too.
    """
    look = look or asyncio.Event()
    with ExitStack() as stack:
        try:
            stack.enter_context(store.serving())
        except StoreError as reason:
            logger.warning("whoever removes language packs will not wait for this server: %s", reason)
        swept = False
        while True:
            look.clear()
            try:
                found = await asyncio.to_thread(store.packs)
                if not swept or {pack.key for pack in found} != {pack.key for pack in translator.packs}:
                    await translator.take(found)
                    changed()
                    folders = [pack.folder for pack in found if pack.folder is not None]
                    await asyncio.to_thread(store.sweep, folders)
                    swept = True
                    logger.info("language packs in use: %s", ", ".join(pack.model for pack in found))
            except (StoreError, OSError) as reason:
                logger.warning("the language packs could not be looked through: %s", reason)
            with suppress(TimeoutError):
                await asyncio.wait_for(look.wait(), every)
