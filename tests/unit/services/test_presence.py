"""Who is there: counted by connections, gone only after a moment of grace."""

import pytest

from appliance.domain.conversation import Person
from appliance.domain.people import Visitor
from appliance.domain.regions import Availability
from appliance.services.presence import Presence
from tests.conftest import Clock
from tests.unit.services.fakes import Later

EMMA = Person("agent", "emma", "Emma", "#3157d5")
JOAO = Person("agent", "joao", "João", "#0f766e")


class Watched:
    def __init__(self) -> None:
        self.later = Later()
        self.presence = Presence(self.later)
        self.told: list[object] = []
        self.presence.on_agents = lambda: self.told.append([person.name for person in self.presence.agents()])
        self.presence.on_visitor = self.told.append


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def ana(clock: Clock) -> Visitor:
    return Visitor("ana", 1, "c-ana", "pt-BR", None, None, None, None, clock(), clock())


def test_an_agent_is_there_from_the_first_connection(watched: Watched) -> None:
    with watched.presence.agent(EMMA), watched.presence.agent(JOAO), watched.presence.agent(EMMA):
        assert watched.presence.agents() == [EMMA, JOAO]
    assert watched.told == [["Emma"], ["Emma", "João"]]


def test_a_reload_is_not_a_departure(watched: Watched) -> None:
    with watched.presence.agent(EMMA):
        pass
    with watched.presence.agent(EMMA):
        watched.later.pass_time()
        assert watched.presence.agents() == [EMMA]
    assert watched.told == [["Emma"]]


def test_whoever_does_not_come_back_is_gone_after_the_grace(watched: Watched) -> None:
    with watched.presence.agent(EMMA):
        pass
    assert watched.presence.agents() == [EMMA]
    watched.later.pass_time()
    assert watched.presence.agents() == []
    assert watched.told == [["Emma"], []]


def test_one_of_two_connections_is_enough(watched: Watched) -> None:
    with watched.presence.agent(EMMA):
        with watched.presence.agent(EMMA):
            pass
        watched.later.pass_time()
        assert watched.presence.agents() == [EMMA]
    assert watched.told == [["Emma"]]


def test_a_new_name_is_told(watched: Watched) -> None:
    renamed = Person("agent", "emma", "Em", "#3157d5")
    with watched.presence.agent(EMMA), watched.presence.agent(renamed):
        assert watched.presence.agents() == [renamed]
    assert watched.told == [["Emma"], ["Em"]]


def test_a_new_name_is_told_while_connected(watched: Watched) -> None:
    renamed = Person("agent", "emma", "Em", "#3157d5")
    with watched.presence.agent(EMMA):
        watched.presence.rename(renamed)
        watched.presence.rename(renamed)
        watched.presence.rename(JOAO)
        assert watched.presence.agents() == [renamed]
    watched.later.pass_time()
    assert watched.told == [["Emma"], ["Em"], []]


def test_a_visitor_comes_and_goes_once(watched: Watched, ana: Visitor) -> None:
    assert not watched.presence.is_online("ana")
    with watched.presence.visitor(ana, lambda: True), watched.presence.visitor(ana, lambda: True):
        assert watched.presence.is_online("ana")
    assert watched.presence.is_online("ana")
    watched.later.pass_time()
    assert not watched.presence.is_online("ana")
    assert watched.told == ["c-ana", "c-ana"]


def test_of_a_visitor_who_has_not_written_nobody_is_told(watched: Watched, ana: Visitor) -> None:
    with watched.presence.visitor(ana, lambda: False):
        assert watched.presence.is_online("ana")
    watched.later.pass_time()
    assert watched.told == []


def test_whoever_wrote_meanwhile_is_told_of_when_they_go(watched: Watched, ana: Visitor) -> None:
    wrote = False
    with watched.presence.visitor(ana, lambda: wrote):
        wrote = True
    watched.later.pass_time()
    assert watched.told == ["c-ana"]


def test_an_error_in_a_connection_counts_as_leaving(watched: Watched) -> None:
    with pytest.raises(RuntimeError), watched.presence.agent(EMMA):
        raise RuntimeError
    watched.later.pass_time()
    assert watched.presence.agents() == []


@pytest.mark.parametrize(
    ("chosen", "there"), [("online", True), ("away", False), ("break", False), ("invisible", False)]
)
def test_visitors_see_who_is_online(watched: Watched, chosen: Availability, there: bool) -> None:
    with watched.presence.agent(EMMA, chosen):
        assert (EMMA in watched.presence.agents()) is there
        assert watched.presence.availability("emma") == chosen
    assert watched.presence.availability("joao") is None


def test_who_has_two_windows_is_idle_when_nobody_touches_either(watched: Watched) -> None:
    presence = watched.presence
    with presence.agent(EMMA) as one, presence.agent(EMMA) as two:
        presence.touch(one, idle=True)
        assert presence.chosen("emma") == ("online", False)
        presence.touch(two, idle=True)
        assert (presence.chosen("emma"), presence.availability("emma")) == (("online", True), "away")
        presence.touch(one)
        assert presence.chosen("emma") == ("online", False)


def test_closing_the_window_that_is_used_leaves_an_idle_one(watched: Watched) -> None:
    with watched.presence.agent(EMMA) as one:
        with watched.presence.agent(EMMA):
            watched.presence.touch(one, idle=True)
        assert watched.presence.chosen("emma") == ("online", True)


def test_two_misses_in_a_row_make_away_and_one_between_activities_does_not(watched: Watched) -> None:
    with watched.presence.agent(EMMA) as tab:
        watched.presence.missed("emma")
        watched.presence.touch(tab)
        watched.presence.missed("emma")
        assert watched.presence.chosen("emma") == ("online", False)
        watched.presence.missed("emma")
        assert watched.presence.chosen("emma") == ("online", True)
        watched.presence.choose("emma", "online")
        assert watched.presence.chosen("emma") == ("online", False)
    assert watched.told == [["Emma"], [], ["Emma"]]


def test_what_was_chosen_is_not_overruled_by_idleness(watched: Watched) -> None:
    with watched.presence.agent(EMMA, "invisible") as tab:
        watched.presence.touch(tab, idle=True)
        assert watched.presence.chosen("emma") == ("invisible", False)
        watched.presence.choose("emma", "break")
        assert watched.presence.availability("emma") == "break"
