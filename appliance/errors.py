"""Every error a client can meet: stable code, HTTP status, wording. docs/protocol.md lists the same codes."""

from dataclasses import dataclass

from appliance.i18n import mark


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """`message` is a message id of the catalogue, its placeholders filled from the refusal's params."""

    status: int
    message: str


TABLE: dict[str, ErrorKind] = {
    "bad_json": ErrorKind(400, mark("This is not a JSON object in UTF-8.")),
    "unknown_type": ErrorKind(400, mark("Frames of this type are not known here.")),
    "bad_field": ErrorKind(400, mark("“{field}” is missing or has a value that is not possible.")),
    "text_empty": ErrorKind(400, mark("The message is empty. Write something first.")),
    "text_too_long": ErrorKind(
        400, mark("The message is longer than {limit} characters. Shorten it and send it again.")
    ),
    "translation_empty": ErrorKind(
        400, mark("The translation is empty. Write one, or leave it to the translator.")
    ),
    "translation_too_long": ErrorKind(
        400, mark("The translation is longer than {limit} characters. Shorten it and try again.")
    ),
    "wording_empty": ErrorKind(400, mark("The text is empty. Write something, or remove it.")),
    "wording_too_long": ErrorKind(400, mark("The text is longer than {limit} characters. Shorten it.")),
    "wording_lines": ErrorKind(400, mark("This text must be a single line.")),
    "wording_placeholder": ErrorKind(
        400, mark("{name} is no placeholder here, so readers would see it as it is. Possible are: {allowed}.")
    ),
    "draft_unreachable": ErrorKind(
        409, mark("No language pack leads there from a language that has this text. Write it, or add a pack.")
    ),
    "draft_failed": ErrorKind(
        422, mark("The translator made nothing of this text that could be used. Write it yourself.")
    ),
    "shortcut_taken": ErrorKind(409, mark("Another canned response has the shortcut {shortcut} already.")),
    "too_many_texts": ErrorKind(409, mark("There can be at most {limit} of these.")),
    "frame_too_large": ErrorKind(413, mark("This is too large: at most {limit} bytes are taken at once.")),
    "token_invalid": ErrorKind(401, mark("Your chat session has expired. A new one is needed.")),
    "not_signed_in": ErrorKind(401, mark("You are not signed in. Sign in again to go on.")),
    "forbidden": ErrorKind(403, mark("You are not allowed to do this.")),
    "not_found": ErrorKind(404, mark("This does not exist, or is not for you.")),
    "method_not_allowed": ErrorKind(405, mark("This address can't be used in that way.")),
    "already_taken": ErrorKind(409, mark("{name} has this conversation already.")),
    "conversation_closed": ErrorKind(409, mark("This conversation is closed. Reopen it to write.")),
    "rating_too_early": ErrorKind(
        409, mark("You can rate this once somebody has answered you and the conversation is closed.")
    ),
    "changed_meanwhile": ErrorKind(
        409, mark("Somebody else has changed this meanwhile. Look at it again, then decide.")
    ),
    "too_fast": ErrorKind(
        429, mark("That was too much at once. Wait a moment, then send it again; nothing is lost.")
    ),
    "busy": ErrorKind(503, mark("The server has too much to do right now. Try again in a moment.")),
    "storage_full": ErrorKind(
        507, mark("The server has no space left, so this was not saved or sent. Try again later.")
    ),
    "pack_built_in": ErrorKind(
        409,
        mark(
            "This pack is part of Dragoman and can't be removed. "
            "Install a better one for the same languages, and that one is used instead."
        ),
    ),
    "pack_busy": ErrorKind(
        409,
        mark("A pack for these languages is being installed already. Wait until it is done, or cancel it."),
    ),
    "pack_not_a_pack": ErrorKind(
        422,
        mark(
            "This is no language pack. Choose an .argosmodel file, "
            "or a zip file or folder with a Firefox translation model in it."
        ),
    ),
    "pack_damaged": ErrorKind(
        422, mark("This can't be read to its end, so it is damaged. Get it again from where it came from.")
    ),
    "pack_unsafe": ErrorKind(
        422,
        mark(
            "This archive tries to write where it must not, or grows beyond measure. "
            "Don't trust the place it came from."
        ),
    ),
    "pack_too_large": ErrorKind(
        413, mark("This is larger than any language pack, which has at most 4 GB. Choose another file.")
    ),
    "pack_wrong_checksum": ErrorKind(
        422,
        mark("This is not the file that was announced: its size or SHA-256 differs. Get it again."),
    ),
    "pack_unknown_language": ErrorKind(
        422,
        mark(
            "This doesn't say its languages, or names one that isn't known. Say which it leads from and into."
        ),
    ),
    "pack_unreachable": ErrorKind(
        502,
        mark(
            "The other server can't be reached. What has come is kept, and trying again goes on there. "
            "Without a network, upload the file or put it into the import folder."
        ),
    ),
    "pack_refused": ErrorKind(
        502,
        mark("The other server doesn't give this file. Check the address, or ask whoever runs that server."),
    ),
    "pack_not_found": ErrorKind(
        404, mark("There is no such pack, file or offer any more. Load the page again to see what there is.")
    ),
    "pack_no_room": ErrorKind(
        507, mark("The disk has too little room for this. Make room, or remove a pack that isn't used.")
    ),
    "pack_not_writable": ErrorKind(
        500, mark("Dragoman may not write into its folder of language packs. Its operator has to allow it.")
    ),
    "pack_disk_error": ErrorKind(
        500, mark("The disk, or what it was to be read from, reports an error. Check it, then try again.")
    ),
    "pack_trial_failed": ErrorKind(
        422,
        mark(
            "The pack is complete, but failed to translate a sentence, so it isn't used. Get another version."
        ),
    ),
    "region_invalid": ErrorKind(422, mark("Some of what is said about the region can't be used.")),
    "region_exists": ErrorKind(409, mark("There is a region with this short name already. Choose another.")),
    "region_default": ErrorKind(
        409,
        mark(
            "Visitors whom no other region is for come to this one, so it can't be removed. "
            "Make another region the default first."
        ),
    ),
    "agent_needed": ErrorKind(
        409, mark("Only {name} answers for {regions}. Choose somebody else there first.")
    ),
    "region_in_use": ErrorKind(
        409, mark("This region is in use. Choose the region that takes over from it.")
    ),
    "too_many_regions": ErrorKind(409, mark("There can be at most {limit} regions.")),
    "internal": ErrorKind(
        500, mark("Something went wrong on our side, and has been noted. Try again in a moment.")
    ),
}
