"""Every code of an error is one that docs/language-packs.md explains."""

import re
from pathlib import Path

from translation.store.errors import CODES, TEMPORARY

DOCUMENT = Path(__file__).parents[3] / "docs" / "language-packs.md"


def test_the_document_explains_every_code() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert sorted(explained) == sorted(CODES)
    assert set(CODES) >= TEMPORARY
