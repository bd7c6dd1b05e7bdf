from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from cataloguing.extraction import UnextractableError, add_file, extracted


def texts(tmp_path: Path, name: str, source: str) -> list[tuple[object, str | None, list[str]]]:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    catalog = Catalog()
    add_file(catalog, tmp_path, path)
    return sorted(
        ((message.id, message.context, message.auto_comments) for message in catalog if message.id), key=str
    )


SCRIPT = """
import { t, tn, tc } from "./i18n.js";
// Translators: the name of a person
button.textContent = t("Hello, {name}", { name: t("you") });
/* Translators: on a button */
const label = `${open ? t("Close it") : `${tc("verb", "Open")}`} /${/t("no")/}`;
const count = tn("{n} message",
  "{n} " + "messages", n, { n: list.length > 3 ? "many" : n });
function t(text) { return text; }
row.t(variable); row.t(table["x"]); row.t(a === "x" ? b : c); split("x"); cat("no"); // t("no")
"""


def test_every_call_in_a_script_is_found(tmp_path: Path) -> None:
    assert texts(tmp_path, "a.js", SCRIPT) == [
        ("Close it", None, ["Translators: on a button"]),
        ("Hello, {name}", None, ["Translators: the name of a person"]),
        ("Open", "verb", ["Translators: on a button"]),
        ("you", None, ["Translators: the name of a person"]),
        (("{n} message", "{n} messages"), None, []),
    ]


PYTHON = '''
# Translators: shown to visitors,
# never to agents
TOO_LONG = mark("The message is too long. "
    "Shorten it.")

def t(text="no"):
    """t("no")"""
    return catalogue.tn("{n} day", "{n} days", 3, name=catalogue.t("inside"))

forms = (catalogue.tn_forms("{n} new", "{n} new ones"), catalogue.tc("verb", "Open"), catalogue.t(text))
catalogue.t(TABLE["x"] if text == "y" else text)
'''


def test_every_call_in_a_module_is_found(tmp_path: Path) -> None:
    assert texts(tmp_path, "a.py", PYTHON) == [
        ("Open", "verb", []),
        (
            "The message is too long. Shorten it.",
            None,
            ["Translators: shown to visitors,", "never to agents"],
        ),
        ("inside", None, []),
        (("{n} day", "{n} days"), None, []),
        (("{n} new", "{n} new ones"), None, []),
    ]


TEMPLATE = """
{# Translators: a heading #}
<h1 title="{{ tc("noun", "Close") }}">{{ t("Hello, {name}", name=t("you")) }}</h1>
{% if n %}{{ tn("{n} day", "{n} days", n) }}{% endif %}{{ macro(label=t("Save")) }}
"""


def test_every_call_in_a_template_is_found(tmp_path: Path) -> None:
    assert [text for text, _, _ in texts(tmp_path, "a.html", TEMPLATE)] == [
        "Close",
        "Hello, {name}",
        "Save",
        "you",
        ("{n} day", "{n} days"),
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.js", 't(open ? "Open" : "Close")'),
        ("a.js", "t(`Hello, ${name}`)"),
        ("a.js", 't("Hello, " + name)'),
        ("a.py", 't("Open" if closed else "Close")'),
        ("a.py", 't(f"Hello, {name}")'),
        ("a.py", 't("Hello, " + name)'),
        ("a.js", 't("{n} day"); tn("{n} day", "{n} days", n)'),
    ],
)
def test_what_cannot_be_extracted_is_refused(tmp_path: Path, name: str, source: str) -> None:
    with pytest.raises(UnextractableError, match=f"^{name}: "):
        texts(tmp_path, name, source)


def test_each_domain_has_its_own_files(tmp_path: Path) -> None:
    for name in ("widget/chat/a.js", "widget/loader.js", "widget/tests/a.test.js", "admin/static/b.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f't("from {name}")', encoding="utf-8")
    assert [message.id for message in extracted(tmp_path, "widget") if message.id] == [
        "from widget/chat/a.js"
    ]
    assert [message.id for message in extracted(tmp_path, "messages") if message.id] == [
        "from admin/static/b.js"
    ]
