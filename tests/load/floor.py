"""The floor: the least a Starlette socket under uvicorn can do, `python -m tests.load.floor`.

Prints its port. It is served with the very settings of `dragoman serve`, on uvicorn's own sockets.
"""

import socket
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from appliance.cli import server_config
from appliance.settings import Settings


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        return


def main() -> None:
    app = Starlette(routes=[WebSocketRoute("/", echo)])
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = server_config(app, Settings())
    config.ws = "websockets-sansio"
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
