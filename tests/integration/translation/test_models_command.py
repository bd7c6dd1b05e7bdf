"""`dragoman models …` as an operator types it."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from appliance.cli import cli
from tests.support.argos_packages import lay_out, pack


class Done:
    """What a command said."""

    def __init__(self, returncode: int, stdout: str, stderr: str) -> None:
        self.returncode, self.stdout, self.stderr = returncode, stdout, stderr


class Dragoman:
    """The command, with a data directory of its own. Called in this process, which is faster."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *arguments: str | Path) -> Done:
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(cli, words, env={"DRAGOMAN_DATA_DIR": str(self.data)})
        return Done(result.exit_code, result.stdout, result.stderr)

    def typed(self, *arguments: str | Path) -> Done:
        """The same as a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "appliance", *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "DRAGOMAN_DATA_DIR": str(self.data)},
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def objects(self, *arguments: str | Path) -> list[dict[str, Any]]:
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def dragoman(tmp_path: Path) -> Dragoman:
    return Dragoman(tmp_path / "data")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick with a package and an index."""
    folder = tmp_path / "stick"
    folder.mkdir()
    file = pack(lay_out(tmp_path / "en_lt", "en", "lt"), folder / "en_lt.argosmodel")
    entry = {
        **{"from_code": "en", "to_code": "lt", "package_version": "1.9", "links": [file.name]},
        **{"size": file.stat().st_size, "sha256": sha256(file.read_bytes()).hexdigest()},
    }
    (folder / "index.json").write_text(json.dumps([entry]))
    return folder


def test_from_the_stick_to_the_first_translation_and_back(dragoman: Dragoman, stick: Path) -> None:
    assert [offer["model"] for offer in dragoman.objects("models", "available", "--from", stick)] == [
        "argos/en_lt-1.9"
    ]
    done = dragoman.typed("models", "install", "en-lt", "--from", stick)
    assert done.returncode == 0
    assert done.stdout.startswith("Installed: argos/en_lt-1.9 (en → lt)\n  tried: Where is my order? → ")
    assert "now possible: en → lt, pt → lt (through en)" in done.stdout
    assert done.stderr == "en-lt: verify\nen-lt: unpack\nen-lt: verify\nen-lt: trial\n"
    (translated,) = dragoman.objects("translate", "--from", "pt-BR", "--to", "lt", "Onde está a encomenda?")
    assert (translated["engine"], translated["path"]) == ("firefox+argos", ["pt", "en", "lt"])
    assert dragoman.objects("models", "available", "--from", stick)[0]["installed"]
    removed = dragoman.typed("models", "remove", "en-lt")
    assert removed.stdout == ("Removed argos/en_lt-1.9.\nNo longer possible: en → lt, pt → lt (through en)\n")
    assert dragoman("translate", "--from", "en", "--to", "lt", "Hello").returncode == 1


def test_the_same_as_objects(dragoman: Dragoman, stick: Path) -> None:
    (installed,) = dragoman.objects("models", "install", stick / "en_lt.argosmodel")
    assert {key: installed[key] for key in ("model", "from", "to", "already", "replaced")} == {
        "model": "argos/en_lt-1.9",
        "from": "en",
        "to": "lt",
        "already": False,
        "replaced": [],
    }
    assert installed["gained"][0] == {"from": "en", "to": "lt", "path": ["en", "lt"]}
    listed = dragoman.objects("models", "list")
    assert {pack["model"]: pack["used"] for pack in listed} == {
        "argos/en_lt-1.9": True,
        "firefox/enpt-1693087644": True,
        "firefox/pten-1693087646": True,
    }
    (told,) = dragoman.objects("models", "info", "en-lt")
    assert told["origin"] == str(stick / "en_lt.argosmodel")
    assert sorted(told["sha256"])[:2] == ["README.md", "metadata.json"]
    assert [outcome["ok"] for outcome in dragoman.objects("models", "verify")] == [True, True, True]


def test_a_damaged_pack_is_found(dragoman: Dragoman, stick: Path) -> None:
    dragoman("models", "install", stick / "en_lt.argosmodel")
    (folder,) = (entry for entry in (dragoman.data / "models").iterdir() if not entry.name.startswith("."))
    with (folder / "sentencepiece.model").open("ab") as file:
        file.write(b"!")
    done = dragoman("models", "verify", "en-lt", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == "damaged"
    assert "changed: sentencepiece.model" in dragoman("models", "verify", "en-lt").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("install", "/nowhere.argosmodel"), "not_found", "is no file, folder or web address"),
        (("install", "http://127.0.0.1:9/x"), "unreachable", "install from a file or folder"),
        (("available", "--from", "/nowhere"), "not_found", "/nowhere cannot be read"),
        (
            ("install", "en-xq", "--from", "STICK"),
            "unknown_language",
            "it should look like en-lt or en-pt-BR",
        ),
        (("install", "en-tr", "--from", "STICK"), "not_found", "has nothing from en to tr; it has: en-lt"),
        (("remove", "en-pt"), "not_found", "belongs to the program and cannot be removed"),
        (("info", "lt-en"), "not_found", "no pack is named lt-en; installed are: firefox/enpt-1693087644"),
    ],
)
def test_errors_say_what_would_be_right(
    dragoman: Dragoman, stick: Path, arguments: tuple[str, ...], code: str, message: str
) -> None:
    done = dragoman("models", *(str(stick) if word == "STICK" else word for word in arguments), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == code
    assert message in done.stderr


def test_a_checksum_for_two_files_is_a_usage_error(dragoman: Dragoman) -> None:
    assert dragoman("models", "install", "a", "b", "--sha256", "0" * 64).returncode == 2
