"""The phrase models in tests/models are what they say, all of them, and say what they are."""

import hashlib
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.models.corpus import LANGUAGES, SLOT, Slots, phrases
from tests.models.kinds import CODES, KINDS, Kind
from tests.models.wordings import Examples

PACKAGES = Path(__file__).parents[2] / "models" / "packages"
MANIFEST: dict[str, Any] = json.loads((PACKAGES / "manifest.json").read_text("utf-8"))
EXPECTED = {
    f"{kind.folder(target)}.argosmodel": (kind, target) for kind in KINDS.values() for target in kind.targets
}


def test_every_language_is_there_to_and_from_english() -> None:
    pairs = {(kind.source, target) for kind, target in EXPECTED.values()}
    others = set(LANGUAGES) - {"en", "pt-BR"}
    assert pairs == {("en", other) for other in others} | {(other, "en") for other in others}


def test_the_manifest_lists_the_packages_that_are_there() -> None:
    assert set(MANIFEST) == set(EXPECTED) == {file.name for file in PACKAGES.glob("*.argosmodel")}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_package_is_the_one_in_the_manifest(name: str) -> None:
    content = (PACKAGES / name).read_bytes()
    assert len(content) == MANIFEST[name]["bytes"]
    assert hashlib.sha256(content).hexdigest() == MANIFEST[name]["sha256"]


def test_they_stay_small() -> None:
    sizes = [file.stat().st_size for file in PACKAGES.glob("*.argosmodel")]
    assert max(sizes) <= 900_000
    assert sum(sizes) <= 9_000_000


@pytest.mark.parametrize(("name", "kind", "target"), [(name, *made) for name, made in EXPECTED.items()])
def test_a_package_has_the_files_that_argos_expects_in_one_folder(name: str, kind: Kind, target: str) -> None:
    folder = name.removesuffix(".argosmodel")
    pieces = "bpe.model" if kind.pieces == "bpe" else "sentencepiece.model"
    with zipfile.ZipFile(PACKAGES / name) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(
            f"{folder}/{file}"
            for file in (
                "README.md",
                "metadata.json",
                "model/config.json",
                "model/model.bin",
                "model/shared_vocabulary.json",
                pieces,
            )
        )


@pytest.mark.parametrize(("name", "kind", "target"), [(name, *made) for name, made in EXPECTED.items()])
def test_a_package_says_its_pair_and_that_it_is_not_for_users(name: str, kind: Kind, target: str) -> None:
    folder = name.removesuffix(".argosmodel")
    with zipfile.ZipFile(PACKAGES / name) as archive:
        metadata = json.loads(archive.read(f"{folder}/metadata.json"))
        readme = archive.read(f"{folder}/README.md").decode()
    assert metadata["type"] == "translate"
    assert (metadata["from_code"], metadata["to_code"]) == (
        CODES.get(kind.source, kind.source),
        CODES.get(target, target),
    )
    assert metadata["package_version"] == kind.version
    assert metadata.get("target_prefix", "") == (f">>{target}<<" if len(kind.targets) > 1 else "")
    assert metadata["description"].startswith("Phrase model for Dragoman's tests")
    assert metadata["description"].endswith("not for users.")
    assert "Never offer it to users." in readme


@pytest.mark.parametrize("name", EXPECTED)
def test_a_package_was_good_enough_for_tests_when_it_was_made(name: str) -> None:
    assert set(MANIFEST[name]["scores"]) == {"beam 1", "beam 2", "beam 4"}
    for scores in MANIFEST[name]["scores"].values():
        assert scores["new_fillings"]["exact"] >= 0.9
        assert scores["phrases"]["exact"] >= 0.95
        assert scores["with_kept"]["kept"] >= 0.97
    assert MANIFEST[name]["same_as_torch"] == 1.0


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_phrase_is_said_in_every_language_with_the_same_slots(language: str) -> None:
    same_thing = {"the_item": "item", "this_item": "item", "an_item": "item"}
    theirs = phrases(language, "en")
    assert len(theirs) >= 210
    for phrase in theirs:
        asked = sorted(same_thing.get(slot, slot) for slot in phrase.slots)
        for way in phrase.sources:
            assert way.strip() == way != ""
            assert sorted(same_thing.get(slot, slot) for slot in SLOT.findall(way)) == asked


@pytest.mark.parametrize("language", LANGUAGES[2:])
def test_what_is_held_back_is_never_trained_on(language: str) -> None:
    random_ = random.Random(1)
    slots = Slots()
    known = [
        phrase
        for phrase in phrases(language, "en")
        if any(not slot.startswith("kept") for slot in phrase.slots)
    ]

    def drawn(*, held_back: bool) -> set[str]:
        return {
            slots.fill(phrase.sources[0], slots.draw(phrase, random_, held_back=held_back), language)
            for phrase in known
            for _ in range(20)
        }

    kept_back, trained = drawn(held_back=True), drawn(held_back=False)
    assert len(kept_back) > len(known)
    assert not kept_back & trained


def test_the_same_seed_draws_the_same_examples() -> None:
    known = phrases("lt", "en")
    first, second = (Examples("lt", "en", known, seed=7) for _ in range(2))
    assert [first.trained() for _ in range(50)] == [second.trained() for _ in range(50)]


def test_tokens_stand_in_the_order_of_the_source_as_the_pipeline_numbers_them() -> None:
    turned = next(phrase for phrase in phrases("en", "tr") if "{kept2} numaralı" in phrase.target)
    example = Examples("en", "tr", [turned], seed=1).new_filling(turned)
    assert example.source == "We have refunded X0X for order X1X."
    assert example.target == "X1X numaralı sipariş için X0X iade ettik."
