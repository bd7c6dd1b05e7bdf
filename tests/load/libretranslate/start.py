"""Starts LibreTranslate as its own command does, with the sentence splitter replaced.

Run by the interpreter of LibreTranslate's own environment: `start.py PACKAGE… -- ARGUMENTS…` installs the
packages if they are not there and passes the arguments on. Argos Translate's splitter downloads a model for
each language at its first use; here a text is one sentence, which costs less than the splitter would.
"""

import sys

from argostranslate import package, sbd


def main() -> None:
    files, arguments = sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
    if len(package.get_installed_packages()) < len(files):
        for file in files:
            package.install_from_path(file)
    sbd.MiniSBDSentencizer.split_sentences = lambda self, text: [text]

    # Imported only now: it looks at what is installed.
    from libretranslate.main import main as serve  # noqa: PLC0415

    sys.argv = ["libretranslate", *arguments]
    serve()


if __name__ == "__main__":
    main()
