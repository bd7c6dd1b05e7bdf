"""Installing, checking and removing packs, on real files and with real workers."""

import asyncio
import fcntl
import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.support.argos_packages import lay_out, pack
from tests.support.files import Files, serving
from translation import Pair, Translator, discover
from translation.discovery import starter_directory
from translation.following import follow
from translation.store import Expected, Progress, Store, StoreError, open_catalogue
from translation.store.locks import is_free, locked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data" / "models")


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as files:
        yield files


def package(folder: Path, source: str = "en", target: str = "lt", version: str = "1.9", **more: Any) -> Path:
    """A package as a file, as it is downloaded."""
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    lay_out(folder / "unpacked" / name, source, target, version=version, **more)
    return pack(folder / "unpacked" / name, folder / f"{name}.argosmodel")


def starter(name: str = "enpt-1693087644") -> Path:
    """The folder of a real Firefox model."""
    models = starter_directory()
    assert models is not None
    return models / name


def visible(store: Store) -> list[str]:
    """What a person sees in the models' folder."""
    return sorted(entry.name for entry in store.models.iterdir() if not entry.name.startswith("."))


def hidden(store: Store) -> list[str]:
    """What is left in hidden places, the locks apart."""
    found = [entry for entry in store.models.glob(".*") if entry.name not in (".lock", ".serving")]
    return [entry.name for entry in found if entry.name != ".downloads" or any(entry.iterdir())]


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as raised:
        action()
    return raised.value.code


def test_a_package_from_a_file(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    file = package(tmp_path)
    installed = store.install(file, report=told.append)
    assert installed.pack.pair == Pair("en", "lt")
    assert installed.pack.model == "argos/en_lt-1.9"
    assert installed.trial.sentence == "Where is my order?"
    assert installed.trial.translation
    assert [reach.path for reach in installed.gained] == [("en", "lt"), ("pt", "en", "lt")]
    assert list(dict.fromkeys(progress.stage for progress in told)) == ["unpack", "verify", "trial", "done"]
    manifest = store.manifest(installed.pack)
    assert manifest is not None
    assert manifest.origin == str(file)
    content = (tmp_path / "unpacked" / "translate-en_lt-1_9" / "model" / "model.bin").read_bytes()
    assert manifest.files["model/model.bin"].sha256 == sha256(content).hexdigest()
    assert visible(store) == [installed.pack.folder.name if installed.pack.folder else ""]
    assert hidden(store) == []
    assert store.verify(installed.pack).translation == installed.trial.translation


@pytest.mark.parametrize("how", ["folder", "zip of a folder", "zip of files"])
def test_a_firefox_model_as_an_operator_has_it(store: Store, tmp_path: Path, how: str) -> None:
    source = starter()
    if how != "folder":
        source = tmp_path / "downloaded.zip"
        with zipfile.ZipFile(source, "w") as packed:
            for file in starter().iterdir():
                packed.write(file, file.name if how == "zip of files" else f"enpt/{file.name}")
    installed = store.install(source)
    assert installed.pack.pair == Pair("en", "pt")
    assert installed.trial.translation == "Onde está a minha encomenda?"
    assert installed.gained == ()
    assert {found.engine for found in store.packs()} == {"firefox"}


@pytest.mark.parametrize("vocabularies", ["shared", "split"])
@pytest.mark.parametrize("shortlist", [True, False])
@pytest.mark.parametrize("compressed", [True, False])
def test_a_firefox_folder_as_mozilla_names_its_files(
    store: Store, tmp_path: Path, vocabularies: str, shortlist: bool, compressed: bool
) -> None:
    """`enpt/` with a model, one vocabulary or two, and perhaps a shortlist; each file gzipped or not."""
    given = {file.name.partition(".")[0]: file.read_bytes() for file in starter().iterdir()}
    names = {"model": "model.enpt.intgemm.alphas.bin"}
    if vocabularies == "split":
        names |= {"srcvocab": "srcvocab.enpt.spm", "trgvocab": "trgvocab.enpt.spm"}
    else:
        names["vocab"] = "vocab.enpt.spm"
    if shortlist:
        names["lex"] = "lex.50.50.enpt.s2t.bin"
    folder = tmp_path / "stick" / "enpt"
    folder.mkdir(parents=True)
    for role, name in names.items():
        content = given["vocab" if role.endswith("vocab") else role]
        if compressed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content, 1))
        else:
            (folder / name).write_bytes(content)
    installed = store.install(folder)
    assert installed.pack.pair == Pair("en", "pt")
    assert installed.trial.translation == "Onde está a minha encomenda?"
    roles = {"model", "source_vocabulary", "target_vocabulary"} | ({"shortlist"} if shortlist else set())
    assert {role for role, _ in installed.pack.files} == roles
    manifest = store.manifest(installed.pack)
    assert manifest is not None
    assert set(manifest.files) == set(names.values())
    assert store.verify(store.find(installed.pack.model)).translation == "Onde está a minha encomenda?"
    assert folder.is_dir()


