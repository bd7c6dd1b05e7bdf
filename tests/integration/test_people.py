"""Visitors, agents, sessions, links and settings on real SQLite."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError

from appliance.domain.commands import Write
from appliance.domain.entries import Entry
from appliance.domain.people import Agent, Link, Session, Visitor
from appliance.storage.database import open_database
from appliance.storage.ledger import Ledger
from appliance.storage.people import Staff, VisitorBook
from appliance.storage.schema import hold
from appliance.storage.settings_book import SettingsBook

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
VILNIUS = timezone(timedelta(hours=2))


@pytest.fixture(autouse=True)
async def database(tmp_path: Path) -> AsyncIterator[None]:
    with hold(tmp_path):
        async with open_database(tmp_path):
            yield


def visitor(name: str, **changes: object) -> Visitor:
    given = {
        "id": name,
        "number": 0,
        "conversation_id": f"c-{name}",
        "language": "pt-BR",
        "name": name,
        "time_zone": "America/Sao_Paulo",
        "page": "https://shop.example/",
        "user_agent": "Firefox",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
        **changes,
    }
    return Visitor(**given)  # type: ignore[arg-type]


def agent(name: str, **changes: object) -> Agent:
    given = {
        "id": name,
        "email": f"{name}@lumina.example",
        "name": name,
        "avatar": "#3157d5",
        "password_hash": None,
        "language": "en",
        "time_zone": "Europe/Vilnius",
        "role": "agent",
        "active": True,
        "created_at": NOON,
        "last_seen_at": None,
        **changes,
    }
    return Agent(**given)  # type: ignore[arg-type]


def session(token_hash: str, agent_id: str = "emma", **changes: object) -> Session:
    given = {
        "token_hash": token_hash,
        "agent_id": agent_id,
        "created_at": NOON,
        "last_seen_at": NOON,
        "expires_at": NOON + timedelta(days=14),
        "user_agent": None,
        **changes,
    }
    return Session(**given)  # type: ignore[arg-type]


async def test_visitors_are_numbered_in_the_order_they_come() -> None:
    book = VisitorBook()
    added = await asyncio.gather(*(book.add(visitor(f"v{n}"), f"h{n}") for n in range(20)))
    assert sorted(one.number for one in added) == list(range(1, 21))
    assert await book.by_token("h3") == added[3] == await book.get("v3")
    assert await book.by_token("none") is None
    assert await book.get("none") is None


async def test_of_a_visitor_only_what_is_said_changes() -> None:
    book = VisitorBook()
    ana = await book.add(visitor("ana", email="ana@example.com"), "h")
    await book.add(visitor("bo"), "other")
    later = NOON + timedelta(hours=1)
    changed = replace(ana, language="fa", name=None, page=None, last_seen_at=later)
    assert (
        await book.change("ana", {"language": "fa", "name": None, "page": None, "last_seen_at": later})
        == changed
    )
    assert await book.by_token("h") == changed
    bo = await book.get("bo")
    assert bo is not None
    assert bo.language == "pt-BR"
    assert await book.change("nobody", {"language": "fa"}) is None


async def test_a_change_of_an_agent_changes_nothing_else() -> None:
    staff = Staff()
    await staff.save(agent("emma", active=False))
    changed = await staff.change("emma", {"availability": "away", "spoken": ("fa", "lt")})
    assert changed == agent("emma", active=False, availability="away", spoken=("fa", "lt"))
    assert await staff.agent("emma") == changed
    assert await staff.change("nobody", {"availability": "away"}) is None


async def test_instants_come_back_as_the_same_instants_in_utc() -> None:
    book = VisitorBook()
    local = NOON.astimezone(VILNIUS)
    await book.add(visitor("ana", first_seen_at=local), "h")
    found = await book.by_token("h")
    assert found is not None
    assert found.first_seen_at == NOON
    assert found.first_seen_at.utcoffset() == timedelta(0)


async def test_agents_are_saved_and_found() -> None:
    staff = Staff()
    emma, joao = agent("emma"), agent("joao", created_at=NOON + timedelta(days=1), role="admin")
    for one in (joao, emma):
        await staff.save(one)
    assert await staff.agents() == [emma, joao]
    assert await staff.by_email("joao@lumina.example") == joao
    assert await staff.by_email("none") is None
    changed = replace(emma, name="Em", active=False, password_hash="$argon2id$…")
    await staff.save(changed)
    assert await staff.agent("emma") == changed
    await staff.note_seen("emma", NOON + timedelta(minutes=5))
    assert await staff.agent("emma") == replace(changed, last_seen_at=NOON + timedelta(minutes=5))


async def test_two_agents_with_one_address_are_impossible() -> None:
    staff = Staff()
    await staff.save(agent("emma"))
    with pytest.raises(Exception, match="UNIQUE"):
        await staff.save(agent("other", email="emma@lumina.example"))
    assert [one.id for one in await staff.agents()] == ["emma"]


async def test_sessions_end_one_by_one_or_all() -> None:
    staff = Staff()
    for name in ("a", "b", "c"):
        await staff.add_session(session(name))
    await staff.add_session(session("d", "joao"))
    later = NOON + timedelta(days=1)
    await staff.touch_session("b", later, later + timedelta(days=14))
    assert {one.token_hash for one in await staff.sessions("emma")} == {"a", "b", "c"}
    assert (await staff.sessions("emma"))[0].token_hash == "b"
    await staff.end_session("a")
    assert await staff.session("a") is None
    assert await staff.session("b") == session("b", last_seen_at=later, expires_at=later + timedelta(days=14))
    await staff.end_sessions("emma")
    assert await staff.sessions("emma") == []
    assert await staff.session("d") == session("d", "joao")


async def test_of_many_who_use_a_link_at_once_one_gets_it() -> None:
    staff = Staff()
    await staff.add_link(Link("h", "sign_in", NOON + timedelta(hours=1), agent_id="emma"))
    used = await asyncio.gather(*(staff.use_link("h", NOON) for _ in range(10)))
    assert used.count(True) == 1
    assert await staff.link("h", NOON) is None


async def test_a_link_works_until_its_hour_whatever_the_zone_of_the_clock() -> None:
    staff = Staff()
    link = Link("h", "invite", NOON, None, "a@b.example", "Ana", "admin")
    await staff.add_link(link)
    before = NOON - timedelta(microseconds=1)
    for moment in (before, before.astimezone(VILNIUS)):
        assert await staff.link("h", moment) == link
    for moment in (NOON, NOON.astimezone(VILNIUS)):
        assert await staff.link("h", moment) is None
        assert not await staff.use_link("h", moment)


async def test_a_new_link_replaces_the_unused_ones_of_its_purpose_only() -> None:
    staff = Staff()
    soon = NOON + timedelta(hours=1)
    await staff.add_link(Link("setup-1", "setup", soon))
    await staff.add_link(Link("invite-1", "invite", soon))
    await staff.add_link(Link("setup-2", "setup", soon))
    found = {name: await staff.link(name, NOON) for name in ("setup-1", "invite-1", "setup-2")}
    assert [name for name, link in found.items() if link] == ["invite-1", "setup-2"]


async def test_settings_are_written_together_and_over_older_ones() -> None:
    book = SettingsBook()
    assert await book.read() == {}
    await book.write({"a": {"b": [1, "ü", None]}, "c": 2})
    await book.write({"c": ["new"]})
    assert await book.read() == {"a": {"b": [1, "ü", None]}, "c": ["new"]}


async def test_joining_uses_the_link_up_or_does_nothing() -> None:
    staff = Staff()
    await staff.add_link(Link("h", "invite", NOON + timedelta(hours=1), email="ana@lumina.example"))
    await staff.save(agent("emma"))
    with pytest.raises(IntegrityError):
        # The same address as Emma's: the agent can't be added, so the link is not used up.
        await staff.join(replace(agent("ana"), email=agent("emma").email), "h", NOON)
    assert await staff.link("h", NOON) is not None
    assert await staff.join(agent("ana"), "h", NOON)
    assert not await staff.join(agent("late"), "h", NOON)
    assert [one.id for one in await staff.agents()] == ["emma", "ana"]


async def test_visitors_who_never_wrote_are_forgotten_and_others_are_not() -> None:
    book, ledger = VisitorBook(), Ledger()
    old = NOON - timedelta(days=200)
    for name in ("silent", "writer"):
        await book.add(visitor(name, last_seen_at=old), f"token-{name}")
    await book.add(visitor("recent"), "token-recent")
    wrote = visitor("writer")
    write = Write(wrote.person, "m-1", "Olá", "pt-BR", {}, True, NOON)
    await ledger.append([Entry(wrote.conversation_id, write, opening=wrote.card)])
    await book.prune(NOON - timedelta(days=180))
    known = {name for name in ("silent", "writer", "recent") if await book.get(name)}
    assert known == {"writer", "recent"}


async def test_sessions_and_links_that_have_ended_are_forgotten() -> None:
    staff = Staff()
    for name, ends in (("old", NOON - timedelta(seconds=1)), ("new", NOON + timedelta(seconds=1))):
        await staff.add_session(Session(name, "emma", NOON, NOON, ends, None))
        await staff.add_link(Link(name, "invite", ends, email=f"{name}@lumina.example"))
    await staff.prune(NOON)
    assert [session.token_hash for session in await staff.sessions("emma")] == ["new"]
    assert await staff.link("new", NOON) is not None
    assert await staff.link("old", NOON - timedelta(days=1)) is None
