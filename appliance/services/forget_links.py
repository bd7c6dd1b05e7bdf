"""Links by which whoever gets a mail has their address forgotten: signed, so nothing needs to be kept."""

import asyncio
import base64
import hashlib
import hmac
import secrets

from appliance.domain.people import Visitor
from appliance.services.ports import SettingsBook

_PREFIX = "f1"
_NAME = "mail_key"


class ForgetLinks:
    """A link is for one visitor with one address; for the next address it is worth nothing."""

    def __init__(self, book: SettingsBook) -> None:
        self._book = book
        self._key: bytes | None = None
        self._reading = asyncio.Lock()

    async def token(self, visitor: Visitor) -> str:
        """Raises `Refused("storage_full")` where the key can't be kept: the links would not last."""
        signature = hmac.digest(await self._known_key(), _signed(visitor), hashlib.sha256)
        return f"{_PREFIX}.{visitor.id}.{base64.urlsafe_b64encode(signature[:24]).decode()}"

    def visitor_id(self, token: str) -> str | None:
        """Whose link it says it is."""
        parts = token.split(".")
        return parts[1] if len(parts) == 3 and parts[0] == _PREFIX and len(token) <= 200 else None

    async def fits(self, token: str, visitor: Visitor) -> bool:
        """Whether it is this visitor's link, for the address they have now."""
        wanted = (await self.token(visitor)).encode()
        return hmac.compare_digest(token.encode("utf-8", "replace"), wanted)

    async def _known_key(self) -> bytes:
        # Of two who ask at once the second must not write another one.
        async with self._reading:
            if self._key is None:
                known = (await self._book.read()).get(_NAME)
                made = secrets.token_hex(32) if known is None else str(known["key"])
                if known is None:
                    await self._book.write({_NAME: {"key": made}})
                self._key = bytes.fromhex(made)
        return self._key


def _signed(visitor: Visitor) -> bytes:
    return f"{visitor.id}\n{visitor.email or ''}".encode()