def test_a_firefox_folder_without_its_vocabulary_says_what_is_missing(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "enpt"
    shutil.copytree(starter(), folder)
    for file in folder.glob("vocab*"):
        file.rename(folder / "srcvocab.enpt.spm")
    with pytest.raises(StoreError, match="no file for: target_vocabulary") as raised:
        store.install(folder)
    assert raised.value.code == "not_a_pack"


def test_a_firefox_model_that_does_not_say_its_languages(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    (folder / "model.enpt.intgemm.alphas.bin").rename(folder / "model.bin")
    assert code_of(lambda: store.install(folder)) == "unknown_language"
    assert store.install(folder, pair=Pair("en", "pt-BR")).pack.pair == Pair("en", "pt-BR")


def test_a_new_version_replaces_the_old_one(store: Store, tmp_path: Path) -> None:
    old = store.install(package(tmp_path, seed=1))
    new = store.install(package(tmp_path, version="2.0", seed=2))
    assert [replaced.model for replaced in new.replaced] == ["argos/en_lt-1.9"]
    assert new.gained == ()
    assert len(visible(store)) == 1
    back = store.install(tmp_path / "translate-en_lt-1_9.argosmodel")
    assert back.pack.model == old.pack.model
    assert [found.model for found in discover(store.models, starter=False)] == ["argos/en_lt-1.9"]


def test_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    first = store.install(package(tmp_path))
    again = store.install(tmp_path / "translate-en_lt-1_9.argosmodel")
    assert again.already
    assert (again.pack.key, again.replaced, again.gained) == (first.pack.key, (), ())


def test_removing(store: Store, tmp_path: Path) -> None:
    store.install(package(tmp_path))
    store.remove(store.find("en-lt"))
    assert (visible(store), hidden(store)) == ([], [])
    assert code_of(lambda: store.find("en-lt")) == "not_found"
    assert code_of(lambda: store.remove(store.find("en-pt"))) == "not_found"
    assert store.install(tmp_path / "translate-en_lt-1_9.argosmodel").pack.pair == Pair("en", "lt")


def test_names(store: Store, tmp_path: Path) -> None:
    found = store.install(package(tmp_path)).pack
    assert found.folder is not None
    for name in ("en-lt", "argos/en_lt-1.9", "en_lt-1.9", found.folder.name):
        assert store.find(name) == found
    store.install(package(tmp_path, "en", "pt"))
    with pytest.raises(
        StoreError, match=r"en-pt is the name of several packs; say which: argos/en_pt-1.9, fire"
    ):
        store.find("en-pt")
    with pytest.raises(StoreError, match=r"no pack is named \.\./en; installed are: argos/en_pt-1.9, "):
        store.find("../en")


def damaged(edit: Callable[[Path], object]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        unpacked = lay_out(folder / "unpacked" / "en_lt", "en", "lt")
        edit(unpacked)
        return pack(unpacked, folder / "en_lt.argosmodel")

    return make


def write(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def metadata(**changes: Any) -> Callable[[Path], object]:
    def edit(folder: Path) -> None:
        values = json.loads((folder / "metadata.json").read_text())
        (folder / "metadata.json").write_text(json.dumps({**values, **changes}))

    return edit


def half(folder: Path) -> Path:
    whole = package(folder)
    whole.write_bytes(whole.read_bytes()[:-2000])
    return whole


WRONG: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a zip cut short": (half, "damaged"),
    "a model cut short": (damaged(lambda at: os.truncate(at / "model" / "model.bin", 9999)), "trial_failed"),
    "a model of noise": (damaged(write("model/model.bin", os.urandom(40_000))), "trial_failed"),
    "an empty model": (damaged(write("model/model.bin", b"")), "not_a_pack"),
    "no model": (damaged(lambda at: shutil.rmtree(at / "model")), "not_a_pack"),
    "a tokenizer of noise": (damaged(write("sentencepiece.model", b"noise" * 99)), "trial_failed"),
    "metadata that are none": (damaged(write("metadata.json", b"]")), "not_a_pack"),
    "no metadata": (damaged(lambda at: (at / "metadata.json").unlink()), "not_a_pack"),
    "an unknown language": (damaged(metadata(to_code="xq")), "not_a_pack"),
    "a language with slashes": (damaged(metadata(to_code="../../../lt")), "not_a_pack"),
    "another kind of package": (damaged(metadata(type="sbd")), "not_a_pack"),
    "a folder of something else": (lambda folder: Path(__file__).parent, "not_a_pack"),
    "a file of something else": (lambda folder: Path(__file__), "damaged"),
    "nothing": (lambda folder: folder / "no such file", "not_found"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_installed_leaves_all_as_it_was(store: Store, tmp_path: Path, case: str) -> None:
    make, code = WRONG[case]
    before = store.install(package(tmp_path / "good", seed=9)).pack
    assert code_of(lambda: store.install(make(tmp_path))) == code
    assert (store.find("en-lt"), hidden(store)) == (before, [])
    assert len(visible(store)) == 1


def test_a_version_with_slashes_is_only_a_name(store: Store, tmp_path: Path) -> None:
    edit = damaged(metadata(package_version="../../../../etc/1.0 (new)"))
    installed = store.install(edit(tmp_path))
    assert installed.pack.model == "argos/en_lt-../../../../etc/1.0 (new)"
    assert installed.pack.folder is not None
    assert installed.pack.folder.parent == store.models


def test_damage_is_found_and_named(store: Store, tmp_path: Path) -> None:
    installed = store.install(package(tmp_path)).pack
    assert installed.folder is not None
    os.truncate(installed.folder / "model" / "model.bin", 20_000)
    (installed.folder / "README.md").unlink()
    with pytest.raises(
        StoreError, match=r"missing: README\.md; changed: model/model\.bin\. Install"
    ) as raised:
        store.verify(store.find("en-lt"))
    assert raised.value.code == "damaged"


def test_a_pack_put_there_by_hand_is_used_checked_and_removed(store: Store) -> None:
    lay_out(store.models / "en_lt", "en", "lt")
    found = store.find("en-lt")
    assert store.manifest(found) is None
    assert store.verify(found).translation
    store.remove(found)
    assert visible(store) == []


def test_from_an_address_with_a_checksum(store: Store, tmp_path: Path, files: Files) -> None:
    content = package(tmp_path).read_bytes()
    files.content["/en_lt.argosmodel"] = content
    address = files.at("/en_lt.argosmodel")
    assert code_of(lambda: store.install(address, expected=Expected(sha256="0" * 64))) == "wrong_checksum"
    files.break_after = [1000]
    installed = store.install(address, expected=Expected(sha256=sha256(content).hexdigest()))
    manifest = store.manifest(installed.pack)
    assert manifest is not None
    assert manifest.origin == address
    assert hidden(store) == []


@pytest.mark.parametrize("where", ["folder", "address"])
def test_from_a_mirror(store: Store, tmp_path: Path, files: Files, where: str) -> None:
    content = package(tmp_path).read_bytes()
    (tmp_path / "broken.argosmodel").write_bytes(b"x" * len(content))
    entry = {
        "from_code": "en",
        "to_code": "lt",
        "package_version": "1.9",
        "links": ["ipfs://Qm", "gone.argosmodel", "broken.argosmodel", "translate-en_lt-1_9.argosmodel"],
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "quality": 0.81,
    }
    (tmp_path / "index.json").write_text(json.dumps([entry]))
    files.content = {f"/m/{file.name}": file.read_bytes() for file in tmp_path.glob("*.*") if file.is_file()}
    catalogue = open_catalogue(str(tmp_path) if where == "folder" else files.at("/m/index.json"))
    installed = store.install_offer(catalogue.best("en", "lt"))
    assert (installed.pack.model, installed.pack.quality) == ("argos/en_lt-1.9", 0.81)
    assert (tmp_path / "translate-en_lt-1_9.argosmodel").exists()
    assert hidden(store) == []


def test_an_index_that_promises_other_languages(store: Store, tmp_path: Path) -> None:
    package(tmp_path)
    entry = {"from_code": "en", "to_code": "tr", "links": ["translate-en_lt-1_9.argosmodel"]}
    (tmp_path / "index.json").write_text(json.dumps([entry]))
    offer = open_catalogue(str(tmp_path)).best("en", "tr")
    with pytest.raises(StoreError, match="is said to be for en→tr, and is for en→lt"):
        store.install_offer(offer)
    assert visible(store) == []


def mozilla(folder: Path, **changes: Any) -> Path:
    """A copy of Mozilla's catalogue with the starter model, compressed as it is there."""
    records = []
    (folder / "main").mkdir(parents=True)
    kinds = {"model": "model.", "lex": "lex.", "vocab": "vocab."}
    for kind, beginning in kinds.items():
        (file,) = (file for file in starter().iterdir() if file.name.startswith(beginning))
        content = file.read_bytes()
        packed = zstd.compress(content, level=1)
        (folder / "main" / f"{kind}.zst").write_bytes(packed)
        records.append(
            {
                **{"name": file.name, "sourceLanguage": "en", "targetLanguage": "pt", "version": "3.0"},
                **{"fileType": kind, "architecture": "tiny", "filter_expression": ""},
                **{"decompressedSize": len(content), "decompressedHash": sha256(content).hexdigest()},
                "attachment": {
                    **{"location": f"main/{kind}.zst", "size": len(packed)},
                    **{"hash": sha256(packed).hexdigest(), "filename": f"{file.name}.zst"},
                },
                **changes,
            }
        )
    (folder / "records.json").write_text(json.dumps({"data": records}))
    return folder / "records.json"


@pytest.mark.parametrize("where", ["file", "address"])
def test_from_mozillas_catalogue(store: Store, tmp_path: Path, files: Files, where: str) -> None:
    catalogue = mozilla(tmp_path)
    files.content = {
        f"/{file.relative_to(tmp_path)}": file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    }
    source = str(catalogue) if where == "file" else files.at("/records.json")
    installed = store.install_offer(open_catalogue(source).best("en", "pt-BR"))
    assert installed.pack.model == "firefox/en_pt-3.0-tiny"
    assert installed.trial.translation == "Onde está a minha encomenda?"
    assert hidden(store) == []
    assert store.verify(installed.pack).translation == "Onde está a minha encomenda?"


def test_files_that_unpack_to_something_else(store: Store, tmp_path: Path) -> None:
    offer = open_catalogue(str(mozilla(tmp_path, decompressedHash="0" * 64))).best("en", "pt")
    assert code_of(lambda: store.install_offer(offer)) == "wrong_checksum"
    assert (visible(store), hidden(store)) == ([], [])


def test_an_installation_that_is_stopped_leaves_nothing(store: Store, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.stage == "verify":
            raise Stopped

    file = package(tmp_path)
    with pytest.raises(Stopped):
        store.install(file, report=stop)
    assert (visible(store), hidden(store)) == ([], [])


def test_an_installation_that_is_given_up_during_its_trial_is_not_put_in_place(
    store: Store, tmp_path: Path
) -> None:
    trials = 0

    def report(progress: Progress) -> None:
        nonlocal trials
        trials += progress.stage == "trial"
        if trials > 1:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store.install(package(tmp_path / "en_lt"), report=report)
    assert (visible(store), hidden(store)) == ([], [])


def test_a_killed_installation_leaves_nothing_once_somebody_looks(store: Store, tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from translation.store import Store

        def wait(progress):
            if progress.stage == "trial":
                print("trying", flush=True)
                sys.stdin.read()

        Store(Path(sys.argv[1])).install(sys.argv[2], report=wait)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, store.models, package(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(hidden(store)) == 1
        store.sweep()
        # Its folder is its own while it lives.
        assert len(hidden(store)) == 1
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert len(discover(store.models, starter=False)) == 0
    store.sweep()
    assert (visible(store), hidden(store)) == ([], [])


def test_a_disk_that_fills_up_half_way(store: Store, tmp_path: Path) -> None:
    file = package(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(
            StoreError, match=r"no room left on the disk of .*nothing was installed"
        ) as raised:
            store.install(file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (raised.value.code, raised.value.permanent) == ("no_room", False)
    assert (visible(store), hidden(store)) == ([], [])


def test_a_models_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    assert code_of(lambda: Store(tmp_path / "models").install(package(tmp_path))) == "not_writable"


def test_two_installations_at_once(store: Store, tmp_path: Path) -> None:
    versions = [package(tmp_path, version=f"{number}.0", seed=number) for number in range(1, 4)]
    threads = [threading.Thread(target=store.install, args=(file,)) for file in [*versions, *versions]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(discover(store.models, starter=False)) == 1
    store.sweep()
    assert (len(visible(store)), hidden(store)) == (1, [])
    assert store.verify(store.find("en-lt")).translation


def test_what_a_server_uses_is_left_to_it(store: Store, tmp_path: Path) -> None:
    old = store.install(package(tmp_path, seed=1)).pack
    with store.serving():
        new = store.install(package(tmp_path, version="2.0", seed=2)).pack
        assert store.find("en-lt") == new
        assert len(visible(store)) == 2
        store.remove(new)
        assert len(discover(store.models, starter=False)) == 0
        assert old.folder is not None
        store.sweep(in_use=[old.folder])
        assert visible(store) == [old.folder.name]
    store.sweep()
    assert visible(store) == []


async def until(condition: Callable[[], bool]) -> None:
    """What another task does cannot be waited for but by looking."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_a_running_translator_follows_what_is_installed(store: Store, tmp_path: Path) -> None:
    files = [package(tmp_path, version=version, seed=int(version[0])) for version in ("1.0", "2.0")]
    models = []

    async def answered_by(translator: Translator) -> str:
        return (await translator.translate("I would like to send the shoes back.", "en", "lt")).model

    async with Translator(store.packs()) as translator:
        following = asyncio.create_task(follow(translator, store, every=0.01))
        try:
            for file in files:
                installed = (await asyncio.to_thread(store.install, file)).pack
                await until(lambda key=installed.key: key in {pack.key for pack in translator.packs})
                models.append(await answered_by(translator))
            await until(lambda: len(visible(store)) == 1)
            await asyncio.to_thread(store.remove, store.find("en-lt"))
            await until(lambda: not visible(store))
            assert translator.routes.path("en", "lt") is None
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    assert models == ["argos/en_lt-1.0", "argos/en_lt-2.0"]


def test_asking_for_a_folder_that_is_just_gone_does_not_leave_a_file(store: Store, tmp_path: Path) -> None:
    store.install(package(tmp_path))
    gone = store.models / ".staging-1-1"
    assert is_free(gone)
    assert hidden(store) == []


def test_a_file_left_where_a_folder_was_prepared_is_swept_away(store: Store, tmp_path: Path) -> None:
    store.install(package(tmp_path))
    (store.models / ".staging-1-1").touch()
    store.sweep()
    assert hidden(store) == []


def test_what_is_being_deleted_is_still_held(store: Store, tmp_path: Path, monkeypatch: Any) -> None:
    """Else two would delete one folder, each stumbling over the other."""
    seen: list[bool] = []
    delete = shutil.rmtree

    def deleting(path: Path, **how: Any) -> None:
        seen.append(is_free(path))
        delete(path, **how)

    monkeypatch.setattr(shutil, "rmtree", deleting)
    store.install(package(tmp_path))
    assert seen == [False]


def test_a_lock_is_let_go_of(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        pass
    with (tmp_path / "lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
