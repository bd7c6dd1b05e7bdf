"""How people type, and how the pipeline puts a sentence to an engine: what makes many examples of one phrase.

The pipeline takes the end marks off and asks with one plain mark or none, and short sentences as a line of
dialogue ("- Hello."), whatever the engine (`translation/wording.py`). Kept pieces arrive as `X0X`, `X1X`, …
"""

import random
import unicodedata

from .corpus import Example, Phrase, Slots, decapitalised, no_spaces, number_kept

_END = ".!?。！？؟"
_STOPS = {"zh-Hans": "。", "ja": "。"}
_COMMAS = {"zh-Hans": "，", "ja": "、", "fa": "،"}
_GREETINGS = {
    "en": ("Hello", "Hi"),
    "lt": ("Sveiki", "Labas"),
    "tr": ("Merhaba", "Selam"),
    "zh-Hans": ("您好", "你好"),
    "fa": ("سلام", "درود"),
    "ja": ("こんにちは",),
}
_NO_KEPT_BEFORE_END = "。．.!?！？؟"
_UNMARKED = str.maketrans({"ı": "i", "İ": "I", "ł": "l"})
_ARABIC_KEYS = str.maketrans("یک", "يك")
_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_HALF_WIDTH = str.maketrans("。！？，：", ".!?,:")
_ZERO_WIDTH_NON_JOINER = "\u200c"


