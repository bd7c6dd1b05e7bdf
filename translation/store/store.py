"""The folder of installed packs."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..discovery import discover, pack_folders, packs_in
from ..formats import format_of
from ..manifest import (
    MANIFEST,
    REMOVED,
    BadManifestError,
    Manifest,
    read_manifest,
    write_manifest,
)
from ..packs import Pack, Packs
from ..routes import Reach, gained
from ..tags import Pair
from .catalogue import Offer, Part
from .content import folder_name, read_pack, root_of, said, states_of
from .errors import (
    DAMAGED,
    NOT_A_PACK,
    NOT_FOUND,
    UNREACHABLE,
    WRONG_CHECKSUM,
    StoreError,
    writing,
)
from .fetching import ANYTHING, Expected, check, fetch_file, forget, is_address
from .locks import is_free, locked, shared
from .progress import Progress, Report, nobody
from .room import sync, sync_folder
from .trial import Trial, try_out
from .unpacking import copy_file, copy_folder, unpack_zip

DOWNLOADS = ".downloads"
_STAGING = ".staging-"
_UNPACKED = "unpacked"
_LOCK = ".lock"
_SERVING = ".serving"
_KEPT_SECONDS = 7 * 24 * 3600
"""How long what a broken-off download left is kept."""


@dataclass(frozen=True)
class Installed:
    """A pack that is in place."""

    pack: Pack
    trial: Trial
    replaced: tuple[Pack, ...]
    """Earlier packs of the same engine and pair."""
    already: bool
    """The very same files were there before."""
    gained: tuple[Reach, ...]
    """Pairs that can be translated now and could not before."""


class Store:
    """The packs in a folder. Several processes may use it at once.

    An installation:

    1. What comes over a network comes into `.downloads`, and stays there if it breaks off.
    2. It is unpacked into a hidden folder beside the others. Whatever happens from here on, that folder goes,
       at the latest when the next one looks.
    3. What is there is written down with its checksums, and a worker process translates a sentence with it.
    4. One rename puts it in place: before it the old pack is the one in use, after it the new one.
    5. What it replaces is deleted by whoever uses it: at once, or by the server once no text needs it.
    """

    def __init__(self, models: Path) -> None:
        self.models = models

    def packs(self) -> Packs:
        """What is installed, the starter pair included."""
        return discover(self.models)

    def install(
        self,
        source: str | Path,
        *,
        pair: Pair | None = None,
        expected: Expected = ANYTHING,
        report: Report = nobody,
        origin: str | None = None,
    ) -> Installed:
        """Install from an `.argosmodel` or other zip file, an unpacked folder, or the address of such a file.

        `pair` is for Firefox models that do not say their languages, `origin` what is written down of where
        a file came from. Raises StoreError.
        """
        if is_address(str(source)):
            part = fetch_file(str(source), self.models / DOWNLOADS, expected, report)
            installed = self._install_file(part, str(source), pair, report)
            forget(part)
            return installed
        path = Path(source)
        if path.is_dir():
            if format_of(path) is None and not any(path.glob("model*.bin.*")):
                raise StoreError(
                    NOT_A_PACK,
                    f"{path} is no language pack: neither metadata.json with model/, nor model*.bin",
                )
            with self._staging() as staging:
                copy = staging / (path.resolve().name or _UNPACKED)
                copy_folder(path, copy, report)
                return self._install(copy, str(path.resolve()), pair, report)
        if not path.is_file():
            raise StoreError(NOT_FOUND, f"{path} is no file, folder or web address")
        check(path, str(path), expected, report)
        return self._install_file(path, origin or str(path.absolute()), pair, report)

    def install_offer(self, offer: Offer, report: Report = nobody) -> Installed:
        """Install what a catalogue offers. Raises StoreError."""
        files = [(part, self._fetched(part, report)) for part in offer.parts]
        origin = offer.parts[0].sources[0]
        if offer.engine == "argos":
            ((_, archive),) = files
            installed = self._install_file(archive, origin, offer.pair, report, offer)
        else:
            with self._staging() as staging:
                folder = staging / _UNPACKED
                folder.mkdir()
                for part, file in files:
                    target = folder / part.name.removesuffix(".zst")
                    copy_file(file, target, report, compressed=part.name.endswith(".zst"))
                    check(target, part.name, part.unpacked, report)
                installed = self._install(folder, origin, offer.pair, report, offer)
        # Only now: a pack that cannot be installed need not be downloaded again to see why.
        for _, file in files:
            if file.parent == self.models / DOWNLOADS:
                forget(file)
        return installed

    def _fetched(self, part: Part, report: Report) -> Path:
        """A file of an offer, from the first of its sources that has it."""
        errors = []
        for source in part.sources:
            try:
                if is_address(source):
                    return fetch_file(source, self.models / DOWNLOADS, part.expected, report)
                file = Path(source)
                if not file.is_file():
                    raise StoreError(NOT_FOUND, f"{file} is not there")
                check(file, str(file), part.expected, report)
                return file
            except StoreError as error:
                if error.code not in (NOT_FOUND, UNREACHABLE, WRONG_CHECKSUM):
                    raise
                errors.append(error)
        raise errors[0]

    def _install_file(
        self, file: Path, origin: str, pair: Pair | None, report: Report, offer: Offer | None = None
    ) -> Installed:
        with self._staging() as staging:
            unpacked = staging / _UNPACKED
            unpacked.mkdir()
            unpack_zip(file, unpacked, report)
            return self._install(root_of(unpacked, origin), origin, pair, report, offer)

    def _install(
        self,
        root: Path,
        origin: str,
        pair: Pair | None,
        report: Report,
        offer: Offer | None = None,
    ) -> Installed:
        """Install the unpacked pack in `root`, a staged folder, which is moved. Raises StoreError."""
        known = format_of(root)
        if known is None:
            raise StoreError(
                NOT_A_PACK,
                f"{origin} holds no language pack: neither metadata.json with model/, nor a Firefox model",
            )
        manifest = Manifest(
            engine=known.ENGINE,
            pair=pair or said(root, known, origin),
            version=offer.version if offer else _version(root, origin),
            origin=origin,
            installed_at="",
            files=states_of(root, report),
            quality=offer.quality if offer else None,
        )
        pack = read_pack(root, manifest, origin)
        if pair is not None and pack.pair != pair:
            raise StoreError(NOT_A_PACK, f"{origin} is said to be for {pair}, and is for {pack.pair}")
        manifest = replace(manifest, pair=pack.pair, version=pack.version)
        trying = Progress("trial", pair=pack.pair)
        report(trying)
        trial = try_out(pack)
        # Once more: whoever has changed their mind meanwhile can still end it here, and later no more.
        report(trying)
        before = self.packs()
        installed, already = self._put(root, manifest)
        report(Progress("done"))
        same = [old for old in before if (old.engine, old.pair) == (pack.engine, pack.pair)]
        self.sweep()
        return Installed(
            pack=installed,
            trial=trial,
            replaced=tuple(old for old in same if old.folder != installed.folder and self._holds(old)),
            already=already,
            gained=() if already else gained(before, installed),
        )

    def _put(self, root: Path, manifest: Manifest) -> tuple[Pack, bool]:
        """Put a checked pack in place: as it is there, and whether its very files were there already."""
        folder = self.models / folder_name(manifest)
        with locked(self.models / _LOCK):
            manifest = replace(manifest, installed_at=self._now(manifest))
            already = (folder / MANIFEST).is_file()
            if already:
                # Its files are these. Said to be new, it goes before any other of its pair again.
                write_manifest(folder, manifest)
                (folder / REMOVED).unlink(missing_ok=True)
            else:
                write_manifest(root, manifest)
                sync(root)
                root.rename(folder)
            sync_folder(self.models)
            return read_pack(folder, manifest, manifest.origin), already

    def _now(self, manifest: Manifest) -> str:
        """The time, but always after that of the packs it is to replace, wherever the clock has gone."""
        now = datetime.now(UTC)
        for _, other in self._managed():
            if (other.engine, other.pair) == (manifest.engine, manifest.pair):
                try:
                    now = max(now, datetime.fromisoformat(other.installed_at) + timedelta(microseconds=1))
                except (ValueError, TypeError):
                    continue
        return now.isoformat(timespec="microseconds")

    def find(self, name: str) -> Pack:
        """An installed pack by its folder's name, its model's name (`argos/en_pt-1.9`) or its pair (`en-pt`).

        Raises StoreError `not_found`, which says what there is, also where several fit.
        """
        packs = self.packs()
        for names in (_folder_names, _model_names, _pair_names):
            found = [pack for pack in packs if name in names(pack)]
            if len(found) == 1:
                return found[0]
            if found:
                models = ", ".join(pack.model for pack in found)
                raise StoreError(NOT_FOUND, f"{name} is the name of several packs; say which: {models}")
        models = ", ".join(pack.model for pack in packs) or "none"
        raise StoreError(NOT_FOUND, f"no pack is named {name:.100}; installed are: {models}")

    def manifest(self, pack: Pack) -> Manifest | None:
        """What was written down about a pack; None if nothing was. Raises StoreError `damaged`."""
        try:
            return read_manifest(pack.folder) if pack.folder else None
        except BadManifestError as reason:
            raise StoreError(DAMAGED, f"{pack.model}: {reason}") from reason

    def verify(self, pack: Pack, report: Report = nobody) -> Trial:
        """Compare a pack's files with what was written down, and try it. Raises StoreError.

        Of a pack that was put there by hand nothing was written down; it is only tried.
        """
        manifest = self.manifest(pack)
        if manifest is not None and pack.folder is not None:
            states = states_of(pack.folder, report)
            missing = sorted(manifest.files.keys() - states.keys())
            changed = sorted(name for name in states if states[name] != manifest.files.get(name))
            if missing or changed:
                raise StoreError(
                    DAMAGED,
                    f"{pack.model} is damaged; missing: {', '.join(missing) or '-'}; "
                    f"changed: {', '.join(changed) or '-'}. Install it again",
                )
        report(Progress("trial"))
        return try_out(pack)

    def remove(self, pack: Pack) -> None:
        """Take a pack out of use; its files go when nobody needs them. Raises StoreError."""
        if pack.folder is None or not self._holds(pack):
            raise StoreError(NOT_FOUND, f"{pack.model} belongs to the program and cannot be removed")
        with writing(self.models), locked(self.models / _LOCK):
            others = [
                folder
                for folder, manifest in self._managed()
                if (manifest.engine, manifest.pair) == (pack.engine, pack.pair)
            ]
            # Earlier ones, which may still be there for a server's sake, must not come back.
            for folder in {pack.folder, *others}:
                (folder / REMOVED).touch()
        self.sweep()

    def remove_folder(self, folder: Path) -> None:
        """Take a folder out of the models' that cannot be used as a pack. Raises StoreError."""
        if folder not in pack_folders(self.models):
            raise StoreError(NOT_FOUND, f"{folder} is none of the folders of {self.models}")
        with writing(self.models), locked(self.models / _LOCK):
            (folder / REMOVED).touch()
        self.sweep()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """While this lasts, nobody else deletes packs that were in use."""
        with writing(self.models):
            self.models.mkdir(parents=True, exist_ok=True)
        with shared(self.models / _SERVING):
            yield

    def sweep(self, in_use: Iterable[Path] | None = None) -> None:
        """Delete what nobody needs: remains of broken-off installations, removed and superseded packs.

        Only the server, which says what is `in_use`, deletes packs while it is serving.
        """
        if not self.models.is_dir():
            return
        with writing(self.models), locked(self.models / _LOCK):
            for staging in self.models.glob(f"{_STAGING}*"):
                if is_free(staging):
                    _delete(staging)
            for file in self.models.glob(f"{DOWNLOADS}/*"):
                # Whoever downloads it may be done with it just now.
                with suppress(FileNotFoundError):
                    if time.time() - file.stat().st_mtime > _KEPT_SECONDS and is_free(file):
                        file.unlink()
            if in_use is None and not is_free(self.models / _SERVING):
                return
            kept = set(in_use or ()) | {pack.folder for pack in packs_in(self.models)}
            for folder in self._unwanted():
                if folder not in kept:
                    dead = folder.rename(self.models / f"{_STAGING}{folder.name}")
                    _delete(dead)

    def _unwanted(self) -> list[Path]:
        managed = [folder for folder, _ in self._managed()]
        return [
            folder for folder in pack_folders(self.models) if (folder / REMOVED).exists() or folder in managed
        ]

    def _managed(self) -> list[tuple[Path, Manifest]]:
        """The folders that were installed rather than put there by hand, with their manifests."""
        found = []
        for folder in pack_folders(self.models):
            try:
                manifest = read_manifest(folder)
            except BadManifestError:
                continue
            if manifest is not None and manifest.installed_at:
                found.append((folder, manifest))
        return found

    def _holds(self, pack: Pack) -> bool:
        return pack.folder is not None and pack.folder.parent == self.models

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        """A folder to prepare a pack in, gone afterwards. What the disk refuses becomes a StoreError."""
        with writing(self.models):
            self.models.mkdir(parents=True, exist_ok=True)
            name = f"{_STAGING}{os.getpid()}-{time.monotonic_ns()}"
            with ExitStack() as stack:
                with locked(self.models / _LOCK):
                    staging = self.models / name
                    staging.mkdir()
                    stack.enter_context(locked(staging))
                # Before it is let go of: nobody else is to find it half deleted and free.
                stack.callback(_delete, staging)
                yield staging


def _delete(path: Path) -> None:
    """A folder with all that is in it, or a file; what cannot be deleted now is left to the next sweep."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _version(root: Path, origin: str) -> str:
    """A name for what does not say its version itself: its folder's, or that of the file it came in."""
    return Path(origin).stem if root.name == _UNPACKED else root.name


def _folder_names(pack: Pack) -> tuple[str, ...]:
    return (pack.folder.name,) if pack.folder else ()


def _model_names(pack: Pack) -> tuple[str, ...]:
    return (pack.model, pack.version)


def _pair_names(pack: Pack) -> tuple[str, ...]:
    return (f"{pack.pair.source}-{pack.pair.target}",)
