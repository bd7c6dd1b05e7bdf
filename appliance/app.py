"""The application: its parts and its addresses, from start to end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from appliance.alarm import alarm_by
from appliance.domain.refusal import Refused
from appliance.endpoints import endpoints
from appliance.parts import Parts, open_parts
from appliance.services.passwords import Passwords
from appliance.services.ports import Alarm, Clock
from appliance.services.team import Team
from appliance.settings import Settings
from appliance.storage.database import open_database
from appliance.storage.people import Staff
from appliance.web.answers import Answers
from appliance.web.assets import assets_root
from appliance.web.gallery import GalleryGuard
from appliance.web.guard import Guard
from appliance.web.headers import SafeHeaders
from appliance.web.pages import Pages

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    demo: bool = False,
    gallery: bool = False,
    clock: Clock = utc_now,
    alarm: Alarm | None = None,
    on_start: Callable[[Parts], Awaitable[None]] | None = None,
    root: Path | None = None,
) -> Starlette:
    """The application. Whoever runs it holds the data directory (`storage.schema.hold`) meanwhile.

    `alarm` waits for instants of the clock; without it, as time passes. `on_start` is awaited when everything
    works, before the first request. `root` has `widget/`, `admin/` and `locales/`; without it, our own.
    Raises `SettingError`.
    """
    parts = open_parts(settings, root or assets_root(), clock, alarm or alarm_by(clock))
    running: set[asyncio.Task[None]] = set()

    async def problem() -> str | None:
        if any(task.done() for task in running):
            return "a part of the server has stopped; the log says which"
        try:
            async with asyncio.timeout(5):
                await parts.staff.by_email("")
        except Exception as error:
            _log.error("The database does not answer: %s", error)
            return "the database does not answer"
        return None

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(open_database(settings.data_dir))
            instance = await parts.workspace.instance()
            for unused in parts.translating.packs.problems:
                _log.warning("%s is not used: %s", unused.folder, unused.reason)
            await stack.enter_async_context(parts.translating.translator)
            await parts.desk.router.open()
            writer = asyncio.create_task(parts.journal.run(), name="journal")
            workers = [asyncio.create_task(run(), name=name) for name, run in parts.runs]
            workers.append(asyncio.create_task(parts.bus.run(instance), name="bus"))
            running.update(workers, [writer])
            try:
                if on_start is not None:
                    await on_start(parts)
                yield
            finally:
                running.clear()
                for task in workers:
                    task.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
                parts.journal.stop()
                await writer

    pages = Pages(parts.root, parts.assets, parts.catalogues, parts.workspace, framed=gallery)
    guard = (GalleryGuard if gallery else Guard)(parts.team, settings.public_url)
    table = endpoints(parts, pages, guard, problem, demo=demo, gallery=gallery)
    answers = Answers(pages)
    return Starlette(
        routes=guard.routes(table),
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={
            Refused: answers.refused,
            HTTPException: answers.http_error,
            Exception: answers.failed,
        },
        lifespan=lifespan,
    )


@asynccontextmanager
async def open_team(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Team]:
    """The agents of a data directory that no server is running on (whoever calls holds it)."""
    async with open_database(settings.data_dir):
        yield Team(Staff(), Passwords(), clock)
