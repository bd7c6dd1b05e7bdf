"""What may be wrong with a region, in words: the codes of `services.region_json`, and those of its hours."""

from appliance import errors, schedule_wordings
from appliance.domain.schedule import Problem
from appliance.i18n import Catalogue, mark

TABLE: dict[str, str] = {
    **schedule_wordings.TABLE,
    # Of a file.
    "regions_type": mark("This must be an object with “regions”, as it is exported."),
    "region_type": mark("A region must be an object with “id”, “names” and “schedule”."),
    "default": mark("The default must be one of these regions, or one that is there already."),
    # Names and texts.
    "id": mark("The short name must be 1 to {limit} small letters from a to z, digits and hyphens."),
    "id_reserved": mark("“{value}” can't be a short name. Choose another."),
    "names_missing": mark("Give the region a name in at least one language."),
    "texts_type": mark("These must be texts by language, such as {example}."),
    "text_type": mark("This must be a text."),
    "text_long": mark("This is longer than {limit} characters. Shorten it."),
    # As the page of texts says it.
    "wording_placeholder": errors.TABLE["wording_placeholder"].message,
    "language": mark("“{value}” is not a language. Use a tag such as lt or pt-BR."),
    # Lists.
    "twice": mark("“{value}” is there more than once. Keep one of them."),
    "list_long": mark("These are more than {limit}. Leave some out."),
    "country_code": mark("No country has the code {value}."),
    "agent": mark("There is no agent “{value}”."),
    "overflow_self": mark("A region can't overflow to itself."),
    "overflow_unknown": mark("There is no region “{value}”."),
    # Waiting.
    "waiting_type": mark("The limits must be an object such as {example}."),
    "whole_number": mark("This must be a whole number from {least} to {most}."),
    "when_empty": mark("“{value}” is not possible here. Possible: {known}."),
    # What is allowed but hardly meant.
    "note_overflow_circle": mark(
        "These regions overflow to each other in a circle: {regions}. Each is asked once, so nobody is lost."
    ),
    "note_overflow_nowhere": mark(
        "Visitors shall go to another region when nobody is there, but none is chosen. They will wait here."
    ),
    "note_no_agents": mark("Nobody belongs to this region, so nobody can answer."),
    "note_country_taken": mark(
        "{country} belongs to {region} too, which stands before and gets its visitors."
    ),
    "note_zone_rules": mark(
        "These hours were saved with the time zone rules {saved}, but this server has the older {now}. "
        "Update it, or some hours may be off."
    ),
    "note_unread": mark(
        "These hours can't be used on this server, so the region is closed until they are right again."
    ),
}


def wording(problem: Problem, catalogue: Catalogue) -> str:
    """The problem in the language of a catalogue, without its place."""
    return catalogue.t(TABLE[problem.code], **problem.params)
