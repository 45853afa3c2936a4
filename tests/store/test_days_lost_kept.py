"""Decisions on 不可抗力 in the table: by two people, repeated without effect, and how far each came beside it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.case import Actor
from chalicelib.domain.days_lost import Decision
from chalicelib.store import days_lost
from chalicelib.store.cases import KeyReused
from chalicelib.store.command import Command
from chalicelib.store.second_person import SamePerson
from chalicelib.store.table import Table

AT = datetime(2026, 11, 12, 10, 20, tzinfo=CHINA)
FLOOD = Decision(date(2026, 11, 1), date(2026, 11, 5), "公告第3号", "青山县人民政府", "山洪", ("county",))
LEADER, BUREAU = Actor("leader", "county", "leader1"), Actor("bureau", "bureau", "bureau1")


def command(key: str, body: object = None) -> Command:
    return Command.of("x", key, body)


def laid(table: Table) -> days_lost.Laid:
    return days_lost.propose(table, FLOOD, by="bureau1", at=AT, command=command("a"))


def test_one_lays_it_down_and_another_brings_it_into_force(table: Table) -> None:
    assert days_lost.load(table) == ()
    assert laid(table).state == days_lost.PROPOSED
    with pytest.raises(SamePerson):
        days_lost.confirm(table, 1, by=BUREAU, at=AT, command=command("b"))
    confirmed = days_lost.confirm(table, 1, by=LEADER, at=AT, command=command("c"))
    assert days_lost.load(table) == (confirmed,)
    assert confirmed is not None
    assert (confirmed.decision, confirmed.state, confirmed.by) == (FLOOD, days_lost.IN_FORCE, LEADER)
    assert days_lost.confirm(table, 1, by=LEADER, at=AT, command=command("d")) is None
    assert days_lost.confirm(table, 2, by=LEADER, at=AT, command=command("e")) is None


def test_a_repeated_command_has_one_effect_and_another_body_none(table: Table) -> None:
    first = days_lost.propose(table, FLOOD, by="bureau1", at=AT, command=command("a", 1))
    assert days_lost.propose(table, FLOOD, by="bureau1", at=AT, command=command("a", 1)) == first
    with pytest.raises(KeyReused):
        days_lost.propose(table, FLOOD, by="bureau1", at=AT, command=command("a", 2))
    confirmed = days_lost.confirm(table, 1, by=LEADER, at=AT, command=command("b", 1))
    assert days_lost.confirm(table, 1, by=LEADER, at=AT, command=command("b", 1)) == confirmed
    assert len(days_lost.load(table)) == 1


def test_how_far_it_came_stands_beside_it_and_who_was_slower_changes_nothing(table: Table) -> None:
    before = laid(table)
    days_lost.came(table, before, days_lost.Progress(total=9, done=4))
    (after,) = days_lost.load(table)
    assert (after.progress.total, after.progress.done, after.progress.version) == (9, 4, 1)
    assert replace(after, progress=before.progress) == before
    days_lost.came(table, before, days_lost.Progress(total=9, done=1))
    assert days_lost.load(table) == (after,)
    days_lost.came(table, after, days_lost.Progress(total=9, done=9, looked="2026-11-12T02:20:00Z"))
    assert days_lost.load(table)[0].progress.done == 9
