"""Two decisions on 不可抗力 in turn, each on the case as it is loaded: what the events tell, counted by everybody who
counts from them alone, is what stands, and the right lapses when that day is over.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from benchmarks.deadlines import oracle as county_oracle
from chalicelib.clock import CHINA
from chalicelib.domain import handling
from chalicelib.domain.case import Change
from chalicelib.domain.force_majeure import record_force_majeure
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import recount
from chalicelib.store import keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.triggers.deadlines import Sweeper
from infra.torture.reckoning import Told, clock_said
from infra.traces.exports import CITIZEN, STAFF, exported_for, recorded
from infra.traces.oracle import DAYS, Oracle
from infra.verify.deadlines import check
from infra.verify.logs import check_export
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, NUMBER, RULES, TREE
from tests.store.conftest import small_county

NOV, DEC = ({n: date(2026, month, n) for n in range(1, 31)} for month in (11, 12))
A, B = (NOV[16], NOV[16]), (NOV[24], NOV[25])
SAID = ("公告第3号", "青山县人民政府", "山洪")
SEVENTH = replace(RULES.calendar, version="seventh.off", off=RULES.calendar.off | {DEC[7]})
OTHER = Rules(SEVENTH, RULES.limits, {RULES.calendar.version: RULES.calendar})
"""The days off when Monday the 7th, on which the right was to end, is announced to be one."""
Span = tuple[date, date]


@pytest.fixture
def cases() -> Cases:
    return small_county(MemoryTable())


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA)


def served(cases: Cases) -> Change:
    """Served on Thursday the 5th: the right ends on Monday 7 December."""
    change = handling.serve(
        county.replied(), "online", NOV[5], cause="conduct", by=HOUSING_CLERK, on=NOV[5], rules=RULES
    )
    key, command = cases._new_key(NUMBER), Command.of("staff", NUMBER, {})
    _, writes = cases.writes(None, change, key, command, at=at(NOV[5]), tree=TREE, rules=RULES)
    cases.table.transact(writes, NUMBER)
    return change


def taken(cases: Cases, change: Change, on: date, rules: Rules) -> Change:
    command = Command.of("staff", f"{on} {change.events}", {})
    cases.commit(cases.load(NUMBER), change, command, at=at(on), tree=TREE, rules=rules)
    return change


def decided(cases: Cases, span: Span, on: date, rules: Rules = RULES) -> Change:
    """As it is loaded from the table, nothing kept in memory."""
    change = record_force_majeure(cases.load(NUMBER).case, *span, *SAID, by=BUREAU_CLERK, on=on, rules=rules)
    return taken(cases, change, on, rules)


def due(cases: Cases) -> date:
    clock = cases.load(NUMBER).case.running("ask_review")
    assert clock is not None
    return clock.due


def counted_from_the_events(cases: Cases, rules: Rules = RULES) -> list[str]:
    """What the oracle of the traces and the reckoning of the torture say is wrong, from the events alone."""
    case, events = cases.history(NUMBER)
    off, make_up = DAYS
    days = Oracle(RULES.limits, off | (rules.calendar.off - RULES.calendar.off), make_up)
    told, wrong = Told(days, office=case.office, agency=case.agency), []
    for event in events:
        clocks = tuple(clock_said(said) for said in event.clocks)
        heard = SimpleNamespace(wire=event.type, clocks=clocks, data=event.data, at=keys.instant(event.at), by="")
        if event.seq > 1 or rules is RULES:  # counted with the days off of then
            wrong += days.hear(heard)  # type: ignore[arg-type]
        wrong += told.hear(case.procedure, [], heard)
    return wrong + list(told.differs(case))


@pytest.mark.parametrize("spans", [(A, B), (B, A)])
def test_in_turn_on_the_case_that_is_loaded(cases: Cases, spans: tuple[Span, Span]) -> None:
    served(cases)
    decided(cases, spans[0], NOV[26])
    assert (due(cases), cases.history(NUMBER)[1][-1].clocks) == (DEC[7], ())
    decided(cases, spans[1], NOV[27])
    assert due(cases) == DEC[8]
    assert counted_from_the_events(cases) == []
    (said,) = (each for each in cases.history(NUMBER)[1][-1].clocks if each["limit"] == "ask_review")
    assert said["pauses"] == [["2026-11-16", "2026-11-17"], ["2026-11-24", "2026-11-26"]]
    counted = county_oracle.count("ask_review", NOV[5], 0, said["pauses"], county_oracle.CALENDARS[0][1])
    assert counted == DEC[8]


def test_the_right_does_not_lapse_a_day_early(cases: Cases) -> None:
    served(cases)
    decided(cases, A, NOV[26])
    decided(cases, B, NOV[27])
    sweeper = Sweeper(cases=cases, rules=RULES, carry=lambda hit: None, tree=lambda: TREE)
    sweeper.run(at(DEC[8]))
    assert cases.load(NUMBER).case.running("ask_review") is not None
    sweeper.run(at(DEC[8]) + timedelta(days=1))
    assert cases.load(NUMBER).case.running("ask_review") is None
    (concluded,) = (each for each in cases.history(NUMBER)[1] if each.type == "petition.concluded")
    assert concluded.data["due"] == "2026-12-08"


def test_days_off_that_are_announced_between_forget_none(cases: Cases) -> None:
    """A day lost, the 7th off: Tuesday the 8th. With two days more it is the 8th that counts; a fourth is the 9th."""
    served(cases)
    decided(cases, A, NOV[26])
    change = recount(cases.load(NUMBER).case, on=NOV[26], rules=OTHER)
    assert change is not None
    taken(cases, change, NOV[26], OTHER)
    assert due(cases) == DEC[8]
    decided(cases, B, NOV[27], OTHER)
    assert due(cases) == DEC[8]
    decided(cases, (NOV[19], NOV[19]), NOV[27], OTHER)
    assert due(cases) == DEC[9]
    assert counted_from_the_events(cases, OTHER) == []


@pytest.mark.parametrize("between", [False, True])
def test_the_export_agrees_with_whoever_counts_it_again(cases: Cases, between: bool) -> None:
    changes, on = [(NOV[5], served(cases)), (NOV[26], decided(cases, A, NOV[26]))], NOV[27]
    rules = OTHER if between else RULES
    if between:
        change = recount(cases.load(NUMBER).case, on=NOV[26], rules=OTHER)
        assert change is not None
        changes.append((NOV[26], taken(cases, change, NOV[26], OTHER)))
    changes += [(on, decided(cases, span, on, rules)) for span in (B, (NOV[19], NOV[19]))]
    file, now = recorded(changes, on)
    for reader in (STAFF, CITIZEN):
        export = check_export(exported_for(reader, file, now, rules))
        assert [each for each in check(export, export["calendars"]) if each[1]] == []
        (proof,) = (each for each in export["deadline_proofs"] if each["limit"] == "ask_review")
        assert (proof["due"], len(proof["pauses"])) == ("2026-12-09", 3)
