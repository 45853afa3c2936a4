"""Bulk notices on their way: one text each, behind the law, never twice, and to nobody who refused or was spared."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain import announcements as rules
from chalicelib.domain.announcements import Audience
from chalicelib.notices.senders import NotSent, Unknown
from chalicelib.profiles.profile import Budget, Limit
from chalicelib.store import announced, keys
from chalicelib.store.command import Command
from chalicelib.store.table import Busy
from chalicelib.triggers.announcements import carry_on
from tests.triggers.street import RATES, WORDS, Street, of_five
from tests.triggers.world import Died


@pytest.fixture
def street() -> Street:
    return of_five(Street())


def test_everybody_gets_one_text_after_what_the_law_owes_and_then_it_has_ended(street: Street) -> None:
    street.release()
    assert street.go() == 5
    assert sorted(street.carrier.sent) == [(f"1390000000{number}", WORDS) for number in range(5)]
    assert street.firsts == 2 + 5, "before each page of rows, of both walks, and before each text the law has its turn"
    assert (street.fates(), street.state()) == ({rules.SENT: 5}, rules.ENDED)
    assert street.at == replace_second(street.at, 2), "two a second"
    assert street.go() == 0


def test_when_it_has_ended_no_number_is_kept_even_sealed(street: Street) -> None:
    street.release()
    street.carrier.faults = [NotSent("BAD_NUMBER", retry=False), Unknown("lost")]
    street.go(texts=2)
    rows = street.table.query(keys.announcement(1)).items
    assert [("sealed" in row) for row in rows].count(True) == street.fates()[rules.OWED] > 0
    street.go()
    assert not any("sealed" in row for row in street.table.query(keys.announcement(1)).items)


def replace_second(at: datetime, second: int) -> datetime:
    return at.replace(second=second)


def test_nothing_goes_before_it_is_released(street: Street) -> None:
    street.written.write("明天停电", Audience(), Command.of("b", "k", {}), by="bureau1", at=street.at)
    assert street.go() == 0
    assert street.fates() == {}


def test_a_sweep_that_has_no_time_goes_on_where_it_stopped(street: Street) -> None:
    street.release()
    assert [street.go(texts=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len({phone for phone, _ in street.carrier.sent}) == 5


def test_not_at_night(street: Street) -> None:
    street.release()
    street.at = street.at.replace(hour=20)
    assert street.go() == 0
    street.at += timedelta(hours=12)
    assert street.go() == 5


def test_who_refuses_meanwhile_gets_none(street: Street) -> None:
    street.release()
    street.go(texts=1)
    left = {f"1390000000{number}" for number in range(5)} - {street.carrier.sent[0][0]}
    refusing = left.pop()
    street.written.refuse(street.cases.keys.index("phone", refusing), refuses=True, by="petitioner", at=street.at)
    street.go()
    assert {phone for phone, _ in street.carrier.sent[1:]} == left
    assert (street.fates(), street.state()) == ({rules.SENT: 4, rules.OPTED_OUT: 1}, rules.ENDED)


def test_what_is_stopped_reaches_nobody_else(street: Street) -> None:
    street.release()
    street.go(texts=2)
    street.stop()
    assert street.go() == 0
    assert (street.fates(), street.state()) == ({rules.SENT: 2, rules.NOT_SENT: 3}, rules.STOPPED)
    assert street.written.under_way() == []


def test_it_stops_between_two_texts(street: Street) -> None:
    street.release()
    street.first = lambda: street.stop() if len(street.carrier.sent) == 3 else None  # type: ignore[method-assign]
    assert street.go() == 3
    assert street.fates() == {rules.SENT: 3, rules.NOT_SENT: 2}


def test_rows_that_were_not_all_laid_down_are_laid_down_by_the_next_sweep_and_nobody_gets_two(street: Street) -> None:
    street.release()
    left = iter(range(1 + 2))  # for the page, and for two of its rows
    assert carry_on(street.carrier_of_bulk, street.first, lambda: next(left, None) is not None) == 0
    assert street.fates() == {rules.OWED: 2}
    assert street.go() == 5
    assert len({phone for phone, _ in street.carrier.sent}) == 5


def test_what_is_stopped_while_its_rows_are_laid_down_reaches_nobody(street: Street) -> None:
    street.release()
    street.first = lambda: street.stop() if street.state() == rules.RELEASED else None  # type: ignore[method-assign]
    assert [street.go(), street.go()] == [0, 0]
    assert (street.fates(), street.state()) == ({rules.NOT_SENT: 5}, rules.STOPPED)
    assert street.written.under_way() == []


@pytest.mark.parametrize("is_out", [False, True], ids=["before it was sent", "after it was sent"])
def test_a_process_that_dies_between_claim_and_answer_leaves_it_unknown_and_it_is_not_sent_again(
    street: Street, is_out: bool
) -> None:
    street.release()
    send = street.carrier.send

    def dies(phone: str, text: str, out_id: str) -> None:
        if is_out:
            send(phone, text, out_id)
        raise Died

    street.carrier.send = dies  # type: ignore[method-assign,assignment]
    with pytest.raises(Died):
        street.go()
    street.carrier.send = send  # type: ignore[method-assign]
    assert street.go() == 4, "the claim that is open is left alone"
    assert street.state() == rules.RELEASED
    street.pass_time(minutes=3)
    assert street.go() == 0
    assert (street.fates(), street.state()) == ({rules.SENT: 4, rules.UNKNOWN: 1}, rules.ENDED)
    phones = [phone for phone, _ in street.carrier.sent]
    assert len(phones) == len(set(phones)) == 4 + is_out


def test_a_lost_answer_is_unknown_and_a_refusal_of_the_provider_is_told_in_words(street: Street) -> None:
    street.release()
    street.carrier.faults = [Unknown("read timeout"), NotSent("BAD_NUMBER", retry=False), NotSent("X9", retry=False)]
    assert street.go() == 0, "a silent provider uses up no second recipient"
    assert street.fates() == {rules.UNKNOWN: 1, rules.OWED: 4}
    assert street.go() == 2
    assert street.fates() == {rules.SENT: 2, rules.FAILED: 2, rules.UNKNOWN: 1}
    assert announced.reasons(street.table, 1) == {"号码不存在": 1, "运营商没有接受": 1}


def test_what_certainly_did_not_leave_is_tried_three_times_and_has_taken_no_room(street: Street) -> None:
    street.release()
    street.carrier.faults = [NotSent("later", retry=True)] * 99
    for _ in range(4):
        street.go()
        street.pass_time(hours=1, minutes=1)
    assert (street.fates(), street.state()) == ({rules.FAILED: 5}, rules.ENDED)
    assert len(street.carrier.faults) == 99 - 15
    assert street.counters.counted.total() == 0


def test_a_provider_that_is_full_ends_the_run_and_was_no_try(street: Street) -> None:
    street.release()
    street.carrier.faults = [NotSent("THROTTLED", retry=True, retry_after=60)]
    assert street.go() == 0
    assert street.fates() == {rules.OWED: 5}
    street.pass_time(minutes=2)
    assert street.go() == 5


def test_a_number_gets_one_bulk_text_a_day_and_the_second_notice_waits_for_it(street: Street) -> None:
    street.release()
    street.go()
    street.release("后天停水")
    assert street.go() == 0
    assert street.fates(2) == {rules.OWED: 5}
    street.pass_time(days=1)
    assert street.go() == 5


def test_its_own_day_is_full_and_the_rest_goes_tomorrow(street: Street) -> None:
    street.limit({"bulk": (Limit("everybody", 86_400, 3, True),)})
    street.release()
    assert street.go() == 3
    street.pass_time(days=1)
    assert street.go() == 2


@pytest.mark.parametrize(
    ("budget", "spent"),
    [(Budget("day", 400, 200, 2), 0), (Budget("day", 400, 200, 100), 198), (Budget("month", 400, 200, 100), 198)],
    ids=["its own part is used up", "codes and notices have left two", "of the month"],
)
def test_money_that_is_used_up_stops_it_before_the_reserve(street: Street, budget: Budget, spent: int) -> None:
    street.limit(RATES, budget)
    street.counters.counted["2026-11-25" if budget.period == "day" else "2026-11",] = spent
    street.release()
    assert street.go() == 2
    assert street.fates() == {rules.SENT: 2, rules.OWED: 3}


def test_a_tenant_that_gave_them_no_money_sends_none(street: Street) -> None:
    street.limit(RATES, Budget("day", 400, 200))
    street.release()
    assert street.go() == 0


def test_a_counter_that_cannot_be_asked_stops_it_and_nobody_else(street: Street) -> None:
    def broken(_action: str, _rule: Limit, _subject: str) -> None:
        raise Busy

    quota = street.carrier_of_bulk.quota
    street.carrier_of_bulk = replace(
        street.carrier_of_bulk, quota=replace(quota, all_texts=replace(quota.all_texts, count=broken))
    )
    street.release()
    assert street.go() == 0
    assert street.fates() == {rules.OWED: 5}


def test_our_own_number_of_a_text_leads_to_nobody(street: Street) -> None:
    seen: list[str] = []
    send = street.carrier.send
    street.carrier.send = lambda phone, text, out_id: (seen.append(out_id), send(phone, text, out_id))[1]  # type: ignore[method-assign,func-returns-value]
    street.release()
    street.go()
    assert len(set(seen)) == 5
    indexes = {street.cases.keys.index("phone", phone) for phone, _ in street.carrier.sent}
    assert not any(index in each or "139" in each.partition("-")[0] for each in seen for index in indexes)
