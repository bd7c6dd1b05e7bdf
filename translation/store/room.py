"""The disk: how much room it has, and having things on it for good. And the memory."""

import os
import shutil
from pathlib import Path

KEPT_FREE = 128 * 1024**2
"""Bytes on the disk that no installation from the console may take: messages need them."""

WORKER_BYTES = 60 * 1024**2
"""What a worker process takes beside the models it has loaded (docs/language-packs.md)."""

_CGROUP = Path("/sys/fs/cgroup")
_MEMINFO = Path("/proc/meminfo")


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written where `folder` is or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def free_memory(meminfo: Path = _MEMINFO, cgroup: Path = _CGROUP) -> int | None:
    """Bytes of RAM that processes may still take: of the machine or, if that is less, of the container.
    None where the system does not tell."""
    try:
        lines = meminfo.read_text("ascii").splitlines()
        (available,) = (int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError):
        return None
    try:
        limit, used = (int((cgroup / name).read_text("ascii")) for name in ("memory.max", "memory.current"))
    except (OSError, ValueError):
        # No container, or one without a limit ("max").
        return available
    return min(available, max(0, limit - used))


def sync(folder: Path) -> None:
    """Have everything in a folder on the disk itself before it is called installed."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as content:
                os.fsync(content.fileno())
        else:
            sync_folder(file)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
