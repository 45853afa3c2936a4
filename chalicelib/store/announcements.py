"""ANNOUNCEMENT items: what the bureau has written to many. And REFUSAL items: whose telephone wants none of it.

The invariant: a move holds for the version it was decided on, so that release and stop never both win; and the text
is sealed like everything that people write.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain.announcements import Announcement, Audience
from chalicelib.domain.values import replace, value
from chalicelib.store import items, keys
from chalicelib.store.cases import KeyReused
from chalicelib.store.command import Command
from chalicelib.store.sealing import Keys, place
from chalicelib.store.second_person import Taken
from chalicelib.store.table import Absent, ConditionFailed, Holds, Item, Table

LATELY = 20
"""A repeated submission is looked for among so many."""
MOMENTS = ("written_at", "released_at", "stopped_at", "ended_at")


@value
class Announcements:
    """Those of a tenant, over any table."""

    table: Table
    keys: Keys

    def write(self, text: str, audience: Audience, command: Command, *, by: str, at: datetime) -> Announcement:
        """Lay one down for a second person; the same again for the same command. Raises Taken, KeyReused, Busy."""
        newest = self.table.query(keys.ANNOUNCEMENTS, limit=LATELY, newest_first=True).items
        for item in newest:
            if item["command"] == command.key:
                if item["fingerprint"] != command.fingerprint:
                    raise KeyReused
                return self._read(item)
        number = 1 + (self._read(newest[0]).number if newest else 0)
        written = Announcement(number, text, audience, by, at, version=1)
        item = self._item(written) | {"command": command.key, "fingerprint": command.fingerprint}
        try:
            self.table.put(item, Absent())
        except ConditionFailed:
            raise Taken from None
        return written

    def find(self, number: int) -> Announcement | None:
        """One by its number."""
        item = self.table.get(keys.ANNOUNCEMENTS, keys.announcement(number))
        return self._read(item) if item else None

    def newest(self, *, limit: int, before: int = 0) -> tuple[list[Announcement], int | None]:
        """A page, the last written first, and where the next one begins."""
        after = {"pk": keys.ANNOUNCEMENTS, "sk": keys.announcement(before)} if before else None
        page = self.table.query(keys.ANNOUNCEMENTS, limit=limit, after=after, newest_first=True)
        found = [self._read(item) for item in page.items]
        return found, found[-1].number if page.after and found else None

    def under_way(self) -> list[Announcement]:
        """What the sweep has something to do with, the first released first."""
        hits = self.table.hits("lists", keys.ANNOUNCEMENTS).items
        rows = self.table.get_many([(hit["pk"], hit["sk"]) for hit in hits])
        return [each for each in map(self._read, rows) if each.is_under_way]

    def move(self, before: Announcement, after: Announcement) -> Announcement:
        """Write what was decided on `before`. Raises Taken, Busy, Denied."""
        if after == before:
            return before
        moved = replace(after, version=before.version + 1)
        held = self.table.get(keys.ANNOUNCEMENTS, keys.announcement(before.number)) or {}
        asked = {name: held[name] for name in ("command", "fingerprint") if name in held}
        try:
            self.table.put(self._item(moved) | asked, Holds("version", before.version))
        except ConditionFailed:
            raise Taken from None
        return moved

    def refuses(self, index: str) -> bool:
        """This number wants no bulk notices."""
        return _refuses(self.table.get(*_refusal(index)))

    def refusing(self, indexes: Sequence[str]) -> set[str]:
        """Which of these numbers, a hundred at most, want none."""
        found = self.table.get_many([_refusal(index) for index in indexes])
        return {item["pk"].removeprefix(keys.refusal("")) for item in found if _refuses(item)}

    def may_go(self, number: int, index: str) -> tuple[Announcement | None, bool]:
        """The announcement as it stands at this moment, and whether this number refuses: one consistent read."""
        at = (keys.ANNOUNCEMENTS, keys.announcement(number))
        found = {(item["pk"], item["sk"]): item for item in self.table.get_many([at, _refusal(index)])}
        return (self._read(found[at]) if at in found else None), _refuses(found.get(_refusal(index)))

    def refuse(self, index: str, *, refuses: bool, by: str, at: datetime) -> None:
        """Write down what was said of a number, the last word last. Raises Taken, Busy, Denied."""
        pk, sk = _refusal(index)
        held = self.table.get(pk, sk)
        if held is not None and _refuses(held) == refuses:
            return
        version = held["version"] if held else 0
        state = {"refuses": refuses, "by": by, "at": keys.instant(at)}
        item: Item = {"pk": pk, "sk": sk, "kind": items.REFUSAL, "version": version + 1, "state": _json(state)}
        try:
            self.table.put(item, Holds("version", version) if held else Absent())
        except ConditionFailed:
            raise Taken from None

    def _item(self, this: Announcement) -> Item:
        item: Item = {
            "pk": keys.ANNOUNCEMENTS,
            "sk": keys.announcement(this.number),
            "kind": items.ANNOUNCEMENT,
            "version": this.version,
        }
        state = {name: held for name, held in vars(this).items() if held and name not in ("text", "version")}
        state |= {name: keys.instant(state[name]) for name in MOMENTS if name in state}
        if this.laid is not None:
            state["laid"] = this.laid
        item["state"] = _json(state | {"audience": vars(this.audience)})
        item["sealed"] = self.keys.staff_key().seal(this.text.encode(), place(item))
        if this.is_under_way and this.released_at is not None:
            item |= {"list_name": keys.ANNOUNCEMENTS, "list_key": keys.by_time(this.released_at, str(this.number))}
        return item

    def _read(self, item: Item) -> Announcement:
        state: dict[str, Any] = json.loads(item["state"])
        state |= {name: keys.moment(state[name]).astimezone(keys.CHINA) for name in MOMENTS if name in state}
        state["audience"] = Audience(**state["audience"])
        text = self.keys.staff_key().unseal(item["sealed"], place(item)).decode()
        return Announcement(text=text, version=item["version"], **state)


def _refusal(index: str) -> tuple[str, str]:
    return keys.refusal(index), keys.REFUSAL


def _refuses(item: Item | None) -> bool:
    return bool(item and json.loads(item["state"])["refuses"])


def _json(state: dict[str, Any]) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))
