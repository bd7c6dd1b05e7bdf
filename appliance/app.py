"""Where the parts are put together: the only place that knows them all."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from appliance.alarm import alarm_by
from appliance.chores import keep_house, poll_while_down, take_up
from appliance.domain.conversation import Event
from appliance.domain.refusal import Refused
from appliance.front_desk import open_front_desk
from appliance.i18n import Catalogues
from appliance.mailing import open_mailing
from appliance.realtime.bus import Bus
from appliance.realtime.hub import Hub, agent_changed_message, appended_message, suggestion_message
from appliance.services.api_keys import ApiKeys
from appliance.services.countries import Countries, GeoIp, GeoIpProblem
from appliance.services.coverage_map import CoverageMap
from appliance.services.detection import Suggestions
from appliance.services.glossary import WorkspaceGlossary
from appliance.services.glossary_trial import GlossaryTrial
from appliance.services.handing_on import HandingOn
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.import_folder import ImportFolder
from appliance.services.inbox import Inbox
from appliance.services.interpreter import Interpreter
from appliance.services.journal import Journal
from appliance.services.languages import Languages
from appliance.services.memory import Memory
from appliance.services.origins import Origins
from appliance.services.pack_sources import Sources
from appliance.services.packs import LanguagePacks
from appliance.services.passwords import Passwords
from appliance.services.ports import Alarm, Clock
from appliance.services.previews import Previews
from appliance.services.promises import Promises
from appliance.services.public_api import PublicApi
from appliance.services.ratings import Ratings
from appliance.services.simulator import Simulator
from appliance.services.team import Team
from appliance.services.text_desk import TextDesk
from appliance.services.texts import Texts
from appliance.services.translations import Translations
from appliance.services.turns import Turns
from appliance.services.visitor_texts import VisitorTexts
from appliance.services.visitors import Visitors
from appliance.services.wordings import Wordings
from appliance.services.workspace import WorkspaceSettings
from appliance.settings import SettingError, Settings
from appliance.storage.api_keys import KeyBook
from appliance.storage.database import open_database
from appliance.storage.glossary import GlossaryBook
from appliance.storage.ledger import Ledger
from appliance.storage.memory import MemoryBook
from appliance.storage.people import Staff, VisitorBook
from appliance.storage.promises import PromiseBook
from appliance.storage.ratings import RatingBook
from appliance.storage.settings_book import SettingsBook
from appliance.storage.texts import TextBook
from appliance.web.agent_routing import Desks
from appliance.web.agent_socket import AgentSockets
from appliance.web.answers import Answers
from appliance.web.api_keys_pages import ApiKeysPages
from appliance.web.assets import Assets, assets_root
from appliance.web.canned_api import CannedApi
from appliance.web.console_pages import ConsolePages
from appliance.web.coverage_api import CoverageApi
from appliance.web.entrance import Entrance
from appliance.web.forget_pages import ForgetPages
from appliance.web.gallery import Gallery, GalleryGuard
from appliance.web.glossary_api import GlossaryApi
from appliance.web.glossary_pages import GlossaryPages
from appliance.web.guard import Guard
from appliance.web.headers import SafeHeaders
from appliance.web.hours_api import HoursApi
from appliance.web.loader import Loader
from appliance.web.memory_api import MemoryApi
from appliance.web.pace import Pace
from appliance.web.packs_api import PacksApi
from appliance.web.packs_pages import PacksPages
from appliance.web.pages import Pages
from appliance.web.promises_pages import PromisesPages
from appliance.web.public_api import TranslationApi
from appliance.web.ratings_pages import RatingsPages
from appliance.web.regions_api import RegionsApi
from appliance.web.regions_pages import RegionsPages
from appliance.web.routes import rules
from appliance.web.simulator_api import SimulatorApi
from appliance.web.texts_api import TextsApi
from appliance.web.texts_pages import TextsPages
from appliance.web.visitor_api import VisitorApi
from appliance.web.visitor_socket import VisitorSockets
from appliance.web.widget_pages import WidgetPages
from translation import Translator
from translation.following import follow
from translation.store import RECEIVED, Reception, Store

BURST = 10
"""Messages a visitor may send at once before being slowed."""

_PATIENCE = 3.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the command line needs of a running application."""

    team: Team
    workspace: WorkspaceSettings
    settings: Settings
    texts: Texts


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
    """
    alarm = alarm or alarm_by(clock)
    countries = _countries(settings)
    ledger, staff = Ledger(), Staff()
    journal = Journal(ledger)
    store = Store(settings.data_dir / "models")
    packs = store.packs()
    translator = Translator(packs, workers=settings.translation_workers)
    memory = Memory(MemoryBook(), clock)
    glossary = WorkspaceGlossary(GlossaryBook())
    interpreter = Interpreter(translator, memory, glossary)
    turns = Turns()
    translations = Translations(turns.for_chats(interpreter), journal, ledger, clock)
    public_api = PublicApi(interpreter, lambda: translator.routes, turns)
    api_keys = ApiKeys(KeyBook(), clock)
    team = Team(staff, Passwords(), clock)
    visitors = Visitors(VisitorBook(), journal, clock, countries)
    wordings = Wordings(journal, ledger, memory, clock)
    inbox = Inbox(journal, ledger, translations, wordings, team.readers, clock)
    texts = Texts(TextBook(), interpreter, clock)
    ratings = Ratings(RatingBook(), journal, clock)
    previews = Previews(interpreter, ledger)
    origins = Origins(ledger, lambda: translator.routes)
    workspace = WorkspaceSettings(SettingsBook(), settings.sites)
    visitor_texts = VisitorTexts(texts, workspace)

    async def read_events(conversation_id: str, after: int) -> list[Event]:
        return await inbox.page(conversation_id, after=after)

    look = asyncio.Event()
    import_folder = settings.data_dir / "import"
    language_packs = LanguagePacks(
        store,
        translator,
        Sources(Reception(store.models / RECEIVED), ImportFolder(import_folder)),
        SettingsBook(),
        ledger,
        team.readers,
        look.set,
        clock,
        time.monotonic,
        settings.translation_workers,
    )
    packs_changed = asyncio.Event()

    def taken() -> None:
        language_packs.changed()
        packs_changed.set()
        router.wake()

    hub = Hub(read_events, inbox.conversation)
    bus = Bus(settings.bus_url, on_message=hub.receive, on_gap=hub.resync)
    journal.observe(hub.appended)
    journal.observe(lambda appended: bus.tell_others(lambda: appended_message(appended)))
    journal.observe(translations.observe)
    root = root or assets_root()
    catalogues = Catalogues(root / "locales")

    def leads(source: str, target: str) -> bool:
        return translator.routes.path(source, target) is not None

    desk = open_front_desk(journal, ledger, team, hub, catalogues, leads, clock, alarm)
    regions, presence, router = desk.regions, desk.presence, desk.router
    mail = open_mailing(
        settings,
        root,
        catalogues,
        workspace,
        ledger,
        visitors.get,
        presence.is_online,
        lambda language: texts.said("signature", language),
        team.invitations,
        clock,
        alarm,
    )
    journal.observe(mail.observe)
    promises = Promises(PromiseBook(), ledger, clock, alarm)
    journal.observe(promises.observe)
    assets = Assets(root)
    interface = tuple(assets.locales("widget"))
    languages = Languages(interface, lambda: translator.routes, team.readers)

    async def offered_tags() -> list[str]:
        return [offer["tag"] for offer in await languages.offered()]

    suggestions = Suggestions(
        offered_tags,
        team.readers,
        ledger,
        translations,
        lambda conversation_id, language: bus.publish(suggestion_message(conversation_id, language)),
    )
    journal.observe(suggestions.observe)
    pages = Pages(root, assets, catalogues, workspace, framed=gallery)
    regions_api = RegionsApi(
        regions,
        team,
        pages,
        HolidayCalendar(),
        clock,
        tuple(assets.locales("messages")),
        lambda agent_id: bus.publish(agent_changed_message(agent_id)),
    )
    guard = (GalleryGuard if gallery else Guard)(team, settings.public_url)
    pace = Pace(settings.messages_per_second, BURST, patience=_PATIENCE, monotonic=time.monotonic)
    per_minute = settings.sessions_per_minute
    session_pace = Pace(per_minute / 60, per_minute, patience=0, monotonic=time.monotonic)
    api_rate = settings.api_requests_per_minute
    api_pace = Pace(api_rate / 60, max(1, api_rate / 6), patience=0, monotonic=time.monotonic)
    running: set[asyncio.Task[None]] = set()

    async def problem() -> str | None:
        if any(task.done() for task in running):
            return "a part of the server has stopped; the log says which"
        try:
            async with asyncio.timeout(5):
                await staff.by_email("")
        except Exception as error:
            _log.error("The database does not answer: %s", error)
            return "the database does not answer"
        return None

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(open_database(settings.data_dir))
            instance = await workspace.instance()
            for problem_found in packs.problems:
                _log.warning("%s is not used: %s", problem_found.folder, problem_found.reason)
            await stack.enter_async_context(translator)
            await router.open()
            writer = asyncio.create_task(journal.run(), name="journal")
            workers = [
                *(asyncio.create_task(run(), name=name) for name, run in desk.runs),
                asyncio.create_task(translations.run(), name="translations"),
                asyncio.create_task(bus.run(instance), name="bus"),
                asyncio.create_task(api_keys.run(), name="API keys"),
                asyncio.create_task(suggestions.run(), name="suggestions"),
                asyncio.create_task(follow(translator, store, look=look, changed=taken), name="packs"),
                asyncio.create_task(take_up(packs_changed, leads, translations), name="second chances"),
                asyncio.create_task(language_packs.run(), name="uploads"),
                asyncio.create_task(poll_while_down(bus, hub), name="poll"),
                asyncio.create_task(promises.run(), name="promises"),
                *(asyncio.create_task(run(), name=name) for name, run in mail.runs),
                asyncio.create_task(keep_house(team, visitors, inbox), name="housekeeping"),
            ]
            running.update(workers, [writer])
            try:
                if on_start is not None:
                    await on_start(Parts(team, workspace, settings, texts))
                yield
            finally:
                running.clear()
                for task in workers:
                    task.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
                journal.stop()
                await writer

    visitor_sockets = VisitorSockets(
        inbox,
        suggestions,
        visitors,
        presence,
        desk.receptions,
        ratings,
        visitor_texts,
        hub,
        bus,
        catalogues,
        pace,
        clock,
        mail.configured,
    )
    texts.on_change.append(visitor_sockets.texts_changed)
    text_desk = TextDesk(texts, regions, leads)
    regions.on_added.append(text_desk.forget)
    table = rules(
        assets=assets,
        widget=WidgetPages(
            Loader(root, catalogues), assets, languages, workspace, visitor_texts, guard, pages
        ),
        api=VisitorApi(inbox, visitors, pace, session_pace, interface),
        visitor_sockets=visitor_sockets,
        agent_sockets=AgentSockets(
            guard,
            inbox,
            suggestions,
            wordings,
            previews,
            origins,
            visitors,
            presence,
            Desks(inbox, HandingOn(journal, router, clock), router, presence, team, catalogues),
            hub,
            bus,
            catalogues,
            clock,
        ),
        entrance=Entrance(team, workspace, languages, guard, pages),
        console=ConsolePages(
            team, workspace, languages, guard, pages, assets, bus, inbox, demo, regions.read, mail.invite
        ),
        packs=PacksApi(language_packs, pages),
        packs_pages=PacksPages(pages, assets, str(import_folder.absolute())),
        translation_api=TranslationApi(public_api, api_keys, api_pace, pages.words, guard.origin),
        regions=regions_api,
        regions_pages=RegionsPages(regions, regions_api, languages, pages, assets),
        api_keys=ApiKeysPages(api_keys, public_api, guard, pages, clock, api_rate),
        glossary=GlossaryApi(glossary, GlossaryTrial(interpreter, translator, glossary), pages),
        memory=MemoryApi(memory, team, pages),
        glossary_pages=GlossaryPages(glossary, team, pages, assets, lambda: translator.routes),
        coverage=CoverageApi(CoverageMap(regions), regions, pages, assets, clock),
        simulator=SimulatorApi(
            Simulator(regions, lambda: router.desk.seats, leads),
            regions,
            team,
            languages,
            workspace,
            visitor_texts,
            pages,
            assets,
            clock,
        ),
        promises=PromisesPages(promises, regions.read, pages, clock),
        ratings=RatingsPages(ratings, texts, team, regions.read, previews, pages, assets, clock),
        canned=CannedApi(texts),
        forget=ForgetPages(mail.links, visitors.get, mail.forget, pages),
        hours=HoursApi(pages, clock),
        texts=TextsApi(
            text_desk,
            texts,
            regions,
            team,
            pages,
            catalogues,
            tuple(assets.locales("messages")),
            leads,
        ),
        texts_pages=TextsPages(workspace, pages, assets),
        problem=problem,
        demo=demo,
    )
    if gallery:
        signature = partial(texts.said, "signature")
        table += Gallery(root, team, pages, catalogues, workspace, signature).rules()
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


def _countries(settings: Settings) -> Countries:
    """Raises SettingError: what an operator has set is used, or nothing starts."""
    if settings.geoip_file is None:
        return Countries()
    try:
        return Countries(GeoIp(settings.geoip_file))
    except GeoIpProblem as problem:
        raise SettingError(f"DRAGOMAN_GEOIP_FILE: {problem}.") from problem
