"""`dragoman models …`: the language packs of a data directory."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from appliance.settings import SettingError, Settings
from translation import Pack, Pair, Reach, Routes, UnknownLanguageError, from_code, gained
from translation.cli import describe
from translation.store import Expected, Installed, Progress, Store, StoreError, open_catalogue

models = typer.Typer(
    no_args_is_help=True,
    help="Install, check and remove language packs. Only an address, or a catalogue on the web, is asked for "
    "over the network.",
)

AsJson = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]
Where = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="CATALOGUE",
        help="A file, a folder (a USB stick) or an address; or by name: argos, mozilla.",
    ),
]
MaybeWhere = Annotated[
    str | None,
    typer.Option("--from", metavar="CATALOGUE", help="Take pairs from a catalogue; see `available`."),
]
Name = Annotated[str, typer.Argument(help="A pair such as en-pt, or the name of a model, as `list` shows.")]
DataDir = Annotated[
    Path | None, typer.Option(help="Directory with everything worth keeping.", show_default="data")
]

REDRAW = 0.2
"""Seconds between two lines of progress."""


@models.command("list")
def list_models(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the installed packs."""
    packs = _store(data_dir).packs()
    used = {pack.key for pack in Routes(packs).packs()}
    for pack in packs:
        if as_json:
            _print_json({**_described(pack), "used": pack.key in used})
        else:
            note = "" if pack.key in used else "  not used: there is a better one"
            typer.echo(f"{_pair(pack.pair):10} {_size(pack.bytes):>9}  {pack.model}{note}")
    for problem in packs.problems:
        typer.echo(f"{problem.folder}: {problem.reason}", err=True)


