"""A conversation in the agents' lists, written out once for all who read the same language."""

from collections import OrderedDict

from appliance.domain.conversation import Conversation
from appliance.web import views
from appliance.web.outgoing import encode

_KEPT = 1000


class Summaries:
    """Many agents are told of the same change at the same time; only the first of them costs the work."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[Conversation, bool, str]] = OrderedDict()

    def frame(self, conversation: Conversation, language: str, *, online: bool) -> str:
        """The `summary` frame for an agent who reads `language`."""
        key = (conversation.id, language)
        kept = self._kept.get(key)
        if kept is not None and kept[0] is conversation and kept[1] == online:
            return kept[2]
        shown = views.summary(conversation, language, online=online)
        text = encode({"type": "summary", "conversation": shown})
        self._kept[key] = (conversation, online, text)
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return text
