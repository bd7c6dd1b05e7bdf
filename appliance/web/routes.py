"""Every address of the server with its permission. A test walks this table."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.web.agent_socket import AgentSockets
from appliance.web.api_keys_pages import ApiKeysPages
from appliance.web.assets import Assets
from appliance.web.canned_api import CannedApi
from appliance.web.console_pages import ConsolePages
from appliance.web.coverage_api import CoverageApi
from appliance.web.entrance import Entrance
from appliance.web.forget_pages import ForgetPages
from appliance.web.glossary_api import GlossaryApi
from appliance.web.glossary_pages import GlossaryPages
from appliance.web.guard import Permission, Rule
from appliance.web.hours_api import HoursApi
from appliance.web.memory_api import MemoryApi
from appliance.web.packs_api import PacksApi
from appliance.web.packs_pages import PacksPages
from appliance.web.promises_pages import PromisesPages
from appliance.web.public_api import TranslationApi
from appliance.web.ratings_pages import RatingsPages
from appliance.web.regions_api import RegionsApi
from appliance.web.regions_pages import RegionsPages
from appliance.web.reply import json_response
from appliance.web.simulator_api import SimulatorApi
from appliance.web.texts_api import TextsApi
from appliance.web.texts_pages import TextsPages
from appliance.web.visitor_api import VisitorApi
from appliance.web.visitor_socket import VisitorSockets
from appliance.web.widget_pages import WidgetPages

_POST = ("POST",)


def rules(
    *,
    assets: Assets,
    widget: WidgetPages,
    api: VisitorApi,
    visitor_sockets: VisitorSockets,
    agent_sockets: AgentSockets,
    entrance: Entrance,
    console: ConsolePages,
    packs: PacksApi,
    packs_pages: PacksPages,
    glossary: GlossaryApi,
    memory: MemoryApi,
    glossary_pages: GlossaryPages,
    translation_api: TranslationApi,
    api_keys: ApiKeysPages,
    regions: RegionsApi,
    regions_pages: RegionsPages,
    coverage: CoverageApi,
    simulator: SimulatorApi,
    promises: PromisesPages,
    ratings: RatingsPages,
    canned: CannedApi,
    forget: ForgetPages,
    hours: HoursApi,
    texts: TextsApi,
    texts_pages: TextsPages,
    problem: Callable[[], Awaitable[str | None]],
    demo: bool,
) -> list[Rule]:
    """`problem` says what keeps the server from working, if anything does."""

    async def health(request: Request) -> Response:
        found = await problem()
        if found is not None:
            return json_response({"status": "failing", "problem": found}, status=503)
        return json_response({"status": "ok"})

    async def to_console(request: Request) -> Response:
        return RedirectResponse("/console", 303)

    public, token, link, key = Permission.PUBLIC, Permission.TOKEN, Permission.LINK, Permission.KEY
    agent, admin, socket = Permission.AGENT, Permission.ADMIN, Permission.SOCKET
    return [
        Rule("/", widget.demo if demo else to_console, public),
        Rule("/healthz", health, public),
        Rule("/favicon.ico", assets.icon, public),
        Rule("/widget.js", widget.loader, public),
        Rule("/widget/frame", widget.frame, public),
        Rule("/assets/{hash}/{name:path}", assets.serve, public),
        Rule("/api/languages", widget.offered_languages, public),
        Rule("/api/texts", widget.texts, public),
        Rule("/api/visitor/session", api.begin_session, public, _POST),
        Rule("/api/visitor/socket", visitor_sockets, socket),
        # A bearer token is proof enough, wherever the page that sends it comes from.
        Rule("/api/conversations/{conversation}/messages", api.write, token, _POST, other_sites=True),
        Rule("/api/conversations/{conversation}/events", api.events, token),
        Rule("/api/agent/socket", agent_sockets, socket),
        Rule("/api/agent/languages", console.own_languages, agent),
        Rule("/api/agent/canned", canned.canned, agent),
        Rule("/api/agent/translation", ratings.translate, agent, _POST),
        Rule("/translate", translation_api.translate, key, _POST, other_sites=True),
        Rule("/detect", translation_api.detect, key, _POST, other_sites=True),
        Rule("/languages", translation_api.languages, public),
        Rule("/api/openapi.json", translation_api.openapi, public),
        Rule("/console", console.console, agent),
        Rule("/console/sign-in", entrance.sign_in_page, public),
        Rule("/console/sign-in", entrance.sign_in, public, _POST),
        Rule("/console/sign-out", console.sign_out, agent, _POST),
        Rule("/console/sign-out-everywhere", console.sign_out_everywhere, agent, _POST),
        Rule("/console/link/{token}", entrance.link_page, link),
        Rule("/console/link/{token}", entrance.use_link, link, _POST),
        Rule("/console/setup/{token}", entrance.setup_page, link),
        Rule("/console/setup/{token}", entrance.setup, link, _POST),
        Rule("/console/invite/{token}", entrance.invite_page, link),
        Rule("/console/invite/{token}", entrance.accept_invitation, link, _POST),
        Rule("/console/profile", console.profile_page, agent),
        Rule("/console/profile", console.change_profile, agent, _POST),
        Rule("/console/password", console.change_password, agent, _POST),
        Rule("/console/team", console.team_page, admin),
        Rule("/console/team/invite", console.invite, admin, _POST),
        Rule("/console/team/invitations/{invitation}/withdraw", console.withdraw, admin, _POST),
        Rule("/console/team/{agent}/deactivate", console.deactivate, admin, _POST),
        Rule("/console/team/{agent}/activate", console.activate, admin, _POST),
        Rule("/console/coverage", coverage.page, admin),
        Rule("/api/coverage", coverage.week, admin),
        Rule("/console/simulator", simulator.page, admin),
        Rule("/console/simulator/panel", simulator.panel, admin),
        Rule("/api/simulator", simulator.decide, admin),
        Rule("/api/simulator/year", simulator.year, admin),
        Rule("/console/api", api_keys.page, admin),
        Rule("/console/api", api_keys.create, admin, _POST),
        Rule("/console/api/{key}/revoke", api_keys.revoke, admin, _POST),
        Rule("/console/api/{key}/restore", api_keys.restore, admin, _POST),
        Rule("/console/api/{key}/delete", api_keys.delete, admin, _POST),
        Rule("/console/promises", promises.page, admin),
        Rule("/api/promises/export", promises.export, admin),
        Rule("/console/ratings", ratings.page, admin),
        Rule("/api/ratings/export", ratings.export, admin),
        Rule("/mail/forget/{token}", forget.page, link),
        # Mail programs send this by themselves when somebody presses their button.
        Rule("/mail/forget/{token}", forget.use, link, _POST, other_sites=True),
        Rule("/console/install", console.install_page, admin),
        Rule("/console/install", console.install, admin, _POST),
        Rule("/console/languages", packs_pages.languages, admin),
        Rule("/api/packs", packs.overview, admin),
        Rule("/api/packs/preview", packs.preview, admin, _POST),
        Rule("/api/packs/install", packs.install, admin, _POST),
        Rule("/api/packs/catalogue", packs.catalogue, admin, _POST),
        Rule("/api/packs/mirror", packs.mirror, admin, _POST),
        Rule("/api/packs/jobs", packs.jobs, admin),
        Rule("/api/packs/jobs/{job}/cancel", packs.cancel, admin, _POST),
        Rule("/api/packs/jobs/{job}/dismiss", packs.dismiss, admin, _POST),
        Rule("/api/packs/installed/{pack}/loss", packs.loss, admin),
        Rule("/api/packs/installed/{pack}/verify", packs.verify, admin, _POST),
        Rule("/api/packs/installed/{pack}/remove", packs.remove, admin, _POST),
        Rule("/api/packs/uploads", packs.begin_upload, admin, _POST),
        Rule("/api/packs/uploads/{upload}", packs.add_to_upload, admin, _POST),
        Rule("/api/packs/uploads/{upload}/discard", packs.discard_upload, admin, _POST),
        Rule("/console/regions", regions_pages.list, admin),
        Rule("/console/regions/new", regions_pages.add, admin),
        Rule("/console/regions/{region}", regions_pages.edit, admin),
        Rule("/api/regions", regions.regions, admin),
        Rule("/api/regions", regions.add, admin, _POST),
        Rule("/api/regions/presets", regions.presets, admin),
        Rule("/api/regions/people", regions.people, admin),
        Rule("/api/regions/people/{agent}", regions.change_person, admin, _POST),
        Rule("/api/regions/order", regions.order, admin, _POST),
        Rule("/api/regions/check", regions.check, admin, _POST),
        Rule("/api/regions/{region}", regions.region, admin),
        Rule("/api/regions/{region}", regions.save, admin, _POST),
        Rule("/api/regions/{region}/usage", regions.usage, admin),
        Rule("/api/regions/{region}/remove", regions.remove, admin, _POST),
        Rule("/api/regions/{region}/restore", regions.restore, admin, _POST),
        Rule("/api/regions/{region}/default", regions.set_default, admin, _POST),
        Rule("/console/texts", texts_pages.page, admin),
        Rule("/console/texts/panel", texts_pages.panel, admin),
        Rule("/api/wordings", texts.overview, admin),
        Rule("/api/wordings/save", texts.save, admin, _POST),
        Rule("/api/wordings/draft", texts.draft, admin, _POST),
        Rule("/api/wordings/approve", texts.approve, admin, _POST),
        Rule("/api/wordings/discard", texts.discard, admin, _POST),
        Rule("/api/wordings/remove", texts.remove, admin, _POST),
        Rule("/api/wordings/restore", texts.restore, admin, _POST),
        Rule("/api/wordings/order", texts.order, admin, _POST),
        Rule("/api/wordings/export", texts.export, admin),
        Rule("/api/wordings/preview", texts.preview, admin, _POST),
        Rule("/api/wordings/import", texts.take, admin, _POST),
        Rule("/api/hours/choices", hours.choices, admin),
        Rule("/api/hours/holidays", hours.holidays, admin),
        Rule("/api/hours/check", hours.check, admin, _POST),
        Rule("/api/hours/preview", hours.preview, admin, _POST),
        Rule("/api/hours/import", hours.take, admin, _POST),
        Rule("/api/hours/export", hours.export, admin, _POST),
        Rule("/console/glossary", glossary_pages.terms, admin),
        Rule("/console/glossary/memory", glossary_pages.memory, admin),
        Rule("/api/glossary", glossary.entries, admin),
        Rule("/api/glossary/save", glossary.save, admin, _POST),
        Rule("/api/glossary/remove", glossary.remove, admin, _POST),
        Rule("/api/glossary/preview", glossary.preview, admin, _POST),
        Rule("/api/glossary/import", glossary.take, admin, _POST),
        Rule("/api/glossary/export", glossary.export, admin),
        Rule("/api/glossary/try", glossary.attempt, admin, _POST),
        Rule("/api/memory", memory.judgements, admin),
        Rule("/api/memory/save", memory.save, admin, _POST),
        Rule("/api/memory/remove", memory.remove, admin, _POST),
        Rule("/api/memory/restore", memory.restore, admin, _POST),
        Rule("/api/memory/preview", memory.preview, admin, _POST),
        Rule("/api/memory/import", memory.take, admin, _POST),
        Rule("/api/memory/export", memory.export, admin),
    ]
