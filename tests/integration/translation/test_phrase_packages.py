"""The phrase models as packages: what Argos Translate reads, what our store installs, what it refuses."""

import asyncio
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.models.corpus import phrases
from tests.models.kinds import CODES, KINDS, Kind
from tests.support.argos_translate import by_argos_translate
from tests.support.phrase_models import edited, package, saying, unpacked
from translation import Pair, discover
from translation.engines import argos, argos_bpe
from translation.store import Store, StoreError

PACKS = {kind.folder(target): (kind, target) for kind in KINDS.values() for target in kind.targets}
"""Every package, by the name of its file."""

TRIED = {
    ("en", "lt"): "Kur yra mano užsakymas?",
    ("en", "tr"): "Siparişim nerede?",
    ("en", "zh-Hans"): "我的订单在哪里？",
    ("en", "fa"): "سفارش من کجاست؟",
    ("en", "ja"): "注文した商品はどこにありますか？",
}
"""What "Where is my order?" is in each language; the other way round the store tries the same question."""


def file_of(name: str) -> Path:
    kind, target = PACKS[name]
    codes = "_".join(CODES.get(language, language) for language in (kind.source, target))
    return package(codes, kind.version)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "models")


def visible(store: Store) -> list[str]:
    return sorted(entry.name for entry in store.models.iterdir() if not entry.name.startswith("."))


def leftovers(store: Store) -> list[str]:
    return [entry.name for entry in store.models.glob(".*") if entry.name not in (".lock", ".serving")]


@pytest.mark.parametrize("name", PACKS)
def test_it_installs_and_is_tried_with_the_right_answer(store: Store, name: str) -> None:
    kind, target = PACKS[name]
    installed = store.install(file_of(name))
    assert installed.pack.pair == Pair(*(CODES.get(language, language) for language in (kind.source, target)))
    assert installed.pack.model == f"argos/{name[len('translate-') : -4]}-{kind.version}"
    wanted = TRIED.get((kind.source, target), "Where is my order?")
    assert installed.trial.translation == wanted
    assert visible(store) == [installed.pack.folder.name if installed.pack.folder else ""]
    assert leftovers(store) == []


def test_argos_translate_installs_them_and_says_what_we_say(tmp_path: Path) -> None:
    asked = {file_of(name): plain(*PACKS[name]) for name in PACKS}
    told = by_argos_translate(asked, tmp_path / "home")
    for name, (kind, target) in PACKS.items():
        file = file_of(name)
        folder = unpacked(file, tmp_path / name)
        (found,) = discover(folder.parent, starter=False)
        load = argos_bpe.load if "argos_bpe" in found.loader else argos.load
        assert load(dict(found.files)).translate(asked[file]) == told[file]["answers"]
        codes = [CODES.get(language, language) for language in (kind.source, target)]
        assert told[file]["codes"] == [*codes, kind.version]


def plain(kind: Kind, target: str) -> list[str]:
    """Sentences that a package knows, without slots."""
    return [phrase.sources[0] for phrase in phrases(kind.source, target) if not phrase.slots][::12]


def test_the_newest_installed_of_a_pair_is_used_and_the_kinds_replace_each_other(store: Store) -> None:
    first = store.install(package("en_lt", "0.1"))
    pairs = store.install(package("en_lt", "0.2"))
    prefixed = store.install(package("en_lt", "0.3"))
    assert [[old.model for old in one.replaced] for one in (first, pairs, prefixed)] == [
        [],
        ["argos/en_lt-0.1"],
        ["argos/en_lt-0.2"],
    ]
    assert [pack.model for pack in discover(store.models, starter=False)] == ["argos/en_lt-0.3"]
    assert [one.trial.translation for one in (first, pairs, prefixed)] == [TRIED["en", "lt"]] * 3


