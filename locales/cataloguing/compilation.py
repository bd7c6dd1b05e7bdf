"""Catalogues as JSON, which the server and the browser read."""

import json
from pathlib import Path

from babel.messages.catalog import Catalog

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
        key = f"{message.context}{CONTEXT_SEPARATOR}{source[0]}" if message.context else source[0]
        if len(source) == 1:
            messages[key] = texts[0]
        else:
            forms = zip(texts, categories, strict=True)
            messages[key] = {category: text for text, served in forms for category in served}
    return _document(locale, messages)


def compiled_source(template: Catalog) -> dict[str, object]:
    """English: every text is its own translation, so only the plural pairs need saying."""
    pairs = [strings(message.id) for message in template if message.pluralizable]
    return _document(SOURCE_LOCALE, {one: {"one": one, "other": other} for one, other in pairs})


def _document(locale: str, messages: dict[str, object]) -> dict[str, object]:
    return {
        "locale": locale,
        "direction": babel_locale(locale).text_direction,
        "plural": whole_number_categories(locale),
        "messages": messages,
    }


def compile_all(directory: Path) -> None:
    """Writes the `.json` of every locale and domain."""
    for domain in DOMAINS:
        if template_path(domain, directory).exists():
            source = compiled_source(read(template_path(domain, directory)))
            _write_json(catalogue_path(SOURCE_LOCALE, domain, directory), source)
        for locale in translated_locales(directory):
            path = catalogue_path(locale, domain, directory)
            if path.exists():
                _write_json(path, compiled(read(path, locale), locale))


def _write_json(path: Path, document: dict[str, object]) -> None:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
