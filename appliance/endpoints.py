"""What answers at each address, put together."""

import time
from collections.abc import Awaitable, Callable
from functools import partial

from appliance.parts import Parts
from appliance.realtime.hub import agent_changed_message
from appliance.services.coverage_map import CoverageMap
from appliance.services.glossary_trial import GlossaryTrial
from appliance.services.handing_on import HandingOn
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.simulator import Simulator
from appliance.services.text_desk import TextDesk
from appliance.web.agent_routing import Desks
from appliance.web.agent_socket import AgentSockets
from appliance.web.api_keys_pages import ApiKeysPages
from appliance.web.canned_api import CannedApi
from appliance.web.console_pages import ConsolePages
from appliance.web.coverage_api import CoverageApi
from appliance.web.entrance import Entrance
from appliance.web.forget_pages import ForgetPages
from appliance.web.gallery import Gallery
from appliance.web.glossary_api import GlossaryApi
from appliance.web.glossary_pages import GlossaryPages
from appliance.web.guard import Guard, Rule
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
from appliance.web.texts_words import OurWordings
from appliance.web.visitor_api import VisitorApi
from appliance.web.visitor_socket import VisitorSockets
from appliance.web.widget_pages import WidgetPages

BURST = 10
"""Messages a visitor may send at once before being slowed."""

_PATIENCE = 3.0


def endpoints(
    parts: Parts,
    pages: Pages,
    guard: Guard,
    problem: Callable[[], Awaitable[str | None]],
    *,
    demo: bool,
    gallery: bool,
) -> list[Rule]:
    """The table of addresses. `problem` says what keeps the server from working, if anything does."""
    clock, assets, bus = parts.clock, parts.assets, parts.bus
    team, workspace, languages = parts.team, parts.workspace, parts.languages
    regions, router, presence = parts.desk.regions, parts.desk.router, parts.desk.presence
    translating, interface = parts.translating, tuple(assets.locales("messages"))
    texts, visitor_texts = parts.texts, parts.visitor_texts

    pace = _pace(parts.settings.messages_per_second, BURST, patience=_PATIENCE)
    per_minute = parts.settings.sessions_per_minute
    session_pace = _pace(per_minute / 60, per_minute)
    api_rate = parts.settings.api_requests_per_minute
    api_pace = _pace(api_rate / 60, max(1, api_rate / 6))

    visitor_sockets = VisitorSockets(
        inbox=parts.inbox,
        suggestions=parts.suggestions,
        visitors=parts.visitors,
        presence=presence,
        receptions=parts.desk.receptions,
        ratings=parts.ratings,
        texts=visitor_texts,
        hub=parts.hub,
        bus=bus,
        catalogues=parts.catalogues,
        pace=pace,
        clock=clock,
        mail=parts.mail.configured,
    )
    texts.on_change.append(visitor_sockets.texts_changed)
    agent_sockets = AgentSockets(
        guard=guard,
        inbox=parts.inbox,
        suggestions=parts.suggestions,
        wordings=parts.wordings,
        previews=parts.previews,
        origins=parts.origins,
        visitors=parts.visitors,
        presence=presence,
        desks=Desks(
            inbox=parts.inbox,
            handing_on=HandingOn(parts.journal, router, clock),
            router=router,
            presence=presence,
            team=team,
            catalogues=parts.catalogues,
        ),
        hub=parts.hub,
        bus=bus,
        catalogues=parts.catalogues,
        clock=clock,
    )
    text_desk = TextDesk(texts, regions, translating.leads)
    regions.on_added.append(text_desk.forget)
    regions_api = RegionsApi(
        regions,
        team,
        pages,
        HolidayCalendar(),
        clock,
        interface,
        lambda agent_id: bus.publish(agent_changed_message(agent_id)),
    )
    simulator = Simulator(regions, lambda: router.desk.seats, translating.leads)
    trial = GlossaryTrial(translating.interpreter, translating.translator, translating.glossary)
    table = rules(
        assets=assets,
        widget=WidgetPages(
            Loader(parts.root, parts.catalogues), assets, languages, workspace, visitor_texts, guard, pages
        ),
        api=VisitorApi(parts.inbox, parts.visitors, pace, session_pace, tuple(assets.locales("widget"))),
        visitor_sockets=visitor_sockets,
        agent_sockets=agent_sockets,
        entrance=Entrance(team, workspace, languages, guard, pages),
        console=ConsolePages(
            team,
            workspace,
            languages,
            guard,
            pages,
            assets,
            bus,
            parts.inbox,
            demo,
            regions.read,
            parts.mail.invite,
        ),
        packs=PacksApi(parts.language_packs, pages),
        packs_pages=PacksPages(pages, assets, str(parts.import_folder.absolute())),
        translation_api=TranslationApi(parts.public_api, parts.api_keys, api_pace, pages.words, guard.origin),
        regions=regions_api,
        regions_pages=RegionsPages(regions, regions_api, languages, pages, assets),
        api_keys=ApiKeysPages(parts.api_keys, parts.public_api, guard, pages, clock, api_rate),
        glossary=GlossaryApi(translating.glossary, trial, pages),
        memory=MemoryApi(translating.memory, team, pages),
        glossary_pages=GlossaryPages(translating.glossary, team, pages, assets, translating.routes),
        coverage=CoverageApi(CoverageMap(regions), regions, pages, assets, clock),
        simulator=SimulatorApi(simulator, regions, team, languages, visitor_texts, pages, assets, clock),
        promises=PromisesPages(parts.promises, regions.read, pages, clock),
        ratings=RatingsPages(parts.ratings, texts, team, regions.read, parts.previews, pages, assets, clock),
        canned=CannedApi(texts),
        forget=ForgetPages(parts.mail.links, parts.visitors.get, parts.mail.forget, pages),
        hours=HoursApi(pages, clock),
        texts=TextsApi(
            text_desk,
            texts,
            regions,
            team,
            pages,
            OurWordings(parts.catalogues.directory),
            interface,
            translating.leads,
        ),
        texts_pages=TextsPages(workspace, pages, assets),
        problem=problem,
        demo=demo,
    )
    if gallery:
        signature = partial(texts.said, "signature")
        table += Gallery(parts.root, team, pages, parts.catalogues, workspace, signature).rules()
    return table


def _pace(per_second: float, burst: float, *, patience: float = 0) -> Pace:
    return Pace(per_second, burst, patience=patience, monotonic=time.monotonic)
