"""Sessions, codes, limits and strikes: what a stranger can try, and what must not work."""

import re

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib import clock
from chalicelib.profiles.profile import Limit
from chalicelib.store import dynamo, guard, keyring
from chalicelib.store.guard import CodeRefused, TooMany
from chalicelib.store.guard_table import Entry
from chalicelib.store.table import Busy

PHONE = "13800138000"
pytestmark = pytest.mark.usefixtures("world")


def other_than(code: str) -> list[str]:
    return [f"{number:06d}" for number in range(20) if f"{number:06d}" != code]


def test_a_session_knows_its_phone_and_stores_neither_token_nor_number(world):
    token = guard.open_session(role="petitioner", phone=PHONE)
    found = guard.read_session(token)
    assert found.phone == PHONE
    assert found.phone_index == keyring.keys().index("phone", PHONE)
    stored = repr(world.items("guard"))
    assert token not in stored
    assert PHONE not in stored


def test_a_session_ends_after_half_an_hour_of_silence(later):
    token = guard.open_session(role="petitioner", phone=PHONE)
    later(minutes=29)
    assert guard.read_session(token)
    later(minutes=29)
    assert guard.read_session(token), "the call before kept it alive"
    later(minutes=31)
    assert guard.read_session(token) is None, "and its item still stands: TTL is late by days"


def test_a_session_ends_after_twelve_hours_whatever_happens(later):
    token = guard.open_session(role="petitioner", phone=PHONE)
    for _ in range(35):
        later(minutes=20)
        assert guard.read_session(token)
    later(minutes=20)
    assert guard.read_session(token) is None


def test_a_session_is_written_at_most_every_five_minutes(later):
    token = guard.open_session(role="petitioner", phone=PHONE)
    hashed = guard.token_hash(token)
    first = Entry.get(f"SESSION#{hashed}", "SESSION").seen_at
    later(minutes=4)
    guard.read_session(token)
    assert Entry.get(f"SESSION#{hashed}", "SESSION").seen_at == first
    later(minutes=2)
    guard.read_session(token)
    assert Entry.get(f"SESSION#{hashed}", "SESSION").seen_at > first


def test_an_ended_session_is_dead_at_once_and_does_not_come_back():
    token = guard.open_session(role="petitioner", phone=PHONE)
    guard.end_session(guard.token_hash(token))
    assert guard.read_session(token) is None
    guard.end_session(guard.token_hash(token))


def test_a_code_is_good_once():
    challenge, code = guard.new_code(PHONE)
    assert re.fullmatch("[0-9]{6}", code)
    guard.redeem_code(challenge, PHONE, code)
    with pytest.raises(CodeRefused):
        guard.redeem_code(challenge, PHONE, code)


def test_a_code_is_worth_nothing_after_five_wrong_tries():
    challenge, code = guard.new_code(PHONE)
    for guess in other_than(code)[:5]:
        with pytest.raises(CodeRefused):
            guard.redeem_code(challenge, PHONE, guess)
    with pytest.raises(CodeRefused):
        guard.redeem_code(challenge, PHONE, code)


def test_a_code_expires_after_five_minutes(later):
    challenge, code = guard.new_code(PHONE)
    later(minutes=5)
    with pytest.raises(CodeRefused):
        guard.redeem_code(challenge, PHONE, code)


def test_a_code_belongs_to_its_challenge_and_its_telephone():
    challenge, code = guard.new_code(PHONE)
    other, _ = guard.new_code("13900139000")
    for wrong_challenge, wrong_phone in ((challenge, "13900139000"), (other, PHONE), ("nothing", PHONE)):
        with pytest.raises(CodeRefused):
            guard.redeem_code(wrong_challenge, wrong_phone, code)
    guard.redeem_code(challenge, PHONE, code)


def test_a_stored_code_cannot_be_read(world):
    challenge, code = guard.new_code(PHONE)
    assert code not in repr(world.items("guard")).replace(challenge, "")


def test_every_refused_code_is_told_alike():
    challenge, code = guard.new_code(PHONE)
    told = set()
    for tried, phone, guess in ((challenge, PHONE, other_than(code)[0]), ("none", PHONE, code), (challenge, "1", code)):
        with pytest.raises(CodeRefused) as refused:
            guard.redeem_code(tried, phone, guess)
        told.add(str(refused.value))
    assert len(told) == 1


def test_a_limit_lets_through_so_many_and_says_when_to_come_back(later):
    rule = Limit("source", 600, 3)
    for _ in range(3):
        guard.count("anything", rule, "10.0.0.1")
    with pytest.raises(TooMany) as refused:
        guard.count("anything", rule, "10.0.0.1")
    assert 0 < refused.value.retry_after <= 600
    guard.count("anything", rule, "10.0.0.2")
    later(seconds=600)
    guard.count("anything", rule, "10.0.0.1")


def test_a_counter_that_cannot_be_asked_refuses_guesses_but_never_a_filing(monkeypatch):
    monkeypatch.setattr(Entry.Meta, "table_name", "no-such-table")
    monkeypatch.setattr(Entry, "_connection", None)
    guard.count("file", Limit("person", 60, 1), "someone")
    with pytest.raises((Busy, guard.Denied)):
        guard.count("sign_in", Limit("source", 60, 1, closed=True), "someone")


def test_five_wrong_guesses_lock_one_source_out_and_nobody_else(later):
    for _ in range(5):
        guard.strike("query_code", "261123001785", "10.0.0.1")
    with pytest.raises(TooMany):
        guard.strike("query_code", "261123001785", "10.0.0.1")
    guard.strike("query_code", "261123001785", "10.0.0.2")
    later(days=1)
    guard.strike("query_code", "261123001785", "10.0.0.1")


