"""What the reconciler found, how far it has come, and the figure of each day: in the guard table, beside the cases.

The invariant: a finding is named by what is wrong with which row, so the same one found again is the same entry; and
what was mended stays on record for more than a year.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from chalicelib.domain.values import value
from chalicelib.store import keys
from chalicelib.store.fault import Fault
from chalicelib.store.guard_table import Entry, asked, got, holds
from chalicelib.store.sealing import Keys

OPEN, MENDED = "FINDING#OPEN", "FINDING#MENDED"
MARK, COMPLETENESS = "RECONCILE", "COMPLETENESS"
KEPT = timedelta(days=400)
"""What was mended is evidence in an appraisal of the year, and of no use after it."""
BY_REPAIR, BY_ITSELF = "repaired", "gone"


@value
class Finding:
    """One thing that is or was wrong. `ended` is empty while it is open."""

    kind: str
    pk: str
    sk: str
    found_at: str
    sealed: bool = False
    """It is about a report of misconduct."""
    ended: str = ""

    @property
    def case(self) -> str:
        """The number of the case, where it is about one."""
        return self.pk.removeprefix(keys.case("")) if self.pk.startswith(keys.case("")) else ""


def open_ones() -> dict[str, list[Finding]]:
    """Partition -> what is open there. Raises Busy, Denied."""
    found: dict[str, list[Finding]] = {}
    for entry in asked(lambda: list(Entry.query(OPEN, consistent_read=True))):
        finding = _read(entry)
        found.setdefault(finding.pk, []).append(finding)
    return found


def page(which: str, *, limit: int, after: str = "", sealed: bool = True) -> tuple[list[Finding], str]:
    """One page: what is open by kind, or what was mended, newest first; and the last one's name, where more follow.

    Without the `sealed` ones nothing tells that there are any: neither a short page, nor where it goes on. Raises Busy,
    Denied.
    """
    last = {"pk": {"S": which}, "sk": {"S": after}} if after else None

    def from_the_beginning() -> list[tuple[str, Finding]]:
        """An iterator that failed on its way has lost what it gave before."""
        rows = Entry.query(which, page_size=limit + 1, last_evaluated_key=last, scan_index_forward=which == OPEN)
        read = ((entry.sk, _read(entry)) for entry in rows)
        return list(islice((each for each in read if sealed or not each[1].sealed), limit + 1))

    found = asked(from_the_beginning)
    shown = found[:limit]
    return [each for _, each in shown], shown[-1][0] if len(found) > limit else ""


def note(finding: Finding) -> bool:
    """Write down what only a person can mend; False when it stood there before. Raises Busy, Denied."""
    entry = Entry(OPEN, name(finding), state=_state(finding))
    return holds(lambda: entry.save(condition=Entry.pk.does_not_exist()))


def note_mended(finding: Finding, at: datetime, ended: str = BY_REPAIR) -> None:
    """Write down what was mended, or what is no longer wrong. Raises Busy, Denied."""
    done = Finding(finding.kind, finding.pk, finding.sk, finding.found_at, finding.sealed, ended)
    place = f"{keys.instant(at)}#{name(finding)}"
    asked(Entry(MENDED, place, state=_state(done), expires_at=int((at + KEPT).timestamp())).save)
    asked(Entry(OPEN, name(finding)).delete)


def finding(fault: Fault, at: datetime, *, sealed: bool) -> Finding:
    """A fault as it is written down."""
    return Finding(fault.kind, fault.pk, fault.sk, keys.instant(at), sealed)


@value
class Mark:
    """How far a walk has come. `state` is what it carries along; `version` keeps two runs from going on as one."""

    name: str
    version: int
    state: dict[str, Any]


def mark(walk: str) -> Mark:
    """Where a walk stands; an empty state when it never began. Raises Busy, Denied."""
    entry = got(MARK, walk)
    if entry is None or entry.state is None:
        return Mark(walk, 0, {})
    return Mark(walk, int(entry.n), json.loads(entry.state))


def move(before: Mark, state: dict[str, Any]) -> Mark | None:
    """Go on from a mark; None when another run did so meanwhile. Raises Busy, Denied."""
    entry = Entry(MARK, before.name, n=before.version + 1, state=json.dumps(state, ensure_ascii=False))
    stands = Entry.n == before.version if before.version else Entry.pk.does_not_exist()
    return Mark(before.name, before.version + 1, state) if holds(lambda: entry.save(condition=stands)) else None


def keep_figure(day: date, figure: dict[str, Any], at: datetime) -> None:
    """The figure of one full walk, under the day it began. Raises Busy, Denied."""
    state = json.dumps(figure, ensure_ascii=False)
    asked(Entry(COMPLETENESS, day.isoformat(), state=state, expires_at=int((at + KEPT).timestamp())).save)


def figures(*, limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The newest figures with the day they were counted. Raises Busy, Denied."""
    for entry in asked(lambda: list(Entry.query(COMPLETENESS, limit=limit, scan_index_forward=False))):
        yield entry.sk, json.loads(entry.state)


def name(finding: Finding) -> str:
    """What a finding is called in lists: the key of a row is longer, and this is one word."""
    return f"{finding.kind}#{digest(f'{finding.pk}|{finding.sk}')}"


def digest(place: str) -> str:
    """Equal for equal places, within the table. It hides nothing: a case has one of a thousand million numbers."""
    return hashlib.sha256(place.encode()).hexdigest()[:20]


def called(of: Keys, place: str) -> str:
    """What a place is called in a log: nobody finds its number without the key, and the same one is called the same."""
    return hmac.digest(of.secret("findings"), place.encode(), "sha256").hex()[:20]


def _state(finding: Finding) -> str:
    return json.dumps({name: held for name, held in vars(finding).items() if held}, ensure_ascii=False)


def _read(entry: Entry) -> Finding:
    return Finding(**json.loads(entry.state))
