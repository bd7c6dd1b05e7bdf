"""What an agent asks and says about translations, answered (docs/protocol.md)."""

from collections.abc import Callable
from typing import Any

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.i18n import Catalogue
from appliance.services.inbox import Inbox
from appliance.services.origins import Origins
from appliance.services.previews import Draft, Preview, PreviewDesk, Previews, checked_draft
from appliance.services.wordings import Wordings
from appliance.web import frames, views
from appliance.web.reply import error_body


class AgentTranslations:
    """Of one socket. `push` sends a frame, `words` gives the texts for its reader as they are now."""

    def __init__(
        self,
        inbox: Inbox,
        wordings: Wordings,
        previews: Previews,
        origins: Origins,
        push: Callable[[dict[str, Any]], None],
        words: Callable[[], Catalogue],
    ) -> None:
        self._inbox = inbox
        self._wordings = wordings
        self._origins = origins
        self._push = push
        self._words = words
        self._desk = PreviewDesk(previews, self._previewed)

    async def handle(self, agent: Agent, frame: frames.TranslationFrame, ref: str | None) -> None:
        """Answers a frame, a preview when it is made. Raises `Refused`."""
        match frame:
            case frames.Preview(conversation=conversation, text=text, translation=wording):
                self._desk.ask(ref, checked_draft(agent, conversation, text, wording))
                return
            case frames.Why(conversation=conversation, seq=seq, language=language):
                self._push(views.why(await self._origins.of(conversation, seq, language), ref))
                return
            case frames.Translate(conversation=conversation, seq=seq, language=language):
                await self._inbox.retranslate(conversation, seq, language)
            case frames.Correct(conversation=conversation, seq=seq, language=language, text=text):
                await self._wordings.correct(agent, conversation, seq, language, text)
            case frames.Reject(conversation=conversation, seq=seq, language=language):
                await self._wordings.reject(agent, conversation, seq, language)
            case frames.Restore(conversation=conversation, seq=seq, language=language):
                await self._wordings.restore(agent, conversation, seq, language)
        self._push({"type": "ok", "ref": ref})

    def close(self) -> None:
        self._desk.close()

    def _previewed(self, ref: str | None, draft: Draft, made: Preview | Refused) -> None:
        if isinstance(made, Refused):
            self._push(error_body(made, self._words(), ref=ref))
        else:
            self._push(views.preview(draft.conversation_id, made, ref))
