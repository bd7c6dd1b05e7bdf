"""That the browser tests which look at every page know every page."""

import re
from pathlib import Path

import appliance.web.routes

TOURS = Path(__file__).parents[2] / "e2e"
# What is shown inside of other pages, or shown by them.
ELSEWHERE = {"/widget/frame", "/console/simulator/panel", "/console/texts/panel"}


def test_no_page_is_left_out() -> None:
    source = Path(appliance.web.routes.__file__).read_text("utf-8")
    rules = re.findall(r'Rule\("([^"]+)", [\w.]+(?: if demo else \w+)?, \w+\)', source)
    pages = [path for path in rules if re.match(r"/$|/console|/mail|/widget/", path)]
    assert len(pages) > 20
    visited = "".join(path.read_text("utf-8") for path in TOURS.glob("tours*.py"))
    addresses = [re.split("[?#]", address)[0] for address in re.findall(r'"(/[^"]*)"', visited)]
    unseen = [
        page
        for page in pages
        if page not in ELSEWHERE
        and not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", page), address) for address in addresses)
    ]
    assert unseen == []
