"""Texts that admins write, on real SQLite."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.domain.texts import KeptText, Text, Wording
from appliance.services.texts import Details, Texts
from appliance.storage import models
from appliance.storage.database import open_database
from appliance.storage.schema import hold
from appliance.storage.texts import TextBook
from tests.unit.services.fakes import Interpreter

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[TextBook]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield TextBook()


def texts(book: TextBook) -> Texts:
    return Texts(book, Interpreter(), lambda: NOON)


async def test_everything_about_a_text_is_there_after_a_restart(book: TextBook) -> None:
    first = texts(book)
    await first.save("canned", None, {"en": "Thanks, {visitor}"}, None, None, Details("thanks"))
    question = await first.save("question", None, {"en": "Name?"}, None, None, Details(None, "email", True))
    await first.save(
        "greeting", None, {"en": "Hi", "fa": "سلام 👋\nخوش آمدید", "zh-Hant": "您好"}, None, None
    )
    await first.draft("greeting", "en", "lt", None)

    async def drafted(_: Mapping[str, Wording]) -> Mapping[str, Wording]:
        return {"lt": Wording("Šiaurė", True, True, "en", "N", ("length",))}

    await first.note("region_name", "region_name:" + 36 * "n", drafted, None)
    assert await texts(book).kept() == await first.kept()
    again = (await texts(book).of("question"))[0]
    assert (again.id, again.answer, again.required) == (question.id, "email", True)


async def test_their_order_and_removals_hold(book: TextBook) -> None:
    first = texts(book)
    made = [await first.save("question", None, {"en": name}, None, None) for name in "ABC"]
    await first.order("question", [made[2].id, made[0].id, made[1].id])
    await first.remove(made[0].id, 1)
    assert [one.wordings["en"].text for one in await texts(book).of("question")] == ["C", "B"]


async def test_of_several_changes_all_are_written_or_none(
    book: TextBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptText(Text("greeting", "greeting", {"en": Wording("Hi")}, version=1), NOON, None)
    await book.write([kept], [], ["greeting"])
    other = KeptText(Text("survey", "survey", {"en": Wording("How?")}, version=1), NOON, None)
    create = models.Text.create

    async def failing(**columns: object) -> None:
        await create(**columns)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(models.Text, "create", failing)
    with pytest.raises(RuntimeError):
        await book.write([other], ["greeting"], ["survey"])
    assert await book.texts() == [kept]


async def test_the_languages_of_the_newest_visitors_are_known(book: TextBook) -> None:
    for number, language in enumerate(("lt", "fa", "ja", "fa")):
        await models.Visitor.create(
            id=f"v{number}",
            token_hash=f"t{number}",
            conversation_id=f"c{number}",
            language=language,
            first_seen_at=NOON,
            last_seen_at=NOON,
        )
    assert await book.visitor_languages(500) == ["fa", "ja", "fa", "lt"]
    assert await book.visitor_languages(2) == ["fa", "ja"]
