"""The reconciler: looks at every case anew, mends what is safe to mend, and lists the rest for the administrator.

Every quarter of an hour it walks what is open (the `due` index), and once a day, at night, the whole table: what has
ended is in no index of open things, and a row that lost its index entry is in none at all. The timer calls every five
minutes, so that its silence is noticed soon; a run stops in time and goes on from its mark. The invariant: it changes
no event and decides nothing; what it mends holds only for the version it looked at, and is written down. Killed
anywhere, it looks again and finds the rest.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from chalicelib import clock
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value
from chalicelib.store import checks, checks_notices, completeness, findings, keys
from chalicelib.store.cases import Cases, may_be_report, unpacked
from chalicelib.store.checks import CaseRows
from chalicelib.store.fault import BY_ROOTS, EXPECTED, Fault
from chalicelib.store.findings import Finding, Mark
from chalicelib.store.table import Cancelled, Denied, Item
from chalicelib.telemetry import came_through, logger, metric

PAGE = 25
STOP_BEFORE_MS = 20_000
EVERY = timedelta(minutes=14)
"""What is open is walked anew when so much time has passed since the last walk ended."""
NIGHT = time(1)
"""From this hour on the whole table is walked once a day; a night that was missed is made up by day."""
FULL, RECENT = "FULL", "RECENT"
BEYOND_COUNTING = ("case_missing", "unreadable", "key_broken", "chain_broken")
"""What such a case owes cannot be read: it is an exception that is listed, and no part of the figure."""
BESIDE = ("stat_nowhere", "submission_nowhere")
"""Of rows outside a case: one that is gone is walked by nobody, so its finding is closed when the walk has ended."""


@dataclass
class Reconciled:
    """What one run did."""

    examined: int = 0
    mended: int = 0
    listed: int = 0
    failed: int = 0
    is_full: bool = False
    """The whole table was walked to its end in this run."""
    incomplete: int = 0
    found: list[Fault] = field(default_factory=list, repr=False)


@value
class Reconciler:
    """The walk over any table: the real one and a test's differ in what they bring."""

    cases: Cases
    rules: Mapping[bool, Rules]
    """By whether it is a report of misconduct."""
    fresh: Callable[[], Mapping[bool, Rules]] | None = None
    """Reads the calendar anew: one that came into force during the walk makes nothing wrong that it set."""

    def run(self, at: datetime, has_time: Callable[[float], bool] = lambda _share: True) -> Reconciled:
        """What is open, within half of the time; then the whole table, if tonight's walk has not come to its end."""
        done = Reconciled()
        known = findings.open_ones()
        self._walk_recent(at, lambda: has_time(0.5), done, known)
        if self._full_is_owed(at):
            self._walk_all(at, lambda: has_time(1.0), done, known)
        return done

    def _full_is_owed(self, at: datetime) -> bool:
        state = findings.mark(FULL).state
        if not state or not state["ended"]:
            return True
        return at.timetz().replace(tzinfo=None) >= NIGHT and state["day"] < at.date().isoformat()

    def _walk_recent(
        self, at: datetime, has_time: Callable[[], bool], done: Reconciled, known: dict[str, list[Finding]]
    ) -> None:
        """Everything that waits for a moment, shard by shard, from where the last run stopped."""
        mark = findings.mark(RECENT)
        if mark.state.get("ended", "") > keys.instant(at - EVERY):
            return
        seen: set[str] = set()
        begun = mark.state.get("shard", keys.SHARDS[0])
        for shard in keys.SHARDS[keys.SHARDS.index(begun) :]:
            after, is_read = mark.state.get("after") if shard == begun else None, False
            while has_time():
                page = self.cases.table.hits("due", shard, high="\uffff", limit=PAGE, after=after)
                for pk in dict.fromkeys(hit["pk"] for hit in page.items):
                    if pk not in seen:
                        seen.add(pk)
                        self._look(pk, at, done, known)
                after = page.after
                if after is None:
                    is_read = True
                    break
            if not is_read:
                findings.move(mark, {"shard": shard, "after": after})
                return
        findings.move(mark, {"ended": keys.instant(at)})

    def _walk_all(
        self, at: datetime, has_time: Callable[[], bool], done: Reconciled, known: dict[str, list[Finding]]
    ) -> None:
        """Every partition of the table. The tally is kept with the mark, so that no case is counted twice or never."""
        mark: Mark | None = findings.mark(FULL)
        assert mark is not None
        if not mark.state or mark.state["ended"]:
            mark = findings.move(
                mark, {"day": at.date().isoformat(), "ended": "", "after": None, "pk": "", "tally": {}}
            )
        while mark is not None and has_time():
            page = self.cases.table.walk(limit=PAGE * 8, after=mark.state["after"])
            tally, last = mark.state["tally"], mark.state["pk"]
            for item in page.items:
                if not item["pk"].startswith(keys.case("")):
                    self._look_beside(item, at, done, known)
                elif item["pk"] != last:
                    last = item["pk"]
                    tally = completeness.add(tally, self._look(last, at, done, known), at.date())
            ended = keys.instant(at) if page.after is None else ""
            mark = findings.move(mark, mark.state | {"after": page.after, "pk": last, "tally": tally, "ended": ended})
            if mark is not None and ended:
                self._close(mark, at, done, known)
                return

    def _close(self, mark: Mark, at: datetime, done: Reconciled, known: dict[str, list[Finding]]) -> None:
        """The walk has come to its end: the figure of the day; and what a finding was about may be gone as a whole."""
        for finding in (each for listed in known.values() for each in listed if each.kind in BESIDE):
            if self.cases.table.get(finding.pk, finding.sk) is None:
                findings.note_mended(finding, at, findings.BY_ITSELF)
        figure = completeness.figure(mark.state["tally"])
        findings.keep_figure(at.fromisoformat(mark.state["day"]).date(), figure | {"counted_at": keys.instant(at)}, at)
        done.is_full, done.incomplete = True, completeness.incomplete(figure["total"])
        metric("NoticesIncomplete", value=done.incomplete)

    def _look(self, pk: str, at: datetime, done: Reconciled, known: dict[str, list[Finding]]) -> list[Any]:
        """Look at one case; what its notices say for the tally. A case that cannot be asked about holds up no other."""
        done.examined += 1
        try:
            found, wrong = self.look(pk, at)
            self._deal_with(pk, wrong, at, done, known, sealed=may_be_report(found.row(keys.CASE)))
            return [] if any(fault.kind in BEYOND_COUNTING for fault in wrong) else list(self._standing(found, at))
        except Denied:
            raise
        except Exception as error:
            done.failed += 1
            place = findings.called(self.cases.keys, pk)
            logger.error("case not reconciled", extra={"place": place, "through": came_through(error)})
            return []

    def look(self, pk: str, at: datetime) -> tuple[CaseRows, list[Fault]]:
        """What is wrong with a case, seen twice: rows read one after the other may lie on both sides of a commit."""
        found = self._read(pk)
        first = {fault.place for fault in self._faults(found, at, self.rules)}
        if not first:
            return found, []
        found = self._read(pk)
        rules = self.fresh() if self.fresh else self.rules
        return found, [fault for fault in self._faults(found, at, rules) if fault.place in first]

    def _faults(self, found: CaseRows, at: datetime, rules: Mapping[bool, Rules]) -> list[Fault]:
        return checks.faults(found, open_key=self.cases.keys.data_key, person=self.cases.person, rules=rules, at=at)

    def _read(self, pk: str) -> CaseRows:
        rows = self.cases.table.query(pk).items
        item = next((row for row in rows if row["sk"] == keys.CASE), None)
        first = next((row for row in rows if row["sk"] == keys.event(1)), None)
        stat = None
        if item is not None and (registered := _registered(item)) is not None:
            stat = self.cases.table.get(keys.stat(f"{registered:%Y-%m}"), pk.removeprefix(keys.case("")))
        submission = None
        if first is not None and first.get("command"):
            submission = self.cases.table.get(keys.submission(first["command"].hex()), keys.SUBMISSION)
        return CaseRows(pk, rows, stat, submission)

    def _standing(self, found: CaseRows, at: datetime) -> Iterator[Any]:
        item = found.row(keys.CASE) or {}
        key = None if may_be_report(found.row(keys.CASE)) else self.cases.keys.data_key(item["data_key"], found.id)
        yield from checks_notices.standing(found, key, at)

    def _look_beside(self, item: Item, at: datetime, done: Reconciled, known: dict[str, list[Finding]]) -> None:
        """One row that stands outside a case and points at one: a month of them is a partition, and read row by row."""
        pk, sk, wrong = item["pk"], item["sk"], []
        if pk.startswith(keys.submission("")):
            row = self.cases.table.get(pk, sk)
            if row is not None and not self._stands(row.get("result", "")):
                wrong.append(Fault("submission_nowhere", pk, sk))
        elif pk.startswith(keys.stat("")) and not self._stands(sk):
            wrong.append(Fault("stat_nowhere", pk, sk))
        mine = {pk: [each for each in known.get(pk, ()) if each.sk == sk]}
        self._deal_with(pk, wrong, at, done, mine, sealed=False)

    def _stands(self, case_id: str) -> bool:
        """Any row of the case: one whose CASE alone is gone is a finding of its own."""
        return bool(self.cases.table.query(keys.case(case_id), limit=1).items)

    def _deal_with(
        self,
        pk: str,
        wrong: list[Fault],
        at: datetime,
        done: Reconciled,
        known: Mapping[str, list[Finding]],
        *,
        sealed: bool,
    ) -> None:
        done.found += wrong
        for fault in wrong:
            noted = findings.finding(fault, at, sealed=sealed)
            if fault.kind in EXPECTED:
                if self._mended(fault):
                    logger.info("set right", extra=self._named(fault))
            elif fault.repair:
                if self._mended(fault):
                    findings.note_mended(noted, at)
                    done.mended += 1
                    metric("ReconcileMended", kind=fault.kind)
                    logger.warning("mended", extra=self._named(fault))
            elif findings.note(noted):
                done.listed += 1
                metric("ReconcileFinding", kind=fault.kind)
                logger.error("found", extra=self._named(fault))
        still = {fault.place for fault in wrong}
        for finding in known.get(pk, ()):
            if finding.kind not in BY_ROOTS and (finding.kind, finding.pk, finding.sk) not in still:
                findings.note_mended(finding, at, findings.BY_ITSELF)

    def _named(self, fault: Fault) -> dict[str, str]:
        """What a log says of it: the key of a row may name an office, or hold a report's number."""
        return {"kind": fault.kind, "place": findings.called(self.cases.keys, f"{fault.pk}|{fault.sk}")}

    def _mended(self, fault: Fault) -> bool:
        """Write what mends; False when the case moved on meanwhile: the next run looks again. Raises Busy, Denied."""
        try:
            self.cases.table.transact(fault.repair, secrets.token_hex(16))
        except Cancelled as cancelled:
            if cancelled.has("denied"):
                raise Denied("the repair is denied to this role") from cancelled
            return False
        return True


