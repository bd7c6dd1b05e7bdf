"""How many processor cores this process may use."""

import os
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""A container's share of the machine: microseconds of processor time in each period, or `max`."""


def usable(quota: Path = QUOTA) -> int:
    """Whole cores: those the system lets it run on, or fewer where a container is given less time. At least
    one."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        cores = os.cpu_count() or 1
    allowed = _allowed(quota)
    return max(1, cores if allowed is None else min(cores, allowed))


def _allowed(quota: Path) -> int | None:
    try:
        time, period = quota.read_text("ascii").split()
        return int(time) // int(period)
    except (OSError, ValueError, ZeroDivisionError):
        # No container, an older kernel, or `max`: no limit.
        return None
