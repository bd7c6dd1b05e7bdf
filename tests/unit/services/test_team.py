"""Signing in, links, invitations, leaving: who may be an agent and for how long."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.services.passwords import Passwords
from appliance.services.team import LINK_LENGTH, SESSION_LENGTH, Team
from tests.conftest import Clock
from tests.unit.services.fakes import MemoryStaff

PASSWORD = "correct horse battery"
CHEAP = Passwords(memory_kib=64, passes=1)


class Counting(Passwords):
    """Passwords that count how often one was checked."""

    def __init__(self) -> None:
        super().__init__(memory_kib=64, passes=1)
        self.checked: list[str | None] = []

    async def verify(self, password_hash: str | None, password: str) -> bool:
        self.checked.append(password_hash)
        return await super().verify(password_hash, password)


@pytest.fixture
def staff() -> MemoryStaff:
    return MemoryStaff()


@pytest.fixture
def team(staff: MemoryStaff, clock: Clock) -> Team:
    return Team(staff, CHEAP, clock)


async def add(team: Team, name: str = "Emma", /, **changes: object) -> Agent:
    given = {
        "email": f"{name.lower()}@lumina.example",
        "name": name,
        "password": PASSWORD,
        "language": "en",
        "time_zone": "Europe/Vilnius",
        "role": "agent",
        **changes,
    }
    return await team.add(**given)  # type: ignore[arg-type]


async def sign_in(team: Team, email: str, password: str = PASSWORD, address: str = "10.0.0.1") -> str:
    return await team.sign_in(email, password, address=address, user_agent="Firefox")


async def refusal(work: object) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        await work  # type: ignore[misc]
    return refused.value.code, refused.value.field


async def test_the_right_password_opens_a_session(team: Team) -> None:
    emma = await add(team)
    found = await team.signed_in(await sign_in(team, " Emma@Lumina.Example "))
    assert found is not None
    assert found[0].id == emma.id
    assert found[1].user_agent == "Firefox"


async def test_neither_password_nor_token_is_kept_readable(team: Team, staff: MemoryStaff) -> None:
    emma = await add(team)
    token = await sign_in(team, emma.email)
    link = await team.make_link("sign_in", agent_id=emma.id)
    kept = repr((staff.by_id, staff.open, staff.links))
    assert PASSWORD not in kept
    assert token not in kept
    assert link not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("emma@lumina.example", "wrong password"),
        ("emma@lumina.example", ""),
        ("nobody@lumina.example", PASSWORD),
        ("not an address", PASSWORD),
        ("", ""),
        ("gone@lumina.example", PASSWORD),
        ("linked@lumina.example", ""),
        ("emma@lumina.example", PASSWORD + "x" * 300),
    ],
)
async def test_a_wrong_pair_is_refused_without_saying_which_was_wrong(
    team: Team, staff: MemoryStaff, email: str, password: str
) -> None:
    await add(team)
    await add(team, "Linked", password=None)
    gone = await add(team, "Gone")
    await staff.save(replace(gone, active=False))
    assert await refusal(sign_in(team, email, password)) == ("bad_field", "password")


async def test_an_unknown_account_costs_as_much_work_as_a_known_one(staff: MemoryStaff, clock: Clock) -> None:
    passwords = Counting()
    team = Team(staff, passwords, clock)
    emma = await add(team)
    for email in (emma.email, "nobody@lumina.example", "not an address"):
        await refusal(sign_in(team, email, "wrong password"))
    assert passwords.checked == [emma.password_hash, None, None]
    assert not await passwords.verify(None, "no such agent")


async def test_guessing_is_slowed_down_and_locks_nobody_else_out(team: Team, clock: Clock) -> None:
    emma = await add(team)
    for _ in range(8):
        await refusal(sign_in(team, emma.email, "wrong password", address="10.0.0.1"))
    with pytest.raises(Refused) as refused:
        await sign_in(team, emma.email, address="10.0.0.1")
    assert (refused.value.code, refused.value.retry_after) == ("too_fast", 20.0)
    # The owner, who is somewhere else, gets in; and the guesser's neighbours too.
    assert await sign_in(team, emma.email, address="10.0.0.99")
    clock.advance(seconds=20)
    assert await sign_in(team, emma.email, address="10.0.0.1")


async def test_guessing_from_everywhere_is_slowed_down_for_the_account(team: Team, clock: Clock) -> None:
    emma = await add(team)
    for number in range(80):
        await refusal(sign_in(team, emma.email, "wrong password", address=f"10.0.0.{number}"))
    assert (await refusal(sign_in(team, emma.email, address="10.1.0.1")))[0] == "too_fast"
    clock.advance(seconds=2)
    assert await sign_in(team, emma.email, address="10.1.0.1")


@pytest.mark.parametrize("address", ["10.0.0.1", "2001:db8:1:2::{}"])
async def test_guessing_is_slowed_down_for_the_network_whatever_it_tries(team: Team, address: str) -> None:
    await add(team)
    for number in range(80):
        email = f"nobody{number}@lumina.example"
        await refusal(sign_in(team, email, address=address.format(number)))
    again = sign_in(team, "emma@lumina.example", address=address.format(99))
    assert (await refusal(again))[0] == "too_fast"
    assert await sign_in(team, "emma@lumina.example", address="10.0.0.2")


async def test_a_whole_office_signs_in_in_the_morning(team: Team) -> None:
    emma = await add(team)
    for _ in range(200):
        assert await sign_in(team, emma.email, address="10.0.0.1")


class Closed(Passwords):
    """No password is right, and none costs any work."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        return False


