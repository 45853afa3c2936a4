"""A case as deflated compact JSON and back: CASE is kept under 1 KB because every step pays for it.

Dates are ordinals and clocks are rows of values: whoever reads it reads it here, nobody in between.
"""

import json
import zlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.case import Case, Clock, Desk, Duty
from chalicelib.store import keys

_ENDINGS = ("", "met", "lapsed", "moot")


def pack(case: Case) -> bytes:
    """The state of a case without what stands beside it (version, head)."""
    calendar = case.clocks[-1].calendar if case.clocks else ""
    text = json.dumps(
        {
            "p": case.procedure,
            "s": case.stage,
            "r": case.received_on.toordinal(),
            "at": keys.instant(case.registered_at),
            "o": case.office,
            "a": case.agency,
            "f": dict(case.facts),
            "k": calendar,
            "c": [_clock(clock, calendar) for clock in case.clocks],
            "d": [[desk.org, *desk.capacities] for desk in case.desks],
            "x": list(case.accused),
            **({"u": [_duty(duty) for duty in case.duties]} if case.duties else {}),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return zlib.compress(text.encode())


def unpack(case_id: str, state: bytes, version: int, head: bytes) -> Case:
    """The case as it was packed."""
    data = json.loads(zlib.decompress(state))
    return Case(
        id=case_id,
        procedure=data["p"],
        stage=data["s"],
        received_on=date.fromordinal(data["r"]),
        registered_at=keys.moment(data["at"]).astimezone(keys.CHINA),
        office=data["o"],
        version=version,
        head=head,
        agency=data["a"],
        facts=data["f"],
        clocks=tuple(_unclock(row, data["k"]) for row in data["c"]),
        desks=tuple(Desk(row[0], tuple(row[1:])) for row in data["d"]),
        accused=tuple(data["x"]),
        duties=tuple(Duty(*row) for row in data.get("u", ())),
    )


def _duty(duty: Duty) -> list[Any]:
    return [duty.kind, duty.no, duty.org, duty.state, duty.seq, dict(duty.facts)]


def _clock(clock: Clock, calendar: str) -> list[Any]:
    start = clock.start.toordinal()
    row: list[Any] = [
        clock.limit,
        clock.owner,
        start,
        clock.due.toordinal() - start,
        clock.legal_due.toordinal() - start,
        clock.stat_due.toordinal() - start,
        None if clock.calendar == calendar else clock.calendar,
        int(clock.provisional),
        clock.reminded,
        clock.told_overdue,
        clock.ended_on and clock.ended_on.toordinal() - start,
        _ENDINGS.index(clock.ending),
        clock.days,
        clock.extended_by,
        [[begins.toordinal(), ends and ends.toordinal()] for begins, ends in clock.pauses],
        clock.about,
        clock.line_on and clock.line_on.toordinal() - start,
        clock.not_before and clock.not_before.toordinal() - start,
        clock.set_at and _seconds(clock.set_at, clock.start),
    ]
    while row and not row[-1]:
        row.pop()
    return row


def _seconds(at: datetime, start: date) -> int:
    """From the beginning of a clock's first day: short, and to the second as every instant of the table."""
    return int((at - datetime.combine(start, time(0), keys.CHINA)).total_seconds())


def _unclock(row: list[Any], calendar: str) -> Clock:
    full = row + [None] * (19 - len(row))
    start = date.fromordinal(full[2])
    clock = Clock(
        limit=full[0],
        owner=full[1],
        start=start,
        due=date.fromordinal(full[2] + (full[3] or 0)),
        legal_due=date.fromordinal(full[2] + (full[4] or 0)),
        stat_due=date.fromordinal(full[2] + (full[5] or 0)),
        calendar=calendar if full[6] is None else full[6],
        provisional=bool(full[7]),
        reminded=full[8] or 0,
        told_overdue=full[9] or 0,
        ending=_ENDINGS[full[11] or 0],
        days=full[12],
        extended_by=full[13] or 0,
        pauses=tuple(
            (date.fromordinal(begins), date.fromordinal(ends) if ends else None) for begins, ends in full[14] or ()
        ),
        about=full[15] or "",
        line_on=date.fromordinal(full[2] + full[16]) if full[16] else None,
        not_before=date.fromordinal(full[2] + full[17]) if full[17] else None,
        set_at=datetime.combine(start, time(0), keys.CHINA) + timedelta(seconds=full[18]) if full[18] else None,
    )
    return replace(clock, ended_on=date.fromordinal(full[2] + (full[10] or 0))) if clock.ending else clock
