"""A letter in the form that travels: MIME, with headers that nobody's name can add to."""

import unicodedata
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime

from appliance.domain.mail import Letter, Mail
from appliance.services.smtp_address import MailFrom

_LONGEST = 200
"""Of a header that people read, in characters."""

# Joiners belong to words of Persian and Indic scripts; other format characters only turn a line around.
_JOINERS = "\u200c\u200d"


def one_line(text: str, longest: int = _LONGEST) -> str:
    """A text as part of a header: one line without control or direction characters."""
    shown = "".join(
        character
        if character in _JOINERS or unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn")
        else ""
        for character in text
    )
    line = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in shown).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def to_bytes(mail: Mail, letter: Letter, mail_from: MailFrom, at: datetime) -> bytes:
    """The whole message, lines ending with CRLF. `at`: when it is sent."""
    message = MIMEMultipart("alternative")
    # Readers show the last part they can.
    message.attach(MIMEText(letter.text, "plain", "utf-8"))
    message.attach(MIMEText(letter.html, "html", "utf-8"))
    sender = _encoded(mail_from.name or letter.sender, "From")
    headers = {
        "Date": format_datetime(at),
        "From": f"{sender}\n <{mail_from.address}>",
        "To": mail.recipient,
        "Subject": _encoded(letter.subject, "Subject"),
        "Message-ID": letter.message_id,
        "Content-Language": letter.language,
        # Answering machines leave it alone (RFC 3834, 5).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.thread is not None:
        # Mail programs show together what refers to the same.
        headers["References"] = letter.thread
    if letter.forget_url is not None:
        headers |= {
            "Precedence": "bulk",
            # One button of the mail program (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{letter.forget_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    for name, value in headers.items():
        message[name] = value
    # Header lines are folded where they are made; the generator would break addresses in two.
    return message.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=0))


def _encoded(text: str, header: str) -> str:
    line = one_line(text)
    if line.isascii():
        # A display name with a comma or an angle bracket would read as something else.
        return _quoted(line) if header == "From" else line
    return Header(line, "utf-8", maxlinelen=76, header_name=header).encode(linesep="\n")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
