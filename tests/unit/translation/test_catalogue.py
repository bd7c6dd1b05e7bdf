"""What a catalogue offers, whatever else is in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from fxtranslate import discovery

from translation import Pair
from translation.store import Expected, StoreError, open_catalogue
from translation.store.catalogue import MOZILLA, Catalogue, read_catalogue

INDEX = "https://models.example.com/packs/index.json"
DIGEST = "ab" * 32


def package(source: str, target: str, version: str = "1.9", **more: Any) -> dict[str, Any]:
    link = f"https://models.example.com/{source}_{target}.argosmodel"
    return {"from_code": source, "to_code": target, "package_version": version, "links": [link], **more}


def index(*entries: Any, where: str = INDEX) -> Catalogue:
    return read_catalogue(json.dumps(entries).encode(), where)


def record(name: str, kind: str, version: str = "3.0", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "sourceLanguage": "en",
        "targetLanguage": "lt",
        "version": version,
        "fileType": kind,
        "architecture": "tiny",
        "filter_expression": "",
        "decompressedSize": 20,
        "decompressedHash": DIGEST,
        "attachment": {"location": f"main/{name}.zst", "hash": DIGEST, "size": 10, "filename": f"{name}.zst"},
        **more,
    }


def pair_of_records(version: str = "3.0", **more: Any) -> list[dict[str, Any]]:
    return [record("model.enlt.bin", "model", version, **more), record("vocab.spm", "vocab", version, **more)]


def records(entries: list[Any], where: str = MOZILLA) -> Catalogue:
    return read_catalogue(json.dumps({"data": entries}).encode(), where)


def test_an_index_in_the_format_of_argos() -> None:
    offers = index(package("en", "zt", size=5, sha256=DIGEST, quality=0.4), package("en", "lt")).offers
    assert [(offer.engine, offer.pair, offer.version, offer.bytes, offer.quality) for offer in offers] == [
        ("argos", Pair("en", "lt"), "en_lt-1.9", None, None),
        ("argos", Pair("en", "zh-Hant"), "en_zt-1.9", 5, 0.4),
    ]
    assert offers[1].parts[0].expected == Expected(5, DIGEST)


@pytest.mark.parametrize(
    ("where", "link", "found"),
    [
        (INDEX, "en_lt.argosmodel", "https://models.example.com/packs/en_lt.argosmodel"),
        (INDEX, "/a b.argosmodel", "https://models.example.com/a%20b.argosmodel"),
        ("/media/usb/index.json", "en_lt.argosmodel", "/media/usb/en_lt.argosmodel"),
        ("/media/usb/index.json", "https://other.example.com/x", "https://other.example.com/x"),
    ],
)
def test_links_are_relative_to_their_index(where: str, link: str, found: str) -> None:
    (offer,) = index(package("en", "lt", links=["ipfs://Qm", link]), where=where).offers
    assert offer.parts[0].sources == (found,)


def test_the_newest_version_is_the_best_and_tags_fall_back() -> None:
    catalogue = index(package("en", "pb", "1.9"), package("en", "pb", "1.10"), package("en", "pt", "1.0"))
    assert catalogue.best("en", "pt-BR").version == "en_pb-1.10"
    assert catalogue.best("en", "pt-PT").version == "en_pt-1.0"
    with pytest.raises(StoreError, match="has nothing from en to lt; it has: en-pt, en-pt-BR"):
        catalogue.best("en", "lt")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (7, "metadata.json holds no object"),
        (package("en", "xq"), "'xq' is no known language; it should look like en or pt-BR"),
        (package("../..", "en"), "'../..' is no known language; it should look like en or pt-BR"),
        (package("en", "lt", links="https://x"), "no list of links"),
        (
            package("en", "lt", links=["ipfs://Qm"]),
            "no link that begins with https:// or http://, or is relative",
        ),
        (package("en", "lt", size=-1), "its size is no number of bytes"),
        (package("en", "lt", sha256="abc"), "its sha256 is no SHA-256"),
        (package("en", "lt", type="sbd"), "a package of type 'sbd', not for translation"),
    ],
)
def test_entries_that_cannot_be_used_are_left_out_alone(entry: Any, reason: str) -> None:
    catalogue = index(package("en", "pt"), entry)
    assert [offer.pair for offer in catalogue.offers] == [Pair("en", "pt")]
    assert catalogue.left_out == (f"entry 2: {reason}",)


def test_mozillas_records() -> None:
    split = {"targetLanguage": "ja"}
    catalogue = records(
        [
            *pair_of_records("3.0"),
            *pair_of_records("3.1"),
            record("lex.bin", "lex", "3.1"),
            record("qualityModel.bin", "qualityModel", "3.1"),
            *pair_of_records("3.0", architecture="base-memory"),
            record("model.enja.bin", "model", **split),
            record("srcvocab.spm", "srcvocab", **split),
            record("trgvocab.spm", "trgvocab", **split),
        ]
    )
    assert [(offer.pair, offer.version, offer.bytes) for offer in catalogue.offers] == [
        (Pair("en", "ja"), "en_ja-3.0-tiny", 30),
        (Pair("en", "lt"), "en_lt-3.0-base-memory", 20),
        (Pair("en", "lt"), "en_lt-3.1-tiny", 30),
    ]
    part = catalogue.offers[2].parts[0]
    assert part.name == "model.enlt.bin.zst"
    assert part.sources == ("https://firefox-settings-attachments.cdn.mozilla.net/main/model.enlt.bin.zst",)
    assert (part.expected, part.unpacked) == (Expected(10, DIGEST), Expected(20, DIGEST))


def test_a_copy_of_mozillas_records_has_its_files_beside_it() -> None:
    (offer,) = records(pair_of_records(), "/media/usb/records.json").offers
    assert offer.parts[0].sources == ("/media/usb/main/model.enlt.bin.zst",)


@pytest.mark.parametrize("version", ["1.0", "2.1", "3.0", "3.12", "4.0", "x"])
def test_the_versions_taken_are_those_the_engine_takes(version: str) -> None:
    entries = pair_of_records(version)
    theirs = discovery.model_pairs(json.dumps({"data": entries}))
    assert [(offer.pair.source, offer.pair.target) for offer in records(entries).offers] == theirs


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../../model.bin"},
        {"name": ".hidden"},
        {"attachment": None},
        {"attachment": {"location": "ipfs://x"}},
        {"attachment": {"location": "a", "hash": 3}},
        {"architecture": "../x"},
        {"targetLanguage": "xq"},
        {"version": "3.0a1"},
    ],
)
def test_records_that_cannot_be_used_are_left_out(wrong: dict[str, Any]) -> None:
    catalogue = records([{**record("model.enlt.bin", "model"), **wrong}, record("vocab.spm", "vocab")])
    assert catalogue.offers == ()
    assert len(catalogue.left_out) == 2


@pytest.mark.parametrize("body", [b"", b"{", b"{}", b"7", b'{"data": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_catalogue_says_so(body: bytes) -> None:
    with pytest.raises(StoreError, match="is no catalogue of language packs") as raised:
        read_catalogue(body, INDEX)
    assert raised.value.code == "damaged"


def test_a_catalogue_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"index\.json cannot be read: No such file") as raised:
        open_catalogue(str(tmp_path))
    assert raised.value.code == "not_found"
