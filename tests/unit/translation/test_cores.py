"""A container's share of the machine counts, not the machine's cores."""

import os
from pathlib import Path

import pytest

from translation.cores import usable


@pytest.mark.parametrize(
    ("share", "cores"),
    [
        ("max 100000", 6),
        ("200000 100000", 2),
        ("350000 100000", 3),
        ("50000 100000", 1),
        ("900000 100000", 6),
        ("nonsense", 6),
        ("100000 0", 6),
    ],
)
def test_the_smaller_of_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: str, cores: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(6)))
    quota = tmp_path / "cpu.max"
    quota.write_text(share + "\n")
    assert usable(quota) == cores


def test_without_a_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3})
    assert usable(tmp_path / "cpu.max") == 1
