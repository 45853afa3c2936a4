"""Bulk notices that meet a fault: nobody is passed over, nothing ends too early, and the law waits for none of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain import announcements as rules
from chalicelib.notices.senders import NotSent
from chalicelib.store import announced, keys
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Busy, Item, Page
from chalicelib.triggers import announcements
from chalicelib.triggers.announcements import carry_on
from tests.triggers.street import Street, of_five
from tests.triggers.world import Died


@pytest.fixture
def street() -> Street:
    return of_five(Street())


class Interrupted(MemoryTable):
    """Somebody writes between the count of what was sent and that of what failed."""

    between: Callable[[], object] = staticmethod(lambda: None)

    def count(self, index: str, name: str, *, low: str = "", high: str = "\uffff") -> int:
        found = super().count(index, name, low=low, high=high)
        if name == keys.recipients(1, rules.SENT):
            self.between()
        return found


def test_a_receipt_between_two_counts_ends_no_notice_that_is_still_owed_to_somebody() -> None:
    table = Interrupted()
    street = of_five(Street(table=table))
    street.release()
    street.carrier.faults = [None] * 4 + [NotSent("later", retry=True)]

    def told() -> None:
        [first, *_] = announced.standing(table, 1, rules.SENT, until=street.at)
        announced.take(table, [(first.out_id, "failed")], street.at)
        table.between = lambda: None  # type: ignore[method-assign]

    table.between = told  # type: ignore[method-assign]
    assert street.go() == 4
    assert street.fates() == {rules.OWED: 1, rules.SENT: 3, rules.FAILED: 1}
    assert street.state() == rules.RELEASED
    street.pass_time(hours=1, minutes=1)
    assert street.go() == 1
    assert street.state() == rules.ENDED


def test_a_number_that_cannot_be_read_is_told_as_failed_and_keeps_nobody_waiting(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    street.release()
    announced.lay(street.table, street.cases.keys, 1, "13900000000", street.at - timedelta(minutes=1))
    [row] = street.table.query(keys.announcement(1)).items
    street.table.put(row | {"sealed": b"\x01 no seal"})
    assert street.go() == 4
    assert (street.fates(), street.state()) == ({rules.SENT: 4, rules.FAILED: 1}, rules.ENDED)
    assert announced.reasons(street.table, 1) == {"号码无法读取": 1}
    told = capsys.readouterr().out
    assert told.count('"BulkNoticeUnreadable": 1') == 1
    assert "BulkNoticeStands" not in told


def test_without_time_it_begins_nothing_and_leaves_doubt_to_the_next_sweep(street: Street) -> None:
    street.release()
    assert carry_on(street.carrier_of_bulk, street.first, lambda: False) == 0
    assert street.firsts == 0
    street.carrier.send = lambda *_: (_ for _ in ()).throw(Died)  # type: ignore[method-assign]
    with pytest.raises(Died):
        street.go()
    street.pass_time(minutes=3)
    assert carry_on(street.carrier_of_bulk, street.first, lambda: False) == 0
    assert street.fates() == {rules.OWED: 4, rules.CLAIMED: 1}


class Turning(MemoryTable):
    """Something happens when a page of what is due was read."""

    read: Callable[[list[Item]], object] = staticmethod(lambda _page: None)

    def hits(self, index: str, name: str, **span: Any) -> Page:
        found = super().hits(index, name, **span)
        if index == "due":
            self.read(found.items)
        return found


def test_whoever_moves_behind_the_walk_meanwhile_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Turning()
    street = of_five(Street(table=table))
    monkeypatch.setattr(announced, "PAGE", 1)
    shards = [[hit for hit in table.hits("due", shard).items if hit["kind"] == "case"] for shard in keys.SHARDS]
    first, *_, last = next(hits for hits in shards if len(hits) > 1)  # five in four shards

    def sets_a_date_anew(page: list[Item]) -> None:
        """The last of them comes to stand before the first, which was read already."""
        if any(hit["pk"] == first["pk"] and hit["kind"] == "case" for hit in page):
            table.read = lambda _page: None  # type: ignore[method-assign]
            moved = table.get(last["pk"], last["sk"])
            assert moved is not None
            table.put(moved | {"wake_at": "2026-01-01T00:00:00Z"})

    street.release()
    table.read = sets_a_date_anew  # type: ignore[method-assign]
    assert street.go() == 5
    assert street.state() == rules.ENDED


def test_what_the_law_owes_fails_loudly_and_is_no_fault_of_a_bulk_notice(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy() -> None:
        raise Busy

    street.release()
    with pytest.raises(announcements.Owing) as failed:
        carry_on(street.carrier_of_bulk, busy, lambda: True)
    assert isinstance(failed.value.__cause__, Busy)
    assert "BulkNoticeStands" not in capsys.readouterr().out
