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
    "frame_too_large": ErrorKind(413, mark("This is too large: at most {limit} bytes are taken at once.")),
    "token_invalid": ErrorKind(401, mark("Your chat session has expired. A new one is needed.")),
    "not_signed_in": ErrorKind(401, mark("You are not signed in. Sign in again to go on.")),
    "forbidden": ErrorKind(403, mark("You are not allowed to do this.")),
    "not_found": ErrorKind(404, mark("This does not exist, or is not for you.")),
    "method_not_allowed": ErrorKind(405, mark("This address can't be used in that way.")),
    "already_taken": ErrorKind(409, mark("{name} has this conversation already.")),
    "conversation_closed": ErrorKind(409, mark("This conversation is closed. Reopen it to write.")),
    "too_fast": ErrorKind(
        429, mark("That was too much at once. Wait a moment, then send it again; nothing is lost.")
    ),
    "busy": ErrorKind(503, mark("The server has too much to do right now. Try again in a moment.")),
    "storage_full": ErrorKind(
        507, mark("The server has no space left, so this was not saved or sent. Try again later.")
    ),
    "internal": ErrorKind(
        500, mark("Something went wrong on our side, and has been noted. Try again in a moment.")
    ),
}
