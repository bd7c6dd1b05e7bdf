"""Remembering what an engine said: chats repeat themselves."""

from collections import OrderedDict


class Cache:
    """The last `size` translations of short sentences, by model and sentence, in memory only."""

    LONGEST = 80
    """Characters; longer sentences hardly ever come twice."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    def get(self, model: str, sentence: str) -> str | None:
        key = (model, sentence)
        if key not in self._known:
            return None
        self._known.move_to_end(key)
        return self._known[key]

    def put(self, model: str, sentence: str, translated: str) -> None:
        if len(sentence) > self.LONGEST or self._size < 1:
            return
        self._known[(model, sentence)] = translated
        self._known.move_to_end((model, sentence))
        while len(self._known) > self._size:
            self._known.popitem(last=False)
