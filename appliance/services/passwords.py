"""Password hashing: Argon2id, off the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 256


class Passwords:
    """Argon2id with 19 MiB, two passes and one lane, the first of the parameter sets that OWASP recommends
    (Password Storage Cheat Sheet): the server stays small while several people sign in at once."""

    def __init__(self, *, memory_kib: int = 19 * 1024, passes: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._gate = asyncio.Semaphore(2)
        self._nobodys = self._hasher.hash("no such agent")

    async def hash(self, password: str) -> str:
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password. Takes as long when there is no hash, so that nobody learns who has an
        account."""
        async with self._gate:
            right = await asyncio.to_thread(self._matches, password_hash or self._nobodys, password)
        return right and password_hash is not None

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
