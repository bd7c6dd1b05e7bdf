"""Where the templates and catalogues are, and how they are read and written."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from cataloguing.plurals import babel_locale, form_categories, whole_number_categories

SOURCE_LOCALE = "en"
# What is said where. A file belongs to the first domain that one of its patterns finds it for.
DOMAINS: dict[str, tuple[str, ...]] = {
    "widget": ("widget/**/*.js", "widget/frame.html"),
    # Needed in every language from the start, so it is kept small.
    "start": ("appliance/web/loader.py", "appliance/front_desk.py"),
    "mails": ("admin/templates/mails/*", "appliance/web/*_letters.py"),
    "messages": (
        "admin/templates/**/*.html",
        "admin/static/**/*.js",
        "widget/demo.html",
        "appliance/**/*.py",
    ),
}
# The loader speaks before any catalogue is there: its few texts come with it, from the domain `start`.
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


def listed_locales(directory: Path) -> list[str]:
    """The locales that must be complete: those of `LINGUAS`, where gettext's tools look for them too."""
    lines = (directory / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return sorted({tag for line in lines for tag in line.partition("#")[0].split()})


def source_files(root: Path, domain: str) -> Iterator[Path]:
    claimed: set[Path] = set()
    for name, patterns in DOMAINS.items():
        found = {path for pattern in patterns for path in root.glob(pattern)} - claimed
        if name == domain:
            for path in sorted(found):
                if not path.relative_to(root).as_posix().startswith(NOT_EXTRACTED):
                    yield path
        claimed |= found


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
    header = f'"Plural-Forms: {_plural_forms(locale)}\\n"\n'
    return read_po(io.BytesIO(HEADER.format(what="", language=header).encode()), locale=babel_locale(locale))


def _plural_forms(locale: str) -> str:
    if whole_number_categories(locale).keys() == {"other"}:
        return "nplurals=1; plural=0;"
    forms, expression = get_plural(babel_locale(locale))[:2]
    if all(len(categories - {"many"}) == 1 for categories in form_categories(locale, forms, expression)):
        return f"nplurals={forms}; plural={expression};"
    header = to_gettext(babel_locale(locale).plural_form)
    forms = len(babel_locale(locale).plural_form.tags) + 1
    last = f": {forms - 1})"
    if len(whole_number_categories(locale)) < forms and header.endswith(f"{last};"):
        # Only fractions take the last one, and nothing counted in halves is ever said.
        header = header.removesuffix(f"{last};").replace(f"nplurals={forms}", f"nplurals={forms - 1}", 1)
        header += f": {forms - 2});"
    return header
