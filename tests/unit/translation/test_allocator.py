"""Loading a model works with any C library."""

import ctypes
from contextlib import suppress
from types import SimpleNamespace

import pytest

from translation.allocator import LOADING, WORKING, give_back, loading


def test_large_blocks_go_back_while_loading_and_stay_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda *option: said.append(option))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    with suppress(ValueError), loading():
        during = {size for _, size in said}
        raise ValueError("a damaged file")
    assert during == {LOADING}
    assert {size for _, size in said[2:]} == {WORKING}


def test_a_server_keeps_no_large_blocks_that_it_has_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[int, int]] = []
    monkeypatch.setattr(
        ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=lambda *option: said.append(option))
    )
    give_back()
    assert [size for _, size in said] == [LOADING, WORKING]


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    with loading():
        pass