def replaced(name: str, content: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        files[name] = content(files[name])

    return edit


def without(*names: str) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        for name in names:
            del files[name]

    return edit


def of_another(name: str) -> Callable[[dict[str, bytes]], None]:
    """A file of the package with byte pairs, which has fewer words, instead of its own."""

    def edit(files: dict[str, bytes]) -> None:
        other = package("en_lt", "0.2")
        with zipfile.ZipFile(other) as packed:
            files[name] = packed.read(f"{other.stem}/{name}")

    return edit


BIN = "model/model.bin"
VOCABULARY = "model/shared_vocabulary.json"

WRONG: dict[str, tuple[Callable[[dict[str, bytes]], object], str, str]] = {
    "a model cut in the middle": (replaced(BIN, lambda old: old[: len(old) // 2]), "trial_failed", "load"),
    "a model without its last byte": (replaced(BIN, lambda old: old[:-1]), "trial_failed", "load"),
    "a model of a later CTranslate2": (
        replaced(BIN, lambda old: (99).to_bytes(4, "little") + old[4:]),
        "trial_failed",
        "load",
    ),
    "a model that is no translator": (
        replaced(BIN, lambda old: old.replace(b"TransformerSpec\0", b"WhisperSpecXXXX\0", 1)),
        "trial_failed",
        "load",
    ),
    "the model of another package": (of_another(BIN), "trial_failed", "they belong to different models"),
    "the vocabulary of another package": (
        replaced(VOCABULARY, lambda old: json.dumps([*json.loads(old), "one", "more"]).encode()),
        "trial_failed",
        "they belong to different models",
    ),
    "a tokenizer cut in the middle": (
        replaced("sentencepiece.model", lambda old: old[: len(old) // 2]),
        "trial_failed",
        "load",
    ),
    "no tokenizer": (
        without("sentencepiece.model"),
        "not_a_pack",
        "neither sentencepiece.model nor bpe.model",
    ),
    "no vocabulary": (without(VOCABULARY), "not_a_pack", "no vocabulary in model/"),
    "no model": (without(BIN), "not_a_pack", "no model/model.bin"),
    "metadata of nothing": (replaced("metadata.json", lambda old: b""), "not_a_pack", "cannot be read"),
    "no languages": (saying(from_code="", to_code=""), "not_a_pack", "no usable from_code, to_code"),
    "a language that is none": (saying(from_code="lithuanian"), "not_a_pack", "metadata.json"),
    "a pair of one language": (saying(from_code="en", to_code="en"), "not_a_pack", "from en to the same"),
    "languages of another type": (saying(to_code=["lt"]), "not_a_pack", "no usable to_code"),
    "a sentence splitter": (saying(type="sbd"), "not_a_pack", "type 'sbd'"),
    "a target that the model has not": (saying(target_prefix=">>xx<<"), "trial_failed", "no word >>xx<<"),
}


@pytest.fixture(scope="module")
def with_a_good_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with a package for the pair."""
    models = tmp_path_factory.mktemp("good") / "models"
    Store(models).install(package("en_lt", "0.2"))
    return models


@pytest.mark.parametrize("case", WRONG)
def test_what_is_damaged_or_mislabelled_is_refused_and_nothing_changes(
    store: Store, with_a_good_one: Path, tmp_path: Path, case: str
) -> None:
    edit, code, said = WRONG[case]
    shutil.copytree(with_a_good_one, store.models)
    before = store.find("en-lt")
    with pytest.raises(StoreError, match=said) as raised:
        store.install(edited(package("en_lt"), tmp_path / "stick", edit))
    assert raised.value.code == code
    assert store.find("en-lt") == before
    assert (len(visible(store)), leftovers(store)) == (1, [])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_download_that_broke_off_is_refused(store: Store, tmp_path: Path, share: float) -> None:
    whole = package("en_lt").read_bytes()
    (tmp_path / "half.argosmodel").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(StoreError, match=r"half\.argosmodel is damaged or no zip archive") as raised:
        store.install(tmp_path / "half.argosmodel")
    assert raised.value.code == "damaged"
    assert (visible(store), leftovers(store)) == ([], [])


def test_a_flipped_byte_is_found_on_the_way_in_and_later(store: Store, tmp_path: Path) -> None:
    content = bytearray(package("en_lt").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "flipped.argosmodel").write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        store.install(tmp_path / "flipped.argosmodel")
    installed = store.install(package("en_lt")).pack
    assert installed.folder is not None
    model = installed.folder / BIN
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    with pytest.raises(StoreError, match=r"changed: model/model\.bin"):
        store.verify(store.find("en-lt"))


def test_a_package_said_to_be_of_other_languages_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="is said to be for en→tr, and is for en→lt") as raised:
        store.install(package("en_lt"), pair=Pair("en", "tr"))
    assert raised.value.code == "not_a_pack"


async def test_processes_that_install_one_pair_at_once_agree(store: Store, tmp_path: Path) -> None:
    data = tmp_path

    async def install(version: str) -> tuple[int | None, bytes]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "appliance", "models", "install", package("en_lt", version), "--json"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "DRAGOMAN_DATA_DIR": str(data)},
        )
        _, stderr = await asyncio.wait_for(process.communicate(), 120)
        return process.returncode, stderr

    done = await asyncio.gather(*(install(version) for version in ("0.1", "0.2", "0.1", "0.2")))
    assert [code for code, _ in done] == [0] * 4, done
    assert (len(visible(store)), leftovers(store)) == (1, [])
    assert store.verify(store.find("en-lt")).translation == TRIED["en", "lt"]
