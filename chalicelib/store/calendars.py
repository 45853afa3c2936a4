"""CALENDAR items: notices on days off that were proposed, and those in force. What ships and all of these count.

The invariant: nothing is changed in place. A correction is a new version; what was in force before stays readable, and
who proposed and who confirmed it is part of the item.
"""

import json
from datetime import date, datetime
from typing import Any

from chalicelib.domain.notices_of_days_off import DaysOff, with_notice
from chalicelib.domain.values import replace, value
from chalicelib.domain.workdays import Calendar
from chalicelib.store import items, keys, second_person
from chalicelib.store.command import Command
from chalicelib.store.second_person import SamePerson, done_by, token
from chalicelib.store.table import Absent, Condition, ConditionFailed, Holds, Item, Table

PROPOSED, IN_FORCE = "proposed", "in_force"


class Superseded(Exception):
    """A later notice for the same year is in force: this one would bring back what was corrected."""


@value
class Version:
    """One notice as it was loaded. `calendar` is what the calendar is called once it is in force."""

    number: int
    notice: DaysOff
    state: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str = ""
    confirmed_at: str = ""
    item_version: int = 0
    proposing: str = ""
    """The command by which it was laid down: its repeat lays nothing down."""
    confirming: str = ""

    @property
    def calendar(self) -> str:
        """Its name: what it is laid over, the year it is for and the number of the item.

        Over another table that ships it is another calendar: a name that stayed would hide its days from every clock.
        """
        return f"{Calendar.shipped().version}+{self.notice.year}.n{self.number}"


@value
class Kept:
    """Everything the partition holds: the versions in order, and when the daily look was last finished."""

    versions: tuple[Version, ...] = ()
    watched: datetime | None = None
    recounted: str = ""
    """The calendar under which a look at every open case last found nothing to move."""
    watch_version: int = 0

    def calendar(self) -> Calendar:
        """What ships with the release, and over it every notice in force, in the order they came into force."""
        return self.calendars()[-1]

    def calendars(self) -> list[Calendar]:
        """Every calendar that was in force, the one that ships first and the one in force last."""
        found = [Calendar.shipped()]
        in_force = sorted((each for each in self.versions if each.state == IN_FORCE), key=lambda v: v.confirmed_at)
        for nth, each in enumerate(in_force):
            if any(_replaces(earlier, each) for earlier in in_force[:nth]):
                continue  # confirmed at the same moment as its correction, by somebody who did not see that
            found.append(with_notice(found[-1], each.notice, each.calendar))
        return found


def load(table: Table) -> Kept:
    """One query of one partition. Raises Busy, Denied."""
    versions, watch = [], {}
    for item in table.query(keys.CALENDAR).items:
        if item["sk"] == keys.CALENDAR_WATCH:
            watch = json.loads(item["state"]) | {"version": item["version"]}
        else:
            versions.append(_version(item))
    if not watch:
        return Kept(tuple(versions))
    return Kept(tuple(versions), keys.moment(watch["watched"]), watch["recounted"], watch["version"])


def propose(table: Table, notice: DaysOff, *, by: str, at: datetime, command: Command) -> Version:
    """Lay a notice down for another person to look at; a repeat of the command is answered with the one it laid down.

    Raises Taken, KeyReused, Busy, Denied.
    """
    kept = load(table)
    if again := done_by(command, kept.versions):
        return again
    number = max((each.number for each in kept.versions), default=0) + 1
    proposed = Version(number, notice, PROPOSED, by, keys.instant(at), proposing=token(command))
    return _put(table, proposed, Absent(), command)


def confirm(table: Table, number: int, *, by: str, at: datetime, command: Command) -> Version | None:
    """Bring a proposed notice into force; None when there is none, or it was already, and not by this very command.

    Raises SamePerson, Superseded, Taken, KeyReused, Busy, Denied.
    """
    kept = load(table)
    if again := done_by(command, kept.versions):
        return again
    found = next((each for each in kept.versions if each.number == number), None)
    if found is None or found.state != PROPOSED:
        return None
    if found.proposed_by == by:
        raise SamePerson
    if any(_replaces(each, found) for each in kept.versions):
        raise Superseded
    in_force = replace(found, state=IN_FORCE, confirmed_by=by, confirmed_at=keys.instant(at), confirming=token(command))
    return _put(table, in_force, Holds("version", found.item_version), command)


def _replaces(later: Version, earlier: Version) -> bool:
    return later.state == IN_FORCE and later.notice.year == earlier.notice.year and later.number > earlier.number


def looked(table: Table, kept: Kept, *, at: datetime, recounted: str) -> None:
    """Write down that the daily look was taken. One that was faster wrote the same. Raises Busy, Denied."""
    state = {"watched": keys.instant(at), "recounted": recounted}
    item = _item(keys.CALENDAR_WATCH, kept.watch_version + 1, state)
    try:
        table.put(item, Holds("version", kept.watch_version) if kept.watch_version else Absent())
    except ConditionFailed:
        return


def _put(table: Table, version: Version, when: Condition, command: Command) -> Version:
    state = {name: held for name, held in vars(version).items() if name not in ("notice", "item_version", "number")}
    stored = replace(version, item_version=version.item_version + 1)
    state["notice"] = version.notice.plain()
    item = _item(keys.calendar_version(version.number), stored.item_version, state)
    return second_person.put(table, item, when, stored, command, lambda: load(table).versions)


def _item(sk: str, version: int, state: dict[str, Any]) -> Item:
    return {
        "pk": keys.CALENDAR,
        "sk": sk,
        "kind": items.CALENDAR,
        "version": version,
        "state": json.dumps(state, ensure_ascii=False, separators=(",", ":")),
    }


def _version(item: Item) -> Version:
    state = json.loads(item["state"])
    said = state.pop("notice")
    days = {kind: tuple(date.fromisoformat(day) for day in said[kind]) for kind in ("off", "make_up")}
    notice = DaysOff(said["year"], days["off"], days["make_up"], tuple(said["papers"]))
    number = int(item["sk"].removeprefix(keys.CALENDAR_VERSIONS))
    return Version(number=number, notice=notice, item_version=item["version"], **state)
