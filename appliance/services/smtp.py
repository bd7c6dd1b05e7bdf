"""Handing a message over to a mail server."""

import asyncio
import ssl
from typing import Protocol

import aiosmtplib

from appliance.services.smtp_address import MailFrom, SmtpServer

STEP_SECONDS = 20.0
"""That the server may take for each answer."""

_WHOLE_SECONDS = 60.0


class NotSent(Exception):
    """It was not taken. `final`: and will not be, however often it is tried. `server`: nothing else would
    have been either, since the server can't be reached or doesn't take us."""

    def __init__(self, problem: str, *, final: bool = False, server: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.final = final
        self.server = server


class Carrier(Protocol):
    async def carry(self, message: bytes, recipient: str) -> None:
        """Returns when the message has been taken over. Raises NotSent."""


class SmtpCarrier:
    """`carry` takes a connection of its own: mail is rare, and servers cut those that wait.

    `step_seconds` for each answer, `whole_seconds` for all of it.
    """

    def __init__(
        self,
        server: SmtpServer,
        mail_from: MailFrom,
        *,
        tls_context: ssl.SSLContext | None = None,
        step_seconds: float = STEP_SECONDS,
        whole_seconds: float = _WHOLE_SECONDS,
    ) -> None:
        self._server = server
        self._from = mail_from
        self._tls_context = tls_context
        self._step_seconds = step_seconds
        self._whole_seconds = whole_seconds

    async def carry(self, message: bytes, recipient: str) -> None:
        try:
            async with asyncio.timeout(self._whole_seconds):
                await self._carry(message, recipient)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            raise _refused(refusal.code, refusal.message, server=False) from None
        except aiosmtplib.SMTPDataError as error:
            raise _refused(error.code, error.message, server=False) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _refused(error.code, error.message, server=True) from None
        except TimeoutError:
            raise NotSent("The mail server took too long to answer", server=True) from None
        except ssl.SSLError as error:
            raise NotSent(f"No encrypted connection: {error.reason or error}", server=True) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotSent(str(error) or type(error).__name__, server=True) from None

    async def _carry(self, message: bytes, recipient: str) -> None:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            # The machine's own name would have to be looked up.
            local_hostname=self._from.domain,
            timeout=self._step_seconds,
            use_tls=server.tls == "at once",
            start_tls={"starttls": True, "if offered": None}.get(server.tls, False),
            tls_context=self._tls_context,
        )
        async with client:
            await client.sendmail(self._from.address, [recipient], message)


def _refused(code: int, message: str, *, server: bool) -> NotSent:
    """What stands against the server as a whole (a wrong password, a sender it doesn't know) can be put
    right by an operator, so it is never the end of a mail."""
    return NotSent(f"{code} {message}", final=code >= 500 and not server, server=server)
