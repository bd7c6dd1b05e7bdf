"""Waiting for whichever comes first: an instant, or news."""

import asyncio
from datetime import datetime

from appliance.services.ports import Alarm


async def wait_for(news: asyncio.Event, alarm: Alarm, until: datetime) -> None:
    """Returns when `news` is set or the instant has come; nothing of the waiting is left behind."""
    waiting = [asyncio.ensure_future(alarm(until)), asyncio.ensure_future(news.wait())]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
