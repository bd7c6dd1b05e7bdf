"""Where language packs come from: uploads, the import folder, catalogues, addresses.

Nothing here contacts another machine but `catalogue`, for a catalogue on the web, and installing what comes
from there. Both are called when an admin has pressed a button that says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from appliance.domain.refusal import Refused
from appliance.services.import_folder import ImportFolder
from appliance.services.pack_jobs import in_thread
from appliance.services.pack_refusals import refusal
from translation import Pack, Pair, Routes
from translation.store import (
    KNOWN,
    Catalogue,
    Contents,
    Expected,
    Incoming,
    Installed,
    Offer,
    Reception,
    Report,
    Store,
    StoreError,
    inspect,
    is_address,
    open_catalogue,
    prospect,
)

Kind = Literal["upload", "import", "offer", "address"]

CATALOGUES = ("mirror", "import", *KNOWN)
"""`mirror` is the admins' own, `import` the index in the import folder, the others have known addresses."""

_LONGEST_ADDRESS = 2048


@dataclass(frozen=True, slots=True)
class Source:
    """What an admin has chosen to install."""

    kind: Kind
    name: str
    """An upload's id, a name below the import folder, an offer's id, an address."""
    catalogue: str = ""
    pair: Pair | None = None
    """The languages, for a Firefox model that does not say them."""
    sha256: str | None = None
    """What the SHA-256 must be, of an address."""


@dataclass(frozen=True)
class Candidate:
    """Something that can be installed, as far as is known before it is."""

    source: Source
    name: str
    """For people."""
    install: Callable[[Store, Report], Installed]
    """Blocks. Raises StoreError."""
    engine: str | None = None
    pair: Pair | None = None
    version: str = ""
    download: int | None = 0
    """Bytes that have to come over the network; None where nobody says."""
    unpacked: int | None = None
    quality: float | None = None
    hosts: tuple[str, ...] = ()
    """The machines it comes from."""
    problem: StoreError | None = None
    installed: bool = False
    """The same version of the same pack is in place."""
    way: tuple[str, ...] | None = None
    """How its pair is translated now; None if not at all."""
    incoming: Incoming | None = None

    @property
    def needs_pair(self) -> bool:
        """It does not say its languages, and nobody has."""
        return self.engine is not None and self.pair is None

    @property
    def disk(self) -> int | None:
        """Bytes on the disk while it is installed; None where nobody knows."""
        return None if self.unpacked is None else self.unpacked + (self.download or 0)

    @property
    def pack(self) -> Pack | None:
        """The pack that it would be; None while its languages are not known."""
        if self.pair is None or self.engine is None:
            return None
        return prospect(self.engine, self.pair, self.version, self.unpacked or 0, self.quality)


