"""The built wheel, alone in an environment of its own: everything in it, nothing beside it, and it runs."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import httpx2
import pytest

PROJECT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
START_SECONDS = 30


def source_files() -> list[str]:
    """What a clone would hold, with what is not committed yet; nothing that was made here by a build."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources."""
    tree = tmp_path_factory.mktemp("sources")
    for name in source_files():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, tree / name)
    built = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built), cwd=tree)
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def dragoman(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as pip installs it. The libraries are those of this environment, seen from there."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(environment), cwd=environment)
    python = environment / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)),
        *("install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)),
        cwd=environment,
    )
    library = run(
        str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment
    ).strip()
    # A directory named in a .pth is searched after the wheel. Its own .pth files are not read: this checkout,
    # which is installed there for editing, stays out of sight.
    (Path(library) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin" / "dragoman"


def run(*command: str, cwd: Path) -> str:
    """What the command printed; what it complained of where it failed."""
    done = subprocess.run(command, cwd=cwd, env=plain_environment(), capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}


@contextmanager
def serving(command: Path, cwd: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Its address, once it is serving."""
    process = subprocess.Popen(
        [str(command), "serve", "--port", "0", "--data-dir", str(cwd / "kept")],
        cwd=cwd,
        env=plain_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    try:
        assert process.stdout is not None
        printed: list[str] = []
        for line in process.stdout:
            printed.append(line)
            if address := re.search(r"serving on (http://\S+)", line):
                break
        else:
            pytest.fail("It did not start:\n" + "".join(printed))
        yield address[1], process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def test_it_holds_every_file_that_people_are_shown(names: set[str]) -> None:
    shown = {
        f"appliance/assets/{name}"
        for name in source_files()
        if name.startswith(("admin/static/", "admin/templates/", "widget/"))
        and PurePosixPath(name).suffix in {".css", ".html", ".js", ".svg"}
        and "tests" not in PurePosixPath(name).parts
    }
    assert len(shown) > 20
    assert shown <= names


def test_it_holds_every_language_compiled(wheel: Path, names: set[str]) -> None:
    catalogues = {
        f"appliance/assets/{name.removesuffix('.po')}.json"
        for name in source_files()
        if name.startswith("locales/") and name.endswith(".po")
    }
    promised = {"ar", "cs", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko"}
    promised |= {"lt", "nl", "pl", "pt-BR", "pt-PT", "ru", "tr", "uk", "vi", "zh-Hans", "zh-Hant"}
    assert {name.split("/")[3] for name in catalogues} == promised
    assert catalogues <= names
    with zipfile.ZipFile(wheel) as archive:
        messages = json.loads(archive.read("appliance/assets/locales/lt/LC_MESSAGES/messages.json"))
    assert messages["messages"]["Sign in"] == "Prisijungti"


def test_it_holds_every_step_of_the_database(names: set[str]) -> None:
    steps = {name for name in source_files() if name.startswith("appliance/storage/migrations/")}
    assert "appliance/storage/migrations/0001_first.sql" in steps
    assert steps <= names


def test_it_puts_nothing_generic_among_the_libraries(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {
        "appliance",
        "translation",
        f"dragoman-{VERSION}.dist-info",
    }


def test_the_command_says_its_version(dragoman: Path, tmp_path: Path) -> None:
    assert run(str(dragoman), "version", cwd=tmp_path) == f"{VERSION}\n"


def test_the_command_translates(dragoman: Path, tmp_path: Path) -> None:
    said = run(str(dragoman), "translate", "--from", "en", "--to", "pt", "Where is my order?", cwd=tmp_path)
    assert re.search(r"\b(pedido|encomenda)\b", said)
    assert said.strip().endswith("?")


def test_the_server_has_its_pages_with_it(dragoman: Path, tmp_path: Path) -> None:
    """Started in a directory that has nothing to do with the sources, as a service would be."""
    with (
        serving(dragoman, tmp_path) as (address, process),
        httpx2.Client(base_url=address, trust_env=False) as http,
    ):
        sign_in = http.get("/console/sign-in", headers={"accept-language": "pt-BR"})
        assert sign_in.status_code == 200
        assert '<html lang="pt-BR" dir="ltr"' in sign_in.text
        assert "<h1>Entrar</h1>" in sign_in.text

        frame = http.get("/widget/frame", headers={"accept-language": "fa"})
        assert frame.status_code == 200
        assert '<html lang="fa" dir="rtl">' in frame.text

        loader = http.get("/widget.js")
        assert loader.status_code == 200
        assert loader.headers["content-type"].startswith("text/javascript")

        needed = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', sign_in.text + frame.text))
        config = json.loads(config_of(frame.text))
        needed |= {config["strings"].replace(".en.", f".{locale}.") for locale in ("en", "fa", "pt-BR")}
        assert len(needed) > 15
        answers = {path: http.get(path).status_code for path in needed}
        assert {path: code for path, code in answers.items() if code != 200} == {}

        process.terminate()
        assert process.wait(START_SECONDS) == 0
    assert (tmp_path / "kept" / "dragoman.db").is_file()


def config_of(page: str) -> str:
    found = re.search(r'<script type="application/json" id="config">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return found[1]
