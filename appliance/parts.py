"""All that works behind the addresses, put together."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.chores import keep_house, poll_while_down, take_up
from appliance.domain.conversation import Event
from appliance.front_desk import FrontDesk, open_front_desk
from appliance.i18n import Catalogues
from appliance.mailing import Mailing, open_mailing
from appliance.realtime.bus import Bus
from appliance.realtime.hub import Hub, appended_message, suggestion_message
from appliance.services.api_keys import ApiKeys
from appliance.services.countries import Countries, GeoIp, GeoIpProblem
from appliance.services.detection import Suggestions
from appliance.services.import_folder import ImportFolder
from appliance.services.inbox import Inbox
from appliance.services.journal import Journal
from appliance.services.languages import Languages
from appliance.services.origins import Origins
from appliance.services.pack_sources import Sources
from appliance.services.packs import LanguagePacks
from appliance.services.passwords import Passwords
from appliance.services.ports import Alarm, Clock
from appliance.services.previews import Previews
from appliance.services.promises import Promises
from appliance.services.public_api import PublicApi
from appliance.services.ratings import Ratings
from appliance.services.team import Team
from appliance.services.texts import Texts
from appliance.services.translations import Translations
from appliance.services.visitor_texts import VisitorTexts
from appliance.services.visitors import Visitors
from appliance.services.wordings import Wordings
from appliance.services.workspace import WorkspaceSettings
from appliance.settings import SettingError, Settings
from appliance.storage.api_keys import KeyBook
from appliance.storage.ledger import Ledger
from appliance.storage.people import Staff, VisitorBook
from appliance.storage.promises import PromiseBook
from appliance.storage.ratings import RatingBook
from appliance.storage.settings_book import SettingsBook
from appliance.storage.texts import TextBook
from appliance.translating import Translating, open_translating
from appliance.web.assets import Assets
from translation.following import follow
from translation.store import RECEIVED, Reception


@dataclass(frozen=True, slots=True)
class Parts:
    """`runs` must be running, each by its name, while the database is open, the translator entered and
    `desk.router` open; so must `journal`, which ends last, and `bus`."""

    settings: Settings
    clock: Clock
    root: Path
    assets: Assets
    catalogues: Catalogues
    translating: Translating
    translations: Translations
    public_api: PublicApi
    language_packs: LanguagePacks
    import_folder: Path
    languages: Languages
    journal: Journal
    inbox: Inbox
    visitors: Visitors
    wordings: Wordings
    previews: Previews
    origins: Origins
    suggestions: Suggestions
    staff: Staff
    team: Team
    api_keys: ApiKeys
    workspace: WorkspaceSettings
    texts: Texts
    visitor_texts: VisitorTexts
    ratings: Ratings
    promises: Promises
    desk: FrontDesk
    mail: Mailing
    hub: Hub
    bus: Bus
    runs: tuple[tuple[str, Callable[[], Coroutine[Any, Any, None]]], ...]


def open_parts(settings: Settings, root: Path, clock: Clock, alarm: Alarm) -> Parts:
    """Raises `SettingError`."""
    countries = _countries(settings)
    assets, catalogues = Assets(root), Catalogues(root / "locales")
    translating = open_translating(settings, clock)
    interpreter, turns = translating.interpreter, translating.turns
    ledger, staff = Ledger(), Staff()
    journal = Journal(ledger)
    team = Team(staff, Passwords(), clock)
    workspace = WorkspaceSettings(SettingsBook(), settings.sites)
    texts = Texts(TextBook(), interpreter, clock)
    translations = Translations(turns.for_chats(interpreter), journal, ledger, clock)
    visitors = Visitors(VisitorBook(), journal, clock, countries)
    wordings = Wordings(journal, ledger, translating.memory, clock)
    inbox = Inbox(journal, ledger, translations, wordings, team.readers, clock)
    promises = Promises(PromiseBook(), ledger, clock, alarm)
    api_keys = ApiKeys(KeyBook(), clock)
    languages = Languages(tuple(assets.locales("widget")), translating.routes, team.readers)

    async def read_events(conversation_id: str, after: int) -> list[Event]:
        return await inbox.page(conversation_id, after=after)

    hub = Hub(read_events, inbox.conversation)
    bus = Bus(settings.bus_url, on_message=hub.receive, on_gap=hub.resync)
    desk = open_front_desk(journal, ledger, team, hub, catalogues, translating.leads, clock, alarm)
    mail = open_mailing(
        settings,
        root,
        catalogues,
        workspace,
        ledger,
        visitors.get,
        desk.presence.is_online,
        lambda language: texts.said("signature", language),
        team.invitations,
        clock,
        alarm,
    )

    async def offered_tags() -> list[str]:
        return [offer["tag"] for offer in await languages.offered()]

    suggestions = Suggestions(
        offered_tags,
        team.readers,
        ledger,
        translations,
        lambda conversation_id, language: bus.publish(suggestion_message(conversation_id, language)),
    )
    # The order in which each hears of what has been appended.
    journal.observe(hub.appended)
    journal.observe(lambda appended: bus.tell_others(lambda: appended_message(appended)))
    journal.observe(translations.observe)
    journal.observe(desk.router.observe)
    journal.observe(mail.observe)
    journal.observe(promises.observe)
    journal.observe(suggestions.observe)

    look, packs_changed = asyncio.Event(), asyncio.Event()
    store, translator = translating.store, translating.translator
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

    def taken() -> None:
        language_packs.changed()
        packs_changed.set()
        desk.router.wake()

    return Parts(
        settings=settings,
        clock=clock,
        root=root,
        assets=assets,
        catalogues=catalogues,
        translating=translating,
        translations=translations,
        public_api=PublicApi(interpreter, translating.routes, turns),
        language_packs=language_packs,
        import_folder=import_folder,
        languages=languages,
        journal=journal,
        inbox=inbox,
        visitors=visitors,
        wordings=wordings,
        previews=Previews(interpreter, ledger),
        origins=Origins(ledger, translating.routes),
        suggestions=suggestions,
        staff=staff,
        team=team,
        api_keys=api_keys,
        workspace=workspace,
        texts=texts,
        visitor_texts=VisitorTexts(texts, workspace),
        ratings=Ratings(RatingBook(), journal, clock),
        promises=promises,
        desk=desk,
        mail=mail,
        hub=hub,
        bus=bus,
        runs=(
            *desk.runs,
            *mail.runs,
            ("translations", translations.run),
            ("suggestions", suggestions.run),
            ("promises", promises.run),
            ("API keys", api_keys.run),
            ("uploads", language_packs.run),
            ("packs", lambda: follow(translator, store, look=look, changed=taken)),
            ("second chances", lambda: take_up(packs_changed, translating.leads, translations)),
            ("poll", lambda: poll_while_down(bus, hub)),
            ("housekeeping", lambda: keep_house(team, visitors, inbox)),
        ),
    )


def _countries(settings: Settings) -> Countries:
    """Raises `SettingError`: what an operator has set is used, or nothing starts."""
    if settings.geoip_file is None:
        return Countries()
    try:
        return Countries(GeoIp(settings.geoip_file))
    except GeoIpProblem as problem:
        raise SettingError(f"DRAGOMAN_GEOIP_FILE: {problem}.") from problem
