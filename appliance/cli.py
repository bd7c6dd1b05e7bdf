"""`dragoman …`: everything an operator does from a shell."""

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NoReturn

import typer
import uvicorn
from starlette.applications import Starlette

from appliance import __version__, demo
from appliance.app import create_app, open_team
from appliance.cli_hours import hours
from appliance.cli_models import models
from appliance.cli_regions import regions
from appliance.cli_route import route
from appliance.parts import Parts
from appliance.settings import SettingError, Settings
from appliance.storage.schema import DataRefused, hold
from appliance.web.gathering import GatheringSocket
from translation import Translator, discover
from translation.allocator import give_back
from translation.cli import run_languages, run_translate

cli = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Live chat in which everybody writes and reads their own language.",
)

cli.add_typer(models, name="models")
cli.add_typer(hours, name="hours")
cli.add_typer(regions, name="regions")
cli.command()(route)

Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[
    int | None,
    typer.Option(help="Port to listen on; 0 takes a free one.", show_default="8080", min=0, max=65535),
]
DataDir = Annotated[
    Path | None, typer.Option(help="Directory with everything worth keeping.", show_default="data")
]

Announce = Callable[[Parts, str], Awaitable[None]]


@cli.command()
def serve(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Run the server. The first start prints a link to set up the first admin."""
    _run(_settings(host=host, port=port, data_dir=data_dir), _announce_server, is_demo=False)


@cli.command("demo")
def serve_demo(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Run a demo: a small shop with the chat, and the agents' console."""
    _run(_settings(host=host, port=port, data_dir=data_dir), _announce_demo, is_demo=True)


@cli.command("gallery")
def serve_gallery(host: Host = None, port: Port = None) -> None:
    """Show every page and mail in every language, side by side, on a demo that is forgotten at the end."""
    with TemporaryDirectory(prefix="dragoman-gallery-") as data_dir:
        settings = _settings(host=host, port=port, data_dir=Path(data_dir))
        _run(settings, _announce_gallery, is_demo=True, gallery=True)


@cli.command("sign-in-link")
def sign_in_link(
    email: Annotated[str, typer.Argument(help="The agent's address.")], data_dir: DataDir = None
) -> None:
    """Forget an agent's lost password and make a link that signs them in once. Stop the server first."""
    settings = _settings(data_dir=data_dir)
    try:
        with hold(settings.data_dir):
            token = asyncio.run(_sign_in_token(settings, email))
    except DataRefused as refusal:
        _fail(str(refusal))
    if token is None:
        _fail(f"There is no active agent with the address {email}.")
    address = settings.public_url or f"http://127.0.0.1:{settings.port}"
    _say(
        "Start the server again and open this link; it works once, within a day:",
        f"  {address}/console/link/{token}",
    )


@cli.command()
def translate(
    source: Annotated[str, typer.Option("--from", metavar="TAG", help="Language of the text, such as en.")],
    target: Annotated[str, typer.Option("--to", metavar="TAG", help="Language wanted, such as pt-BR.")],
    text: Annotated[
        str | None, typer.Argument(help="Without it: one text per line from standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Translate a text, or the lines of standard input, offline."""
    _utf8()
    translator = _translator(_settings(data_dir=data_dir))
    raise typer.Exit(asyncio.run(run_translate(translator, text, source, target, as_objects=as_json)))


@cli.command()
def languages(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List the pairs of languages that can be translated, directly and through others."""
    _utf8()
    raise typer.Exit(run_languages(_translator(_settings(data_dir=data_dir)), as_objects=as_json))


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """The `dragoman` command."""
    cli()


def _settings(**given: Any) -> Settings:
    try:
        return Settings.from_environment(**given)
    except SettingError as error:
        _fail(str(error))


def _translator(settings: Settings) -> Translator:
    packs = discover(settings.data_dir / "models")
    for problem in packs.problems:
        typer.echo(f"{problem.folder}: {problem.reason}", err=True)
    return Translator(packs, workers=settings.translation_workers)


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves an application of ours; the benchmark serves its floor the same way."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws=GatheringSocket,
        # Chat frames are small; a compressor for each socket would cost more memory than everything else of
        # it.
        ws_per_message_deflate=False,
        ws_max_size=2**20,
        lifespan="on",
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        access_log=False,
        server_header=False,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


class _Server(uvicorn.Server):
    """Says where it is reached once it really is."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], Awaitable[None]]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        await super().startup(sockets)
        if self.started:
            await self._announce(self.servers[0].sockets[0].getsockname()[1])


def _run(settings: Settings, announce: Announce, *, is_demo: bool, gallery: bool = False) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    logging.getLogger("tortoise").setLevel(logging.WARNING)
    # A password that is hashed takes 19 MB for a moment, which the server would keep.
    give_back()
    found: list[Parts] = []

    async def remember(parts: Parts) -> None:
        found.append(parts)

    async def listening(port: int) -> None:
        host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        # What is there by now stays: no collection of garbage needs to walk through it again.
        gc.collect()
        gc.freeze()
        await announce(found[0], settings.public_url or f"http://{host}:{port}")

    try:
        app = create_app(settings, demo=is_demo, gallery=gallery, on_start=remember)
    except SettingError as error:
        _fail(str(error))
    server = _Server(server_config(app, settings), listening)
    # A stop that was asked for is no failure, whoever asks: systemd and containers send SIGTERM.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Conversations are nobody's business but the server's, whatever the directory allows.
    os.umask(0o077)
    try:
        with hold(settings.data_dir), _listening_on(settings) as listener:
            server.run([listener])
    except DataRefused as refusal:
        _fail(str(refusal))
    except KeyboardInterrupt:
        # uvicorn stopped cleanly and raises the signal again for whoever started it.
        raise typer.Exit(0) from None
    if not server.started:
        raise typer.Exit(1)


@contextmanager
def _listening_on(settings: Settings) -> Iterator[socket.socket]:
    """The socket to serve on, taken before anything else starts, so that a port in use is told plainly."""
    place = f"port {settings.port} of {settings.host}"
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        _fail(f"There is no address {settings.host} to listen on: {error.strerror}.")
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                _fail(f"Dragoman can't listen on {place}: {error.strerror}.")
            _fail(
                f"Another program has {place}. "
                f"Choose another port: --port {settings.port + 1}, or DRAGOMAN_PORT={settings.port + 1}."
            )
        yield listener


async def _sign_in_token(settings: Settings, email: str) -> str | None:
    async with open_team(settings) as team:
        wanted = email.strip().lower()
        agent = next((one for one in await team.agents() if one.email == wanted and one.active), None)
        return None if agent is None else await team.forget_password(agent)


async def _announce_server(parts: Parts, address: str) -> None:
    if await parts.team.agents():
        _say(f"Dragoman is serving on {address}", f"  The agents' console: {address}/console")
        return
    token = await parts.team.make_link("setup")
    _say(
        f"Dragoman is serving on {address}",
        "  Nobody can sign in yet. Set up the first admin with this link; it works once:",
        f"  {address}/console/setup/{token}",
    )


async def _announce_demo(parts: Parts, address: str) -> None:
    token = await demo.prepare(parts.team, parts.workspace, parts.texts)
    _say(
        "Dragoman's demo is ready. Everything happens on this machine.",
        f"  The shop, as a visitor sees it:  {address}/",
        f"  The console, as an agent:        {address}/console/link/{token}",
        "  (the second link signs you in as Emma and works once; open it in another window)",
        "  Ctrl-C stops it.",
    )


async def _announce_gallery(parts: Parts, address: str) -> None:
    token = await demo.prepare(parts.team, parts.workspace, parts.texts)
    _say(
        "Dragoman's gallery is ready.",
        f"  Sign in first, once:  {address}/console/link/{token}",
        f"  Then look around at:  {address}/gallery",
        "  Ctrl-C stops it, and forgets everything.",
    )


def _say(*lines: str) -> None:
    typer.echo("\n".join(lines))
    sys.stdout.flush()


def _fail(text: str) -> NoReturn:
    typer.echo(f"dragoman: {text}", err=True)
    raise typer.Exit(1)


def _utf8() -> None:
    """Bytes that are no UTF-8, and lone surrogates, must not stop a stream of lines."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
