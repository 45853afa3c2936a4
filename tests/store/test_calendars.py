"""Notices on days off in the table: by two people, version by version, nothing changed in place."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.notices_of_days_off import DaysOff
from chalicelib.domain.workdays import Calendar
from chalicelib.store import calendars
from chalicelib.store.cases import KeyReused
from chalicelib.store.command import Command
from chalicelib.store.second_person import SamePerson, Taken
from chalicelib.store.table import Table

AT = datetime(2026, 11, 12, 10, 20, tzinfo=CHINA)
NOTICE = DaysOff(2027, (date(2027, 1, 1), date(2027, 2, 5)), (date(2027, 1, 30),), ("文件",))
LATER = DaysOff(2027, (date(2027, 1, 1), date(2027, 2, 8)), (), ("更正",))
NUMBERS = count()


def command(key: str, body: str = "") -> Command:
    return Command.of("system_admin|admin1|calendar", key, body)


def another() -> Command:
    """One that nobody has given before."""
    return command(f"another {next(NUMBERS)}")


def test_without_notices_the_calendar_is_the_one_that_ships(table: Table) -> None:
    kept = calendars.load(table)
    assert kept == calendars.Kept()
    assert kept.calendar().version == "cn-2026.1"


def test_a_notice_counts_when_another_person_has_confirmed_it(table: Table) -> None:
    proposed = calendars.propose(table, NOTICE, by="admin1", at=AT, command=another())
    assert calendars.load(table).calendar().version == "cn-2026.1"
    with pytest.raises(SamePerson):
        calendars.confirm(table, proposed.number, by="admin1", at=AT, command=another())
    calendars.confirm(table, proposed.number, by="security1", at=AT, command=another())
    kept = calendars.load(table)
    assert kept.versions[0].notice == NOTICE
    assert (kept.versions[0].proposed_by, kept.versions[0].confirmed_by) == ("admin1", "security1")
    assert (kept.calendar().version, kept.calendar().horizon) == ("cn-2026.1+2027.n1", date(2027, 12, 31))


def test_a_correction_is_another_version_and_the_first_stays_readable(table: Table) -> None:
    for notice in (NOTICE, LATER):
        number = calendars.propose(table, notice, by="admin1", at=AT, command=another()).number
        calendars.confirm(table, number, by="security1", at=AT, command=another())
    kept = calendars.load(table)
    assert [each.notice for each in kept.versions] == [NOTICE, LATER]
    assert kept.calendar().version == "cn-2026.1+2027.n2"
    assert not kept.calendar().is_working(date(2027, 2, 8))
    assert kept.calendar().is_working(date(2027, 2, 5))


def test_over_another_table_that_ships_it_is_another_calendar(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that names the old one is counted again: a newly shipped day off would not reach it otherwise."""
    number = calendars.propose(table, NOTICE, by="admin1", at=AT, command=another()).number
    calendars.confirm(table, number, by="security1", at=AT, command=another())
    before = calendars.load(table).calendar()
    shipped = Calendar.shipped()
    newer = replace(shipped, version="cn-2026.2", off=shipped.off | {date(2026, 12, 24)})
    monkeypatch.setattr(Calendar, "shipped", classmethod(lambda _: newer))
    after = calendars.load(table).calendar()
    assert (before.version, after.version) == ("cn-2026.1+2027.n1", "cn-2026.2+2027.n1")


def test_a_notice_is_confirmed_once(table: Table) -> None:
    number = calendars.propose(table, NOTICE, by="admin1", at=AT, command=another()).number
    calendars.confirm(table, number, by="security1", at=AT, command=another())
    assert calendars.confirm(table, number, by="security2", at=AT, command=another()) is None
    assert calendars.confirm(table, 99, by="security1", at=AT, command=another()) is None


def test_a_repeated_command_has_one_effect(table: Table) -> None:
    laid = [calendars.propose(table, NOTICE, by="admin1", at=AT, command=command("a")) for _ in range(2)]
    assert laid[0] == laid[1]
    assert [each.number for each in calendars.load(table).versions] == [1]
    confirmed = [calendars.confirm(table, 1, by="security1", at=AT, command=command("b")) for _ in range(2)]
    assert confirmed[0] == confirmed[1]
    assert confirmed[0] is not None
    assert calendars.confirm(table, 1, by="security1", at=AT, command=command("c")) is None


def test_a_key_that_came_with_another_notice_is_refused(table: Table) -> None:
    calendars.propose(table, NOTICE, by="admin1", at=AT, command=command("a", "one"))
    with pytest.raises(KeyReused):
        calendars.propose(table, LATER, by="admin1", at=AT, command=command("a", "another"))
    assert len(calendars.load(table).versions) == 1


def test_a_command_that_went_through_unheard_is_no_quarrel(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same client twice at once: both read before either wrote."""
    load, empty = calendars.load, calendars.load(table)
    calendars.propose(table, NOTICE, by="admin1", at=AT, command=command("a"))
    reads = iter([empty])
    monkeypatch.setattr(calendars, "load", lambda asked: next(reads, None) or load(asked))
    assert calendars.propose(table, NOTICE, by="admin1", at=AT, command=command("a")).number == 1


def test_what_was_corrected_is_not_confirmed_after_its_correction(table: Table) -> None:
    for notice in (NOTICE, LATER):
        calendars.propose(table, notice, by="admin1", at=AT, command=another())
    calendars.confirm(table, 2, by="security1", at=AT, command=another())
    with pytest.raises(calendars.Superseded):
        calendars.confirm(table, 1, by="security1", at=AT, command=another())
    assert calendars.load(table).calendar().is_working(date(2027, 2, 5))


def test_confirmed_at_the_same_moment_the_correction_counts(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    for notice in (NOTICE, LATER):
        calendars.propose(table, notice, by="admin1", at=AT, command=another())
    load, stale = calendars.load, calendars.load(table)
    calendars.confirm(table, 2, by="security1", at=AT, command=another())
    monkeypatch.setattr(calendars, "load", lambda _table: stale)
    calendars.confirm(table, 1, by="security2", at=AT + timedelta(seconds=1), command=another())
    assert load(table).calendar().version == "cn-2026.1+2027.n2"


def test_a_notice_of_another_year_may_be_confirmed_after_a_later_one(table: Table) -> None:
    calendars.propose(table, replace(NOTICE, year=2026), by="admin1", at=AT, command=another())
    calendars.propose(table, LATER, by="admin1", at=AT, command=another())
    assert calendars.confirm(table, 2, by="security1", at=AT, command=another())
    assert calendars.confirm(table, 1, by="security1", at=AT, command=another())


def test_two_who_read_the_same_version_do_not_both_win(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    calendars.propose(table, NOTICE, by="admin1", at=AT, command=another())
    stale = calendars.load(table)
    calendars.confirm(table, 1, by="security1", at=AT, command=another())
    calendars.propose(table, LATER, by="admin1", at=AT, command=another())
    monkeypatch.setattr(calendars, "load", lambda _table: stale)
    with pytest.raises(Taken):
        calendars.confirm(table, 1, by="security2", at=AT, command=another())
    with pytest.raises(Taken):
        calendars.propose(table, LATER, by="admin1", at=AT, command=another())


def test_that_it_was_looked_at_is_written_down(table: Table) -> None:
    calendars.looked(table, calendars.load(table), at=AT, recounted="cn-2026.1")
    kept = calendars.load(table)
    assert (kept.watched, kept.recounted, kept.watch_version) == (AT, "cn-2026.1", 1)
    calendars.looked(table, calendars.Kept(), at=AT, recounted="")  # who was slower changes nothing
    assert calendars.load(table) == kept