def test_a_number_is_locked_for_all_when_many_sources_guess():
    for guess in range(50):
        guard.strike("query_code", "261123001785", f"10.0.0.{guess}")
    with pytest.raises(TooMany):
        guard.strike("query_code", "261123001785", "10.0.1.1")


def test_a_right_answer_is_not_counted():
    for _ in range(20):
        guard.strike("query_code", "261123001785", "10.0.0.1")
        guard.forgive("query_code", "261123001785", "10.0.0.1")


def test_a_right_query_code_writes_nothing_and_wrong_ones_lock_their_source_out(world):
    def guess(source: str, *, is_right: bool) -> None:
        with guard.guessing("query_code", "261123001785", source):
            if not is_right:
                raise CodeRefused("不正确", "/query_code")

    before = world.items("guard")
    guess("10.0.0.1", is_right=True)
    assert world.items("guard") == before
    for _ in range(5):
        with pytest.raises(CodeRefused):
            guess("10.0.0.1", is_right=False)
    with pytest.raises(TooMany):
        guess("10.0.0.1", is_right=True)
    guess("10.0.0.2", is_right=True)


def test_a_totp_step_is_used_once_and_never_an_earlier_one():
    assert guard.use_totp_step("bureau1", 100)
    assert not guard.use_totp_step("bureau1", 100)
    assert not guard.use_totp_step("bureau1", 99)
    assert guard.use_totp_step("bureau1", 101)


def test_a_clock_that_is_moved_back_locks_nobody_out():
    assert guard.use_totp_step("bureau1", 100_000)
    assert guard.use_totp_step("bureau1", 100)
    assert not guard.use_totp_step("bureau1", 100)


def test_counters_carry_an_expiry_for_the_cleaner(world):
    guard.count("anything", Limit("source", 60, 3), "10.0.0.1")
    counters = [item for item in world.items("guard") if item["pk"]["S"].startswith("LIMIT#")]
    assert all(int(item["expires_at"]["N"]) > clock.now().timestamp() for item in counters)
    assert "10.0.0.1" not in repr(counters)


def test_the_keyring_is_made_once():
    before = keyring.unwrap("petition")
    assert keyring.create_keyring() == []
    assert keyring.unwrap("petition") == before


def test_guesses_beyond_the_fifth_are_not_even_looked_at():
    challenge, code = guard.new_code(PHONE)
    for guess in other_than(code)[:10]:
        with pytest.raises(CodeRefused):
            guard.redeem_code(challenge, PHONE, guess)
    assert Entry.get(f"CODE#{challenge}", "CODE").n == guard.CODE_TRIES


def test_a_budget_counts_up_to_its_bound_and_beyond_it_only_where_nothing_stops():
    assert [guard.spend("2026-11-25", 1, 2) for _ in range(3)] == [1, 2, None]
    assert guard.spend("2026-11-25", 1, None) == 3
    assert guard.spend("2026-11-26", 1, 2) == 1


def test_what_was_counted_for_nothing_is_taken_back():
    rule = Limit("number", 86_400, 1)
    guard.count("notice", rule, "x")
    guard.uncount("notice", rule, "x")
    guard.count("notice", rule, "x")
    with pytest.raises(TooMany):
        guard.count("notice", rule, "x")


@pytest.fixture
def wire(monkeypatch):
    """What the guard table's writes meet: before they arrive, and on their way back. Raised in the client itself."""
    monkeypatch.setattr(dynamo, "FIRST_WAIT_S", 0)
    before, after, events = [], [], dynamo.connection().client.meta.events

    def arrive(**_):
        if before:
            raise before.pop(0)

    def answer(**_):
        fault = after.pop(0) if after else None
        if fault:
            raise fault

    for operation in ("UpdateItem", "DeleteItem"):
        events.register_first(f"before-send.dynamodb.{operation}", arrive)
        events.register_first(f"after-call.dynamodb.{operation}", answer)
    yield before, after
    for operation in ("UpdateItem", "DeleteItem"):
        events.unregister(f"before-send.dynamodb.{operation}", arrive)
        events.unregister(f"after-call.dynamodb.{operation}", answer)


LOST = [
    ReadTimeoutError(endpoint_url="https://guard"),
    ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, "UpdateItem"),
]


@pytest.mark.parametrize("lost", LOST, ids=["time-out", "500"])
def test_a_right_code_whose_answer_was_lost_is_not_told_wrong(wire, lost):
    challenge, code = guard.new_code(PHONE)
    _, after = wire
    after.append(lost)
    with pytest.raises(Busy):
        guard.redeem_code(challenge, PHONE, code)
    assert Entry.get(f"CODE#{challenge}", "CODE").n == 1, "tried once, not four times"
    after += [None, lost]  # of the write that uses it up
    with pytest.raises(Busy):
        guard.redeem_code(challenge, PHONE, code)


@pytest.mark.parametrize("lost", LOST, ids=["time-out", "500"])
def test_a_right_totp_step_whose_answer_was_lost_is_not_told_wrong(wire, lost):
    _, after = wire
    after.append(lost)
    with pytest.raises(Busy):
        guard.use_totp_step("bureau1", 59_000_000)


@pytest.mark.parametrize("code", ["ThrottlingException", "TransactionConflictException"])
def test_what_only_met_traffic_is_repeated_for_it_was_not_done(wire, code):
    before, _ = wire
    before += [ClientError({"Error": {"Code": code, "Message": ""}}, "UpdateItem")] * 2
    assert guard.use_totp_step("bureau1", 59_000_000)
    assert before == []