class Examples:
    """Draws examples of one direction."""

    def __init__(self, source: str, target: str, phrases: list[Phrase], seed: int) -> None:
        self.source, self.target = source, target
        self._phrases = phrases
        self._many = [phrase for phrase in phrases if phrase.slots]
        self._orders = [phrase for phrase in phrases if "order" in phrase.slots]
        self._slots = Slots()
        self._random = random.Random(seed)

    def trained(self) -> Example:
        """One example to learn from."""
        random_ = self._random
        what = random_.random()
        # Copying a number digit by digit is the hardest thing there is to learn here.
        known = self._orders if what < 0.07 else self._many if what < 0.3 else self._phrases
        source, target = self._pair(random_.choice(known))
        what = random_.random()
        if what < 0.07:
            source, target = self._greeted(source, target)
        elif what < 0.12:
            source, target = self._two(source, target)
        if random_.random() < 0.35:
            source, target = self._with_kept(source, target)
        source, target = self._marked(source, target)
        source = self._typed(source)
        return number_kept(source, target, self._tokens())

    def new_filling(self, phrase: Phrase) -> Example:
        """A phrase said the plain way, with a filling that is never trained on."""
        chosen = self._slots.draw(phrase, self._random, held_back=True)
        source = self._slots.fill(phrase.sources[0], chosen, self.source)
        target = self._slots.fill(phrase.target, chosen, self.target)
        return number_kept(source, target, _ascending(0))

    def with_kept(self, phrase: Phrase) -> Example:
        """A new filling with one or two kept pieces more, as the pipeline would number them."""
        chosen = self._slots.draw(phrase, self._random, held_back=True)
        source = self._slots.fill(phrase.sources[0], chosen, self.source)
        target = self._slots.fill(phrase.target, chosen, self.target)
        return number_kept(*self._with_kept(source, target), _ascending(0))

    def _pair(self, phrase: Phrase) -> tuple[str, str]:
        random_ = self._random
        chosen = self._slots.draw(phrase, random_, held_back=False)
        way = phrase.sources[0] if random_.random() < 0.6 else random_.choice(phrase.sources)
        target = phrase.target
        if "{name}" in way and random_.random() < 0.5:
            # The pipeline keeps names.
            way, target = (text.replace("{name}", "{kept_name}") for text in (way, target))
        return self._slots.fill(way, chosen, self.source), self._slots.fill(target, chosen, self.target)

    def _greeted(self, source: str, target: str) -> tuple[str, str]:
        """ "Where is my order?" → "Hello, where is my order?" """
        which = self._random.randrange(len(_GREETINGS[self.source]))

        def greet(text: str, language: str, greeting: str) -> str:
            comma = _COMMAS.get(language, ",") + ("" if no_spaces(language) else " ")
            return greeting + comma + decapitalised(text, language)

        return (
            greet(source, self.source, _GREETINGS[self.source][which]),
            greet(target, self.target, _GREETINGS[self.target][0]),
        )

    def _two(self, source: str, target: str) -> tuple[str, str]:
        """Two sentences, where the first has no kept piece, so that the numbers stay in order."""
        other = self._pair(self._random.choice(self._phrases))
        if "{" in other[0] and "{" in source:
            return source, target
        gaps = ["" if no_spaces(language) else " " for language in (self.source, self.target)]
        return source + gaps[0] + other[0], target + gaps[1] + other[1]

    def _with_kept(self, source: str, target: str) -> tuple[str, str]:
        """A kept piece at the start, before the end mark or after it, the same in both languages."""
        random_ = self._random
        places = random_.choice(
            (("end",), ("end",), ("start",), ("after",), ("start", "end"), ("end", "after"))
        )
        loose = random_.random() < 0.5
        for place in places:
            source = _put(source, place, "" if no_spaces(self.source) and not loose else " ")
            target = _put(target, place, "" if no_spaces(self.target) else " ")
        return source, target

    def _marked(self, source: str, target: str) -> tuple[str, str]:
        """With the end mark as it is, none, another one, or as a line of dialogue."""
        what = self._random.random()
        if what < 0.5:
            return source, target
        bare = source.rstrip(_END), target.rstrip(_END)
        if what < 0.68:
            return bare
        if what < 0.84:
            return bare[0] + _STOPS.get(self.source, "."), bare[1] + _STOPS.get(self.target, ".")
        if what < 0.87:
            return bare[0] + _COMMAS.get(self.source, ","), bare[1] + _COMMAS.get(self.target, ",")
        if self._random.random() < 0.5:
            source, target = bare[0] + _STOPS.get(self.source, "."), bare[1] + _STOPS.get(self.target, ".")
        return "- " + source, "- " + target

    def _typed(self, source: str) -> str:
        """As people type it: small letters, no diacritics, other keyboards."""
        what = self._random.random()
        if what < 0.08:
            return decapitalised(source, self.source)
        if what < 0.12:
            lower = source.replace("İ", "i").replace("I", "ı") if self.source == "tr" else source
            return lower.lower()
        if what < 0.2:
            if self.source in ("lt", "tr"):
                letters = unicodedata.normalize("NFD", source.translate(_UNMARKED))
                return "".join(letter for letter in letters if not unicodedata.combining(letter))
            if self.source == "fa":
                how = self._random.random()
                if how < 0.6:
                    return source.translate(_ARABIC_KEYS if how < 0.2 else _LATIN_DIGITS)
                return source.replace(_ZERO_WIDTH_NON_JOINER, self._random.choice(("", " ")))
            if no_spaces(self.source):
                return source.translate(_HALF_WIDTH)
        return source

    def _tokens(self) -> list[str]:
        """Mostly as the pipeline numbers them: X0X, X1X, …"""
        what = self._random.random()
        if what < 0.6:
            return _ascending(0)
        if what < 0.9:
            return [f"X{number}X" for number in self._random.sample(range(21), 6)]
        kind = self._random.choice(("PROT", "URL"))
        return [f"{kind}{number}" for number in range(6)]


def _ascending(start: int) -> list[str]:
    return [f"X{number}X" for number in range(start, start + 6)]


def _put(text: str, place: str, gap: str) -> str:
    slot = f"{{kept_{place}}}"
    if place == "start":
        return slot + gap + text
    if place == "after":
        return text + gap + slot
    bare = text.rstrip(_NO_KEPT_BEFORE_END)
    return bare + gap + slot + text[len(bare) :]
