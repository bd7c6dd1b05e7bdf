"""An entry of the glossary, as a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """Either `keep`, a wording that stays as it is in every language, or `wordings` by BCP 47 tag.

    The first wording of a language is what translations say; the others are found in texts as well. `id` is
    0 before it is stored.
    """

    id: int
    keep: str | None = None
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str | None = None