async def test_made_up_accounts_do_not_make_the_server_forget_whom_it_slows(
    staff: MemoryStaff, clock: Clock
) -> None:
    team = Team(staff, Closed(memory_kib=64, passes=1), clock)
    await add(team)
    for _ in range(8):
        await refusal(sign_in(team, "emma@lumina.example", "wrong password"))
    for number in range(5_100):
        with pytest.raises(Refused):
            await team.sign_in(
                f"x{number}", "", address=f"10.1.{number // 256}.{number % 256}", user_agent=None
            )
    assert (await refusal(sign_in(team, "emma@lumina.example")))[0] == "too_fast"


async def test_a_session_lasts_as_long_as_it_is_used(team: Team, clock: Clock) -> None:
    emma = await add(team)
    token = await sign_in(team, emma.email)
    clock.advance(days=13)
    assert await team.signed_in(token)
    clock.advance(days=13)
    assert await team.signed_in(token)
    clock.now += SESSION_LENGTH
    assert await team.signed_in(token) is None
    assert await team.sessions(emma) == []


async def test_only_the_token_that_was_given_is_a_session(team: Team) -> None:
    emma = await add(team)
    token = await sign_in(team, emma.email)
    for forged in ("", "s1.", token[:-1], token + "a", "s1." + "A" * 43, "\ud800"):
        assert await team.signed_in(forged) is None


async def test_signing_out_ends_one_session_or_all(team: Team) -> None:
    emma = await add(team)
    first, second, third = [await sign_in(team, emma.email) for _ in range(3)]
    found = await team.signed_in(first)
    assert found is not None
    await team.sign_out(found[1])
    assert await team.signed_in(first) is None
    assert await team.signed_in(second)
    await team.sign_out_everywhere(emma)
    assert await team.signed_in(second) is None
    assert await team.signed_in(third) is None


@pytest.mark.parametrize("purpose", ["setup", "invite", "sign_in"])
async def test_a_link_works_once_until_it_expires(team: Team, clock: Clock, purpose: str) -> None:
    token = await team.make_link(purpose)  # type: ignore[arg-type]
    clock.now += LINK_LENGTH[purpose]
    assert await team.link(token, purpose) is None
    token = await team.make_link(purpose)  # type: ignore[arg-type]
    link = await team.link(token, purpose)
    assert link is not None
    await team.use_link(link)
    assert await team.link(token, purpose) is None
    assert await refusal(team.use_link(link)) == ("not_found", None)


async def test_a_link_is_good_for_its_purpose_only(team: Team) -> None:
    invitation = await team.make_link("invite", email="a@b.example")
    assert await team.link(invitation, "setup") is None
    assert await team.link(invitation, "sign_in") is None
    assert await team.link("l1.forged", "invite") is None


async def test_a_new_link_ends_the_earlier_ones_for_the_same_person(team: Team) -> None:
    setups = [await team.make_link("setup") for _ in range(2)]
    assert [await team.link(token, "setup") is not None for token in setups] == [False, True]
    ana = [await team.invite("ana@lumina.example", "Ana", "agent") for _ in range(2)]
    rui = await team.invite("rui@lumina.example", "Rui", "agent")
    left = [await team.link(token, "invite") is not None for token in (*ana, rui)]
    assert left == [False, True, True]
    emma, liam = await add(team, "Emma"), await add(team, "Liam")
    links = [await team.make_link("sign_in", agent_id=agent.id) for agent in (emma, liam, emma)]
    left = [await team.link(token, "sign_in") is not None for token in links]
    assert left == [False, True, True]


