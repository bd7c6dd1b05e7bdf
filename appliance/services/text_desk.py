"""All texts that admins write, alike: the workspace's own, and the names and closed texts of its regions.

What is approved of a region's texts is in the region, and its version is theirs; drafts, and what was
translated from what, are noted beside it (`Texts.note`).
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.regions import KeptRegion, Region
from appliance.domain.texts import PURPOSES, Kind, Text, Wording, checked_locale
from appliance.services.region_json import MOST_TEXTS
from appliance.services.regions import RegionChanged, RegionSettings
from appliance.services.texts import (
    Details,
    TextChanged,
    Texts,
    approved,
    check_size,
    checked_drafts,
    checked_wordings,
    drafts_beside,
    stood_by,
)

OF_REGIONS: tuple[Kind, ...] = tuple(kind for kind, purpose in PURPOSES.items() if purpose.of_region)


@dataclass(frozen=True, slots=True)
class DeskText:
    """`version` of the text is 0 where nothing is stored yet. `region`: the id of the one it belongs to."""

    text: Text
    changed_at: datetime | None = None
    changed_by: str | None = None
    region: str | None = None


class DeskTextChanged(Refused):
    """Somebody else has saved the text meanwhile, as `current`; None: removed it."""

    def __init__(self, current: DeskText | None) -> None:
        super().__init__("changed_meanwhile")
        self.current = current


class TextDesk:
    """`leads`: whether one language can be translated into another."""

    def __init__(self, texts: Texts, regions: RegionSettings, leads: Callable[[str, str], bool]) -> None:
        self._texts = texts
        self._regions = regions
        self._leads = leads

    async def all(self) -> list[DeskText]:
        """In the order of the kinds, those of a kind in their own."""
        kept = await self._texts.kept()
        regions = await self._regions.kept()
        found: list[DeskText] = []
        for kind, purpose in PURPOSES.items():
            if purpose.of_region:
                found += [await self._of_region(kind, one) for one in regions]
                continue
            own = [
                DeskText(one.text, one.changed_at, one.changed_by) for one in kept if one.text.kind == kind
            ]
            found += own if own or purpose.many else [DeskText(Text(kind, kind))]
        return found

    async def get(self, text_id: str) -> DeskText:
        """Raises `Refused("not_found")`."""
        for one in await self.all():
            if one.text.id == text_id:
                return one
        raise Refused("not_found")

    async def save(
        self,
        kind: Kind,
        text_id: str | None,
        wordings: Mapping[str, object],
        expected: int | None,
        by: Agent | None,
        details: Details,
        dropped: Collection[str] = (),
        drafts: Mapping[str, Wording] | None = None,
    ) -> DeskText:
        """As `Texts.save`. Raises `DeskTextChanged`, and `Refused` as there; `region_invalid`: the region's
        hours can't be read any more, and would be lost."""
        if PURPOSES[kind].of_region:
            return await self._save_of_region(
                kind, text_id or "", wordings, expected, by, dropped, drafts or {}
            )
        try:
            saved = await self._texts.save(kind, text_id, wordings, expected, by, details, dropped, drafts)
        except TextChanged as changed:
            raise self._changed(changed) from changed
        return await self.get(saved.id)

    async def draft(self, text_id: str, locale: str, by: Agent | None) -> DeskText:
        """Has the text translated into a locale, from the English wording if that leads there, else from the
        first that does. Raises `Refused`: `not_found`, `bad_field`, `too_many_texts`, `draft_unreachable`,
        `draft_failed`."""
        tag = checked_locale(locale)
        desk = await self.get(text_id)
        text = desk.text
        there = text.wordings.get(tag)
        if there is not None and not there.draft:
            return desk
        source = self.source(text, tag)
        if source is None:
            raise Refused("draft_unreachable")
        if desk.region is None:
            await self._texts.draft(text_id, source, tag, by)
        else:
            check_size(text.wordings, {*text.wordings, tag})
            drafted = await self._texts.translated(text.kind, text.wordings[source].text, source, tag)

            def with_it(now: Text) -> Mapping[str, Wording]:
                written = tag in now.approved
                return now.wordings if written else {**now.wordings, tag: drafted}

            await self._rewrite(desk, with_it, by)
        return await self.get(text_id)

    def source(self, text: Text, target: str) -> str | None:
        """The locale that a text is best translated from into another; None: from none of its own."""
        own = [tag for tag in sorted(text.approved, key=lambda tag: tag != "en") if tag != target]
        return next((tag for tag in own if self._leads(tag, target)), None)

    async def approve(self, text_id: str, wordings: Mapping[str, object], by: Agent | None) -> DeskText:
        """As `Texts.approve`. Raises `DeskTextChanged`, `Refused`."""
        desk = await self.get(text_id)
        if desk.region is None:
            try:
                await self._texts.approve(text_id, wordings, by)
            except TextChanged as changed:
                raise self._changed(changed) from changed
        else:
            checked = checked_wordings(desk.text.kind, wordings)

            def stood_by_these(now: Text) -> Mapping[str, Wording]:
                if any(now.approved.get(tag, said) != said for tag, said in checked.items()):
                    raise TextChanged(None)
                return {**now.wordings, **stood_by(now, checked)}

            await self._rewrite(desk, stood_by_these, by)
        return await self.get(text_id)

    async def discard(self, text_id: str, locales: Collection[str], by: Agent | None) -> DeskText:
        """Drops drafts. Raises `Refused("not_found")`."""
        desk = await self.get(text_id)
        if desk.region is None:
            await self._texts.discard(text_id, locales, by)
        else:

            def without(now: Text) -> Mapping[str, Wording]:
                left = {tag: one for tag, one in now.wordings.items() if tag not in locales or not one.draft}
                if len(left) == len(now.wordings):
                    raise Refused("not_found")
                return left

            await self._rewrite(desk, without, by)
        return await self.get(text_id)

    async def remove(self, text_id: str, expected: int | None) -> None:
        """Raises `DeskTextChanged`, `Refused("not_found")`, also for a region's."""
        if text_id.partition(":")[0] in OF_REGIONS:
            # What is noted of it is no text of its own.
            raise Refused("not_found")
        try:
            await self._texts.remove(text_id, expected)
        except TextChanged as changed:
            raise self._changed(changed) from changed

    async def restore(self, text_id: str, by: Agent | None) -> DeskText:
        """Undoes a removal. Raises `Refused` as `Texts.restore`."""
        await self._texts.restore(text_id, by)
        return await self.get(text_id)

    async def take(
        self,
        seen: Sequence[DeskText],
        said: Mapping[str, Mapping[str, tuple[str, bool]]],
        by: Agent | None,
    ) -> None:
        """Gives many texts wordings at once, as an import does: by text and locale what is said, and whether
        it is a draft. `seen`: all texts as they were when that was made of them. All of the regions' or none,
        then all of the workspace's or none. Raises `Refused`: `not_found`, `region_invalid`,
        `too_many_texts`, `changed_meanwhile` (any text is not as it was seen)."""
        kept = {one.region.id: one for one in await self._regions.kept()}
        # Of a large file this takes tenths of a second, in which visitors and agents go on.
        taken, changed = await asyncio.to_thread(taken_in, seen, kept, said)

        async def changes() -> Mapping[str, tuple[Kind, Mapping[str, Wording]]]:
            if [one.text for one in await self.all()] != [one.text for one in seen]:
                raise Refused("changed_meanwhile")
            if changed:
                versions = {region_id: region.version for region_id, region in changed.items()}
                await self._regions.take(list(changed.values()), None, by, versions)
            return taken

        await self._texts.take(changes, by)

    async def forget(self, region_ids: Collection[str]) -> None:
        """Of regions that are new: drops what was noted of others that had their ids before."""

        async def nothing(_: Mapping[str, Wording]) -> Mapping[str, Wording]:
            return {}

        for kind in OF_REGIONS:
            for region_id in region_ids:
                await self._texts.note(kind, f"{kind}:{region_id}", nothing, None)

    async def _of_region(self, kind: Kind, kept: KeptRegion) -> DeskText:
        region = kept.region
        said = region.names if PURPOSES[kind].of_region == "names" else region.offline
        text_id = f"{kind}:{region.id}"
        noted = await self._texts.noted(text_id)
        wordings = {
            # What was changed in the region itself was written by a person, from nothing.
            tag: noted[tag]
            if tag in noted and not noted[tag].draft and noted[tag].text == one
            else Wording(one)
            for tag, one in said.items()
        }
        drafts = {tag: one for tag, one in noted.items() if one.draft and tag not in said}
        text = Text(text_id, kind, wordings | drafts, version=region.version)
        return DeskText(text, kept.changed_at, kept.changed_by, region.id)

    async def _save_of_region(
        self,
        kind: Kind,
        text_id: str,
        wordings: Mapping[str, object],
        expected: int | None,
        by: Agent | None,
        dropped: Collection[str],
        drafts: Mapping[str, Wording],
    ) -> DeskText:
        try:
            desk = await self.get(text_id)
        except Refused:
            raise DeskTextChanged(None) from None
        if desk.region is None or desk.text.kind != kind:
            # Of this kind there is no such text.
            raise DeskTextChanged(None)
        checked = checked_wordings(kind, wordings)
        returned = checked_drafts(kind, drafts)
        if not checked and kind == "region_name":
            raise Refused("wording_empty", field="en")

        def saved(now: Text) -> Mapping[str, Wording]:
            if now.version != expected:
                raise TextChanged(None)
            told = approved(now, checked)
            return told | drafts_beside(now, told, dropped, returned)

        await self._rewrite(desk, saved, by)
        return await self.get(text_id)

    async def _rewrite(
        self, desk: DeskText, change: Callable[[Text], Mapping[str, Wording]], by: Agent | None
    ) -> None:
        """Gives a region's text the wordings that `change` makes of it as it is, while nobody else notes
        anything: those that are approved go into the region. Where `change` raises `TextChanged`, the
        text as it is goes with it."""
        kind, text_id = desk.text.kind, desk.text.id

        async def noted(_: Mapping[str, Wording]) -> Mapping[str, Wording]:
            now = await self.get(text_id)
            try:
                wordings = change(now.text)
            except TextChanged as changed:
                raise DeskTextChanged(now) from changed
            check_size(now.text.wordings, wordings)
            said = {tag: one.text for tag, one in wordings.items() if not one.draft}
            if said != now.text.approved:
                await self._write_region(now, said, by)
            return {tag: one for tag, one in wordings.items() if one.draft or one.source is not None}

        await self._texts.note(kind, text_id, noted, by)

    async def _write_region(self, desk: DeskText, wordings: Mapping[str, str], by: Agent | None) -> None:
        if len(wordings) > MOST_TEXTS:
            raise Refused("too_many_texts", limit=MOST_TEXTS)
        kept = next(one for one in await self._regions.kept() if one.region.id == desk.region)
        if kept.unread is not None:
            raise Refused("region_invalid")
        region = _saying(kept.region, desk.text.kind, wordings)
        try:
            await self._regions.save(region, desk.text.version, by)
        except RegionChanged as changed:
            current = changed.current
            raise DeskTextChanged(
                None if current is None else await self._of_region(desk.text.kind, current)
            ) from changed

    @staticmethod
    def _changed(changed: TextChanged) -> DeskTextChanged:
        kept = changed.current
        return DeskTextChanged(
            None if kept is None else DeskText(kept.text, kept.changed_at, kept.changed_by)
        )


