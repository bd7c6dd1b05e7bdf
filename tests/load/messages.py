"""What the benchmarks of Argos models translate: messages of customer support, English to Lithuanian.

They are sentences that the phrase models know (`tests/models`), so that answers are right and have their
natural length. No two are alike even with numbers and the like taken out: no cache helps anybody. They have
five words or more, since shorter ones are put to an engine in another wording (`translation/wording.py`), so
that bare engine and service would be compared on different sentences.
"""

from tests.models.corpus import decapitalised, phrases
from tests.models.wordings import Examples
from translation.kept import find_kept
from translation.wording import SHORT

SOURCE, TARGET = "en", "lt"

_GREETINGS = ("", "Hello, ", "Hi, ")
_FILLINGS = 30
_SEED = 20


def messages(count: int) -> list[str]:
    """The first so many, always the same. Raises ValueError if there are not so many."""
    known = phrases(SOURCE, TARGET)
    examples = Examples(SOURCE, TARGET, known, seed=_SEED)
    found: dict[str, str] = {}
    for greeting in _GREETINGS:
        for _ in range(_FILLINGS):
            for phrase in known:
                said = examples.new_filling(phrase).source
                text = greeting + decapitalised(said, SOURCE) if greeting else said
                if len(text.split()) > SHORT:
                    found.setdefault(_without_kept(text), text)
        if len(found) >= count:
            return list(found.values())[:count]
    raise ValueError(f"there are {len(found)} different messages, not {count}")


def _without_kept(text: str) -> str:
    for piece in reversed(find_kept(text)):
        text = text[: piece.start] + "#" + text[piece.end :]
    return text
