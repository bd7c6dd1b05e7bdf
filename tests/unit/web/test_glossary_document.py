"""The glossary's and the memory's part of docs/protocol.md against the server."""

import json
from typing import Any

from tests.unit.web.house import House
from tests.unit.web.test_protocol_document import BLOCKS, differences


def told(name: str, real: Any) -> None:
    """An answer looks like its example."""
    assert differences(listed(BLOCKS[name]), listed(real)) == [], json.dumps(real, ensure_ascii=False)


def listed(value: Any) -> Any:
    """Wordings are by language, which is not part of the shape."""
    if isinstance(value, dict):
        return {
            key: list(inner.values()) if key == "wordings" else listed(inner) for key, inner in value.items()
        }
    return [listed(inner) for inner in value] if isinstance(value, list) else value


async def test_the_glossarys_calls_are_as_described(house: House) -> None:
    headers = {"cookie": await house.agent("Emma", "admin")}
    saved = await house.http.post("/api/glossary/save", headers=headers, json=BLOCKS["glossary_save"])
    told("glossary_save_answer", saved.json())
    told("glossary_answer", (await house.http.get("/api/glossary", headers=headers)).json())

    file = "keep,en,pt\nDragoman Pro,,\n,refund,devolução\n,card,cartão\n,payment,cartão\n".encode()
    seen = await house.http.post("/api/glossary/preview", headers=headers, content=file)
    told("glossary_preview_answer", seen.json())
    counts = {name: seen.json()[name]["count"] for name in ("added", "changed", "removed", "refused")}
    assert counts == {"added": 2, "changed": 1, "removed": 0, "refused": 1}
    address = f"/api/glossary/import?mode=merge&version={seen.json()['version']}"
    told("glossary_preview_answer", (await house.http.post(address, headers=headers, content=file)).json())

    tried = await house.http.post("/api/glossary/try", headers=headers, json=BLOCKS["glossary_try"])
    told("glossary_try_answer", tried.json())
    for text, part in (("source", "I want a refund."), ("translation", "devolução")):
        assert part in "".join(piece["text"] for piece in tried.json()[text])
    late = BLOCKS["glossary_save"] | {"id": saved.json()["entry"]["id"], "was": saved.json()["entry"]}
    refused = await house.http.post("/api/glossary/save", headers=headers, json=late)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    assert refused.json()["entry"]["wordings"]["pt"] == ["devolução"]
    for nonsense in ("x", {"id": 1, "wordings": 7}):
        refused = await house.http.post("/api/glossary/save", headers=headers, json=late | {"was": nonsense})
        assert refused.status_code == 400
    removed = await house.http.post(
        "/api/glossary/remove", headers=headers, json={"id": saved.json()["entry"]["id"]}
    )
    assert removed.json()["entry"]["wordings"]["pt"] == ["devolução"]


async def test_the_memorys_calls_are_as_described(house: House) -> None:
    headers = {"cookie": await house.agent("Emma", "admin")}
    saved = await house.http.post("/api/memory/save", headers=headers, json=BLOCKS["memory_save"])
    told("memory_answer", (await house.http.get("/api/memory", headers=headers)).json())
    judgement = saved.json()["judgement"]
    assert (judgement["text"], judgement["by"]) == ("Where is order {code}?", "Emma")

    file = b"source,target,text,translation\nen,pt,Where is order {code}?,{code}?\nen,pt,,\nen,pt,Hi,Oi\n"
    seen = await house.http.post("/api/memory/preview", headers=headers, content=file)
    told("memory_preview_answer", seen.json())
    address = f"/api/memory/import?version={seen.json()['version']}"
    told("memory_preview_answer", (await house.http.post(address, headers=headers, content=file)).json())

    (known,) = (await house.http.get("/api/memory?search=order", headers=headers)).json()["judgements"]
    assert known["translation"] == "{code}?"
    removed = await house.http.post("/api/memory/remove", headers=headers, json={"id": known["id"]})
    assert removed.json()["judgement"] == known
    restored = await house.http.post("/api/memory/restore", headers=headers, json={"id": known["id"]})
    assert restored.status_code == 200
    assert (await house.http.get("/api/memory", headers=headers)).json()["total"] == 2
