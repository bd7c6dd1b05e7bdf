"""The templates of mails, as pages for programs that know little of CSS and run nothing."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader


def mail_templates(root: Path) -> Environment:
    """`root` has the tree of assets. Whatever is put into a template is escaped."""
    return Environment(
        loader=FileSystemLoader(root / "admin" / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
