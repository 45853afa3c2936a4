"""A date that was set only after something was to be done by it: the sweep that comes next is on time, and says so."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.api.views.timeline import LATE
from chalicelib.domain import handling, hearing, receiving
from chalicelib.domain.case import BY_LAW, Actor, Case, Change, Happened
from chalicelib.domain.days_lost import Decision
from chalicelib.domain.events.urgent import MeasureTaken
from chalicelib.domain.force_majeure import record_force_majeure
from chalicelib.store import days_lost, keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.chain import Recorded
from chalicelib.store.memory import MemoryTable
from chalicelib.triggers import days_lost_watch
from chalicelib.triggers.deadlines import Sweeper
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, HOUSING_HEAD, MARCH, RULES, TREE, noon
from tests.domain.upper import MAY
from tests.store.conftest import small_county

FIVE = timedelta(minutes=5)
APRIL_16, JUNE_20 = date(2026, 4, 16), date(2026, 6, 20)


def midnight(day: date) -> datetime:
    """When this day has ended."""
    return noon(day) + timedelta(hours=12)


@pytest.fixture
def cases() -> Cases:
    return small_county(MemoryTable())


def begun(cases: Cases, case: Case, at: datetime) -> None:
    """The case as it stood then, committed by somebody at that instant."""
    change = Change(case, (Happened(MeasureTaken(taken_on=at.date()), BY_LAW),))
    key, command = cases._new_key(case.id), Command.of("staff", case.id, {})
    _, writes = cases.writes(None, change, key, command, at=at, tree=TREE, rules=RULES)
    cases.table.transact(writes, case.id)


def taken(cases: Cases, change: Change, at: datetime) -> datetime:
    """The moment to look again at the case, when this was committed at that instant."""
    held = cases.load(change.case.id)
    cases.commit(held, change, Command.of("staff", f"{at}", {}), at=at, tree=TREE, rules=RULES)
    return wakes(cases)


def wakes(cases: Cases) -> datetime:
    """What the sweep measures its own lateness by."""
    item = cases.table.get(keys.case(county.NUMBER), keys.CASE)
    assert item is not None
    return keys.moment(item["wake_at"])


def swept(cases: Cases, at: datetime) -> None:
    Sweeper(cases=cases, rules=RULES, carry=lambda hit: None, tree=lambda: TREE).run(at)


def said(cases: Cases, kind: str) -> list[Recorded]:
    _, events = cases.history(county.NUMBER)
    return [each for each in events if each.type == kind]


def lateness(event: Recorded) -> timedelta:
    found = [datetime.fromisoformat(event.data[name]) for name in ("expected_at", "detected_at")]
    return found[1] - found[0]


def test_an_extension_asks_for_no_reminder_of_the_days_before_it(cases: Cases) -> None:
    """To be done by 3 May and lengthened by three days on the 1st: ten days before is 26 April, and gone."""
    begun(cases, county.accepted(), noon(MARCH[4]))
    for day in (date(2026, 4, 23), date(2026, 4, 30)):
        swept(cases, noon(day))
    at, before = noon(MAY[1]), len(said(cases, "petition.reminded"))
    held = cases.load(county.NUMBER).case
    longer = handling.extend(held, 3, "情况复杂", by=HOUSING_HEAD, on=at.date(), rules=RULES)
    assert taken(cases, longer, at) == noon(MAY[3]) - timedelta(hours=4), "three days before the 6th, at eight"
    swept(cases, at + FIVE)
    assert len(said(cases, "petition.reminded")) == before
    swept(cases, noon(MAY[3]))
    assert len(said(cases, "petition.reminded")) == before + 1


def test_a_service_entered_late_lets_rights_lapse_and_no_sweep_was_late(cases: Cases) -> None:
    begun(cases, county.replied(), noon(MARCH[16]))
    at = noon(date(2026, 4, 25))
    held = cases.load(county.NUMBER).case
    served = handling.serve(
        held, "mail", MARCH[18], "挂号信", cause="conduct", by=HOUSING_CLERK, on=at.date(), rules=RULES
    )
    assert taken(cases, served, at) == at
    swept(cases, at + FIVE)
    (concluded,) = said(cases, "petition.concluded")
    assert lateness(concluded) == FIVE < LATE


def test_an_old_letter_that_is_registered_today_is_late_and_the_sweep_is_not(cases: Cases) -> None:
    at = noon(MARCH[30])
    begun(cases, county.registered(on=MARCH[30], received_on=MARCH[2], by=BUREAU_CLERK, channel="letter"), at)
    assert wakes(cases) == at
    swept(cases, at + FIVE)
    (late,) = said(cases, "petition.overdue")
    assert (late.data["due"], lateness(late)) == ("2026-03-17", FIVE)


def test_a_hearing_whose_end_is_entered_late_makes_no_sweep_late(cases: Cases) -> None:
    announced = hearing.announce_hearing(
        upper.under_rereview(), upper.announcement(MAY[22]), tree=TREE, by=BUREAU_CLERK, on=MAY[11], rules=RULES
    ).case
    begun(cases, announced, noon(MAY[11]))
    for day in range(12, 32):
        swept(cases, noon(MAY[day]))
    at = noon(JUNE_20)
    swept(cases, at)
    held = cases.load(county.NUMBER).case
    clock = held.running("rereview_decide")
    assert clock is not None
    assert clock.is_stopped
    ended = hearing.hold_hearing(
        held, MAY[22], "各方到场", "笔录", "应当退还", by=BUREAU_CLERK, on=at.date(), rules=RULES
    )
    assert taken(cases, ended, at) == at
    swept(cases, at + FIVE)
    (late,) = [each for each in said(cases, "petition.overdue") if each.data["limit"] == "rereview_decide"]
    assert (late.data["due"], lateness(late)) == ("2026-06-19", FIVE)


def decided(cases: Cases, begins: date, ends: date, at: datetime) -> None:
    """A decision on days that nobody could use, in force for all cases since this instant."""
    flood = Decision(begins, ends, "公告第3号", "青山县人民政府", "山洪", ("county",))
    laid = days_lost.propose(cases.table, flood, by="bureau1", at=at, command=Command.of("a", "", ""))
    leader = Actor("leader", "county", "leader1")
    days_lost.confirm(cases.table, laid.number, by=leader, at=at, command=Command.of("b", "", ""))


def test_no_right_lapses_that_a_decision_in_force_goes_on_with(cases: Cases) -> None:
    """Confirmed three minutes before midnight, and the right due that day: no look had come to the case yet."""
    begun(cases, county.served(), noon(MARCH[17]))
    swept(cases, noon(APRIL_16 - timedelta(days=2)))
    decided(cases, APRIL_16 - timedelta(days=6), APRIL_16, midnight(APRIL_16) - timedelta(minutes=3))
    swept(cases, midnight(APRIL_16) + timedelta(seconds=5))
    held = cases.load(county.NUMBER).case
    assert {clock.limit: clock.due for clock in held.clocks if clock.is_running} == {
        "ask_review": date(2026, 4, 23),
        "rating": date(2026, 4, 23),
    }
    assert (len(said(cases, "petition.force_majeure")), said(cases, "petition.concluded")) == (1, [])
    at = midnight(APRIL_16) + FIVE
    assert days_lost_watch.look(Sweeper(cases, RULES, lambda hit: None, lambda: TREE), at) == 0, "it has it"
    swept(cases, midnight(date(2026, 4, 23)))
    (concluded,) = said(cases, "petition.concluded")
    assert concluded.data["due"] == "2026-04-23"


def test_what_waits_for_a_second_person_stops_no_right_from_lapsing(cases: Cases) -> None:
    begun(cases, county.served(), noon(MARCH[17]))
    flood = Decision(APRIL_16, APRIL_16, "公告第3号", "青山县人民政府", "山洪", ("county",))
    days_lost.propose(cases.table, flood, by="bureau1", at=noon(APRIL_16), command=Command.of("a", "", ""))
    swept(cases, midnight(APRIL_16))
    assert len(said(cases, "petition.concluded")) == 1


def test_days_lost_ask_for_no_reminder_of_the_days_before_they_were_recorded(cases: Cases) -> None:
    """To be rated by 16 April, and on that day it is recorded that the 14th was lost: three days before is the 14th."""
    begun(cases, county.served(), noon(MARCH[17]))
    swept(cases, noon(date(2026, 4, 13)))
    before, at = len(said(cases, "petition.reminded")), noon(APRIL_16)
    held, lost = cases.load(county.NUMBER).case, date(2026, 4, 14)
    paper = ("公告第3号", "青山县人民政府", "山洪")
    moved = record_force_majeure(held, lost, lost, *paper, by=BUREAU_CLERK, on=at.date(), rules=RULES)
    assert taken(cases, moved, at) > at
    swept(cases, at + FIVE)
    assert len(said(cases, "petition.reminded")) == before


def test_a_date_set_in_time_says_nothing_of_when_it_was_set(cases: Cases) -> None:
    """It would stand in every CASE item, and every step pays for that."""
    begun(cases, county.registered(), noon(MARCH[2]))
    held = cases.load(county.NUMBER).case
    taken(
        cases, receiving.forward(held, "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES), noon(MARCH[3])
    )
    assert {clock.set_at for clock in cases.load(county.NUMBER).case.clocks} == {None}
