"""Waiting for an instant by a clock that may be changed, on a machine that may sleep meanwhile."""

import asyncio
from datetime import datetime, timedelta

from appliance.services.ports import Alarm, Clock

STEP = timedelta(seconds=30)
"""No longer than this is slept without looking at the clock."""


def alarm_by(clock: Clock) -> Alarm:
    """A sleep of the right length would be the wrong one after a suspend, or after the clock was set."""

    async def alarm(at: datetime) -> None:
        # Time by itself sets no event.
        while (left := at - clock()) > timedelta():  # noqa: ASYNC110
            await asyncio.sleep(min(left, STEP).total_seconds())

    return alarm
