"""What a provider says of a text counts once, in whatever order it comes; what it does not know is believed slowly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SMS, Notice
from chalicelib.store import delivery, keys, proofs
from chalicelib.store.memory import MemoryTable
from chalicelib.store.proofs import Proof
from chalicelib.store.table import Item, Page

CASE = "261123001785"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
LAG = timedelta(minutes=10)


def owed(*texts: str) -> Proof:
    return proofs.proof(proofs.owed_item(CASE, 1, Notice(PETITIONER, SMS, texts or ("S06",)), NOW))


def sent(proof: Proof, at: datetime = NOW) -> Proof:
    return delivery.record_sent(proofs.claim(proof, at), at, "g1", gives_receipts=True)


def after(**length: float) -> datetime:
    return NOW + timedelta(**length)


def test_what_the_provider_took_has_not_ended_before_its_receipt() -> None:
    proof = sent(owed())
    assert (proof.state, proof.wake_at, proof.has_ended) == (proofs.SENT, after(minutes=5), False)


def test_a_receipt_makes_it_delivered_and_that_is_an_end() -> None:
    proof = delivery.record(sent(owed()), f"{CASE}-1-S06-1", "delivered", NOW)
    assert (proof.state, proof.wake_at, proof.has_ended) == (proofs.DELIVERED, None, True)


def test_a_notice_of_two_texts_is_delivered_with_the_second_receipt_whichever_comes_first() -> None:
    both = sent(sent(owed("S02", "S02c")))
    one = delivery.record(both, f"{CASE}-1-S02c-1", "delivered", NOW)
    assert one.state == proofs.SENT
    assert delivery.record(one, f"{CASE}-1-S02-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_receipt_that_comes_again_is_no_news() -> None:
    done = delivery.record(sent(owed()), f"{CASE}-1-S06-1", "delivered", NOW)
    for fate in ("delivered", "sent", "failed", "rejected"):
        assert delivery.record(done, f"{CASE}-1-S06-1", fate, NOW) is done


def test_of_two_bad_ends_the_first_counts_and_delivered_counts_more() -> None:
    off = delivery.record(sent(owed()), f"{CASE}-1-S06-1", "failed", NOW)
    assert delivery.record(off, f"{CASE}-1-S06-1", "rejected", NOW) is off
    assert delivery.record(off, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_number_that_is_no_try_of_ours_changes_nothing() -> None:
    proof = sent(owed())
    assert delivery.record(proof, f"{CASE}-1-S06-2", "delivered", NOW) is proof


def test_a_receipt_faster_than_the_answer_moves_the_claim_on() -> None:
    claimed = proofs.claim(owed("S02", "S02c"), NOW)
    moved = delivery.record(claimed, f"{CASE}-1-S02-1", "delivered", NOW)
    assert (moved.state, moved.text) == (proofs.OWED, "S02c")


def test_a_receipt_settles_a_doubt() -> None:
    doubtful = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    assert delivery.record(doubtful, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_telephone_that_is_off_is_tried_three_times_within_three_days_and_then_a_person_is_asked() -> None:
    proof, at, tries = owed(), NOW, []
    for number in (1, 2, 3):
        tries.append(at)
        proof = delivery.record(sent(proof, at), f"{CASE}-1-S06-{number}", "failed", at)
        assert proof.state == proofs.FAILED
        assert proof.wake_at is not None
        at = proof.wake_at
    assert [each - NOW for each in tries] == [timedelta(0), timedelta(hours=6), timedelta(hours=42)]
    assert delivery.is_spent(proof, at)
    assert proof.wake_at == tries[-1]


def test_a_number_that_takes_no_texts_is_a_persons_task_at_once() -> None:
    proof = delivery.record(sent(owed()), f"{CASE}-1-S06-1", "rejected", NOW)
    assert (proof.wake_at, proof.reason) == (NOW, "号码不能接收短信")
    assert delivery.is_spent(proof, NOW)


def test_after_a_failed_first_text_only_that_one_is_sent_again() -> None:
    both = sent(sent(owed("S02", "S02c")))
    off = delivery.record(both, f"{CASE}-1-S02-1", "failed", NOW)
    again = sent(off, after(hours=6))
    assert again.state == proofs.SENT
    assert [each.out_id for each in again.attempts][-1] == f"{CASE}-1-S02-2"


@pytest.mark.parametrize(("minutes", "times", "believed"), [(15, 2, False), (9, 3, False), (15, 3, True)])
def test_no_record_is_believed_the_third_time_and_after_the_providers_lag(
    minutes: int, times: int, believed: bool
) -> None:
    proof = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    for _ in range(times):
        proof = delivery.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=minutes), LAG)
    assert (proof.attempts[0].fate == delivery.ABSENT) is believed
    assert proof.state == (proofs.FAILED if believed else proofs.UNKNOWN)
    assert proofs.may_claim(proof, after(minutes=minutes)) is believed


def test_a_text_is_repeated_once_under_the_recorded_doubt_and_then_a_person_is_asked() -> None:
    proof = owed()
    for number in (1, 2):
        proof = proofs.doubt(proofs.claim(proof, NOW), NOW, "结果待核实")
        for _ in range(3):
            proof = delivery.has_no_record(proof, f"{CASE}-1-S06-{number}", after(minutes=20), LAG)
    assert [(each.fate, each.reason) for each in proof.attempts] == [(delivery.ABSENT, "结果待核实")] * 2
    assert (proof.state, proof.wake_at) == (proofs.FAILED, None)


def test_what_was_taken_and_is_on_no_record_is_in_doubt_too() -> None:
    proof = sent(owed())
    for _ in range(3):
        proof = delivery.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=20), LAG)
    assert (proof.state, proof.reason) == (proofs.FAILED, "运营商没有这条短信的记录")


def test_a_late_receipt_of_the_first_try_ends_the_notice_whatever_became_of_the_second() -> None:
    proof = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    for _ in range(3):
        proof = delivery.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=20), LAG)
    again = proofs.doubt(proofs.claim(proof, after(minutes=20)), after(minutes=20), "结果待核实")
    assert delivery.record(again, f"{CASE}-1-S06-1", "delivered", after(minutes=30)).state == proofs.DELIVERED


def test_a_bad_receipt_of_an_old_try_leaves_the_new_one_alone() -> None:
    off = delivery.record(sent(owed()), f"{CASE}-1-S06-1", "failed", NOW)
    again = proofs.doubt(proofs.claim(off, after(hours=6)), after(hours=6), "结果待核实")
    assert delivery.record(again, f"{CASE}-1-S06-1", "rejected", after(hours=7)) is again


def test_a_doubt_is_asked_about_after_one_five_and_fifteen_minutes_and_then_each_quarter_hour() -> None:
    proof, at, asked = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实"), NOW, []
    while len(asked) < 5:
        assert proof.wake_at is not None
        at = proof.wake_at
        asked.append((at - NOW).total_seconds() / 60)
        proof = delivery.put_off(proof, at)
    assert asked == [1, 5, 15, 30, 45]


def test_without_any_receipt_for_a_day_a_person_is_asked() -> None:
    proof, polls = sent(owed()), 0
    while proof.wake_at is not None:
        polls += 1
        at = proof.wake_at
        proof = delivery.put_off(proof, at)
    assert (proof.state, proof.reason, at) == (proofs.FAILED, "24小时没有回执", after(hours=24))
    assert polls == len(delivery.POLL_AFTER)


@pytest.mark.parametrize(
    ("sent_at", "reason"), [(40, "24小时没有回执"), (48, "24小时没有回执"), (71.9, "满三天时还没有回执")]
)
def test_after_three_days_it_is_said_how_long_a_text_that_went_out_had_for_its_receipt(
    sent_at: float, reason: str
) -> None:
    proof = delivery.put_off(sent(owed(), after(hours=sent_at)), after(hours=72))
    assert (proof.state, proof.reason, proof.wake_at) == (proofs.FAILED, reason, None)


def test_what_was_in_doubt_for_three_days_was_not_found_out() -> None:
    doubtful = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    assert delivery.put_off(doubtful, after(hours=72)).reason == "三天内没有查到结果"


def test_a_receipt_that_comes_after_a_person_was_asked_takes_the_task_away() -> None:
    handed = proofs.hand_over(sent(owed()), NOW, "24小时没有回执", "bureau")
    done = delivery.record(handed, f"{CASE}-1-S06-1", "delivered", NOW)
    assert (done.state, done.inbox) == (proofs.DELIVERED, None)
    assert delivery.record(handed, f"{CASE}-1-S06-1", "failed", NOW).state == proofs.HANDED


def test_what_a_person_told_stays_told() -> None:
    told = proofs.record_told(proofs.hand_over(sent(owed()), NOW, "24小时没有回执", "bureau"), "phone")
    assert delivery.record(told, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.TOLD


def test_a_full_provider_costs_no_try_and_is_asked_the_more_seldom_the_longer_that_lasts() -> None:
    proof, at, waits = owed(), NOW, []
    while at < after(hours=30):
        proof = proofs.put_back(proofs.claim(proof, at), at, timedelta(minutes=5), "THROTTLED")
        assert not proofs.may_claim(proof, at)
        assert proof.attempts == ()
        assert proof.wake_at is not None
        waits.append(proof.wake_at - at)
        at = proof.wake_at
    assert (waits[0], waits[-1]) == (timedelta(minutes=5), timedelta(hours=1))
    late = proofs.put_back(proofs.claim(proof, after(hours=72)), after(hours=72), timedelta(minutes=5), "THROTTLED")
    assert (late.state, late.wake_at) == (proofs.FAILED, None)


def test_a_row_reads_back_with_the_fates_of_its_tries() -> None:
    proof = delivery.record(sent(owed("S02", "S02c")), f"{CASE}-1-S02-1", "delivered", NOW)
    again = proofs.proof(proofs.item(proof))
    assert again.attempts == proof.attempts
    assert proofs.proof(proofs.item(replace(proof, attempts=()))).attempts == ()


def test_a_callback_finds_its_row_and_writes_once() -> None:
    table = MemoryTable()
    table.put(proofs.item(sent(owed())))
    assert delivery.take(table, [(f"{CASE}-1-S06-1", "delivered")], NOW) == 0
    version = proofs.of_case(table, CASE)[0].version
    assert delivery.take(table, [(f"{CASE}-1-S06-1", "delivered")], NOW) == 0
    assert [(row.state, row.version) for row in proofs.of_case(table, CASE)] == [(proofs.DELIVERED, version)]


def test_a_first_text_refused_while_the_second_is_in_doubt_is_never_sent_to_that_number_again() -> None:
    second = proofs.claim(sent(owed("S02", "S02c")), NOW)
    doubtful = proofs.doubt(second, NOW, "结果待核实")
    refused = delivery.record(doubtful, f"{CASE}-1-S02-1", "rejected", NOW)
    assert (refused.state, refused.text) == (proofs.UNKNOWN, "S02c"), "first it is asked what became of the second"
    ended = delivery.record(refused, f"{CASE}-1-S02c-1", "delivered", NOW)
    assert (ended.state, ended.text, ended.reason) == (proofs.FAILED, "S02", "号码不能接收短信")
    assert delivery.is_spent(ended, NOW), "a person tells"


def test_a_first_text_that_met_no_telephone_while_the_second_is_being_sent_waits_its_six_hours() -> None:
    claimed = proofs.claim(sent(owed("S02", "S02c")), NOW)
    off = delivery.record(claimed, f"{CASE}-1-S02-1", "failed", NOW)
    taken = delivery.record_sent(off, NOW, "g2", gives_receipts=True)
    assert (taken.state, taken.text, taken.wake_at) == (proofs.FAILED, "S02", after(hours=6))
    assert not proofs.may_claim(taken, after(hours=5))


def test_what_was_repeated_once_is_not_sent_a_third_time_because_the_other_text_went_out() -> None:
    proof = sent(sent(owed("S02", "S02c")))
    for out_id, at in (("S02-1", 20), ("S02-2", 40), ("S02c-1", 40)):
        for _ in range(3):
            proof = delivery.has_no_record(proof, f"{CASE}-1-{out_id}", after(minutes=at), LAG)
        if out_id == "S02-1":
            proof = proofs.doubt(proofs.claim(proof, after(minutes=20)), after(minutes=20), "结果待核实")
    again = sent(proof, after(minutes=40))
    assert (again.state, again.text) == (proofs.FAILED, "S02")
    assert delivery.is_spent(again, after(minutes=40))


@pytest.mark.parametrize("first", [sent, lambda proof, at: proofs.doubt(proofs.claim(proof, at), at, "结果待核实")])
def test_three_days_after_it_was_owed_a_person_is_asked_however_late_the_last_try_was(
    first: Callable[[Proof, datetime], Proof],
) -> None:
    proof = first(owed(), after(hours=71))
    while proof.wake_at is not None:
        at = proof.wake_at
        proof = delivery.put_off(proof, at)
    assert proof.state == proofs.FAILED
    assert after(hours=72) <= at <= after(hours=75), "asked once more, and no longer"


class Counting(MemoryTable):
    """Counts what a callback reads."""

    reads = 0

    def get(self, pk: str, sk: str) -> Item | None:
        self.reads += 1
        return super().get(pk, sk)

    def query(self, *args: Any, **kwargs: Any) -> Page:
        self.reads += 1_000
        return super().query(*args, **kwargs)


def test_a_hundred_receipts_of_a_case_with_many_signers_read_each_row_once() -> None:
    table, told = Counting(), []
    for recipient in (PETITIONER, "proxy", "representative:1", *(f"signer:{n}" for n in range(1, 98))):
        row = proofs.proof(proofs.owed_item(CASE, 1, Notice(recipient, SMS, ("S10", "S12b")), NOW))
        both = sent(sent(row))
        told += [(each.out_id, "delivered") for each in both.attempts]
        table.put(proofs.item(both))
    assert delivery.take(table, told, NOW) == 0
    assert table.reads == 100
    assert {row.state for row in proofs.of_case(table, CASE)} == {proofs.DELIVERED}


@pytest.mark.parametrize("recipient", ["org:village-shangxi", "head:housing", "leader:county", "supervisor:bureau"])
def test_a_callback_finds_the_row_of_an_office(recipient: str) -> None:
    table = MemoryTable()
    row = sent(proofs.proof(proofs.owed_item(CASE, 12, Notice(recipient, SMS, ("S17",)), NOW)))
    table.put(proofs.item(row))
    assert delivery.take(table, [(row.attempts[0].out_id, "delivered")], NOW) == 0
    assert proofs.of_case(table, CASE)[0].state == proofs.DELIVERED


@pytest.mark.parametrize("out_id", ["code-abc", f"{CASE}-9-S06-1", "261123001786-1-S06-1", "", "-"])
def test_a_callback_about_nothing_of_ours_finds_nothing(out_id: str) -> None:
    table = MemoryTable()
    table.put(proofs.item(sent(owed())))
    assert delivery.take(table, [(out_id, "delivered")], NOW) == 1
    assert keys.moment(proofs.of_case(table, CASE)[0].owed_at) == NOW
