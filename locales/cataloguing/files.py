"""Where the templates and catalogues are, and how they are read and written."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from cataloguing.plurals import babel_locale, form_categories

SOURCE_LOCALE = "en"
DOMAINS: dict[str, tuple[str, ...]] = {
    "widget": ("widget/**/*.js", "widget/frame.html"),
    "messages": (
        "admin/templates/**/*.html",
        "admin/static/**/*.js",
        "widget/demo.html",
        "appliance/**/*.py",
    ),
}
# The loader speaks before any catalogue is there: its few texts come with it, from the server's domain.
NOT_EXTRACTED = ("widget/loader.js", "widget/tests/", "appliance/assets/")
HEADER = """\
# Dragoman's texts: {what}.
#
msgid ""
msgstr ""
"Project-Id-Version: Dragoman\\n"
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def template_path(domain: str, directory: Path) -> Path:
    return directory / f"{domain}.pot"


def catalogue_path(locale: str, domain: str, directory: Path) -> Path:
    return directory / locale / "LC_MESSAGES" / f"{domain}.po"


def translated_locales(directory: Path) -> list[str]:
    """The locales that have catalogues, without the source's."""
    return sorted({path.parent.parent.name for path in directory.glob("*/LC_MESSAGES/*.po")})


def source_files(root: Path, domain: str) -> Iterator[Path]:
    found = {path for pattern in DOMAINS[domain] for path in root.glob(pattern)}
    for path in sorted(found):
        if not path.relative_to(root).as_posix().startswith(NOT_EXTRACTED):
            yield path


def read(path: Path, locale: str | None = None) -> Catalog:
    """A `.po` or `.pot` file. Its plural forms are those that its header declares."""
    with path.open("rb") as file:
        return read_po(file, locale=babel_locale(locale) if locale else None, abort_invalid=True)


def strings(of: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message's id or string as Babel has it, with its plural forms if it has any."""
    return (of or "",) if of is None or isinstance(of, str) else tuple(text or "" for text in of)


def written(catalog: Catalog, domain: str, locale: str | None = None) -> str:
    """The text of a `.po` or `.pot` file: sorted, without dates and line numbers: only texts change it."""
    language = ""
    what = f"the {domain} domain"
    if locale:
        what += f" in {babel_locale(locale).english_name}"
        language = f'"Language: {locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
    body = io.BytesIO()
    write_po(
        body, catalog, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return HEADER.format(what=what, language=language) + "\n" + body.getvalue().decode().rstrip("\n") + "\n"


def blank(locale: str) -> Catalog:
    """An empty catalogue, with gettext's usual plural forms if they tell CLDR's apart, else with CLDR's."""
    forms, expression = get_plural(babel_locale(locale))[:2]
    header = f"nplurals={forms}; plural={expression};"
    if any(len(categories - {"many"}) != 1 for categories in form_categories(locale, forms, expression)):
        header = to_gettext(babel_locale(locale).plural_form)
    empty = HEADER.format(what="", language=f'"Plural-Forms: {header}\\n"\n')
    return read_po(io.BytesIO(empty.encode()), locale=babel_locale(locale))
