"""A port for a server that cannot choose one itself."""

import socket


def free_port() -> int:
    """One that is free now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