@models.command()
def available(where: Where, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List what a catalogue offers."""
    installed = {pack.model for pack in _store(data_dir).packs()}
    with _errors(as_json):
        catalogue = open_catalogue(where)
    for offer in catalogue.offers:
        model = f"{offer.engine}/{offer.version}"
        if as_json:
            values = {"model": model, **_languages(offer.pair), "bytes": offer.bytes}
            _print_json({**values, "installed": model in installed})
        else:
            size = "?" if offer.bytes is None else _size(offer.bytes)
            note = "  installed" if model in installed else ""
            typer.echo(f"{_pair(offer.pair):10} {size:>9}  {model}{note}")
    if catalogue.left_out:
        typer.echo(f"{len(catalogue.left_out)} entries cannot be used: {catalogue.left_out[0]}", err=True)


@models.command()
def install(
    what: Annotated[
        list[str],
        typer.Argument(
            help="Files (.argosmodel, .zip), folders, or addresses of such files; with --from, pairs (en-lt)."
        ),
    ],
    where: MaybeWhere = None,
    pair: Annotated[
        str | None, typer.Option(help="The languages, en-lt, of a Firefox model that does not say them.")
    ] = None,
    sha256: Annotated[str | None, typer.Option(help="What the SHA-256 of the one file must be.")] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Install language packs. A running server uses them a moment later."""
    store = _store(data_dir)
    if (sha256 or pair) and (len(what) > 1 or where):
        raise typer.BadParameter("--sha256 and --pair are for one file, folder or address")
    with _errors(as_json):
        catalogue = open_catalogue(where) if where else None
        for source in what:
            with _Bar(source) as bar:
                if catalogue is None:
                    said = _parsed(pair) if pair else None
                    expected = Expected(sha256=sha256)
                    installed = store.install(source, pair=said, expected=expected, report=bar.show)
                else:
                    wanted = _parsed(source)
                    installed = store.install_offer(catalogue.best(wanted.source, wanted.target), bar.show)
            _tell(installed, as_json)


@models.command()
def verify(
    names: Annotated[list[str] | None, typer.Argument(help="Which packs; without it, all.")] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Compare packs with their checksums, and try each on a sentence."""
    store = _store(data_dir)
    with _errors(as_json):
        packs = [store.find(name) for name in names] if names else store.packs().packs
    failures = 0
    for pack in packs:
        try:
            with _Bar(pack.model) as bar:
                trial = store.verify(pack, bar.show)
        except StoreError as error:
            failures += 1
            if as_json:
                _print_json({"model": pack.model, "ok": False, "error": error.code, "message": str(error)})
            else:
                typer.echo(str(error), err=True)
        else:
            if as_json:
                _print_json({"model": pack.model, "ok": True, "translation": trial.translation})
            else:
                typer.echo(f"{pack.model}: in order ({trial.sentence} → {trial.translation})")
    raise typer.Exit(1 if failures else 0)


@models.command()
def remove(name: Name, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Remove a pack. A running server stops using it a moment later."""
    store = _store(data_dir)
    with _errors(as_json):
        pack = store.find(name)
        store.remove(pack)
    lost = gained(store.packs(), pack)
    if as_json:
        _print_json({**_described(pack), "lost": [_reach(reach) for reach in lost]})
        return
    typer.echo(f"Removed {pack.model}.")
    if lost:
        typer.echo(f"No longer possible: {_listed(lost)}")


@models.command()
def info(name: Name, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Tell everything about a pack."""
    store = _store(data_dir)
    with _errors(as_json):
        pack = store.find(name)
        manifest = store.manifest(pack)
    adds = gained(store.packs(), pack)
    files = {name: state.sha256 for name, state in manifest.files.items()} if manifest else {}
    if as_json:
        _print_json(
            {
                **_described(pack),
                "folder": str(pack.folder),
                "origin": manifest.origin if manifest else None,
                "installed_at": manifest.installed_at if manifest else None,
                "sha256": files,
                "adds": [_reach(reach) for reach in adds],
            }
        )
        return
    typer.echo(f"{pack.model}: {_pair(pack.pair)}, {_size(pack.bytes)}")
    typer.echo(f"quality       {pack.quality:.2f} of 1")
    typer.echo(f"folder        {pack.folder}")
    if manifest:
        typer.echo(f"from          {manifest.origin}")
        typer.echo(f"installed     {manifest.installed_at}")
    typer.echo(f"only with it  {_listed(adds)}")
    for file, digest in files.items():
        typer.echo(f"{digest}  {file}")


class _Bar:
    """Progress on standard error: one line drawn anew on a terminal, a line for each stage elsewhere."""

    def __init__(self, name: str) -> None:
        self._name = name.rstrip("/").rpartition("/")[2][:40]
        self._terminal = sys.stderr.isatty()
        self._stage = ""
        self._since = self._shown = time.monotonic()
        self._first = 0

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal and self._stage:
            typer.echo("\r\x1b[K", err=True, nl=False)

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._since, self._first = progress.stage, now, progress.done
            if not self._terminal and progress.stage != "done":
                typer.echo(f"{self._name}: {progress.stage}", err=True)
        elif now - self._shown < REDRAW:
            return
        self._shown = now
        if self._terminal:
            typer.echo(f"\r\x1b[K{self._name}: {self._line(progress, now)}", err=True, nl=False)

    def _line(self, progress: Progress, now: float) -> str:
        if not progress.done:
            return progress.stage
        total = "" if progress.total is None else f" of {_size(progress.total)}"
        speed = (progress.done - self._first) / max(now - self._since, 0.001)
        return f"{progress.stage} {_size(progress.done)}{total}, {_size(speed)}/s"


@contextmanager
def _errors(as_json: bool) -> Iterator[None]:
    """Errors go to standard error in words and, with --json, to standard output with their code."""
    try:
        yield
    except StoreError as error:
        _fail(error.code, str(error), as_json)
    except UnknownLanguageError as error:
        _fail("unknown_language", str(error), as_json)


def _fail(code: str, message: str, as_json: bool) -> NoReturn:
    if as_json:
        _print_json({"error": code, "message": message})
    typer.echo(f"dragoman: {message}", err=True)
    raise typer.Exit(1)


def _store(data_dir: Path | None) -> Store:
    try:
        return Store(Settings.from_environment(data_dir=data_dir).data_dir / "models")
    except SettingError as error:
        _fail("setting", str(error), as_json=False)


def _parsed(text: str) -> Pair:
    """A pair as people write it: `en-lt`, `en-pt-BR`, `zh-Hant-en`. Raises UnknownLanguageError."""
    parts = text.replace("_", "-").split("-")
    for length in range(1, len(parts)):
        try:
            return Pair(from_code("-".join(parts[:length])), from_code("-".join(parts[length:])))
        except UnknownLanguageError:
            continue
    raise UnknownLanguageError(
        f"{text[:40]!r} is no pair of languages; it should look like en-lt or en-pt-BR"
    )


def _tell(installed: Installed, as_json: bool) -> None:
    pack, trial = installed.pack, installed.trial
    if as_json:
        _print_json(
            {
                **_described(pack),
                "already": installed.already,
                "replaced": [old.model for old in installed.replaced],
                "gained": [_reach(reach) for reach in installed.gained],
                "trial": {"text": trial.sentence, "translation": trial.translation, "bytes": trial.memory},
            }
        )
        return
    typer.echo(f"{'Already there' if installed.already else 'Installed'}: {pack.model} ({_pair(pack.pair)})")
    typer.echo(f"  tried: {trial.sentence} → {trial.translation}")
    typer.echo(f"  a worker with it takes {_size(trial.memory)} of memory")
    if installed.replaced:
        typer.echo(f"  instead of: {', '.join(old.model for old in installed.replaced)}")
    if installed.gained:
        typer.echo(f"  now possible: {_listed(installed.gained)}")


def _described(pack: Pack) -> dict[str, Any]:
    values = {"model": pack.model, "engine": pack.engine, **_languages(pack.pair)}
    return {**values, "bytes": pack.bytes, "quality": pack.quality}


def _languages(pair: Pair) -> dict[str, str]:
    return {"from": pair.source, "to": pair.target}


def _reach(reach: Reach) -> dict[str, Any]:
    return {**_languages(reach.pair), "path": reach.path}


def _listed(reaches: Sequence[Reach]) -> str:
    return ", ".join(describe(reach) for reach in reaches) or "nothing"


def _pair(pair: Pair) -> str:
    return f"{pair.source} → {pair.target}"


def _size(count: float) -> str:
    """Bytes as people read them: 812 B, 1.5 MB."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} B" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def _print_json(values: dict[str, Any]) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False))
