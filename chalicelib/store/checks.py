"""What must hold between the rows of one case: each check says what is wrong with them, and what would mend it.

The invariant: nobody is asked and nothing is written here. Events are never touched; of CASE only what lists and the
sweep find it by; and whatever mends holds only for the version it was worked out from. A report of misconduct is
checked as far as it stands in the open: its key is not here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from chalicelib.domain.case import REPORT, Case
from chalicelib.domain.dated import lacks_a_date
from chalicelib.domain.elapsing import wake_at
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import replace, value
from chalicelib.store import chain, checks_notices, checks_people, items, keys, projection, sealing, statistics
from chalicelib.store.cases import unpacked
from chalicelib.store.chain import Recorded
from chalicelib.store.fault import Fault, mend
from chalicelib.store.sealing import DataKey, SealBroken, place
from chalicelib.store.table import Absent, Holds, Item, Older, Put

LAG = timedelta(minutes=15)
"""What queue and sweep do within seconds is missed after this."""
PARKED_AT_MOST = timedelta(hours=13)
"""What the sweep put off because it failed has a moment that is right: it comes again."""
PARKED_AGAIN = 2
"""So often in a row it failed for another reason than a moment's traffic. The sweep's age forgets it and its alarm is
over within a minute: until it is acted on, it is listed."""


@value
class CaseRows:
    """All rows of one partition, and the two that stand elsewhere: its statistics and its filing."""

    pk: str
    rows: Sequence[Item]
    stat: Item | None
    submission: Item | None

    @property
    def id(self) -> str:
        """The number of the case."""
        return self.pk.removeprefix(keys.case(""))

    def row(self, sk: str) -> Item | None:
        """One row."""
        return next((each for each in self.rows if each["sk"] == sk), None)

    def of(self, kind: str) -> list[Item]:
        """The rows of a kind, in the order of their keys."""
        return [each for each in self.rows if each["kind"] == kind]


@value
class Scene:
    """What the checks of one case look at. `key` is None where it is not ours: a report of misconduct."""

    found: CaseRows
    case: Case
    item: Item
    events: tuple[Recorded, ...]
    is_whole: bool
    """No event is missing: what is worked out from all of them can be trusted."""
    key: DataKey | None
    person: Callable[[str, str], str]
    rules: Rules
    at: datetime


def faults(
    found: CaseRows,
    *,
    open_key: Callable[[Item, str], DataKey],
    person: Callable[[str, str], str],
    rules: Mapping[bool, Rules],
    at: datetime,
) -> list[Fault]:
    """Everything that is wrong with a case. `rules` by whether it is a report. Raises what `open_key` raises of KMS."""
    item = found.row(keys.CASE)
    if item is None:
        return [Fault("case_missing", found.pk, keys.CASE)]
    try:
        case = unpacked(item)
    except Exception:  # whatever a damaged row does to its reader, it is one finding
        return [Fault("unreadable", found.pk, keys.CASE)]
    try:
        events = tuple(chain.read(each) for each in found.of(items.EVENT))
    except Exception:
        return [Fault("chain_broken", found.pk, keys.EVENTS)]
    key = None
    if case.procedure != REPORT:
        try:
            key = open_key(item["data_key"], case.id)
        except (SealBroken, KeyError):
            return [Fault("key_broken", found.pk, keys.CASE)]
    is_whole = [event.seq for event in events] == list(range(1, case.version + 1))
    scene = Scene(found, case, item, events, is_whole, key, person, rules[case.procedure == REPORT], at)
    wrong: list[Fault] = []
    for check in CHECKS:
        try:
            wrong += check(scene)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, SealBroken):
            wrong.append(Fault("unreadable", found.pk, keys.CASE))
    return list({fault.place: fault for fault in wrong}.values())


def _chain(scene: Scene) -> Iterator[Fault]:
    try:
        chain.verify(scene.found.of(items.EVENT), scene.case.head)
    except chain.ChainBroken:
        yield Fault("chain_broken", scene.found.pk, keys.EVENTS)


def _texts(scene: Scene) -> Iterator[Fault]:
    """The words of an event are there and are those it was hashed with."""
    for event in scene.events:
        sk = keys.text(event.seq)
        row = scene.found.row(sk)
        if row is None:
            if event.text_digest:
                yield Fault("text_missing", scene.found.pk, sk)
        elif scene.key is not None:
            try:
                said = sealing.digest(scene.key.unseal(row["sealed"], place(row)))
            except SealBroken:
                said = ""
            if said != event.text_digest:
                yield Fault("text_broken", scene.found.pk, sk)


def _case_row(scene: Scene) -> Iterator[Fault]:
    """By what lists and the sweep find the case: worked out anew, and both mended in one write."""
    wanted = {name: held for name, held in scene.item.items() if name not in _FOUND_BY}
    list_name, list_key = projection.lead_entry(scene.case)
    wanted |= {"list_name": list_name, "list_key": list_key} | _waking(scene)
    if not _is_put_off(scene):
        wanted.pop(items.PARKED, None)
    repair = (Put(wanted, Holds("version", scene.case.version)),)
    if _differs(scene.item, wanted, ("list_name", "list_key")):
        yield Fault("list_wrong", scene.found.pk, keys.CASE, repair)
    if _differs(scene.item, wanted, ("shard", "wake_at")):
        yield Fault("calendar_moved" if _was_right(scene) else "wake_wrong", scene.found.pk, keys.CASE, repair)


def _dated(scene: Scene) -> Iterator[Fault]:
    """Its rows agree with each other and it would still be forgotten: which date it needs, only a person can tell."""
    if lacks_a_date(scene.case):
        yield Fault("no_next_date", scene.found.pk, keys.CASE)


def _waking(scene: Scene) -> Item:
    wake = None if scene.case.procedure == REPORT else wake_at(scene.case, scene.rules)
    if wake is None:
        return {}
    found = {"shard": keys.shard(scene.case.id), "wake_at": keys.instant(wake)}
    return found | ({"wake_at": scene.item["wake_at"]} if _is_put_off(scene) else {})


def _is_put_off(scene: Scene) -> bool:
    """Its moment has come, and the sweep that failed on it pushed it: it stands between then and half a day from now.

    When that has come too, the next sweep is on its way: what that takes is no fault of the row.
    """
    wake = None if scene.case.procedure == REPORT else wake_at(scene.case, scene.rules)
    if wake is None or wake > scene.at or not scene.item.get(items.PARKED):
        return False
    stands: str = scene.item.get("wake_at", "")
    return keys.instant(wake) < stands <= keys.instant(scene.at + PARKED_AT_MOST)


def _parked(scene: Scene) -> Iterator[Fault]:
    """Something is due and the sweep fails on it again and again: a person has to see why (第四十条: 及时督办)."""
    if _is_put_off(scene) and scene.item[items.PARKED] >= PARKED_AGAIN:
        yield Fault("parked", scene.found.pk, keys.CASE)


def _was_right(scene: Scene) -> bool:
    """The moment is the one of a calendar before: no date moved, but the working days on which somebody is told did."""
    before = (wake_at(scene.case, replace(scene.rules, calendar=each)) for each in scene.rules.earlier.values())
    return scene.item.get("wake_at", "") in [keys.instant(wake) for wake in before if wake is not None]


def _desks(scene: Scene) -> Iterator[Fault]:
    duties = projection.duties(scene.case)
    standing = {row["sk"].removeprefix(keys.DESKS): row for row in scene.found.of(items.DESK)}
    for org in sorted(duties.keys() | standing.keys()):
        wanted, row = projection.desk(scene.case, org, duties.get(org)), standing.get(org)
        if row is None or _differs(row, wanted, ("list_name", "list_key")):
            yield Fault("desk_wrong", scene.found.pk, wanted["sk"], mend(scene.case, wanted))


def _ledger(scene: Scene) -> Iterator[Fault]:
    for wanted in projection.ledger(None, scene.case):
        if scene.found.row(wanted["sk"]) != wanted:
            yield Fault("ledger_wrong", scene.found.pk, wanted["sk"], mend(scene.case, wanted))


def _statistics(scene: Scene) -> Iterator[Fault]:
    if scene.case.procedure != PETITION.name or not scene.is_whole or scene.events[-1].at > scene.at - LAG:
        return
    wanted, row = statistics.item(scene.case, scene.events), scene.found.stat
    if row is None or row["version"] < wanted["version"]:
        yield Fault("stat_behind", wanted["pk"], wanted["sk"], (Put(wanted, Older("version", scene.case.version)),))
    elif row != wanted:
        yield Fault("stat_wrong", wanted["pk"], wanted["sk"], (Put(wanted, Holds("version", row["version"])),))


def _submission(scene: Scene) -> Iterator[Fault]:
    """What makes a repeated filing find the first one: without it the same petition would be filed twice."""
    if not scene.is_whole or not scene.events[0].command:
        return
    first = scene.events[0]
    wanted: Item = {
        "pk": keys.submission(first.command.hex()),
        "sk": keys.SUBMISSION,
        "kind": items.SUBMISSION,
        "fingerprint": first.fingerprint,
        "result": scene.case.id,
    }
    if scene.found.submission is None:
        yield Fault("submission_missing", wanted["pk"], keys.SUBMISSION, (Put(wanted, Absent()),))
    elif scene.found.submission != wanted:
        yield Fault("submission_nowhere", scene.found.pk, keys.SUBMISSION)


def _sealed(scene: Scene) -> Iterator[Fault]:
    """Whom a report accuses is sealed beside it; without that nobody could keep it from them (第三十条第三款)."""
    if scene.case.procedure == REPORT and scene.found.row(keys.ACCUSED) is None:
        yield Fault("accused_missing", scene.found.pk, keys.ACCUSED)


def _people(scene: Scene) -> Iterator[Fault]:
    yield from checks_people.wrong(scene.found, scene.case, scene.key, scene.person)


def _notices(scene: Scene) -> Iterator[Fault]:
    yield from checks_notices.wrong(scene.found, scene.case, scene.key, scene.at)


def _differs(row: Item, wanted: Item, names: Sequence[str]) -> bool:
    return any(row.get(name) != wanted.get(name) for name in names)


_FOUND_BY = ("list_name", "list_key", "shard", "wake_at")
CHECKS: tuple[Callable[[Scene], Iterator[Fault]], ...] = (
    _chain, _texts, _case_row, _dated, _parked, _desks, _ledger, _people, _notices, _statistics, _submission, _sealed,
)  # fmt: skip
