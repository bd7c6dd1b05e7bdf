"""Catalogues as JSON, which the server and the browser read."""

import json
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from cataloguing.cities import cities
from cataloguing.files import (
    DOMAINS,
    SOURCE_LOCALE,
    catalogue_path,
    read,
    strings,
    template_path,
    translated_locales,
)
from cataloguing.plurals import babel_locale, form_categories, whole_number_categories

CONTEXT_SEPARATOR = "\x04"


def compiled(catalog: Catalog, locale: str) -> dict[str, object]:
    """A catalogue's document. Untranslated and fuzzy entries are left out: their readers see English."""
    categories = form_categories(locale, catalog.num_plurals, catalog.plural_expr)
    messages: dict[str, object] = {}
    for message in catalog:
        source, texts = strings(message.id), strings(message.string)
        if not source[0] or message.fuzzy or not all(texts):
            continue
        key = message_key(message)
        if len(source) == 1:
            messages[key] = texts[0]
        else:
            forms = zip(texts, categories, strict=True)
            messages[key] = {category: text for text, served in forms for category in served}
    return document(locale, messages)


def compiled_source(template: Catalog) -> dict[str, object]:
    """English: every text is its own translation, so only the plural pairs need saying."""
    pairs = [strings(message.id) for message in template if message.pluralizable]
    return document(SOURCE_LOCALE, {one: {"one": one, "other": other} for one, other in pairs})


def message_key(message: Message) -> str:
    """What a document has a text under: its English, after its context if it has one."""
    text = strings(message.id)[0]
    return f"{message.context}{CONTEXT_SEPARATOR}{text}" if message.context else text


def document(locale: str, messages: dict[str, object], *, like: str | None = None) -> dict[str, object]:
    """What the server and the browser read. `like`: a locale that CLDR knows, where it does not know this."""
    return {
        "locale": locale,
        "direction": babel_locale(like or locale).text_direction,
        "plural": whole_number_categories(like or locale),
        "messages": messages,
    }


def compile_all(directory: Path) -> None:
    """Writes the `.json` of every locale and domain."""
    for domain in DOMAINS:
        if template_path(domain, directory).exists():
            source = compiled_source(read(template_path(domain, directory)))
            write_document(
                catalogue_path(SOURCE_LOCALE, domain, directory), source | _more(SOURCE_LOCALE, domain)
            )
        for locale in translated_locales(directory):
            path = catalogue_path(locale, domain, directory)
            if path.exists():
                write_document(path, compiled(read(path, locale), locale) | _more(locale, domain))


def _more(locale: str, domain: str) -> dict[str, object]:
    """What the console is told besides: it alone shows time zones."""
    return {"cities": cities(locale)} if domain == "messages" else {}


def write_document(path: Path, content: dict[str, object]) -> None:
    """Writes a document beside a catalogue's `.po`."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
