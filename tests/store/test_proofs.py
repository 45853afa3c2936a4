"""What is owed is claimed before it is sent, by one only, and every row comes to an end."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.owed import SITE, SMS, Notice
from chalicelib.store import delivery, keys, proofs
from chalicelib.store.memory import MemoryTable
from chalicelib.store.proofs import Proof
from chalicelib.store.sealing import DataKey, SealBroken

CASE = "261123001785"
KEY = DataKey(b"k" * 32, b"")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
ONE, TWO = Notice("petitioner", SMS, ("S06",)), Notice("petitioner", SMS, ("S02", "S02c"))
IN_SITE = Notice("org:housing", SITE, ("M02",))


@pytest.fixture
def table() -> MemoryTable:
    return MemoryTable()


def owed(table: MemoryTable, notice: Notice = ONE, seq: int = 1) -> Proof:
    table.put(proofs.owed_item(CASE, seq, notice, NOW))
    return next(proof for proof in proofs.of_case(table, CASE) if proof.seq == seq)


def saved(table: MemoryTable, before: Proof, after: Proof) -> Proof:
    moved = proofs.save(table, before, after)
    assert moved is not None
    return moved


def test_what_is_owed_is_looked_at_again_within_minutes_even_if_the_stream_is_dead(table: MemoryTable) -> None:
    owed(table)
    due = keys.instant(NOW + timedelta(minutes=5))
    assert table.count("due", keys.shard(CASE), high=keys.instant(NOW)) == 0
    assert table.hits("due", keys.shard(CASE), high=due).items[0]["kind"] == "notice"


def test_an_in_site_message_is_delivered_by_being_committed_and_stands_in_the_inbox(table: MemoryTable) -> None:
    proof = owed(table, IN_SITE)
    assert proof.has_ended
    assert proof.wake_at is None
    assert table.count("lists", keys.inbox("housing")) == 1
    assert table.count("due", keys.shard(CASE)) == 0


def test_a_row_is_read_back_as_it_was_written(table: MemoryTable) -> None:
    proof = proofs.with_words(proofs.claim(owed(table, TWO), NOW), "您反映的事已登记", KEY)
    again = saved(table, owed(table, TWO), proof)
    assert proofs.at(table, *again.key) == replace(again, wake_at=again.wake_at)


def test_only_one_of_two_consumers_wins_a_claim(table: MemoryTable) -> None:
    proof = owed(table)
    first = proofs.save(table, proof, proofs.claim(proof, NOW))
    second = proofs.save(table, proof, proofs.claim(proof, NOW))
    assert first is not None
    assert second is None


def test_a_claimed_text_may_not_be_claimed_again(table: MemoryTable) -> None:
    claimed = saved(table, owed(table), proofs.claim(owed(table), NOW))
    assert not proofs.may_claim(claimed, NOW + timedelta(days=1))


def test_a_claim_is_doubtful_after_two_minutes_and_not_before(table: MemoryTable) -> None:
    claimed = proofs.claim(replace(owed(table), wake_at=NOW), NOW)
    assert not proofs.is_doubtful(claimed, NOW + timedelta(seconds=119))
    assert proofs.is_doubtful(claimed, NOW + timedelta(minutes=2))


def test_a_claim_keeps_a_moment_that_lies_late_enough(table: MemoryTable) -> None:
    row = owed(table)
    assert proofs.claim(row, NOW).wake_at == row.wake_at


def test_sending_the_last_text_ends_the_notice_and_leaves_the_index(table: MemoryTable) -> None:
    claimed = saved(table, owed(table), proofs.claim(owed(table), NOW))
    sent = saved(table, claimed, delivery.record_sent(claimed, NOW, "sns-1"))
    assert sent.state == proofs.SENT
    assert sent.attempts[0].provider_id == "sns-1"
    assert table.count("due", keys.shard(CASE)) == 0


def test_a_notice_of_two_texts_owes_the_second_after_the_first(table: MemoryTable) -> None:
    proof = delivery.record_sent(proofs.claim(owed(table, TWO), NOW), NOW, "sns-1")
    assert (proof.state, proof.text) == (proofs.OWED, "S02c")
    assert proof.wake_at == NOW + proofs.SAFETY


def test_a_failure_is_tried_again_after_five_minutes_an_hour_and_twelve_and_then_left_to_a_person(
    table: MemoryTable,
) -> None:
    proof, at, waits = owed(table), NOW, []
    while proof.wake_at is not None:
        claimed = proofs.claim(proof, at)
        proof = proofs.record_failed(claimed, at, "Throttling", retry=True)
        if proof.wake_at:
            waits.append(proof.wake_at - at)
            assert not proofs.may_claim(proof, at)
            at = proof.wake_at
            assert proofs.may_claim(proof, at)
    assert waits == [timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12)]
    assert len({attempt.out_id for attempt in proof.attempts}) == 4


def test_a_failure_that_no_retry_can_mend_is_not_retried(table: MemoryTable) -> None:
    failed = proofs.record_failed(proofs.claim(owed(table), NOW), NOW, "不是手机号码", retry=False)
    assert failed.wake_at is None


def test_no_retry_reaches_beyond_three_days(table: MemoryTable) -> None:
    late = NOW + timedelta(hours=72)
    assert proofs.record_failed(proofs.claim(owed(table), late), late, "Throttling", retry=True).wake_at is None


def test_the_second_text_has_tries_of_its_own(table: MemoryTable) -> None:
    proof = owed(table, TWO)
    for _ in range(3):
        proof = proofs.record_failed(proofs.claim(proof, NOW), NOW, "Throttling", retry=True)
    second = delivery.record_sent(proofs.claim(proof, NOW), NOW, "sns-1")
    failed = proofs.record_failed(proofs.claim(second, NOW), NOW, "Throttling", retry=True)
    assert failed.wake_at == NOW + timedelta(minutes=5)


def test_a_handed_over_notice_is_in_the_inbox_of_the_organ_and_no_longer_due(table: MemoryTable) -> None:
    proof = owed(table)
    handed = saved(table, proof, proofs.hand_over(proof, NOW, "没有手机号码", "housing"))
    assert handed.has_ended
    assert table.count("lists", keys.inbox("housing")) == 1
    assert table.count("due", keys.shard(CASE)) == 0


def test_the_words_that_were_said_are_kept_sealed_text_by_text(table: MemoryTable) -> None:
    first = proofs.with_words(proofs.claim(owed(table, TWO), NOW), "甲", KEY)
    second = proofs.with_words(proofs.claim(delivery.record_sent(first, NOW, "1"), NOW), "查询码", KEY)
    assert proofs.said(second, KEY) == ["甲", "查询码"]
    assert "查询码".encode() not in second.sealed


def test_words_said_again_replace_those_of_the_failed_try(table: MemoryTable) -> None:
    proof = proofs.with_words(proofs.claim(owed(table), NOW), "旧", KEY)
    again = proofs.record_failed(proof, NOW, "Throttling", retry=True)
    assert proofs.said(proofs.with_words(proofs.claim(again, NOW), "新", KEY), KEY) == ["新"]


def test_words_cannot_be_moved_to_another_notice(table: MemoryTable) -> None:
    proof = proofs.with_words(proofs.claim(owed(table), NOW), "甲", KEY)
    with pytest.raises(SealBroken):
        proofs.said(replace(proof, seq=2), KEY)


def test_a_case_tells_what_is_still_under_way(table: MemoryTable) -> None:
    owed(table, TWO, seq=1)
    owed(table, IN_SITE, seq=2)
    assert [proof.seq for proof in proofs.of_case(table, CASE)] == [1, 2]
    assert [proof.seq for proof in proofs.unended(table, CASE)] == [1]


def test_our_own_number_of_a_try_holds_nothing_personal(table: MemoryTable) -> None:
    assert proofs.claim(owed(table), NOW).attempts[0].out_id == f"{CASE}-1-S06-1"


def test_an_owed_row_costs_one_write_unit(table: MemoryTable) -> None:
    row = proofs.owed_item(CASE, 1, TWO, NOW)
    assert sum(len(str(name)) + len(str(value)) for name, value in row.items()) < 500
