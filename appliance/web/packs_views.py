"""Language packs in the protocol's form (docs/protocol.md)."""

from typing import Any

from appliance.errors import TABLE
from appliance.i18n import Catalogue as Words
from appliance.services.coverage import Changes, Gap, Shift
from appliance.services.import_folder import Found
from appliance.services.pack_jobs import Job
from appliance.services.pack_sources import Candidate
from appliance.services.packs import Overview, Preview, Room, Shown, name_of
from appliance.web.views import instant
from translation import Pair, Reach, Routes
from translation.quality import known_quality
from translation.store import Incoming, Installed, StoreError
from translation.store.trial import Trial

Json = dict[str, Any]


def overview(seen: Overview, revision: str, jobs: list[Job], words: Words) -> Json:
    return {
        "revision": revision,
        "packs": [pack(shown) for shown in seen.shown],
        "damaged": [
            {"id": name_of(problem.folder.name), "folder": problem.folder.name, "detail": problem.reason}
            for problem in seen.found.problems
        ],
        "reachable": reachable(seen.routes),
        "gaps": [gap(one) for one in seen.gaps],
        "room": room(seen.room),
        "uploads": [upload(one, words) for one in seen.uploads],
        "imports": [imported(one, words) for one in seen.imports],
        "import_index": seen.has_index,
        "mirror": seen.mirror,
        "jobs": [job(one, words) for one in jobs],
    }


def pack(shown: Shown) -> Json:
    manifest = shown.manifest
    return {
        "id": shown.id,
        "model": shown.pack.model,
        "engine": shown.pack.engine,
        "version": shown.pack.version,
        **pair(shown.pack.pair),
        "bytes": shown.pack.bytes,
        "quality": known_quality(shown.pack),
        "licence": shown.licence,
        "origin": manifest.origin if manifest else None,
        "installed_at": (manifest.installed_at or None) if manifest else None,
        "built_in": shown.built_in,
        "live": shown.live,
        "used": shown.used,
        "loaded": shown.loaded,
    }


def pair(of: Pair | None) -> Json:
    return {"from": of.source if of else None, "to": of.target if of else None}


def reachable(routes: Routes) -> list[Json]:
    """Every pair with its way, and the quality of each step of it, as far as it is known."""
    found = []
    for one in routes.reachable():
        packs = routes.path(one.pair.source, one.pair.target) or ()
        found.append({**reach(one), "quality": [known_quality(step) for step in packs]})
    return found


def reach(of: Reach) -> Json:
    return {**pair(of.pair), "path": list(of.path)}


def changes(of: Changes) -> Json:
    return {
        "gained": [reach(one) for one in of.gained],
        "nearer": [shift(one) for one in of.nearer],
        "farther": [shift(one) for one in of.farther],
        "lost": [reach(one) for one in of.lost],
    }


def shift(of: Shift) -> Json:
    return {**reach(of.after), "before": list(of.before.path)}


def gap(of: Gap) -> Json:
    return {
        "language": of.language,
        "who": of.who,
        "people": of.people,
        "others": list(of.others),
        "wanted": [pair(one) for one in of.wanted],
    }


def room(of: Room) -> Json:
    return {"disk": of.disk, "memory": of.memory, "workers": of.workers}


def candidate(of: Candidate, words: Words) -> Json:
    return {
        "source": {"kind": of.source.kind, "name": of.source.name, "catalogue": of.source.catalogue},
        "name": of.name,
        "engine": of.engine,
        "version": of.version,
        **pair(of.pair),
        "download": of.download,
        "bytes": of.unpacked,
        "quality": None if of.pack is None else known_quality(of.pack),
        "hosts": list(of.hosts),
        "installed": of.installed,
        "way": None if of.way is None else list(of.way),
        "problem": problem(of.problem, words),
    }


def upload(of: Candidate, words: Words) -> Json:
    assert of.incoming is not None
    return {**incoming(of.incoming), "pack": candidate(of, words) if of.incoming.whole else None}


def incoming(of: Incoming) -> Json:
    return {
        "id": of.id,
        "name": of.name,
        "bytes": of.bytes,
        "received": of.received,
        "whole": of.whole,
        "by": of.by,
    }


def imported(of: Found, words: Words) -> Json:
    contents = of.contents
    return {
        "name": of.name,
        "engine": contents.engine if contents else None,
        "version": contents.version if contents else "",
        **pair(contents.pair if contents else None),
        "bytes": contents.bytes if contents else None,
        "problem": problem(of.problem, words),
    }


def preview(of: Preview, words: Words) -> Json:
    return {
        "packs": [candidate(one, words) for one in of.candidates],
        **changes(of.changes),
        "disk": of.disk,
        "memory": of.memory,
        "room": room(of.room),
        "fits": of.fits,
        "fits_memory": of.room.memory is None or of.memory <= of.room.memory,
    }


def job(of: Job, words: Words) -> Json:
    progress = of.progress
    return {
        "id": of.id,
        "kind": of.kind,
        "name": of.name,
        "by": of.by,
        **pair(of.pair),
        "at": instant(of.at),
        "ended_at": None if of.ended_at is None else instant(of.ended_at),
        "state": of.state,
        "cancelling": not of.ended and not of.wanted.is_set(),
        # All of the installation is done; what is left is that the translator takes it.
        "stage": None if progress is None else "live" if progress.stage == "done" else progress.stage,
        "done": progress.done if progress else 0,
        "total": progress.total if progress else None,
        "speed": None if of.speed is None else round(of.speed),
        "error": _failure(of, words),
        "result": _result(of),
    }


def problem(error: StoreError | None, words: Words) -> Json | None:
    """`detail` is the store's own English, for whoever looks after the server."""
    if error is None:
        return None
    code = f"pack_{error.code}"
    return {"code": code, "message": words.t(TABLE[code].message), "detail": str(error)}


def _failure(of: Job, words: Words) -> Json | None:
    if of.state != "failed":
        return None
    if of.error is None:
        return {"code": "internal", "message": words.t(TABLE["internal"].message), "detail": ""}
    return problem(of.error, words)


def _result(of: Job) -> Json | None:
    match of.result:
        case Installed() as installed:
            return {
                "model": installed.pack.model,
                "already": installed.already,
                "replaced": [old.model for old in installed.replaced],
                "gained": [reach(one) for one in installed.gained],
                **_trial(installed.trial),
            }
        case Trial() as trial:
            return {"model": of.name, "already": True, "replaced": [], "gained": [], **_trial(trial)}
        case _:
            return None


def _trial(of: Trial) -> Json:
    return {"sentence": of.sentence, "translation": of.translation, "memory": of.memory}
