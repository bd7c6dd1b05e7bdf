"""What could not be translated is found again on disk, page by page, while its conversation is open."""

from dataclasses import replace
from pathlib import Path

from appliance.domain.commands import Close, Translate
from appliance.domain.conversation import Translated
from appliance.domain.entries import Entry, FailedTranslation
from appliance.services.journal import Journal
from appliance.storage.ledger import Ledger
from tests.integration.test_ledger import ANA, EMMA, NOON, opened, says


async def fails(journal: Journal, conversation: str, reason: str) -> None:
    entry = says(f"m-{conversation}", conversation=conversation)
    card = replace(ANA, id=f"visitor of {conversation}")
    await journal.submit(replace(entry, opening=card))
    failed = Translated("failed", reason=reason)
    await journal.submit(Entry(conversation, Translate(1, "visitor", "en", failed, NOON)))


async def pages(ledger: Ledger, limit: int) -> list[FailedTranslation]:
    found: list[FailedTranslation] = []
    while page := await ledger.failed_translations(after=found[-1].row if found else 0, limit=limit):
        found += page
    return found


async def test_failures_of_open_conversations_in_order_and_pages(tmp_path: Path) -> None:
    async with opened(tmp_path) as (ledger, journal):
        for number in range(5):
            await fails(journal, f"c-{number}", "no_route" if number % 2 else "busy")
        await journal.submit(Entry("c-3", Close(EMMA, NOON)))
        found = await pages(ledger, limit=2)
        assert [(one.conversation_id, one.message, one.language, one.reason) for one in found] == [
            ("c-0", 1, "en", "busy"),
            ("c-1", 1, "en", "no_route"),
            ("c-2", 1, "en", "busy"),
            ("c-4", 1, "en", "busy"),
        ]
        # Tried again, it is no failure any more.
        await journal.submit(Entry("c-1", Translate(1, "visitor", "en", Translated("pending"), NOON)))
        assert [one.conversation_id for one in await pages(ledger, limit=100)] == ["c-0", "c-2", "c-4"]