async def test_an_invitation_can_be_withdrawn(team: Team) -> None:
    token = await team.invite("ana@lumina.example", "Ana", "agent")
    (invitation,) = await team.invitations()
    assert (invitation.email, invitation.name) == ("ana@lumina.example", "Ana")
    await team.withdraw(invitation.token_hash)
    assert await team.link(token, "invite") is None
    assert await team.invitations() == []


async def test_an_invitation_is_used_up_only_by_joining(team: Team) -> None:
    link = await team.link(await team.invite("ana@lumina.example", "Ana", "agent"), "invite")
    assert link is not None
    details = {"email": "ana@lumina.example", "language": "lt", "time_zone": "UTC", "role": "agent"}
    assert await refusal(team.accept(link, name="", password=PASSWORD, **details)) == ("bad_field", "name")
    assert len(await team.invitations()) == 1
    ana = await team.accept(link, name="Ana", password=PASSWORD, **details)
    assert await team.invitations() == []
    assert await team.readers() == {ana.id: "lt"}
    late = team.accept(link, name="Ana", password=PASSWORD, **{**details, "email": "b@lumina.example"})
    assert await refusal(late) == ("not_found", None)


async def test_what_has_ended_is_forgotten(team: Team, staff: MemoryStaff, clock: Clock) -> None:
    emma = await add(team)
    await sign_in(team, emma.email)
    await team.invite("ana@lumina.example", "Ana", "agent")
    clock.advance(days=13)
    kept = await sign_in(team, emma.email)
    clock.advance(days=2)
    await team.prune()
    assert len(staff.open) == 1
    assert await team.signed_in(kept)
    assert staff.links == {}


async def test_an_invitation_carries_who_is_meant(team: Team) -> None:
    link = await team.link(await team.invite("New@Lumina.Example", " Ana  Maria", "admin"), "invite")
    assert link is not None
    assert (link.email, link.name, link.role) == ("new@lumina.example", "Ana Maria", "admin")


@pytest.mark.parametrize(
    ("email", "name", "role", "field"),
    [
        ("emma@lumina.example", "Emma", "agent", "email"),
        ("EMMA@lumina.example", "Emma", "agent", "email"),
        ("not an address", "Ana", "agent", "email"),
        ("a@b@c", "Ana", "agent", "email"),
        ("", "Ana", "agent", "email"),
        ("ana@lumina.example", "x" * 81, "agent", "name"),
        ("ana@lumina.example", "Ana", "owner", "role"),
        ("ana@lumina.example", "Ana", "", "role"),
    ],
)
async def test_an_invitation_that_cannot_be_names_the_field(
    team: Team, email: str, name: str, role: str, field: str
) -> None:
    await add(team)
    assert await refusal(team.invite(email, name, role)) == ("bad_field", field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "x" * 9}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"password": "\ud800" * 12}, "password"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"email": "emma@lumina.example"}, "email"),
        ({"email": "x"}, "email"),
    ],
)
async def test_an_agent_that_cannot_be_names_the_field(
    team: Team, changes: dict[str, object], field: str
) -> None:
    await add(team)
    assert await refusal(add(team, "João", **changes)) == ("bad_field", field)
    assert [agent.name for agent in await team.agents()] == ["Emma"]


@pytest.mark.parametrize("password", ["x" * 10, "x" * 256, "ünïcödé pass", "пароль пароль", " " * 10])
async def test_any_password_of_ten_to_256_characters_will_do(team: Team, password: str) -> None:
    emma = await add(team, password=password)
    assert await sign_in(team, emma.email, password)


async def test_a_changed_password_ends_every_session(team: Team, staff: MemoryStaff) -> None:
    emma = await add(team)
    token = await sign_in(team, emma.email)
    assert await refusal(
        team.change_password(emma, "wrong password", "another long one", address="10.0.0.1")
    ) == (
        "bad_field",
        "current",
    )
    assert await refusal(team.change_password(emma, PASSWORD, "short", address="10.0.0.1")) == (
        "bad_field",
        "new",
    )
    assert await team.signed_in(token)
    await team.change_password(emma, PASSWORD, "another long one", address="10.0.0.1")
    assert await team.signed_in(token) is None
    assert (await refusal(sign_in(team, emma.email)))[0] == "bad_field"
    assert await sign_in(team, emma.email, "another long one")


