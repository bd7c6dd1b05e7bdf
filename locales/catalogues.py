"""The catalogues of texts: `python locales/catalogues.py COMMAND`, one of those below.

Sources → `widget.pot`, `messages.pot` (extract) → `<locale>/LC_MESSAGES/*.po` (update, then a translator)
→ `*.json` beside them, which the server and the browser read (compile; git-ignored).
Locale directories are BCP 47 tags. English is the source and has no `.po`.
"""

import argparse
import sys
from pathlib import Path

from babel import UnknownLocaleError
from cataloguing.checks import problems
from cataloguing.compilation import compile_all
from cataloguing.extraction import UnextractableError, extracted
from cataloguing.files import DOMAINS, blank, catalogue_path, read, template_path, translated_locales, written
from cataloguing.plurals import babel_locale
from cataloguing.pseudo import write_pseudo_locales

LOCALES = Path(__file__).resolve().parent


def extract() -> None:
    """Writes the templates from the sources. Raises UnextractableError."""
    texts = {domain: written(extracted(LOCALES.parent, domain), domain) for domain in DOMAINS}
    for domain, text in texts.items():
        template_path(domain, LOCALES).write_text(text, encoding="utf-8")


def update(locale: str) -> None:
    """Brings a locale's catalogues up to date: new texts come in empty, reworded ones fuzzy, dead ones go."""
    for domain in DOMAINS:
        path = catalogue_path(locale, domain, LOCALES)
        catalog = read(path, locale) if path.exists() else blank(locale)
        catalog.update(read(template_path(domain, LOCALES)), update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(catalog, domain, locale), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="write the templates from the sources")
    commands.add_parser("update", help="bring every catalogue up to its template")
    commands.add_parser("compile", help="write the JSON that the server and the browser read")
    commands.add_parser("check", help="say what is wrong with templates and catalogues, and exit with 1")
    commands.add_parser("new", help="start the catalogues of a locale").add_argument(
        "locale", type=_tag, help="a BCP 47 tag, such as pl or zh-Hant"
    )
    commands.add_parser(
        "pseudo", help="write the compiled catalogues and two pseudo-locales into a directory"
    ).add_argument("directory", type=Path)
    options = parser.parse_args(arguments)
    found: list[str] = []
    try:
        if options.command == "extract":
            extract()
        elif options.command == "update":
            for locale in translated_locales(LOCALES):
                update(locale)
        elif options.command == "compile":
            compile_all(LOCALES)
        elif options.command == "pseudo":
            write_pseudo_locales(LOCALES.parent, LOCALES, options.directory)
        elif options.command == "new":
            update(options.locale)
        else:
            found = problems(LOCALES.parent, LOCALES)
            print("\n".join(found) or "The catalogues are complete.")
    except UnextractableError as error:
        found.append(str(error))
        print(error, file=sys.stderr)
    return 1 if found else 0


def _tag(text: str) -> str:
    try:
        babel_locale(text)
    except (ValueError, UnknownLocaleError):
        raise argparse.ArgumentTypeError("not a language that CLDR knows, such as zh-Hant") from None
    return text


if __name__ == "__main__":
    sys.exit(main())
