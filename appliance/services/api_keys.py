"""Keys to the translation API: handed out once, known by their hashes, taken back at once."""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from hmac import compare_digest
from typing import Protocol

from appliance.domain.api_keys import ApiKey
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.services.ports import Clock
from appliance.services.tokens import new_token, token_hash

MAX_KEYS = 100
SAVE_SECONDS = 60.0

_log = logging.getLogger(__name__)


class KeyBook(Protocol):
    async def all(self) -> list[ApiKey]: ...
    async def save(self, keys: Sequence[ApiKey]) -> None: ...
    async def delete(self, key_id: str) -> None: ...


class ApiKeys:
    """Reads once, then answers from memory; this process is the only writer. Uses are counted in memory and
    written once a minute, so that a request costs no write."""

    def __init__(self, book: KeyBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock
        self._keys: dict[str, ApiKey] | None = None
        self._used: set[str] = set()
        # One write at a time: the count of uses, on its way to storage, must not undo a key's end.
        self._writing = asyncio.Lock()

    async def create(self, name: str) -> tuple[ApiKey, str]:
        """A new key with its token, which is not kept here.

        Raises `Refused("bad_field")` naming `name`, or `keys` when there are too many.
        """
        shown = clean_field(name, "name", 80, required=True)
        assert shown is not None
        token = new_token("k1")
        async with self._writing:
            keys = await self._known()
            if len(keys) >= MAX_KEYS:
                raise Refused("bad_field", field="keys")
            key = ApiKey(str(uuid.uuid4()), shown, token_hash(token), self._clock())
            await self._book.save([key])
            keys[key.id] = key
        return key, token

    async def list(self) -> list[ApiKey]:
        """The oldest first."""
        return list((await self._known()).values())

    async def revoke(self, key_id: str) -> None:
        """From now on the key opens nothing. Raises `Refused("not_found")`."""
        async with self._writing:
            key = await self._get(key_id)
            await self._put(replace(key, revoked_at=key.revoked_at or self._clock()))

    async def restore(self, key_id: str) -> None:
        """Lets a revoked key work again. Raises `Refused("not_found")`."""
        async with self._writing:
            await self._put(replace(await self._get(key_id), revoked_at=None))

    async def delete(self, key_id: str) -> None:
        """Forgets a key for good. Raises `Refused("not_found")`."""
        async with self._writing:
            key = await self._get(key_id)
            await self._book.delete(key.id)
            (await self._known()).pop(key.id, None)
            self._used.discard(key.id)

    async def find(self, token: str) -> ApiKey | None:
        """The key of this token, if it works."""
        wanted = token_hash(token)
        keys = await self._known()
        # Every key is compared, and in constant time, so that the answer's time says nothing.
        found = [key for key in keys.values() if compare_digest(key.token_hash, wanted)]
        return found[0] if found and found[0].revoked_at is None else None

    async def note_use(self, key: ApiKey) -> None:
        """Counts a request."""
        keys = await self._known()
        if key.id not in keys:
            return
        now = self._clock()
        known = keys[key.id]
        count = known.requests_on(now.date()) + 1
        keys[key.id] = replace(known, last_used_at=now, used_on=now.date(), requests=count)
        self._used.add(key.id)

    async def save(self) -> None:
        """Writes down what was used. Raises `Refused("storage_full")`; nothing is lost by it meanwhile."""
        async with self._writing:
            keys = await self._known()
            used, self._used = self._used, set()
            try:
                if used:
                    await self._book.save([keys[key_id] for key_id in used if key_id in keys])
            except BaseException:
                self._used |= used
                raise

    async def run(self) -> None:
        """Saves once a minute, and at the end."""
        try:
            while True:
                await asyncio.sleep(SAVE_SECONDS)
                await self._try_to_save()
        finally:
            await self._try_to_save()

    async def _try_to_save(self) -> None:
        try:
            await self.save()
        except Exception:
            _log.exception("The uses of the API's keys could not be noted")

    async def _known(self) -> dict[str, ApiKey]:
        if self._keys is None:
            read = {key.id: key for key in await self._book.all()}
            # Two may have asked at once; what the first made of it stands.
            self._keys = self._keys if self._keys is not None else read
        return self._keys

    async def _get(self, key_id: str) -> ApiKey:
        key = (await self._known()).get(key_id)
        if key is None:
            raise Refused("not_found")
        return key

    async def _put(self, key: ApiKey) -> None:
        await self._book.save([key])
        (await self._known())[key.id] = key
