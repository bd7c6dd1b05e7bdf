"""Endings that are taken off, and words that only look as if they had one."""

import pytest

from translation.inflection import bases, folded


@pytest.mark.parametrize(
    ("language", "form", "base"),
    [
        ("en", "Refunds", "refund"),
        ("en", "deliveries", "delivery"),
        ("en-GB", "addresses", "address"),
        ("pt", "cartões", "cartão"),
        ("pt-BR", "pedidos", "pedido"),
        ("pt", "mensagens", "mensagem"),
        ("es", "devoluciones", "devolución"),
        ("fr", "journaux", "journal"),
        ("it", "ordini", "ordine"),
        ("de", "Rechnungen", "Rechnung"),
        ("lt", "užsakymui", "užsakymas"),
        ("lt", "kortelėmis", "kortelė"),
        ("lt", "mokesčio", "mokestis"),
        ("lt", "grąžinimų", "grąžinimas"),
        ("tr", "siparişlerimi", "sipariş"),
        ("tr", "kitabımı", "kitap"),
        ("tr", "İADEYİ", "iade"),
        ("fa", "سفارش\u200cهای", "سفارش"),
        ("fa", "كتاب\u200cهایی", "کتاب"),
        ("ru", "заказов", "заказ"),
        ("pl", "faktury", "faktura"),
        ("ko", "환불을", "환불"),
    ],
)
def test_a_form_leads_to_its_word(language: str, form: str, base: str) -> None:
    assert folded(base) in list(bases(folded(form), language))


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "plant", "plan"),
        ("en", "accountant", "account"),
        ("en", "refuse", "refund"),
        ("en", "country", "count"),
        ("en", "bus", "bu"),
        ("en", "its", "it"),
        ("pt", "contador", "conta"),
        ("tr", "kartal", "kart"),
        ("fa", "سفارشم", "سفارش"),
        ("ja", "注文する", "注文"),
        ("xx", "words", "word"),
    ],
)
def test_another_word_stays_another(language: str, word: str, other: str) -> None:
    assert folded(other) not in list(bases(folded(word), language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İade", "iade"),
        ("IADE", "iade"),
        ("ıade", "iade"),
        ("Straße", "STRASSE"),
        ("كتاب", "کتاب"),
        ("cafe\u0301", "CAFÉ"),
    ],
)
def test_words_that_differ_only_in_writing_are_folded_together(one: str, other: str) -> None:
    assert folded(one) == folded(other)
