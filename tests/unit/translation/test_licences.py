"""What a pack says of its licence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.packs import pack
from translation.licences import licence_of


@pytest.mark.parametrize(
    ("files", "licence"),
    [
        ({}, None),
        ({"metadata.json": json.dumps({"license": "CC-BY-SA-4.0"})}, "CC-BY-SA-4.0"),
        ({"metadata.json": json.dumps({"licence": " MIT \n or so "})}, "MIT or so"),
        ({"metadata.json": json.dumps({"license": 5}), "LICENSE": "\n# MIT License\n…"}, "MIT License"),
        (
            {"metadata.json": "not json", "COPYING": "GNU GENERAL PUBLIC LICENSE\n"},
            "GNU GENERAL PUBLIC LICENSE",
        ),
        ({"LICENSE": "x" * 5000}, "x" * 120),
        ({"LICENSE": " \n \n"}, None),
    ],
)
def test_licences(tmp_path: Path, files: dict[str, str], licence: str | None) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert licence_of(replace(pack("en", "lt"), folder=tmp_path)) == licence


def test_a_pack_without_a_folder_says_nothing() -> None:
    assert licence_of(pack("en", "lt")) is None
