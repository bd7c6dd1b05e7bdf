"""What a visitor is offered who seems to write another language: in that language."""

from typing import Any

from appliance.i18n import Catalogues, language_name


def offer(language: str | None, catalogues: Catalogues) -> dict[str, Any] | None:
    """The words of the offer, in the language itself where there is a catalogue for it, else in English."""
    if language is None:
        return None
    words = catalogues.for_locale(language)
    name = language_name(language, words.locale)
    return {
        "language": language,
        "locale": words.locale,
        "direction": words.direction,
        "text": words.t("You seem to write in {language}. Shall the chat switch to it?", language=name),
        "accept": words.t("Switch"),
        "decline": words.t("No, thanks"),
    }
