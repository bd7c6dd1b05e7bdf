"""A client that was written for LibreTranslate, against a server of ours."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import uvicorn
from libretranslatepy import LibreTranslateAPI

from tests.conftest import Clock
from tests.unit.web.house import open_house
from tests.unit.web.test_public_api import make_key


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """A real server on a free port of this machine; the application's lifespan is somebody else's."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning", ws="none"))
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def test_the_client_from_pypi_translates_detects_and_lists(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock) as house:
        key = await make_key(house)
        async with serving(house.app) as url:
            client = LibreTranslateAPI(url, api_key=key)

            async def ask(method: Callable[..., Any], *arguments: str) -> Any:
                return await asyncio.to_thread(method, *arguments)

            translated = await ask(client.translate, "Onde está o meu pedido 48213?", "pt", "en")
            assert "order" in translated.lower()
            assert "48213" in translated
            assert await ask(client.translate, "Where is my order?", "auto", "en") == "Where is my order?"
            found = await ask(client.detect, "Onde está o meu pedido?")
            assert found[0]["language"] == "pt"
            languages = await ask(client.languages)
            assert {language["code"] for language in languages} == {"en", "pt"}

            stranger = LibreTranslateAPI(url)
            with pytest.raises(HTTPError) as refused:
                await ask(stranger.translate, "Olá", "pt", "en")
            with refused.value as answer:
                assert answer.code == 403
                assert b"API key" in answer.read()
