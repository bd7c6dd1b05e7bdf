"""Keeps a Python process from reaching anything but this machine.

`tests/conftest.py` runs it, and puts its folder on PYTHONPATH, so that every Python process that a test
starts (servers, translation workers) is guarded from its first instruction.
"""

import ipaddress
import sys


class EgressError(BaseException):
    """Something tried to leave the machine. Not an Exception, so that no handler swallows it."""


def _is_here(host: object) -> bool:
    if not isinstance(host, str | bytes) or not host:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise EgressError(f"{event} to {address!r}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_here(arguments[0]):
        raise EgressError(f"{event} of {arguments[0]!r}")


sys.addaudithook(_watch)
