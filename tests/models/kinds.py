"""Which phrase packages there are."""

from dataclasses import dataclass

NAMES = {
    "en": "English",
    "lt": "Lithuanian",
    "tr": "Turkish",
    "zh-Hans": "Chinese",
    "fa": "Persian",
    "ja": "Japanese",
}
CODES = {"zh-Hans": "zh"}
"""The codes that Argos' packages use, where they differ from the tags."""


@dataclass(frozen=True)
class Kind:
    """One network, and the package or packages made of it: one for each target language."""

    source: str
    targets: tuple[str, ...]
    seed: int
    version: str = "0.1"
    """`package_version`. Packages of other kinds are newer, so updates of the plain one of their pair."""
    pieces: str = "sentencepiece"

    def prefix(self, target: str) -> list[str]:
        """What a network that knows several languages is told to begin with."""
        return [f">>{target}<<"] if len(self.targets) > 1 else []

    def folder(self, target: str) -> str:
        """The name of a package without `.argosmodel`, and of the folder in it."""
        codes = (CODES.get(language, language) for language in (self.source, target))
        return f"translate-{'_'.join(codes)}-{self.version.replace('.', '_')}"


KINDS = {
    **{
        f"{source}-{target}": Kind(source, (target,), seed)
        for seed, (source, target) in enumerate(
            pair for other in ("lt", "tr", "zh-Hans", "fa", "ja") for pair in (("en", other), (other, "en"))
        )
    },
    "lt-en-bpe": Kind("lt", ("en",), 20, "0.2", "bpe"),
    "en-lt-bpe": Kind("en", ("lt",), 21, "0.2", "bpe"),
    "en-lt+tr": Kind("en", ("lt", "tr"), 22, "0.3"),
}
