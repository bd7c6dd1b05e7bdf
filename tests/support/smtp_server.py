"""A mail server of a test's own on this machine (RFC 5321): as much of one as a client can tell.

The certificate in `tls/` is for localhost and 127.0.0.1, and worth nothing anywhere else.
"""

import asyncio
import base64
import email
import email.policy
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

TLS = Path(__file__).parent / "tls"
PATIENCE = 20.0


def client_context() -> ssl.SSLContext:
    """Trusts the server of the tests and no other."""
    return ssl.create_default_context(cafile=str(TLS / "certificate.pem"))


@dataclass
class Delivery:
    """A message as it came. `encrypted`: over TLS. `user`: who signed in."""

    sender: str
    recipient: str
    content: bytes
    encrypted: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class MailServer:
    """`answers` are given in place of what would be said to a command (`MAIL`, `RCPT`, `DATA` once the
    message is there, `AUTH`). `silent`: commands that are never answered. `users` may sign in; without them
    signing in isn't offered. `starttls`: whether it is offered."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    users: dict[str, str] = field(default_factory=dict)
    starttls: bool = False
    deliveries: list[Delivery] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def delivered(self, count: int) -> list[Delivery]:
        """What came, once it is so much."""
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: len(self.deliveries) >= count)
        return self.deliveries

    async def heard(self, command: str, count: int = 1) -> None:
        """Waits until a command has come so many times."""
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: self.commands.count(command) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                await _Talk(self, reader, writer).run()
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()


class _Talk:
    def __init__(
        self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.encrypted = writer.get_extra_info("sslcontext") is not None
        self.user: str | None = None
        self.sender = self.recipient = ""

    async def run(self) -> None:
        self.say("220 mail.test ESMTP")
        while line := await self.reader.readline():
            verb = line.decode("ascii", "replace").split(":")[0].split(" ")[0].strip().upper()
            async with self.server.news:
                self.server.commands.append(verb)
                self.server.news.notify_all()
            if verb in self.server.silent:
                await asyncio.Event().wait()
            await self.answer(verb, line.decode("ascii", "replace").strip())
            await self.writer.drain()
            if verb == "QUIT":
                return

    async def answer(self, verb: str, line: str) -> None:
        instead = self.server.answers.get(verb)
        if instead is not None and verb != "DATA":
            self.say(instead)
        elif verb in ("EHLO", "HELO"):
            self.greet()
        elif verb == "STARTTLS" and self.server.starttls:
            self.say("220 go ahead")
            await self.writer.drain()
            await self.writer.start_tls(_server_context())
            self.encrypted = True
        elif verb == "AUTH":
            await self.sign_in(line)
        elif verb == "MAIL":
            self.sender = line.partition("<")[2].partition(">")[0]
            self.say("250 ok")
        elif verb == "RCPT":
            self.recipient = line.partition("<")[2].partition(">")[0]
            self.say("250 ok")
        elif verb == "DATA":
            await self.take()
        elif verb in ("QUIT", "NOOP", "RSET"):
            self.say("221 bye" if verb == "QUIT" else "250 ok")
        else:
            self.say("502 not here")

    def greet(self) -> None:
        offers = ["mail.test", "8BITMIME"]
        if self.server.starttls and not self.encrypted:
            offers.append("STARTTLS")
        if self.server.users:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self.say(f"250-{offer}")
        self.say(f"250 {offers[-1]}")

    async def sign_in(self, line: str) -> None:
        _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        if self.server.users.get(user) == password:
            self.user = user
            self.say("235 welcome")
        else:
            self.say("535 5.7.8 wrong name or password")

    async def take(self) -> None:
        self.say("354 go on")
        await self.writer.drain()
        content = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        instead = self.server.answers.get("DATA")
        if instead is not None:
            self.say(instead)
            return
        async with self.server.news:
            self.server.deliveries.append(
                Delivery(self.sender, self.recipient, content, self.encrypted, self.user)
            )
            self.server.news.notify_all()
        self.say("250 taken")

    def say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())


@asynccontextmanager
async def mail_server(
    *, port: int = 0, tls_at_once: bool = False, **how: object
) -> AsyncIterator[MailServer]:
    """A mail server that is listening on entry and gone after, with all its connections."""
    server = MailServer(**how)  # type: ignore[arg-type]
    tasks: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(server.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listening = await asyncio.start_server(
        begin, "127.0.0.1", port, ssl=_server_context() if tls_at_once else None
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await listening.wait_closed()


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    return context
