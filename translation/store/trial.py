"""Trying a pack before anybody depends on it."""

import subprocess
import time
from dataclasses import dataclass

from ..packs import Pack
from ..process import command, environment
from ..protocol import HEADER, BadFrameError, Batch, Model, body_length, frame, parse_answer
from ..tags import base_language
from .errors import TRIAL_FAILED, StoreError

SECONDS = 60.0

_SENTENCES = {
    "ar": "أين طلبي؟",
    "de": "Wo ist meine Bestellung?",
    "en": "Where is my order?",
    "es": "¿Dónde está mi pedido?",
    "fa": "سفارش من کجاست؟",
    "fr": "Où est ma commande ?",
    "hi": "मेरा ऑर्डर कहाँ है?",
    "it": "Dov'è il mio ordine?",
    "ja": "私の注文はどこですか？",
    "ko": "제 주문은 어디에 있나요?",
    "lt": "Kur mano užsakymas?",
    "nl": "Waar is mijn bestelling?",
    "pl": "Gdzie jest moje zamówienie?",
    "pt": "Onde está a minha encomenda?",
    "ru": "Где мой заказ?",
    "tr": "Siparişim nerede?",
    "uk": "Де моє замовлення?",
    "zh": "我的订单在哪里？",
}


@dataclass(frozen=True)
class Trial:
    """What a pack made of a sentence."""

    sentence: str
    translation: str
    seconds: float
    """Starting the process and loading the model included."""
    memory: int
    """Bytes of RAM of the worker with this model alone."""


def try_out(pack: Pack) -> Trial:
    """Translate one sentence in a worker process of its own. Raises StoreError `trial_failed`."""
    sentence = _SENTENCES.get(base_language(pack.pair.source), _SENTENCES["en"])
    batch = Batch(Model.of(pack), (sentence,), SECONDS)
    started = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter
            command(0),
            input=frame(batch),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=SECONDS,
        )
        header = done.stdout[: HEADER.size]
        if len(header) < HEADER.size:
            raise StoreError(TRIAL_FAILED, f"{pack.model} ended its worker with status {done.returncode}")
        body = done.stdout[HEADER.size : HEADER.size + body_length(header)]
        answer = parse_answer(body, 1)
    except subprocess.TimeoutExpired as reason:
        raise StoreError(TRIAL_FAILED, f"{pack.model} gave no answer within {SECONDS:g} s") from reason
    except (OSError, BadFrameError) as reason:
        raise StoreError(TRIAL_FAILED, f"{pack.model} could not be tried: {reason}") from reason
    (result,) = answer.results
    if result.text is None:
        raise StoreError(TRIAL_FAILED, f"{pack.model} did not translate: {result.detail}")
    if not result.text.strip():
        raise StoreError(TRIAL_FAILED, f"{pack.model} translates {sentence!r} to nothing")
    return Trial(sentence, result.text, time.monotonic() - started, answer.memory)
