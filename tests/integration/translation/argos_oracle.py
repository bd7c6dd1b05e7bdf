"""What Argos Translate itself makes of a package: `argos_oracle.py FOLDER`, one sentence a line.

A program of its own, since importing argostranslate makes folders in the user's home and reads settings
there. Its sentence splitter, which would fetch a model, is replaced by none.
"""

import json
import sys
from pathlib import Path

import ctranslate2
from argostranslate.package import Package
from argostranslate.translate import apply_packaged_translation


class Whole:
    """Takes each text for one sentence."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def main() -> None:
    package = Package(Path(sys.argv[1]))
    model = ctranslate2.Translator(str(package.package_path / "model"), compute_type="int8", intra_threads=1)
    for line in sys.stdin:
        (best,) = apply_packaged_translation(package, line.rstrip("\n"), model, Whole(), 1)
        sys.stdout.write(json.dumps(best.value) + "\n")
    sys.stdout.write(json.dumps([package.from_code, package.to_code, package.package_version]) + "\n")


if __name__ == "__main__":
    main()
