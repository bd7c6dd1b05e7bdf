"""Language tags fall back sensibly."""

import pytest

from appliance.domain import languages
from translation.tags import UnknownLanguageError, from_code, match, same_language, written_in

TAGS = (
    "en en-GB pt pt-BR es es-419 fr-CA de de-CH lb gsw ja ja-Jpan lt lv ru uk fa fa-AF fa-u-nu-latn "
    "ar ar-EG ro mo ro-MD nb nn no nb-NO no-NO he iw id in yi ji jv jw fil tl zh zh-CN zh-SG zh-TW "
    "zh-HK zh-MO zh-US zh-Hans zh-Hant zh-Hant-HK zh-Hans-TW zh-u-co-pinyin cmn cmn-Hant zh-cmn "
    "zh-cmn-Hans yue yue-HK yue-CN zh-yue zh-yue-Hans az az-Arab az-IR az-Latn-IR uz uz-Cyrl uz-AF "
    "uz-Latn pa pa-PK pa-Guru pa-Arab sr sr-Latn sr-Cyrl sr-ME bs bs-Cyrl hr kk kk-CN kk-Cyrl ku "
    "ku-LB ky ky-TR mn mn-CN ms ms-CC sd sd-IN tg tg-PK ug ug-KZ"
)


@pytest.mark.parametrize(
    ("tag", "available", "expected"),
    [
        ("pt-BR", ["en", "pt"], ("pt",)),
        ("en-GB", ["en", "en-US"], ("en", "en-US")),
        ("EN_gb", ["en"], ("en",)),
        ("zh-Hans", ["zh", "zh-Hans"], ("zh-Hans", "zh")),
        ("zh-CN", ["zh-Hans", "zh"], ("zh-Hans", "zh")),
        ("zh-TW", ["zh-Hant", "zh-Hans"], ("zh-Hant",)),
        ("zh-HK", ["zh"], ()),
        ("zh-SG", ["zh"], ("zh",)),
        ("uz-Cyrl", ["uz"], ()),
        ("uz-Latn", ["uz"], ("uz",)),
        ("pt-PT", ["pt-BR", "pt-PT"], ("pt-PT", "pt-BR")),
        ("pt", ["pt-PT", "pt"], ("pt", "pt-PT")),
        ("sr-Cyrl", ["sr-Latn", "sr"], ("sr", "sr-Latn")),
        ("pt", ["pt-BR"], ("pt-BR",)),
        ("nb", ["no"], ("no",)),
        ("nn", ["en", "no"], ("no",)),
        ("nn", ["nb", "nn"], ("nn", "nb")),
        ("zh-yue", ["zh"], ("zh",)),
        ("yue", ["zh-Hans", "zh-Hant"], ("zh-Hant", "zh-Hans")),
        ("sr-Latn", ["sr"], ("sr",)),
        ("xx", ["en", "pt"], ()),
        ("", ["en"], ()),
    ],
)
def test_match(tag: str, available: list[str], expected: tuple[str, ...]) -> None:
    assert match(tag, available) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("pt-BR", "pt"), ("en-GB", "en-US"), ("zh-CN", "zh-Hans"), ("nb", "no"), ("sr-Latn", "sr-Cyrl")],
)
def test_same_language(one: str, other: str) -> None:
    assert same_language(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("pt", "es"), ("zh-Hans", "zh-TW"), ("nb", "nn"), ("uz", "uz-Cyrl")]
)
def test_other_language(one: str, other: str) -> None:
    assert not same_language(one, other)


@pytest.mark.parametrize("one", TAGS.split())
def test_the_server_and_the_translator_agree_on_what_needs_no_translation(one: str) -> None:
    for other in TAGS.split():
        assert same_language(one, other) == languages.same_language(one, other), f"{one} and {other}"


@pytest.mark.parametrize(
    ("code", "tag"),
    [("zt", "zh-Hant"), ("PB", "pt-BR"), ("EN_us", "en-US"), ("zh-hans", "zh-Hans"), ("es-419", "es-419")],
)
def test_codes_of_models_become_tags(code: str, tag: str) -> None:
    assert from_code(code) == tag


@pytest.mark.parametrize("code", ["", "e", "xq", "english", "en/..", "en-", "pt_BR_x", "ｅｎ", "en\n"])
def test_unknown_codes_are_refused(code: str) -> None:
    with pytest.raises(UnknownLanguageError, match="should look like en or pt-BR"):
        from_code(code)


@pytest.mark.parametrize(
    ("tag", "scripts"),
    [
        ("en", ("latn",)),
        ("pt-BR", ("latn",)),
        ("zh-TW", ("hani",)),
        ("ja", ("hani", "kana")),
        ("ko", ("hang", "hani")),
        ("fa", ("arab",)),
        ("ru-RU", ("cyrl",)),
        ("sr", ("cyrl", "latn")),
        ("sr-Latn", ("latn",)),
        ("uz-Cyrl", ("cyrl",)),
        ("xx", ("latn",)),
    ],
)
def test_scripts_of_a_tag(tag: str, scripts: tuple[str, ...]) -> None:
    assert written_in(tag) == scripts
