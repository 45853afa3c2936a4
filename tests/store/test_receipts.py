"""What a provider says of a text counts once, in whatever order it comes; what it does not know is believed slowly."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SMS, Notice
from chalicelib.store import keys, proofs, receipts
from chalicelib.store.memory import MemoryTable
from chalicelib.store.proofs import Proof

CASE = "261123001785"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
LAG = timedelta(minutes=10)


def owed(*texts: str) -> Proof:
    return proofs.proof(proofs.owed_item(CASE, 1, Notice(PETITIONER, SMS, texts or ("S06",)), NOW))


def sent(proof: Proof, at: datetime = NOW) -> Proof:
    return proofs.record_sent(proofs.claim(proof, at), at, "g1", gives_receipts=True)


def after(**length: float) -> datetime:
    return NOW + timedelta(**length)


def test_what_the_provider_took_has_not_ended_before_its_receipt() -> None:
    proof = sent(owed())
    assert (proof.state, proof.wake_at, proof.has_ended) == (proofs.SENT, after(minutes=5), False)


def test_a_receipt_makes_it_delivered_and_that_is_an_end() -> None:
    proof = receipts.record(sent(owed()), f"{CASE}-1-S06-1", "delivered", NOW)
    assert (proof.state, proof.wake_at, proof.has_ended) == (proofs.DELIVERED, None, True)


def test_a_notice_of_two_texts_is_delivered_with_the_second_receipt_whichever_comes_first() -> None:
    both = sent(sent(owed("S02", "S02c")))
    one = receipts.record(both, f"{CASE}-1-S02c-1", "delivered", NOW)
    assert one.state == proofs.SENT
    assert receipts.record(one, f"{CASE}-1-S02-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_receipt_that_comes_again_is_no_news() -> None:
    done = receipts.record(sent(owed()), f"{CASE}-1-S06-1", "delivered", NOW)
    for fate in ("delivered", "sent", "failed", "rejected"):
        assert receipts.record(done, f"{CASE}-1-S06-1", fate, NOW) is done


def test_of_two_bad_ends_the_first_counts_and_delivered_counts_more() -> None:
    off = receipts.record(sent(owed()), f"{CASE}-1-S06-1", "failed", NOW)
    assert receipts.record(off, f"{CASE}-1-S06-1", "rejected", NOW) is off
    assert receipts.record(off, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_number_that_is_no_try_of_ours_changes_nothing() -> None:
    proof = sent(owed())
    assert receipts.record(proof, f"{CASE}-1-S06-2", "delivered", NOW) is proof


def test_a_receipt_faster_than_the_answer_moves_the_claim_on() -> None:
    claimed = proofs.claim(owed("S02", "S02c"), NOW)
    moved = receipts.record(claimed, f"{CASE}-1-S02-1", "delivered", NOW)
    assert (moved.state, moved.text) == (proofs.OWED, "S02c")


def test_a_receipt_settles_a_doubt() -> None:
    doubtful = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    assert receipts.record(doubtful, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.DELIVERED


def test_a_telephone_that_is_off_is_tried_three_times_within_three_days_and_then_a_person_is_asked() -> None:
    proof, at, tries = owed(), NOW, []
    for number in (1, 2, 3):
        tries.append(at)
        proof = receipts.record(sent(proof, at), f"{CASE}-1-S06-{number}", "failed", at)
        assert proof.state == proofs.FAILED
        assert proof.wake_at is not None
        at = proof.wake_at
    assert [each - NOW for each in tries] == [timedelta(0), timedelta(hours=6), timedelta(hours=42)]
    assert receipts.is_spent(proof, at)
    assert proof.wake_at == tries[-1]


def test_a_number_that_takes_no_texts_is_a_persons_task_at_once() -> None:
    proof = receipts.record(sent(owed()), f"{CASE}-1-S06-1", "rejected", NOW)
    assert (proof.wake_at, proof.reason) == (NOW, "号码不能接收短信")
    assert receipts.is_spent(proof, NOW)


def test_after_a_failed_first_text_only_that_one_is_sent_again() -> None:
    both = sent(sent(owed("S02", "S02c")))
    off = receipts.record(both, f"{CASE}-1-S02-1", "failed", NOW)
    again = sent(off, after(hours=6))
    assert again.state == proofs.SENT
    assert [each.out_id for each in again.attempts][-1] == f"{CASE}-1-S02-2"


@pytest.mark.parametrize(("minutes", "times", "believed"), [(15, 2, False), (9, 3, False), (15, 3, True)])
def test_no_record_is_believed_the_third_time_and_after_the_providers_lag(
    minutes: int, times: int, believed: bool
) -> None:
    proof = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    for _ in range(times):
        proof = receipts.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=minutes), LAG)
    assert (proof.attempts[0].fate == receipts.ABSENT) is believed
    assert proof.state == (proofs.FAILED if believed else proofs.UNKNOWN)
    assert proofs.may_claim(proof, after(minutes=minutes)) is believed


def test_a_text_is_repeated_once_under_the_recorded_doubt_and_then_a_person_is_asked() -> None:
    proof = owed()
    for number in (1, 2):
        proof = proofs.doubt(proofs.claim(proof, NOW), NOW, "结果待核实")
        for _ in range(3):
            proof = receipts.has_no_record(proof, f"{CASE}-1-S06-{number}", after(minutes=20), LAG)
    assert [(each.fate, each.reason) for each in proof.attempts] == [(receipts.ABSENT, "结果待核实")] * 2
    assert (proof.state, proof.wake_at) == (proofs.FAILED, None)


def test_what_was_taken_and_is_on_no_record_is_in_doubt_too() -> None:
    proof = sent(owed())
    for _ in range(3):
        proof = receipts.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=20), LAG)
    assert (proof.state, proof.reason) == (proofs.FAILED, "运营商没有这条短信的记录")


def test_a_late_receipt_of_the_first_try_ends_the_notice_whatever_became_of_the_second() -> None:
    proof = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实")
    for _ in range(3):
        proof = receipts.has_no_record(proof, f"{CASE}-1-S06-1", after(minutes=20), LAG)
    again = proofs.doubt(proofs.claim(proof, after(minutes=20)), after(minutes=20), "结果待核实")
    assert receipts.record(again, f"{CASE}-1-S06-1", "delivered", after(minutes=30)).state == proofs.DELIVERED


def test_a_bad_receipt_of_an_old_try_leaves_the_new_one_alone() -> None:
    off = receipts.record(sent(owed()), f"{CASE}-1-S06-1", "failed", NOW)
    again = proofs.doubt(proofs.claim(off, after(hours=6)), after(hours=6), "结果待核实")
    assert receipts.record(again, f"{CASE}-1-S06-1", "rejected", after(hours=7)) is again


def test_a_doubt_is_asked_about_after_one_five_and_fifteen_minutes_and_then_each_quarter_hour() -> None:
    proof, at, asked = proofs.doubt(proofs.claim(owed(), NOW), NOW, "结果待核实"), NOW, []
    while len(asked) < 5:
        assert proof.wake_at is not None
        at = proof.wake_at
        asked.append((at - NOW).total_seconds() / 60)
        proof = receipts.put_off(proof, at)
    assert asked == [1, 5, 15, 30, 45]


def test_without_any_receipt_for_a_day_a_person_is_asked() -> None:
    proof, polls = sent(owed()), 0
    while proof.wake_at is not None:
        polls += 1
        at = proof.wake_at
        proof = receipts.put_off(proof, at)
    assert (proof.state, proof.reason, at) == (proofs.FAILED, "24小时没有回执", after(hours=24))
    assert polls == len(receipts.POLL_AFTER)


def test_a_receipt_that_comes_after_a_person_was_asked_takes_the_task_away() -> None:
    handed = proofs.hand_over(sent(owed()), NOW, "24小时没有回执", "bureau")
    done = receipts.record(handed, f"{CASE}-1-S06-1", "delivered", NOW)
    assert (done.state, done.inbox) == (proofs.DELIVERED, None)
    assert receipts.record(handed, f"{CASE}-1-S06-1", "failed", NOW).state == proofs.HANDED


def test_what_a_person_told_stays_told() -> None:
    told = proofs.record_told(proofs.hand_over(sent(owed()), NOW, "24小时没有回执", "bureau"), "phone")
    assert receipts.record(told, f"{CASE}-1-S06-1", "delivered", NOW).state == proofs.TOLD


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
    proof = receipts.record(sent(owed("S02", "S02c")), f"{CASE}-1-S02-1", "delivered", NOW)
    again = proofs.proof(proofs.item(proof))
    assert again.attempts == proof.attempts
    assert proofs.proof(proofs.item(replace(proof, attempts=()))).attempts == ()


def test_a_callback_finds_its_row_and_writes_once() -> None:
    table = MemoryTable()
    table.put(proofs.item(sent(owed())))
    assert receipts.take(table, f"{CASE}-1-S06-1", "delivered", NOW)
    version = proofs.of_case(table, CASE)[0].version
    assert receipts.take(table, f"{CASE}-1-S06-1", "delivered", NOW)
    assert [(row.state, row.version) for row in proofs.of_case(table, CASE)] == [(proofs.DELIVERED, version)]


@pytest.mark.parametrize("out_id", ["code-abc", f"{CASE}-9-S06-1", "261123001786-1-S06-1", "", "-"])
def test_a_callback_about_nothing_of_ours_finds_nothing(out_id: str) -> None:
    table = MemoryTable()
    table.put(proofs.item(sent(owed())))
    assert not receipts.take(table, out_id, "delivered", NOW)
    assert keys.moment(proofs.of_case(table, CASE)[0].owed_at) == NOW
