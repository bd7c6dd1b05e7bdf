"""Fixtures for all tests. Nothing here may reach beyond this machine (tests/support/guard)."""

import os
import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

GUARD = Path(__file__).parent / "support" / "guard"
runpy.run_path(str(GUARD / "sitecustomize.py"))
os.environ["PYTHONPATH"] = str(GUARD)

# How long an example takes says more about the machine than about the code. In CI a change is judged by
# the same examples every time; new ones are found where people work.
settings.register_profile("dragoman", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("dragoman")


class Clock:
    """The time, as the test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    """Monday the 2nd of March 2026, 09:00 UTC, until the test moves it."""
    return Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line(f"{len(skipped)} skipped: in CI nothing may be", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
