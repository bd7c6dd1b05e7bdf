"""What is wrong with the templates and the catalogues, one line each."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from cataloguing.extraction import UnextractableError, extracted
from cataloguing.files import (
    DOMAINS,
    catalogue_path,
    listed_locales,
    read,
    strings,
    template_path,
    translated_locales,
    written,
)
from cataloguing.plurals import form_categories, form_numbers, whole_number_categories
from cataloguing.wording import Wording

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDER_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What ends a text, by kind: a translation ends in the same kind. "" is any other ending.
ENDINGS = {".": ".", "。": ".", "।": ".", "?": "?", "？": "?", "؟": "?", "!": "!", "！": "!", "…": "…"}
ENDINGS |= {":": ":", "：": ":", "⋯": "…"}


@dataclass(frozen=True)
class Entry:
    """One text of a catalogue, taken apart."""

    source: tuple[str, ...]
    texts: tuple[str, ...]
    context: str

    @classmethod
    def of(cls, message: Message) -> "Entry":
        return cls(strings(message.id), strings(message.string), message.context or "")

    def __str__(self) -> str:
        return f"“{self.source[0]}”" + (f" ({self.context})" if self.context else "")


def problems(root: Path, directory: Path) -> list[str]:
    """Everything to put right before a release; empty when all is well."""
    found: list[str] = []
    wordings: dict[str, Wording] = {}
    locales = listed_locales(directory)
    for locale in sorted({*translated_locales(directory)} - {*locales}):
        found.append(f"{locale}: has catalogues, but is not listed in LINGUAS")
    for locale in locales:
        try:
            wordings[locale] = Wording.of(locale, directory)
        except (OSError, tomllib.TOMLDecodeError, re.error) as error:
            found.append(f"{locale}/glossary.toml: {error}")
        else:
            found += [f"{locale}/glossary.toml: {line}" for line in wordings[locale].gaps()]
    for domain in DOMAINS:
        path = template_path(domain, directory)
        try:
            current = extracted(root, domain)
        except UnextractableError as error:
            found.append(str(error))
            continue
        if not path.exists() or _texts(path.read_text(encoding="utf-8")) != _texts(written(current, domain)):
            found.append(f"{path.name}: not what the sources say; run: python locales/catalogues.py extract")
        for message in current:
            if message.id:
                found += [f"{path.name}: {line}" for line in _source_problems(Entry.of(message))]
        for locale in locales:
            name = f"{locale}/{domain}.po"
            file = catalogue_path(locale, domain, directory)
            if not file.exists():
                found.append(f"{name}: missing; run: python locales/catalogues.py new {locale}")
                continue
            try:
                catalog = read(file, locale)
            except PoFileError as error:
                found.append(f"{name}: {error}")
                continue
            found += [
                f"{name}: {line}"
                for line in catalogue_problems(catalog, locale, current, wordings.get(locale))
            ]
    return found


def _texts(template: str) -> list[str]:
    """The lines of a template without the places: a text that moves to another file is the same text."""
    return [line for line in template.splitlines() if not line.startswith("#:")]


def catalogue_problems(
    catalog: Catalog, locale: str, template: Catalog, wording: Wording | None
) -> Iterator[str]:
    """The problems of one locale's catalogue of a domain."""
    numbers = form_numbers(catalog.num_plurals, catalog.plural_expr)
    yield from _form_problems(form_categories(locale, catalog.num_plurals, catalog.plural_expr), locale)
    wanted = {(message.id, message.context) for message in template if message.id}
    present = {(message.id, message.context) for message in catalog if message.id}
    for text, _ in sorted(wanted - present, key=str):
        yield f"{text!r} is missing; run: python locales/catalogues.py update"
    for text, _ in sorted(present - wanted, key=str):
        yield f"{text!r} is not in the sources any more; run: python locales/catalogues.py update"
    for message in catalog:
        if not message.id or (message.id, message.context) not in wanted:
            continue
        entry = Entry.of(message)
        if message.fuzzy:
            yield f"{entry} is fuzzy: look at it again and remove the flag"
        elif not any(entry.texts):
            yield f"{entry} is not translated"
        else:
            for line in (
                *_entry_problems(entry, numbers),
                *(wording.problems(entry.source, entry.texts) if wording else ()),
            ):
                yield f"{entry} {line}"


def _form_problems(forms: list[set[str]], locale: str) -> Iterator[str]:
    """Each form must serve categories of its own, and all categories of whole numbers must be served."""
    for index, categories in enumerate(forms):
        if not categories:
            yield f"Plural-Forms: no whole number takes msgstr[{index}]"
    for category in whole_number_categories(locale):
        serving = [index for index, categories in enumerate(forms) if category in categories]
        if len(serving) != 1:
            yield f"Plural-Forms: CLDR's “{category}” is split over the forms {serving}"


def _source_problems(entry: Entry) -> Iterator[str]:
    """Texts that can't be translated well."""
    for text in entry.source:
        if text != text.strip():
            yield f"{entry} begins or ends with white space: texts are whole sentences, never joined"
        if "..." in text:
            yield f"{entry} has three full stops instead of “…”"
        if '"' in TAG.sub("", text):
            yield f"{entry} has a typewriter's quotation mark"
        # How two parts are put together differs between languages; a context then says what they are.
        if not entry.context and not re.search(r"[^\W\d_]", PLACEHOLDER.sub("", text)):
            yield f"{entry} has nothing to translate"
        for name in PLACEHOLDER.findall(text):
            if not PLACEHOLDER_NAME.fullmatch(name):
                yield f"{entry} has the placeholder {{{name}}}: name it in lower case"
    if "{n}" in entry.source[0] and "{n}" not in entry.source[-1]:
        yield f"{entry} has a plural without {{n}}"


def _entry_problems(entry: Entry, numbers: list[list[int]]) -> Iterator[str]:
    """The problems of one text, given the numbers that take each plural form."""
    plural = len(entry.source) == 2
    if len(entry.texts) != (len(numbers) if plural else 1):
        yield f"has {len(entry.texts)} forms instead of {len(numbers) if plural else 1}"
        return
    for index, text in enumerate(entry.texts):
        which = f"msgstr[{index}] " if plural else ""
        if not text:
            yield f"{which}is empty"
            continue
        allowed = [entry.source[-1]]
        if plural and numbers[index] == [1]:
            allowed.append(entry.source[0])
        for kind, pattern in (("placeholders", PLACEHOLDER), ("tags", TAG)):
            found = sorted(pattern.findall(text))
            wanted = [sorted(pattern.findall(one)) for one in allowed]
            if found not in wanted:
                yield f"{which}has the {kind} {found} instead of {wanted[0]}"
        if text != text.strip():
            yield f"{which}begins or ends with white space"
        expected = ENDINGS.get(entry.source[-1][-1], "")
        if ENDINGS.get(text[-1], "") != expected:
            yield f"{which}ends in “{text[-1]}” where English ends in “{entry.source[-1][-1]}”"