async def test_signing_in_brings_nothing_old_back(team: Team) -> None:
    """A request may hold a copy of the agent from before a change."""
    emma = await add(team)
    await team.change_password(emma, PASSWORD, "another long one", address="10.0.0.1")
    await team.begin_session(emma, None)
    assert await sign_in(team, emma.email, "another long one")


async def test_being_seen_is_noted(team: Team, clock: Clock) -> None:
    emma = await add(team)
    token = await sign_in(team, emma.email)
    clock.advance(minutes=11)
    await team.signed_in(token)
    assert (await team.agents())[0].last_seen_at == clock()


async def test_a_full_disk_does_not_sign_anybody_out(team: Team, staff: MemoryStaff, clock: Clock) -> None:
    token = await sign_in(team, (await add(team)).email)
    staff.error = Refused("storage_full")
    clock.advance(days=1)
    assert await team.signed_in(token)


async def test_an_agent_without_a_password_chooses_the_first_one_freely(team: Team) -> None:
    emma = await add(team, password=None)
    await team.change_password(emma, "", "another long one", address="10.0.0.1")
    assert await sign_in(team, emma.email, "another long one")


async def test_the_current_password_cannot_be_guessed_without_end(team: Team) -> None:
    emma = await add(team)
    codes = [
        (await refusal(team.change_password(emma, "wrong password", "another long one", address="10.0.0.1")))[
            0
        ]
        for _ in range(9)
    ]
    assert codes == ["bad_field"] * 8 + ["too_fast"]


async def test_whoever_is_deactivated_is_out_at_once_and_can_come_back(team: Team) -> None:
    boss = await add(team, "Boss", role="admin")
    emma = await add(team)
    token = await sign_in(team, emma.email)
    assert await team.readers() == {boss.id: "en", emma.id: "en"}
    await team.set_active(emma.id, False, by=boss)
    assert await team.signed_in(token) is None
    assert await team.readers() == {boss.id: "en"}
    assert (await refusal(sign_in(team, emma.email)))[0] == "bad_field"
    await team.set_active(emma.id, True, by=boss)
    assert await team.signed_in(token) is None
    assert await sign_in(team, emma.email)


async def test_nobody_shuts_themselves_out(team: Team) -> None:
    boss = await add(team, "Boss", role="admin")
    assert await refusal(team.set_active(boss.id, False, by=boss)) == ("forbidden", None)
    assert await refusal(team.set_active("nobody", False, by=boss)) == ("not_found", None)


async def test_what_an_agent_reads_changes_with_the_profile(team: Team) -> None:
    emma = await add(team)
    changed = await team.change_profile(emma, name="Em", language="lt", time_zone="UTC")
    assert await team.readers() == {emma.id: "lt"}
    assert (await team.agents()) == [changed]
    assert await refusal(team.change_profile(emma, name=" ", language="lt", time_zone="UTC")) == (
        "bad_field",
        "name",
    )


async def test_colleagues_get_colours_that_differ(team: Team) -> None:
    colours = [(await add(team, f"agent{number}")).avatar for number in range(8)]
    assert len(set(colours)) == 8


async def test_two_changes_of_an_agent_at_once_both_hold(team: Team, staff: MemoryStaff) -> None:
    boss, emma = await add(team, "Boss", role="admin"), await add(team)
    change = staff.change

    async def overtaken(agent_id: str, changes: Mapping[str, Any]) -> Agent | None:
        staff.change = change  # type: ignore[method-assign]
        await team.set_active(emma.id, False, by=boss)
        return await change(agent_id, changes)

    for making in (
        lambda: team.choose_availability(emma.id, "away"),
        lambda: team.change_profile(emma, name="Em", language="lt", time_zone="Europe/Vilnius"),
        lambda: team.change_skills(emma.id, spoken=["fa"], capacity=2),
    ):
        await team.set_active(emma.id, True, by=boss)
        staff.change = overtaken  # type: ignore[method-assign]
        await making()
        assert not staff.by_id[emma.id].active
    known = staff.by_id[emma.id]
    assert (known.availability, known.name, known.spoken, known.capacity) == ("away", "Em", ("fa",), 2)


async def test_an_availability_is_nobodys_who_is_not_there(team: Team) -> None:
    assert await refusal(team.choose_availability("nobody", "away")) == ("not_found", None)