def _registered(item: Item) -> datetime | None:
    try:
        return unpacked(item).registered_at
    except Exception:  # whatever a damaged row does to its reader
        return None


def reconcile(event: Any) -> dict[str, Any]:
    """The timer's way in: one run now, its heartbeat, and how long ago the whole table was walked."""
    from chalicelib.store import tenant

    at = clock.now()
    left = getattr(getattr(event, "context", None), "get_remaining_time_in_millis", lambda: 60_000)
    whole = max(left() - STOP_BEFORE_MS, 1)
    reconciler = Reconciler(tenant.cases(), _rules(), _rules)
    done = reconciler.run(at, lambda share: left() - STOP_BEFORE_MS > whole * (1 - share))
    if done.failed:
        metric("ReconcileFailed", value=done.failed)
    metric("ReconcileHeartbeat")
    metric("HoursSinceFullReconcile", value=_hours_since_full(at))
    told = {name: held for name, held in vars(done).items() if name != "found"}
    logger.info("reconciled", extra=told)
    return told


def _rules() -> Mapping[bool, Rules]:
    """With the calendar as it is now: a process may keep one for five minutes, and the sweep does not wait for it."""
    from chalicelib.store import tenant

    return {False: tenant.rules(fresh=True), True: tenant.report_rules()}


def _hours_since_full(at: datetime) -> float:
    """How old the last figure is; where none was ever counted, how long ago the first walk began."""
    counted = next(findings.figures(limit=1), None)
    begun = findings.mark(FULL).state.get("day", at.date().isoformat())
    since = keys.moment(counted[1]["counted_at"] if counted else f"{begun}T00:00:00+08:00")
    return round((at - since).total_seconds() / 3600, 1)