class Sources:
    def __init__(self, reception: Reception, folder: ImportFolder) -> None:
        self.reception = reception
        self.folder = folder
        self._read: dict[str, Catalogue] = {}

    def uploads(self) -> list[Candidate]:
        """What has come, or is coming, from browsers. Blocks."""
        return [self._upload(incoming) for incoming in self.reception.all()]

    async def candidate(self, source: Source) -> Candidate:
        """Asks no other machine. Raises `Refused`: `pack_not_found`, `bad_field` naming the member at
        fault."""
        match source.kind:
            case "upload":
                return await in_thread(partial(self._received, source))
            case "import":
                return await in_thread(partial(self._imported, source))
            case "offer":
                if source.catalogue not in CATALOGUES:
                    raise Refused("bad_field", field="catalogue")
                catalogue = self._read.get(source.catalogue)
                if catalogue is None and source.catalogue == "import":
                    catalogue = await self.catalogue("import", None)
                # What is on the web is not asked again by the way: that takes somebody who wants it.
                for offer in catalogue.offers if catalogue else ():
                    if offer_id(offer) == source.name:
                        return self._offered(offer, source.catalogue)
                raise Refused("pack_not_found", field="name")
            case "address":
                return self._addressed(source)

    async def catalogue(self, name: str, mirror: str | None) -> Catalogue:
        """Reads a catalogue anew, over the network unless it is the import folder's.

        Raises `Refused`: `bad_field` naming `catalogue` or `mirror`, `pack_unreachable`, `pack_refused`,
        `pack_not_found`, `pack_damaged`, `pack_too_large`.
        """
        if name not in CATALOGUES:
            raise Refused("bad_field", field="catalogue")
        if name == "mirror" and mirror is None:
            raise Refused("bad_field", field="mirror")
        index = self.folder.index()
        if name == "import" and index is None:
            raise Refused("pack_not_found", field="catalogue")
        where = {"mirror": mirror, "import": str(index)}.get(name, name)
        assert where is not None
        try:
            found = await in_thread(lambda: open_catalogue(where))
        except StoreError as error:
            raise refusal(error) from error
        self._read[name] = found if index is None or name != "import" else _within(index, found)
        return self._read[name]

    def forget(self, name: str) -> None:
        """Has a catalogue read anew when it is needed next."""
        self._read.pop(name, None)

    def offers(self, catalogue: Catalogue, name: str, installed: Iterable[Pack]) -> list[Candidate]:
        """What a catalogue has, compared with what is in place. Blocks for some milliseconds."""
        installed = list(installed)
        routes, models = Routes(installed), {pack.model for pack in installed}
        found = []
        for offer in catalogue.offers:
            packs = routes.path(offer.pair.source, offer.pair.target)
            way = None if packs is None else tuple(_steps(packs)) or None
            candidate = self._offered(offer, name)
            found.append(replace(candidate, installed=offer_id(offer) in models, way=way))
        return found

    def _upload(self, incoming: Incoming) -> Candidate:
        source = Source("upload", incoming.id)
        plain = Candidate(source, incoming.name, _nothing, incoming=incoming, unpacked=incoming.bytes)
        if not incoming.whole:
            return plain
        try:
            return _filled(plain, inspect(self.reception.path(incoming.id)))
        except StoreError as problem:
            return replace(plain, problem=problem)

    def _received(self, source: Source) -> Candidate:
        try:
            path = self.reception.path(source.name)
            found = self._upload(self.reception.get(source.name))
        except StoreError as error:
            raise refusal(error, field="name") from error
        pair = source.pair if found.pair is None else None

        def install(store: Store, report: Report) -> Installed:
            return store.install(path, pair=pair, report=report, origin=found.name)

        return replace(found, source=source, install=install, pair=found.pair or source.pair)

    def _imported(self, source: Source) -> Candidate:
        path = self.folder.resolve(source.name)

        def install(store: Store, report: Report) -> Installed:
            return store.install(path, pair=source.pair, report=report)

        plain = Candidate(source, source.name, install)
        try:
            found = _filled(plain, inspect(path))
        except StoreError as problem:
            return replace(plain, problem=problem)
        return replace(found, pair=found.pair or source.pair)

    def _offered(self, offer: Offer, catalogue: str) -> Candidate:
        sources = [source for part in offer.parts for source in part.sources]
        on_the_web = any(map(is_address, sources))
        sizes = [part.unpacked.bytes or part.expected.bytes for part in offer.parts]
        unpacked = None if None in sizes else sum(size or 0 for size in sizes)
        return Candidate(
            Source("offer", offer_id(offer), catalogue),
            offer_id(offer),
            lambda store, report: store.install_offer(offer, report),
            offer.engine,
            offer.pair,
            offer.version,
            download=offer.bytes if on_the_web else 0,
            unpacked=unpacked,
            quality=offer.quality,
            hosts=tuple(dict.fromkeys(host for source in sources if (host := _host(source)))),
        )

    def _addressed(self, source: Source) -> Candidate:
        address = checked_address(source.name, "name")

        def install(store: Store, report: Report) -> Installed:
            return store.install(
                address, pair=source.pair, expected=Expected(sha256=source.sha256), report=report
            )

        name = PurePosixPath(urlsplit(address).path).name or address
        return Candidate(source, name, install, download=None, hosts=(_host(address),))


def checked_address(text: str, field: str) -> str:
    """An address on the web, as it was given. Raises `Refused("bad_field")`."""
    # A name and a password in an address would be on every admin's screen; and no server is told them.
    usable = len(text) <= _LONGEST_ADDRESS and is_address(text) and _host(text)
    if not usable or "@" in urlsplit(text).netloc:
        raise Refused("bad_field", field=field)
    return text


def offer_id(offer: Offer) -> str:
    """As the pack's model will be called once it is installed."""
    return f"{offer.engine}/{offer.version}"


def _within(folder: Path, catalogue: Catalogue) -> Catalogue:
    """Without what lies outside of the folder: nobody is to look around on the server from the console."""
    inside: list[Offer] = []
    outside: list[Offer] = []
    for offer in catalogue.offers:
        paths = [source for part in offer.parts for source in part.sources if not is_address(source)]
        leaves = any(not Path(normpath(path)).is_relative_to(normpath(folder)) for path in paths)
        (outside if leaves else inside).append(offer)
    left_out = [f"{offer_id(offer)}: a link that leads out of the folder" for offer in outside]
    return replace(catalogue, offers=tuple(inside), left_out=(*catalogue.left_out, *left_out))


def _filled(candidate: Candidate, contents: Contents) -> Candidate:
    return replace(
        candidate,
        engine=contents.engine,
        pair=contents.pair,
        version=contents.version,
        unpacked=contents.bytes,
    )


def _host(address: str) -> str:
    """The host of an address, with its port if it says one; "" for anything else."""
    if not is_address(address):
        return ""
    try:
        parts = urlsplit(address)
        return parts.netloc.rpartition("@")[2] if parts.hostname else ""
    except ValueError:
        return ""


def _steps(packs: Iterable[Pack]) -> Iterable[str]:
    for number, pack in enumerate(packs):
        if number == 0:
            yield pack.pair.source
        yield pack.pair.target


def _nothing(_store: Store, _report: Report) -> Installed:
    raise StoreError("not_found", "the file has not come in full yet")
