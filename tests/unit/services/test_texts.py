"""Texts that admins write: saved, drafted, approved, removed, by several at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appliance.domain.refusal import Refused
from appliance.domain.texts import MOST_LOCALES, KeptText, Text, Wording
from appliance.services.texts import MOST, Details, TextChanged, Texts
from tests.unit.services.fakes import Interpreter
from tests.unit.services.memory_texts_book import MemoryTextBook
from translation import Translation

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Office:
    def __init__(self) -> None:
        self.book = MemoryTextBook()
        self.engine = Interpreter()
        self.texts = Texts(self.book, self.engine, lambda: NOON)

    async def greet(self, **wordings: str) -> Text:
        return await self.texts.save("greeting", None, wordings, None, None)


@pytest.fixture
def office() -> Office:
    return Office()


async def refusal(awaited: object) -> str:
    with pytest.raises(Refused) as refused:
        await awaited  # type: ignore[misc]
    return refused.value.code


async def test_what_is_saved_is_read_at_once_and_after_a_restart(office: Office) -> None:
    await office.greet(en="Hello", lt="Labas")
    for texts in (office.texts, Texts(office.book, office.engine, lambda: NOON)):
        found = await texts.said("greeting", "lt")
        assert found is not None
        assert (found.text, found.locale) == ("Labas", "lt")
    assert await office.texts.said("survey", "lt") is None


async def test_a_draft_is_read_by_nobody_until_somebody_stands_by_it(office: Office) -> None:
    await office.greet(en="Hello")
    await office.texts.draft("greeting", "en", "lt", None)
    found = await office.texts.said("greeting", "lt")
    assert found is not None
    assert found.text == "Hello"
    await office.texts.approve("greeting", {"lt": "Sveiki"}, None)
    found = await office.texts.said("greeting", "lt")
    assert found is not None
    assert found.text == "Sveiki"


async def test_an_approved_draft_is_outdated_when_the_source_changes_until_it_is_stood_by_again(
    office: Office,
) -> None:
    await office.greet(en="Hello")
    await office.texts.draft("greeting", "en", "lt", None)
    text = await office.texts.approve("greeting", {"lt": "[lt] Hello"}, None)
    assert not text.outdated("lt")
    text = await office.texts.save(
        "greeting", None, {"en": "Welcome", "lt": "[lt] Hello"}, text.version, None
    )
    assert text.outdated("lt")
    text = await office.texts.approve("greeting", {"lt": "[lt] Hello"}, None)
    assert not text.outdated("lt")


async def test_a_draft_of_what_the_source_no_longer_says_is_outdated_before_and_after_it_is_approved(
    office: Office,
) -> None:
    text = await office.greet(en="Hello")
    text = await office.texts.draft("greeting", "en", "lt", None)
    drafted = text.wordings["lt"].text
    assert not text.outdated("lt")
    text = await office.texts.save("greeting", None, {"en": "We are closed"}, text.version, None)
    assert text.outdated("lt")
    text = await office.texts.approve("greeting", {"lt": drafted}, None)
    assert not text.wordings["lt"].draft
    assert text.outdated("lt")
    text = await office.texts.approve("greeting", {"lt": drafted}, None)
    assert not text.outdated("lt"), "whoever stands by it again has seen that it was outdated"


async def test_a_draft_that_is_changed_when_it_is_approved_was_read_beside_its_source(
    office: Office,
) -> None:
    await office.greet(en="Hello")
    text = await office.texts.draft("greeting", "en", "lt", None)
    await office.texts.save("greeting", None, {"en": "We are closed"}, text.version, None)
    text = await office.texts.approve("greeting", {"lt": "Nedirbame"}, None)
    assert not text.outdated("lt")


async def test_who_changes_a_translation_has_seen_its_source(office: Office) -> None:
    await office.greet(en="Hello")
    await office.texts.draft("greeting", "en", "lt", None)
    text = await office.texts.approve("greeting", {"lt": "Labas"}, None)
    text = await office.texts.save("greeting", None, {"en": "Welcome", "lt": "Sveiki"}, text.version, None)
    assert not text.outdated("lt")
    text = await office.texts.save("greeting", None, {"en": "Hi", "lt": "Sveiki"}, text.version, None)
    assert text.outdated("lt")


async def test_saving_leaves_drafts_alone_but_those_that_are_dropped(office: Office) -> None:
    text = await office.greet(en="Hello")
    for locale in ("lt", "tr"):
        text = await office.texts.draft("greeting", "en", locale, None)
    text = await office.texts.save("greeting", None, {"en": "Hello!"}, text.version, None, dropped=["tr"])
    assert set(text.wordings) == {"en", "lt"}
    assert text.wordings["lt"].draft


async def test_a_draft_that_lost_a_placeholder_is_none(office: Office) -> None:
    await office.texts.save("greeting", None, {"en": "Welcome to {workspace}"}, None, None)

    class Careless(Interpreter):
        async def translate(self, text: str, source: str, target: str) -> Translation:
            return await super().translate(text.replace("{workspace}", "us"), source, target)

    texts = Texts(office.book, Careless(), lambda: NOON)
    assert await refusal(texts.draft("greeting", "en", "lt", None)) == "draft_failed"
    assert set((await texts.of("greeting"))[0].wordings) == {"en"}


async def test_what_the_translators_checks_doubt_is_said_until_a_person_stands_by_it(office: Office) -> None:
    class Doubting(Interpreter):
        async def translate(self, text: str, source: str, target: str) -> Translation:
            return replace(await super().translate(text, source, target), flags=("length",))

    await office.greet(en="Hello")
    texts = Texts(office.book, Doubting(), lambda: NOON)
    wording = (await texts.draft("greeting", "en", "lt", None)).wordings["lt"]
    assert (wording.doubtful, wording.flags) == (True, ("length",))
    wording = (await texts.approve("greeting", {"lt": wording.text}, None)).wordings["lt"]
    assert (wording.doubtful, wording.flags) == (False, ())


async def test_a_language_without_a_pack_and_a_translator_that_fails_are_told_apart(office: Office) -> None:
    await office.greet(en="Hello")
    office.engine.errors["Hello"] = "no_route"
    assert await refusal(office.texts.draft("greeting", "en", "lt", None)) == "draft_unreachable"
    office.engine.errors["Hello"] = "engine_failed"
    assert await refusal(office.texts.draft("greeting", "en", "lt", None)) == "draft_failed"
    assert await refusal(office.texts.draft("greeting", "tr", "lt", None)) == "bad_field"
    assert await refusal(office.texts.draft("survey", "en", "lt", None)) == "not_found"


async def test_what_a_person_wrote_is_never_replaced_by_a_draft(office: Office) -> None:
    await office.greet(en="Hello", lt="Labas")
    text = await office.texts.draft("greeting", "en", "lt", None)
    assert text.wordings["lt"] == Wording("Labas")


async def test_of_two_admins_the_second_is_shown_what_the_first_saved(office: Office) -> None:
    text = await office.greet(en="Hello")
    await office.texts.save("greeting", None, {"en": "Welcome"}, text.version, None)
    with pytest.raises(TextChanged) as changed:
        await office.texts.save("greeting", None, {"en": "Hi"}, text.version, None)
    assert changed.value.current is not None
    assert changed.value.current.text.wordings["en"].text == "Welcome"
    with pytest.raises(TextChanged):
        await office.texts.save("greeting", None, {"en": "Hi"}, None, None)


async def test_who_saves_what_somebody_has_removed_is_told_so(office: Office) -> None:
    text = await office.greet(en="Hello")
    await office.texts.remove("greeting", text.version)
    with pytest.raises(TextChanged) as changed:
        await office.texts.save("greeting", None, {"en": "Hi"}, text.version, None)
    assert changed.value.current is None
    assert await office.texts.of("greeting") == []


async def test_a_text_that_takes_the_place_of_a_removed_one_is_not_taken_for_it(office: Office) -> None:
    seen = await office.greet(en="Hello")
    await office.texts.remove("greeting", seen.version)
    another = await office.greet(en="Good day")
    assert another.version > seen.version
    with pytest.raises(TextChanged) as changed:
        await office.texts.save("greeting", None, {"en": "Hi"}, seen.version, None)
    assert changed.value.current is not None
    assert changed.value.current.text == another


async def test_approving_nothing_or_what_is_approved_changes_nothing(office: Office) -> None:
    text = await office.greet(en="Hello", lt="Labas")
    assert await office.texts.approve("greeting", {}, None) == text
    assert await office.texts.approve("greeting", {"lt": "Labas"}, None) == text
    saved = await office.texts.save("greeting", None, {"en": "Hi"}, text.version, None)
    assert saved.version == text.version + 1


def tags(count: int) -> list[str]:
    return [f"x{chr(97 + one // 26)}{chr(97 + one % 26)}" for one in range(count)]


async def test_drafts_and_approved_wordings_are_so_many_together(office: Office) -> None:
    text = await office.greet(**dict.fromkeys(["en", *tags(MOST_LOCALES - 1)], "Hello"))
    assert await refusal(office.texts.draft("greeting", "en", "lt", None)) == "too_many_texts"
    assert office.engine.asked == [], "nothing was translated in vain"
    assert await refusal(office.texts.approve("greeting", {"lt": "Labas"}, None)) == "too_many_texts"
    assert await office.texts.of("greeting") == [text]
    drafts = {tag: Wording("Hello", draft=True) for tag in tags(MOST_LOCALES)}
    many = office.texts.save("survey", None, {"en": "Well?"}, None, None, drafts=drafts)
    assert await refusal(many) == "too_many_texts"
    assert await office.texts.of("survey") == []


async def test_a_text_with_too_many_wordings_of_old_can_still_be_changed_and_come_back(
    office: Office,
) -> None:
    old = Text("canned-1", "canned", dict.fromkeys(tags(MOST_LOCALES + 5), Wording("Bye")), "bye", version=1)
    office.book.kept = [KeptText(old, NOON, None)]
    await office.texts.approve("canned-1", {"xaa": "Bye"}, None)
    await office.texts.remove("canned-1", 1)
    assert (await office.texts.restore("canned-1", None)).wordings == old.wordings


async def test_approving_does_not_replace_what_somebody_else_approved_meanwhile(office: Office) -> None:
    await office.greet(en="Hello", lt="Labas")
    with pytest.raises(TextChanged):
        await office.texts.approve("greeting", {"lt": "Sveiki"}, None)


async def test_drafts_are_discarded_and_only_those(office: Office) -> None:
    await office.greet(en="Hello", lt="Labas")
    await office.texts.draft("greeting", "en", "tr", None)
    text = await office.texts.discard("greeting", ["tr", "lt"], None)
    assert set(text.wordings) == {"en", "lt"}
    assert await refusal(office.texts.discard("greeting", ["lt"], None)) == "not_found"


async def test_a_removed_response_comes_back_with_all_it_had(office: Office) -> None:
    text = await office.texts.save("canned", None, {"en": "Bye"}, None, None, Details("bye"))
    await office.texts.remove(text.id, text.version)
    assert await office.texts.of("canned") == []
    back = await office.texts.restore(text.id, None)
    assert (back.shortcut, back.wordings) == ("bye", text.wordings)
    assert await refusal(office.texts.restore(text.id, None)) == "not_found"


async def test_a_removed_response_whose_shortcut_is_taken_stays_away(office: Office) -> None:
    text = await office.texts.save("canned", None, {"en": "Bye"}, None, None, Details("bye"))
    await office.texts.remove(text.id, text.version)
    await office.texts.save("canned", None, {"en": "Goodbye"}, None, None, Details("bye"))
    assert await refusal(office.texts.restore(text.id, None)) == "shortcut_taken"


@pytest.mark.parametrize("shortcut", [None, "", "Bye", "a b", "x" * 33, "žodis"])
async def test_a_shortcut_is_of_small_letters_digits_and_hyphens(
    office: Office, shortcut: str | None
) -> None:
    details = Details(shortcut)
    assert await refusal(office.texts.save("canned", None, {"en": "Bye"}, None, None, details)) == "bad_field"


async def test_there_are_only_so_many_questions(office: Office) -> None:
    for number in range(MOST["question"]):
        await office.texts.save("question", None, {"en": f"Question {number}"}, None, None)
    assert (
        await refusal(office.texts.save("question", None, {"en": "One more"}, None, None)) == "too_many_texts"
    )


async def test_questions_stand_in_the_order_they_are_put_into(office: Office) -> None:
    ids = [
        (await office.texts.save("question", None, {"en": name}, None, None)).id for name in ("A", "B", "C")
    ]
    await office.texts.order("question", [ids[2], ids[0], ids[1]])
    assert [one.wordings["en"].text for one in await office.texts.of("question")] == ["C", "A", "B"]
    assert await refusal(office.texts.order("question", ids[:2])) == "changed_meanwhile"


async def test_nothing_is_half_done_when_the_disk_is_full(office: Office) -> None:
    text = await office.greet(en="Hello")
    office.book.full = True
    assert (
        await refusal(office.texts.save("greeting", None, {"en": "Hi"}, text.version, None)) == "storage_full"
    )
    assert (await office.texts.of("greeting"))[0] == text


async def test_one_of_several_without_a_word_is_refused(office: Office) -> None:
    assert await refusal(office.texts.save("question", None, {}, None, None)) == "wording_empty"
    many = {f"x-{number:05d}": "Hello" for number in range(101)}
    assert await refusal(office.texts.save("greeting", None, many, None, None)) == "too_many_texts"
