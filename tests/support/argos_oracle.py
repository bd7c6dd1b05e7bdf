"""What Argos Translate itself makes of packages: `argos_oracle.py`, a JSON object on standard input.

It has sentences by package, which is an unpacked folder or an `.argosmodel` file; the latter is installed
as Argos Translate does it. Prints one object: for each package its codes and version, and its answers.

A program of its own, since importing argostranslate makes folders in the user's home and reads settings
there. Its sentence splitter, which would fetch a model, is replaced by none.
"""

import json
import sys
from pathlib import Path

import ctranslate2
from argostranslate.package import Package, get_installed_packages, install_from_path
from argostranslate.translate import apply_packaged_translation


class Whole:
    """Takes each text for one sentence."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def opened(path: Path) -> Package:
    if path.is_dir():
        return Package(path)
    install_from_path(path)
    return next(package for package in get_installed_packages() if package.package_path.name == path.stem)


def main() -> None:
    told = {}
    for name, sentences in json.load(sys.stdin).items():
        package = opened(Path(name))
        model = ctranslate2.Translator(
            str(package.package_path / "model"), compute_type="int8", intra_threads=1
        )
        answers = [
            apply_packaged_translation(package, sentence, model, Whole(), 1)[0].value
            for sentence in sentences
        ]
        codes = [package.from_code, package.to_code, package.package_version]
        told[name] = {"codes": codes, "answers": answers}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
