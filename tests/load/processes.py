"""What processes take, as Linux counts it."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_STAT = 11
"""The first of the two times of processor use in /proc/<pid>/stat, counted after the name."""


def cpu_seconds(pid: int) -> float:
    """Processor time a process has taken, in all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[_STAT : _STAT + 2]) / _TICKS


def family(pid: int) -> list[int]:
    """A process and all that it has started, and what those have started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            found += family(int(child))
    return found


def resident_kb(pid: int) -> int:
    """Memory in RAM, kB. What is shared with other processes counts in full."""
    return _memory_kb(pid, "Rss")


def shared_kb(pid: int) -> int:
    """Memory in RAM, kB. What is shared with other processes counts in equal parts (`PSS`): so those of
    several processes can be added up."""
    return _memory_kb(pid, "Pss")


def _memory_kb(pid: int, kind: str) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1])
    raise ValueError(f"no {kind}")