def taken_in(
    desks: Sequence[DeskText],
    kept: Mapping[str, KeptRegion],
    said: Mapping[str, Mapping[str, tuple[str, bool]]],
) -> tuple[dict[str, tuple[Kind, Mapping[str, Wording]]], dict[str, Region]]:
    """What taking `said` in makes of texts and of regions (`kept`), by their ids. Raises `Refused` as
    `TextDesk.take`."""
    known = {one.text.id: one for one in desks}
    changed: dict[str, Region] = {}
    taken: dict[str, tuple[Kind, Mapping[str, Wording]]] = {}
    for text_id, wordings in said.items():
        desk = known.get(text_id)
        if desk is None:
            raise Refused("not_found")
        approving = {tag: one for tag, (one, draft) in wordings.items() if not draft}
        drafts = {tag: Wording(one, draft=True) for tag, (one, draft) in wordings.items() if draft}
        if not drafts.keys().isdisjoint(desk.text.approved):
            raise Refused("changed_meanwhile")
        check_size(desk.text.wordings, desk.text.wordings.keys() | wordings.keys())
        taken[text_id] = (desk.text.kind, {**stood_by(desk.text, approving), **drafts})
        if desk.region is not None and approving:
            there = kept.get(desk.region)
            if there is None:
                raise Refused("changed_meanwhile")
            if there.unread is not None:
                raise Refused("region_invalid")
            region = changed.get(desk.region, there.region)
            changed[desk.region] = _saying(region, desk.text.kind, desk.text.approved | approving)
    return taken, changed


def _saying(region: Region, kind: Kind, wordings: Mapping[str, str]) -> Region:
    if PURPOSES[kind].of_region == "names":
        return replace(region, names=dict(wordings))
    return replace(region, offline=dict(wordings))
