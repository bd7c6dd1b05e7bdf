"""Argos packages on the true path: real tokenizers and CTranslate2, in worker processes."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.argos_packages import Kind, lay_out
from tests.support.argos_translate import by_argos_translate
from translation import Pair, TranslationError, Translator, discover
from translation.engines import DamagedPackError, argos, argos_bpe
from translation.engines.argos import ArgosEngine
from translation.formats.argos import read_metadata
from translation.pool import Pool
from translation.waiting import Lane

SENTENCES = [
    "Where is my order?",
    "I would like to send the shoes back, they are too small.",
    "Anna's “quotes”, and more... is that right?",
    "Order 4711: 3 x 12.50 EUR (paid)",
    "日本 ☃ unknown letters",
    "x",
]


def engine(folder: Path) -> ArgosEngine:
    (found,) = discover(folder.parent, starter=False)
    load = argos_bpe.load if "argos_bpe" in found.loader else argos.load
    return load(dict(found.files))


@pytest.mark.parametrize(
    ("kind", "metadata"),
    [
        ("sentencepiece", {}),
        ("sentencepiece", {"target_prefix": ">>pt<<"}),
        ("bpe", {}),
        ("bpe", {"from_code": "pb", "to_code": "zt"}),
    ],
)
def test_answers_are_those_of_argos_translate(
    tmp_path: Path, kind: Kind, metadata: Mapping[str, str]
) -> None:
    folder = lay_out(tmp_path / "models" / "en_pt", kind=kind, seed=3, metadata=dict(metadata))
    theirs = by_argos_translate({folder: SENTENCES}, tmp_path / "home")[folder]
    ours = engine(folder).translate(SENTENCES)
    # Its decoder takes underscores for spaces.
    assert [answer.replace("_", " ").strip() for answer in ours] == [
        answer.strip() for answer in theirs["answers"]
    ]
    read = read_metadata(folder)
    assert [read.from_code, read.to_code, read.version] == theirs["codes"]


def test_a_target_prefix_is_asked_for_and_taken_off_whatever_it_looks_like(tmp_path: Path) -> None:
    plain, prefixed = (
        engine(lay_out(tmp_path / prefix / "en_pt", seed=3, metadata={"target_prefix": prefix}))
        for prefix in (">>pt<<", "__pt__")
    )
    assert prefixed.translate(SENTENCES) == plain.translate(SENTENCES)
    assert not any("pt" in answer for answer in prefixed.translate(SENTENCES))


def test_a_batch_is_answered_as_its_sentences_are_alone(tmp_path: Path) -> None:
    together = engine(lay_out(tmp_path / "en_pt"))
    sentences = [*SENTENCES, "", *SENTENCES]
    alone = [together.translate([sentence])[0] for sentence in sentences]
    assert together.translate(sentences) == alone
    assert alone[len(SENTENCES)] == ""


def test_sentencepiece_keeps_underscores(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "en_pt")
    tokenizer = argos.SentencePiece(folder / "sentencepiece.model")
    for text in ("my file_name.txt", "日本 ☃ é", "a  b"):
        assert tokenizer.decode(tokenizer.encode(text)) == " ".join(text.split())


async def test_a_pivot_over_both_engines(tmp_path: Path) -> None:
    lay_out(tmp_path / "translate-en_lt-1_9", "en", "lt")
    async with Translator(discover(tmp_path)) as translator:
        result = await translator.translate("Onde está a minha encomenda?", "pt-BR", "lt")
    assert result.path == ("pt", "en", "lt")
    assert result.engine == "firefox+argos"
    assert result.model == "firefox/pten-1693087646+argos/en_lt-1.9"
    assert result.translation != "Onde está a minha encomenda?"


async def test_many_texts_at_once_get_the_answers_each_would_get_alone(tmp_path: Path) -> None:
    lay_out(tmp_path / "en_lt", "en", "lt")
    texts = [f"Order number {number} is broken, send it back to me please." for number in range(100)]
    async with Translator(discover(tmp_path), cache_size=0) as translator:
        alone = [await translator.translate(text, "en", "lt") for text in texts[:5]]
        crowd = await asyncio.gather(*(translator.translate(text, "en", "lt") for text in texts))
    assert [result.translation for result in crowd[:5]] == [result.translation for result in alone]


async def test_the_longest_text_is_answered_in_time(tmp_path: Path) -> None:
    lay_out(tmp_path / "en_lt", "en", "lt")
    texts = ["word " * 1000, "x" * 5000, "日本語" * 1666, "no end " * 714, "ก" * 5000]
    async with Translator(discover(tmp_path), timeout=20) as translator:
        for text in texts:
            assert (await translator.translate(text, "en", "lt")).text == text
        assert translator.stats.restarts == 0


DAMAGES = {
    "model cut short": lambda folder: truncate(folder / "model" / "model.bin", 1000),
    "model of other bytes": lambda folder: (folder / "model" / "model.bin").write_bytes(b"\xff" * 50_000),
    "model of text": lambda folder: (folder / "model" / "model.bin").write_text("not found\n" * 99),
    "vocabulary cut short": lambda folder: truncate(folder / "model" / "shared_vocabulary.json", 500),
    "vocabulary of another": lambda folder: (folder / "model" / "shared_vocabulary.json").write_text('["a"]'),
    "configuration": lambda folder: (folder / "model" / "config.json").write_text("{"),
    "tokenizer cut short": lambda folder: truncate(folder / "sentencepiece.model", 900),
    "tokenizer of text": lambda folder: (folder / "sentencepiece.model").write_text("hello"),
    "metadata": lambda folder: (folder / "metadata.json").write_text("[]"),
    "model gone": lambda folder: (folder / "model" / "model.bin").unlink(),
    "all gone": shutil.rmtree,
}


def truncate(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_package_damaged_after_it_was_found_fails_alone(tmp_path: Path, damage: str) -> None:
    folder = lay_out(tmp_path / "en_lt", "en", "lt")
    packs = discover(tmp_path)
    DAMAGES[damage](folder)
    async with Translator(packs) as translator:
        with pytest.raises(TranslationError) as raised:
            await translator.translate("Where is my order?", "en", "lt")
        assert (raised.value.code, raised.value.permanent) == ("pack_damaged", True)
        assert (await translator.translate("Where is my order?", "en", "pt")).engine == "firefox"
        assert translator.stats.restarts == 0


def test_a_damaged_bpe_package_says_so(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "en_lt", "en", "lt", kind="bpe")
    (folder / "bpe.model").write_text("#version: 0.2\nt h e\n")
    with pytest.raises(DamagedPackError, match="line 2 is no pair of symbols"):
        engine(folder)


async def test_models_beyond_the_budget_make_room_and_come_back(tmp_path: Path) -> None:
    for target in ("lt", "tr", "ja"):
        lay_out(tmp_path / f"en_{target}", "en", target)
    async with Translator(discover(tmp_path), models_mb=0, cache_size=0) as translator:
        first = [
            await translator.translate("Where is my order?", "en", to) for to in ("lt", "tr", "ja", "lt")
        ]
    assert first[0].translation == first[3].translation
    assert {result.engine for result in first} == {"argos"}


async def test_a_worker_killed_over_a_batch_is_replaced_and_all_are_answered(tmp_path: Path) -> None:
    lay_out(tmp_path / "en_lt", "en", "lt")
    (pack,) = discover(tmp_path, starter=False)
    pool = Pool(workers=1, timeout=20, models_mb=100, worker_mb=1000)
    try:
        before = await pool.ask(Lane(), pack, SENTENCES)
        (worker,) = pool.pids()
        os.kill(worker, 9)
        assert await pool.ask(Lane(), pack, SENTENCES) == before
        assert pool.pids() != (worker,)
    finally:
        await pool.close()


def test_only_workers_import_engines() -> None:
    program = (
        "import sys, translation, translation.cli, appliance.app, appliance.cli\n"
        "engines = {'ctranslate2', 'sentencepiece', 'sacremoses', 'numpy', 'fxtranslate'}\n"
        "print(*sorted(engines & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "\n")


def test_pairs_of_region_and_script(tmp_path: Path) -> None:
    lay_out(tmp_path / "a", "en", "zt")
    lay_out(tmp_path / "b", "en", "pb")
    lay_out(tmp_path / "c", "nb", "en")
    assert {pack.pair for pack in discover(tmp_path, starter=False)} == {
        Pair("en", "zh-Hant"),
        Pair("en", "pt-BR"),
        Pair("nb", "en"),
    }


async def test_a_pack_is_replaced_while_texts_are_under_way(tmp_path: Path) -> None:
    lay_out(tmp_path / "old" / "en_lt", "en", "lt", seed=1)
    lay_out(tmp_path / "new" / "en_lt", "en", "lt", seed=2, version="2.0")
    old, new = (discover(tmp_path / name, starter=False) for name in ("old", "new"))
    text = "Where is my order? I would like to send the shoes back, they are too small."
    async with Translator(old, cache_size=100) as translator:
        before = await translator.translate(text, "en", "lt")
        under_way = [asyncio.create_task(translator.translate(f"{text} {n}", "en", "lt")) for n in range(50)]
        await asyncio.wait(under_way, timeout=0)
        taking = asyncio.create_task(translator.take(new))
        await asyncio.wait([taking], timeout=0)
        after = await translator.translate(text, "en", "lt")
        await taking
        # From here on the old one's files are not needed.
        assert all(task.done() for task in under_way)
        shutil.rmtree(tmp_path / "old")
        assert {(await task).model for task in under_way} == {"argos/en_lt-1.9"}
        assert (before.model, after.model) == ("argos/en_lt-1.9", "argos/en_lt-2.0")
        assert before.translation != after.translation
        assert translator.stats.restarts == 0


async def test_the_same_version_installed_anew_is_loaded_anew(tmp_path: Path) -> None:
    text = "I would like to send the shoes back."
    answers = []
    lay_out(tmp_path / "en_lt", "en", "lt", seed=1)
    async with Translator(discover(tmp_path, starter=False)) as translator:
        answers.append(await translator.translate(text, "en", "lt"))
        shutil.rmtree(tmp_path / "en_lt")
        lay_out(tmp_path / "en_lt", "en", "lt", seed=2)
        await translator.take(discover(tmp_path, starter=False))
        answers.append(await translator.translate(text, "en", "lt"))
    assert answers[0].model == answers[1].model
    assert answers[0].translation != answers[1].translation


async def test_what_is_replaced_leaves_the_workers_memory(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "en_lt", "en", "lt")
    (packs, starter) = discover(tmp_path, starter=False), discover(None)
    async with Translator([*packs, *starter]) as translator:
        for target in ("lt", "pt"):
            await translator.translate("Where is my order?", "en", target)
        await translator.take(packs)
        with pytest.raises(TranslationError, match="nothing installed"):
            await translator.translate("Where is my order?", "en", "pt")
        before = translator.stats.memory_mb
        await translator.translate("Where is my money?", "en", "lt")
        assert translator.stats.memory_mb < before - 10
    assert folder.is_dir()
