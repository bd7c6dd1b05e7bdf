"""Language packs as the console handles them: what is there, what would be, installing and removing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from appliance.domain.refusal import Refused
from appliance.services.coverage import Changes, Gap, compare, counted, gaps
from appliance.services.import_folder import Found
from appliance.services.pack_jobs import Job, PackJobs, Work, in_thread
from appliance.services.pack_refusals import refusal, refusing
from appliance.services.pack_sources import Candidate, Source, Sources, checked_address
from appliance.services.ports import Clock, Ledger, SettingsBook
from translation import Pack, Packs, Routes, Stats
from translation.licences import licence_of
from translation.manifest import Manifest
from translation.store import Catalogue, Incoming, Installed, Progress, Report, Store, StoreError
from translation.store.room import KEPT_FREE, WORKER_BYTES, free_bytes, free_memory

_LIVE_SECONDS = 15.0
"""How long an installation waits to be in use; a text that began with the old pack may take a while."""

_SWEEP_SECONDS = 3600.0
_UPLOADS_KEPT_SECONDS = 24 * 3600.0

_LIVING, _CLOSED = 500, 100
"""Conversations whose visitors' languages count for what is missing."""


class Serving(Protocol):
    """The translator, as far as it is of interest here."""

    @property
    def packs(self) -> tuple[Pack, ...]: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def stats(self) -> Stats: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """An installed pack with what is known of it."""

    id: str
    pack: Pack
    manifest: Manifest | None
    """None where nothing was written down, or it cannot be read."""
    built_in: bool
    live: bool
    """The translator has it."""
    used: bool
    """Texts of its pair go through it, rather than through a better one of the same pair."""
    loaded: bool
    licence: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes. `memory` is None where the system does not tell it."""

    disk: int
    memory: int | None
    workers: int


@dataclass(frozen=True, slots=True)
class Overview:
    shown: list[Shown]
    found: Packs
    routes: Routes
    gaps: list[Gap]
    room: Room
    uploads: list[Candidate]
    imports: list[Found]
    has_index: bool
    mirror: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What installing some candidates would take and change."""

    candidates: list[Candidate]
    changes: Changes
    disk: int
    """Bytes needed while it is installed."""
    memory: int
    """Bytes the workers would take with these models loaded."""
    room: Room

    @property
    def fits(self) -> bool:
        """Whether the disk has room for it, and some is left for messages."""
        return self.disk + KEPT_FREE <= self.room.disk


