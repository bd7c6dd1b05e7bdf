"""Keys to the translation API."""

from collections.abc import Sequence

from appliance.domain.api_keys import ApiKey
from appliance.storage import models
from appliance.storage.full_disk import refused_when_full


class KeyBook:
    """`services.ports.KeyBook` on Tortoise."""

    async def all(self) -> list[ApiKey]:
        return [
            ApiKey(
                row.id,
                row.name,
                row.token_hash,
                row.created_at,
                row.last_used_at,
                row.used_on,
                row.requests,
                row.revoked_at,
            )
            for row in await models.ApiKey.all().order_by("created_at")
        ]

    @refused_when_full
    async def save(self, keys: Sequence[ApiKey]) -> None:
        """Adds each key, or changes the one with the same id."""
        await models.ApiKey.bulk_create(
            [
                models.ApiKey(
                    id=key.id,
                    name=key.name,
                    token_hash=key.token_hash,
                    created_at=key.created_at,
                    last_used_at=key.last_used_at,
                    used_on=key.used_on,
                    requests=key.requests,
                    revoked_at=key.revoked_at,
                )
                for key in keys
            ],
            on_conflict=["id"],
            update_fields=["name", "last_used_at", "used_on", "requests", "revoked_at"],
        )

    @refused_when_full
    async def delete(self, key_id: str) -> None:
        await models.ApiKey.filter(id=key_id).delete()
