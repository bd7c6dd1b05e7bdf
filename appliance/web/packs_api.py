"""What the page of language packs asks of the server (docs/protocol.md)."""

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.services.pack_sources import Source
from appliance.services.packs import LanguagePacks
from appliance.web import packs_views as views
from appliance.web.fields import Fields, read_bounded
from appliance.web.pages import Pages
from appliance.web.reply import json_response
from appliance.web.visitor_api import read_body
from translation import Pair, UnknownLanguageError, from_code
from translation.store import Incoming

CHUNK = 1024 * 1024
"""Bytes of a piece of an upload, at most: nginx lets so many through unless it is told otherwise. A lost
connection costs one piece."""

SOURCES_AT_ONCE = 50

_KINDS = ("upload", "import", "offer", "address")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_LONGEST = 2048
_SAFE_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class PacksApi:
    packs: LanguagePacks
    pages: Pages

    async def overview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/packs`."""
        # First, so that what changes meanwhile is asked for again.
        revision = await self.packs.revision()
        seen = await self.packs.overview()
        words = self.pages.words(request)
        return json_response(views.overview(seen, revision, self.packs.jobs.all(), words))

    async def jobs(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/packs/jobs`. Asked twice a second while something runs: a short answer to a plain
        question goes through every proxy, needs no connection that is kept, and a page that was asleep or
        reloaded is up to date with its next one."""
        words = self.pages.words(request)
        jobs = [views.job(job, words) for job in self.packs.jobs.all()]
        return json_response({"revision": await self.packs.revision(), "jobs": jobs})

    async def preview(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/preview`."""
        found = await self.packs.preview(await _sources(request))
        return json_response(views.preview(found, self.pages.words(request)))

    async def install(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/install`."""
        jobs = await self.packs.install(await _sources(request), agent.name)
        words = self.pages.words(request)
        return json_response({"jobs": [views.job(job, words) for job in jobs]}, status=202)

    async def cancel(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/jobs/{job}/cancel`."""
        job = self.packs.jobs.cancel(request.path_params["job"])
        return json_response(views.job(job, self.pages.words(request)))

    async def dismiss(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/jobs/{job}/dismiss`."""
        self.packs.jobs.dismiss(request.path_params["job"])
        return await self.jobs(request, agent, session)

    async def verify(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/installed/{pack}/verify`."""
        job = await self.packs.verify(request.path_params["pack"], agent.name)
        return json_response(views.job(job, self.pages.words(request)), status=202)

    async def loss(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /api/packs/installed/{pack}/loss`."""
        return json_response(views.changes(await self.packs.loss(request.path_params["pack"])))

    async def remove(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/installed/{pack}/remove`."""
        await self.packs.remove(request.path_params["pack"])
        return await self.overview(request, agent, session)

    async def catalogue(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/catalogue`: may ask another machine, so it is no GET."""
        name = (await read_body(request)).name("catalogue")
        catalogue = await self.packs.catalogue(name)
        words = self.pages.words(request)
        offers = [views.candidate(offer, words) for offer in await self.packs.offers(catalogue, name)]
        return json_response(
            {
                "catalogue": name,
                "where": catalogue.where,
                "offers": offers,
                "left_out": len(catalogue.left_out),
                "left_out_example": catalogue.left_out[0] if catalogue.left_out else None,
            }
        )

    async def mirror(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/mirror`."""
        fields = await read_body(request)
        await self.packs.set_mirror(fields.line("mirror", _LONGEST))
        return json_response({"mirror": await self.packs.mirror()})

    async def begin_upload(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/uploads`."""
        fields = await read_body(request)
        name = clean_field(fields.raw("name"), "name", 200, required=True)
        assert name is not None
        size, digest = fields.raw("bytes"), fields.raw("sha256")
        if not isinstance(size, int) or isinstance(size, bool) or not 0 < size < _SAFE_INTEGER:
            raise Refused("bad_field", field="bytes")
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            raise Refused("bad_field", field="sha256")
        coming = await self.packs.begin_upload(name, size, digest, agent.name)
        return await self._uploaded(request, coming, status=201)

    async def add_to_upload(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/uploads/{upload}?offset=0`: the body is the piece."""
        offset = request.query_params.get("offset", "")
        if not offset.isascii() or not offset.isdecimal() or len(offset) > 16:
            raise Refused("bad_field", field="offset")
        content = await read_bounded(request, CHUNK)
        coming = await self.packs.add_to_upload(request.path_params["upload"], int(offset), content)
        return await self._uploaded(request, coming)

    async def discard_upload(self, request: Request, agent: Agent, session: Session) -> Response:
        """`POST /api/packs/uploads/{upload}/discard`."""
        await self.packs.discard_upload(request.path_params["upload"])
        return await self.overview(request, agent, session)

    async def _uploaded(self, request: Request, coming: Incoming, status: int = 200) -> Response:
        """With what is in it, once all of it is there."""
        if not coming.whole:
            return json_response({**views.incoming(coming), "pack": None}, status=status)
        found = await self.packs.upload(coming.id)
        return json_response(views.upload(found, self.pages.words(request)), status=status)


async def _sources(request: Request) -> list[Source]:
    """Raises `Refused("bad_field")` naming the first wrong member."""
    given = (await read_body(request)).raw("sources")
    if not isinstance(given, list) or not 0 < len(given) <= SOURCES_AT_ONCE:
        raise Refused("bad_field", field="sources")
    return [_source(value) for value in given]


def _source(value: Any) -> Source:
    if not isinstance(value, dict):
        raise Refused("bad_field", field="sources")
    fields = Fields(value)
    kind, name = fields.raw("kind"), fields.raw("name")
    if kind not in _KINDS:
        raise Refused("bad_field", field="kind")
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST:
        raise Refused("bad_field", field="name")
    digest = fields.raw("sha256") or None
    if digest is not None and (not isinstance(digest, str) or not _SHA256.fullmatch(digest)):
        raise Refused("bad_field", field="sha256")
    catalogue = fields.name("catalogue") if kind == "offer" else ""
    return Source(kind, name, catalogue, _pair(fields), digest)


def _pair(fields: Fields) -> Pair | None:
    """The languages, if somebody had to say them."""
    given = {name: fields.line(name, 20) for name in ("from", "to")}
    if not any(given.values()):
        return None
    found = []
    for name, code in given.items():
        try:
            found.append(from_code(code or ""))
        except UnknownLanguageError:
            raise Refused("pack_unknown_language", field=name) from None
    if found[0] == found[1]:
        raise Refused("pack_unknown_language", field="to")
    return Pair(*found)
