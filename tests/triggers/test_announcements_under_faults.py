"""Bulk notices that meet a fault: nobody is passed over, nothing ends too early, and the law waits for none of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain import announcements as rules
from chalicelib.notices.senders import NotSent
from chalicelib.store import announced, keys
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Busy
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


def test_whoever_moves_behind_the_walk_meanwhile_is_not_passed_over(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announced, "PAGE", 1)
    shards = [street.table.hits("due", shard).items for shard in keys.SHARDS]
    waiting = next([hit for hit in hits if hit["kind"] == "case"] for hits in shards if len(hits) > 1)
    moved = iter([True])

    def sets_a_date_anew() -> None:
        """When the first of them was laid down, the last one comes to stand before it."""
        first, last = (street.table.get(hit["pk"], hit["sk"]) for hit in (waiting[0], waiting[-1]))
        assert first is not None
        assert last is not None
        number = street.cases.read(first["pk"].removeprefix("CASE#")).contact.phone
        if announced.whose(street.cases.keys, 1, number) in announced.laid(street.table, 1) and next(moved, False):
            street.table.put(last | {"wake_at": "2026-01-01T00:00:00Z"})

    street.release()
    street.first = sets_a_date_anew  # type: ignore[method-assign]
    assert street.go() == 5
    assert next(moved, False) is False, "it was moved"
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
