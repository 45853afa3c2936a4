"""Reading back: every case as staff see it, some by number and query code, every person's list, every notice owed.

The invariant: a case counts as found only with the words that were filed and every step that was acknowledged.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from infra.replay.client import Api, Refused, Unreachable
from infra.replay.journey import Road, Trace
from infra.replay.ledger import Entry
from infra.replay.progress import Progress
from infra.replay.reckoning import (
    CaseSum,
    Notice,
    carried,
    count_case,
    filed_twice,
    is_carried,
    promised,
    still_waiting,
)

TRACKED_ONE_IN = 10
ASK_AGAIN_S = 2.0
READ_ALL_S = 30.0
SETTLE_S = 3.0
"""A message that is delivered twice comes twice at once. What comes again after the queue's pause of minutes is
counted when the same --run is started again."""
PAGE = "50"


@dataclass(frozen=True)
class Reader:
    """Reads what a run has filed. `note` takes what is wrong, a line each."""

    road: Road
    workers: int
    note: Callable[[str], None]

    def cases(self, traces: Sequence[Trace]) -> dict[str, CaseSum]:
        """Case number -> its sum, of every acknowledged case; one in ten is tracked as its petitioner would."""
        tracked = {trace.number for trace in traces[::TRACKED_ONE_IN]}
        with Progress("reading back", len(traces)) as progress, ThreadPoolExecutor(self.workers) as pool:

            def one(trace: Trace) -> CaseSum:
                found = self._case(trace)
                if trace.number in tracked and (why := untracked(self.road.api, _entry(trace))):
                    self.note(f"record {trace.record.key}: {why}")
                    found.is_found = False
                return found

            sums = {}
            for found in pool.map(one, traces):
                sums[found.number] = found
                progress.step()
            return sums

    def notices(self, traces: Sequence[Trace], sums: dict[str, CaseSum], patience_s: float) -> Counter[Notice]:
        """The carrier's record, once everything owed was sent or `patience_s` went by without any further text;
        brings `sums` up to date."""
        by_number = {trace.number: trace for trace in traces}
        phones = {trace.number: trace.person.phone for trace in traces}
        # By the system's own clock, which can be moved; of a run that goes on, from its first filing.
        since = min((trace.registered_at for trace in traces), default="")
        carried_before, moved_at, read_at = -1, 0.0, time.monotonic()
        with (
            Progress("cases whose notices are sent", len(traces)) as progress,
            ThreadPoolExecutor(self.workers) as pool,
        ):
            while True:
                sent = self._carried(phones, since)
                waiting = [found for found in sums.values() if found.is_found and still_waiting(found, sent)]
                progress.reach(len(traces) - len(waiting))
                now = time.monotonic()
                if sent.total() > carried_before:
                    carried_before, moved_at = sent.total(), now
                if not waiting or now - moved_at > patience_s:
                    break
                # Reading every case again and again would keep the system from sending: a case is asked when
                # the carrier has its texts, and all of them now and then, since a text may have been given up.
                due = [found for found in waiting if is_carried(found, sent)]
                if now - read_at > READ_ALL_S:
                    due, read_at = waiting, now
                time.sleep(ASK_AGAIN_S)
                for found in pool.map(lambda one: self._case(by_number[one.number]), due):
                    sums[found.number] = found
        time.sleep(SETTLE_S)
        return self._carried(phones, since)

    def persons(self, traces: Sequence[Trace], sums: dict[str, CaseSum]) -> int:
        """How many petitions the invented persons have beyond those filed for them. A case that its person's own
        list does not show counts as not found."""
        by_person = [list(group) for _, group in groupby(traces, key=lambda trace: trace.person.phone)]
        twice = 0
        with Progress("persons' own lists", len(by_person)) as progress, ThreadPoolExecutor(self.workers) as pool:
            for group, listed in zip(by_person, pool.map(self._own, by_person), strict=True):
                twice += filed_twice((each.record.stored_title for each in group), listed.values())
                for trace in group:
                    if trace.is_acknowledged and trace.number not in listed:
                        self.note(f"record {trace.record.key}: {trace.number} is not in its person's own list")
                        sums[trace.number].is_found = False
                progress.step()
        return twice

    def _case(self, trace: Trace) -> CaseSum:
        try:
            view = self.road.look(trace)
        except (Refused, Unreachable) as error:
            self.note(f"record {trace.record.key}: case {trace.number} cannot be read: {error}")
            return CaseSum(trace.number, owed=promised(trace.number, trace.record.kind, trace.done))
        found = count_case(trace.number, view, trace.record.kind, trace.done)
        if why := differs(view, found.steps, trace):
            self.note(f"record {trace.record.key}: case {trace.number} {why}")
            found.is_found = False
        return found

    def _carried(self, phones: dict[str, str], since: str) -> Counter[Notice]:
        return carried(self.road.api.get("/_local/sms", since=since), phones) if phones else Counter()

    def _own(self, group: Sequence[Trace]) -> dict[str, str]:
        phone, cursor = group[0].person.phone, ""
        found: dict[str, str] = {}
        try:
            while True:
                query = {"limit": PAGE, **({"cursor": cursor} if cursor else {})}
                page = self.road.petitioners.act(phone, lambda token: self._page(token, query))  # noqa: B023
                found |= {item["case_number"]: item["title"] for item in page["items"]}
                cursor = page.get("next_cursor") or ""
                if not cursor:
                    return found
        except (Refused, Unreachable) as error:
            self.note(f"the list of a person cannot be read: {error}")
            return found

    def _page(self, token: str, query: dict[str, str]) -> Any:
        return self.road.api.get("/api/my/petitions", token=token, **query)


def differs(view: dict[str, Any], steps: frozenset[str], trace: Trace) -> str:
    """What a case has lost of what was acknowledged; empty when nothing."""
    if view["title"] != trace.record.stored_title or view["text"] != trace.record.stored_text:
        return "has other words than were filed"
    missing = [step for step in trace.done if step not in steps]
    return f"has lost steps that were acknowledged: {', '.join(missing)}" if missing else ""


def untracked(api: Api, entry: Entry) -> str:
    """Why number and query code do not show the case at its stage; empty when they do."""
    form = {"case_number": entry.case_number, "query_code": entry.query_code}
    try:
        view = api.post("/api/track", form, key=str(uuid.uuid4())).body
    except (Refused, Unreachable) as error:
        return f"case {entry.case_number} cannot be tracked: {error}"
    if view["case_number"] != entry.case_number or view["stage"] not in (entry.stage, "concluded"):
        return f"case {entry.case_number} is tracked as {view['stage']}, expected {entry.stage}"
    return ""


def entries(traces: Iterable[Trace]) -> list[Entry]:
    """The ledger of a run."""
    return [_entry(trace) for trace in traces if trace.is_acknowledged]


def _entry(trace: Trace) -> Entry:
    return Entry(trace.record.key, trace.number, trace.query_code, trace.stage)
