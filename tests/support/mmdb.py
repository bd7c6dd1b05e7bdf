"""Writes GeoIP files as small as a test needs them: https://maxmind.github.io/MaxMind-DB/, version 2.0."""

import ipaddress
from collections.abc import Mapping
from typing import Any

_METADATA = b"\xab\xcd\xefMaxMind.com"
_BLANK = bytes(16)


def mmdb(networks: Mapping[str, Any], *, database_type: str = "Test-Country", ip_version: int = 6) -> bytes:
    """A file that knows these networks. IPv4 ones lie at `::/96`, as the format has it."""
    nodes: list[list[int | str | None]] = [[None, None]]
    for network in networks:
        _insert(nodes, network, ip_version)
    data = bytearray()
    offsets: dict[str, int] = {}
    for network, record in networks.items():
        offsets[network] = len(data)
        data += encode(record)
    count = len(nodes)

    def pointer(child: int | str | None) -> bytes:
        if child is None:
            value = count
        elif isinstance(child, int):
            value = child
        else:
            value = count + 16 + offsets[child]
        return value.to_bytes(3, "big")

    tree = b"".join(pointer(left) + pointer(right) for left, right in nodes)
    return tree + _BLANK + bytes(data) + _METADATA + encode(metadata(count, database_type, ip_version))


def metadata(node_count: int, database_type: str, ip_version: int) -> dict[str, Any]:
    return {
        "node_count": node_count,
        "record_size": 24,
        "ip_version": ip_version,
        "database_type": database_type,
        "languages": ["en"],
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1_770_000_000,
        "description": {"en": "for tests"},
    }


def encode(value: Any) -> bytes:
    """A value of the data section: texts, numbers that are not negative, maps and lists."""
    match value:
        case str():
            content = value.encode()
            return _control(2, len(content)) + content
        case int():
            content = value.to_bytes((value.bit_length() + 7) // 8, "big")
            return _control(9 if value >= 2**32 else 6, len(content)) + content
        case dict():
            pairs = b"".join(encode(key) + encode(inner) for key, inner in value.items())
            return _control(7, len(value)) + pairs
        case list():
            return _control(11, len(value)) + b"".join(map(encode, value))
    raise TypeError(value)


def _control(kind: int, size: int) -> bytes:
    """Types above 7 are written in a byte of their own, sizes from 29 on in one more."""
    assert size < 29 + 256
    short, more = (size, b"") if size < 29 else (29, bytes([size - 29]))
    return bytes([short, kind - 7]) + more if kind > 7 else bytes([kind << 5 | short]) + more


def _insert(nodes: list[list[int | str | None]], network: str, ip_version: int) -> None:
    parsed = ipaddress.ip_network(network)
    bits, length = int(parsed.network_address), parsed.prefixlen
    width = parsed.max_prefixlen
    if ip_version == 6 and parsed.version == 4:
        length, width = length + 96, 128
    node = 0
    for depth in range(length):
        side = bits >> (width - 1 - depth) & 1
        if depth == length - 1:
            nodes[node][side] = network
            return
        child = nodes[node][side]
        if not isinstance(child, int):
            nodes.append([None, None])
            child = nodes[node][side] = len(nodes) - 1
        node = child
