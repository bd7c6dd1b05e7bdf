"""Every error that is raised anywhere has its row in the table."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import appliance
from appliance.domain.refusal import Refused, suppress_when_full
from appliance.errors import TABLE
from appliance.services import wordings
from translation.store.errors import CODES

SOURCES = sorted(Path(appliance.__file__).parent.rglob("*.py"))


@cache
def raised() -> dict[str, set[frozenset[str]]]:
    """Each code that is given to `Refused` literally, with the parameters it is given."""
    found: dict[str, set[frozenset[str]]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Refused"
                and isinstance(node.args[0], ast.Constant)
            ):
                given = frozenset(keyword.arg or "" for keyword in node.keywords)
                found.setdefault(str(node.args[0].value), set()).add(given)
    return found


def test_every_code_that_is_raised_is_in_the_table_and_none_is_there_in_vain() -> None:
    of_translations = wordings.TRANSLATION_ERRORS.values()
    chosen_by_condition = {
        "method_not_allowed",
        "region_default",
        "region_in_use",
        *of_translations,
        *(f"pack_{code}" for code in CODES),
    }
    assert set(raised()) | chosen_by_condition == set(TABLE)


@pytest.mark.parametrize("code", sorted(TABLE))
def test_whoever_refuses_gives_what_the_wording_asks_for(code: str) -> None:
    wanted = set(re.findall(r"\{(\w+)\}", TABLE[code].message))
    for given in raised().get(code, set()):
        assert wanted <= given


def test_statuses_are_errors_and_wordings_are_sentences() -> None:
    for code, kind in TABLE.items():
        assert 400 <= kind.status < 600, code
        assert kind.message.endswith("."), code


def test_only_a_full_disk_is_suppressed_where_reading_must_go_on() -> None:
    with suppress_when_full():
        raise Refused("storage_full")
    with pytest.raises(Refused), suppress_when_full():
        raise Refused("busy")