class LanguagePacks:
    """`look` has the translator look for packs at once; `workers`: translation processes at most."""

    def __init__(
        self,
        store: Store,
        serving: Serving,
        sources: Sources,
        book: SettingsBook,
        ledger: Ledger,
        readers: Callable[[], Awaitable[Mapping[str, str]]],
        look: Callable[[], None],
        clock: Clock,
        monotonic: Callable[[], float],
        workers: int,
    ) -> None:
        self._store = store
        self._serving = serving
        self._sources = sources
        self._book = book
        self._ledger = ledger
        self._readers = readers
        self._look = look
        self._workers = workers
        self._changed = asyncio.Event()
        self.jobs = PackJobs(clock, monotonic, self._go_live)

    async def run(self) -> None:
        """Sweeps up forgotten uploads until cancelled, then ends what is under way."""
        try:
            while True:
                await in_thread(lambda: self._sources.reception.sweep(_UPLOADS_KEPT_SECONDS))
                await asyncio.sleep(_SWEEP_SECONDS)
        finally:
            await self.jobs.close()

    def changed(self) -> None:
        """To be called when the translator has taken other packs."""
        event, self._changed = self._changed, asyncio.Event()
        event.set()

    async def overview(self) -> Overview:
        found = await in_thread(self._store.packs)
        team = counted((await self._readers()).values())
        listing = await self._ledger.inbox("", living=_LIVING, closed=_CLOSED)
        visitors = counted(conversation.visitor.language for conversation in listing.conversations)
        routes = Routes(found)
        return Overview(
            shown=await in_thread(lambda: self._shown(found)),
            found=found,
            routes=routes,
            gaps=gaps(routes, team, visitors),
            room=await in_thread(self._room),
            uploads=await in_thread(self._sources.uploads),
            imports=await in_thread(self._sources.folder.found),
            has_index=self._sources.folder.index() is not None,
            mirror=await self.mirror(),
        )

    async def revision(self) -> str:
        """Another text whenever an overview would show other packs, uploads or files."""
        found = await in_thread(self._store.packs)
        uploads = await in_thread(self._sources.reception.all)
        state = blake2b(digest_size=8)
        for part in (
            *sorted(pack.key for pack in found),
            *(str(problem.folder) for problem in found.problems),
            *sorted(pack.key for pack in self._serving.packs),
            *(f"{upload.id} {upload.whole}" for upload in uploads),
            *sorted(self._serving.stats.loaded),
            *sorted((await self._readers()).values()),
            await self.mirror() or "",
        ):
            state.update(f"{part}\0".encode("utf-8", "surrogateescape"))
        return state.hexdigest()

    async def preview(self, wanted: Sequence[Source]) -> Preview:
        """Raises `Refused` as `install` does, but for want of room."""
        candidates = [await self._sources.candidate(source) for source in wanted]
        return await in_thread(lambda: self._preview(candidates))

    async def install(self, wanted: Sequence[Source], by: str) -> list[Job]:
        """Begins to install packs. Nothing is begun if one of them cannot be.

        Raises `Refused`: `pack_not_found`, `pack_busy`, `pack_no_room`, `busy`, `pack_unknown_language` (of a
        model that does not say its languages) and what the source itself is refused for.
        """
        preview = await self.preview(wanted)
        for number, candidate in enumerate(preview.candidates):
            if candidate.problem is not None:
                raise refusal(candidate.problem)
            if candidate.needs_pair:
                raise Refused("pack_unknown_language", field="pair")
            self.jobs.check_free(candidate.pair)
            if candidate.pair is not None and candidate.pair in [
                other.pair for other in preview.candidates[:number]
            ]:
                raise Refused("pack_busy")
        if not preview.fits:
            raise Refused("pack_no_room")
        self.jobs.check_room(len(preview.candidates))
        return [
            self.jobs.start("install", candidate.name, by, candidate.pair, self._installing(candidate))
            for candidate in preview.candidates
        ]

    async def verify(self, pack_id: str, by: str) -> Job:
        """Begins to compare a pack with its checksums and to try it. Raises `Refused("pack_not_found")`."""
        shown = await self._find(pack_id)
        work: Work = partial(self._store.verify, shown.pack)
        return self.jobs.start("verify", shown.pack.model, by, shown.pack.pair, work)

    async def loss(self, pack_id: str) -> Changes:
        """What would be without a pack. Raises `Refused("pack_not_found")`."""
        shown = await self._find(pack_id)
        found = await in_thread(self._store.packs)
        rest = [pack for pack in found if pack.key != shown.pack.key]
        return await in_thread(lambda: compare(found, rest))

    async def remove(self, pack_id: str) -> None:
        """Takes a pack, or a folder that is none, out of use.

        Raises `Refused`: `pack_not_found`, `pack_built_in`, `pack_busy`, `pack_not_writable`.
        """
        problem = await self._problem(pack_id)
        if problem is not None:
            await in_thread(refusing(lambda: self._store.remove_folder(problem)))
            self._look()
            return
        shown = await self._find(pack_id)
        if shown.built_in:
            raise Refused("pack_built_in")
        self.jobs.check_free(shown.pack.pair)
        await in_thread(refusing(lambda: self._store.remove(shown.pack)))
        self._look()

    async def catalogue(self, name: str) -> Catalogue:
        """Reads a catalogue, over the network where it is there. Raises `Refused`."""
        return await self._sources.catalogue(name, await self.mirror())

    async def offers(self, catalogue: Catalogue, name: str) -> list[Candidate]:
        """What a catalogue has, compared with what is in place."""
        found = await in_thread(self._store.packs)
        return await in_thread(lambda: self._sources.offers(catalogue, name, found))

    async def mirror(self) -> str | None:
        """The address of the admins' own catalogue, if they have one."""
        kept: Any = (await self._book.read()).get("packs", {})
        address: str | None = kept.get("mirror")
        return address

    async def set_mirror(self, address: str | None) -> None:
        """Raises `Refused("bad_field")` naming `mirror`."""
        if address is not None:
            checked_address(address, "mirror")
        await self._book.write({"packs": {"mirror": address}})
        self._sources.forget("mirror")

    async def begin_upload(self, name: str, size: int, sha256: str, by: str) -> Incoming:
        """Raises `Refused`: `pack_too_large`, `pack_no_room`, `pack_wrong_checksum`."""
        return await in_thread(refusing(lambda: self._sources.reception.begin(name, size, sha256, by)))

    async def add_to_upload(self, upload_id: str, offset: int, content: bytes) -> Incoming:
        """Raises `Refused`: `pack_not_found`, `pack_wrong_checksum`, `pack_too_large`, `pack_no_room`."""
        reception = self._sources.reception
        return await in_thread(refusing(lambda: reception.add(upload_id, offset, content)))

    async def discard_upload(self, upload_id: str) -> None:
        """Raises `Refused("pack_not_found")`."""
        await in_thread(refusing(lambda: self._sources.reception.discard(upload_id)))

    async def upload(self, upload_id: str) -> Candidate:
        """An upload with what is in it. Raises `Refused("pack_not_found")`."""
        return await self._sources.candidate(Source("upload", upload_id))

    def _installing(self, candidate: Candidate) -> Work:
        def work(report: Report) -> Installed:
            installed = candidate.install(self._store, self._sparing(report))
            if candidate.source.kind == "upload":
                self._sources.reception.discard(candidate.source.name)
            return installed

        return work

    def _sparing(self, report: Report) -> Report:
        """Ends an installation that would leave messages no room: how large it is may have been said wrongly,
        or not at all, and others may write meanwhile."""

        def spare(progress: Progress) -> None:
            report(progress)
            if progress.stage in ("download", "unpack") and free_bytes(self._store.models) < KEPT_FREE:
                raise StoreError("no_room", f"the disk of {self._store.models} is all but full")

        return spare

    async def _go_live(self, job: Job) -> None:
        """Waits until the translator has what was installed."""
        if not isinstance(job.result, Installed):
            return
        key = job.result.pack.key
        try:
            async with asyncio.timeout(_LIVE_SECONDS):
                while key not in {pack.key for pack in self._serving.packs}:
                    changed = self._changed
                    self._look()
                    await changed.wait()
        except TimeoutError:
            # It is installed; the translator takes it when it can.
            return

    async def _find(self, pack_id: str) -> Shown:
        found = await in_thread(self._store.packs)
        for shown in await in_thread(lambda: self._shown(found)):
            if shown.id == pack_id:
                return shown
        raise Refused("pack_not_found", field="pack")

    async def _problem(self, pack_id: str) -> Path | None:
        found = await in_thread(self._store.packs)
        return next((one.folder for one in found.problems if name_of(one.folder.name) == pack_id), None)

    def _shown(self, found: Packs) -> list[Shown]:
        live = {pack.key for pack in self._serving.packs}
        used = {pack.key for pack in Routes(found).packs()}
        loaded = self._serving.stats.loaded
        return [
            Shown(
                id=name_of(pack.key),
                pack=pack,
                manifest=self._manifest(pack),
                built_in=pack.folder is None or pack.folder.parent != self._store.models,
                live=pack.key in live,
                used=pack.key in used,
                loaded=pack.key in loaded,
                licence=licence_of(pack),
            )
            for pack in found
        ]

    def _manifest(self, pack: Pack) -> Manifest | None:
        try:
            return self._store.manifest(pack)
        except StoreError:
            return None

    def _room(self) -> Room:
        return Room(free_bytes(self._store.models), free_memory(), self._workers)

    def _preview(self, candidates: list[Candidate]) -> Preview:
        before = list(self._store.packs())
        packs = [pack for candidate in candidates if (pack := candidate.pack) is not None]
        return Preview(
            candidates=candidates,
            changes=compare(before, [*before, *packs]),
            disk=sum(candidate.disk or 0 for candidate in candidates),
            memory=self._workers * (sum(pack.bytes for pack in packs) + WORKER_BYTES),
            room=self._room(),
        )


def name_of(key: str) -> str:
    """A short name for what may hold anything, fit for an address."""
    return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
