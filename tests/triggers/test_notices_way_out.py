"""What is owed finds its way out: once, at a decent hour, and where the machine cannot, through a person."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from chalicelib.clock import CHINA
from chalicelib.notices.senders import NotSent, Unknown
from chalicelib.store import keys, people, proofs
from chalicelib.store.memory import MemoryTable
from chalicelib.store.people import User
from chalicelib.store.table import Busy
from chalicelib.triggers.notices import carry, send_due
from chalicelib.triggers.reaching import mobile_of
from tests.triggers.world import PHONE, Died, World


@pytest.fixture
def world() -> World:
    return World()


def test_a_registration_is_told_in_two_texts_with_number_and_query_code(world: World) -> None:
    case_id = world.file()
    world.deliver(case_id)
    code = world.cases.query_code(case_id)
    assert world.carrier.sent == [
        (PHONE, f"您反映的事已登记，编号{case_id}，查询码另发。最迟12月10日转到责任单位。有事打0736-6622345。"),
        (PHONE, f"编号{case_id}的查询码是{code}，请收好，别给外人。查进度、看文书、评价都用它。"),
    ]
    proof = world.proof(case_id)
    assert proof.state == proofs.SENT
    assert proofs.said(proof, world.cases.load(case_id).key) == [text for _, text in world.carrier.sent]


def test_forwarding_tells_the_petitioner_and_the_unit(world: World) -> None:
    case_id = world.file()
    seq = world.forward(case_id)
    world.deliver(case_id, seq)
    assert [phone for phone, _ in world.carrier.sent] == ["13900002222", PHONE]
    assert "已转县住建局，最迟12月10日书面告诉您怎么办。电话0736-6622101。" in world.carrier.sent[1][1]
    assert "12月10日前书面告知群众；不属职责的12月2日前提异议" in world.carrier.sent[0][1]


def test_acceptance_names_the_sixty_days(world: World) -> None:
    case_id = world.file()
    world.forward(case_id)
    seq = world.accept(case_id)
    world.deliver(case_id, seq)
    assert world.carrier.sent[-1][1] == (
        f"编号{case_id}：县住建局已受理，1月24日前办结。告知书可凭查询码看，电话0736-6622101。"
    )


def test_a_message_that_comes_again_sends_nothing_twice(world: World) -> None:
    case_id = world.file()
    for _ in range(3):
        world.deliver(case_id)
    assert len(world.carrier.sent) == 2


def test_sweep_and_queue_together_send_once(world: World) -> None:
    case_id = world.file()
    world.deliver(case_id)
    world.pass_time(minutes=10)
    assert world.sweep() == 0
    assert len(world.carrier.sent) == 2


def test_what_the_stream_never_brought_the_sweep_finds(world: World) -> None:
    world.file()
    assert world.sweep() == 0
    world.pass_time(minutes=5)
    world.sweep()
    assert len(world.carrier.sent) == 2


def test_two_consumers_race_and_one_sends(world: World) -> None:
    case_id = world.file()
    stale = world.cases.read(case_id)
    world.deliver(case_id)
    carry(world.post, stale, proofs.proof(stale.notices[0]))
    assert len(world.carrier.sent) == 2


def test_an_event_that_owes_nothing_sends_nothing(world: World) -> None:
    case_id = world.file()
    world.deliver(case_id, seq=9)
    assert world.carrier.sent == []


def test_a_process_that_dies_between_claim_and_send_leaves_a_doubt_and_then_a_persons_task(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [Died()]
    with pytest.raises(Died):
        world.deliver(case_id)
    assert world.proof(case_id).state == proofs.CLAIMED
    world.deliver(case_id)
    assert world.proof(case_id).state == proofs.CLAIMED

    world.pass_time(minutes=5)
    world.sweep()
    assert world.proof(case_id).state == proofs.UNKNOWN
    world.pass_time(minutes=5)
    world.sweep()
    assert world.proof(case_id).state == proofs.HANDED
    assert world.carrier.sent == []
    assert world.table.count("lists", keys.inbox("bureau")) == 1


def test_a_lost_answer_is_not_sent_again(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [Unknown("ReadTimeoutError")]
    world.deliver(case_id)
    for _ in range(4):
        world.pass_time(minutes=5)
        world.sweep()
        world.deliver(case_id)
    assert len(world.carrier.sent) == 1
    assert world.proof(case_id).state == proofs.HANDED


def test_a_provider_that_can_be_asked_settles_a_doubt_and_the_rest_goes_on(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [Unknown("ReadTimeoutError")]
    world.deliver(case_id)
    world.carrier.answers[f"{case_id}-1-S02-1"] = "sent"
    world.pass_time(minutes=5)
    world.sweep()
    assert world.proof(case_id).state == proofs.SENT
    assert len(world.carrier.sent) == 2


def test_a_provider_that_never_had_it_lets_it_be_sent_again(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [Died()]
    with pytest.raises(Died):
        world.deliver(case_id)
    world.carrier.answers[f"{case_id}-1-S02-1"] = "not_sent"
    for _ in range(3):
        world.pass_time(minutes=5)
        world.sweep()
    assert world.proof(case_id).state == proofs.SENT
    assert len(world.carrier.sent) == 2


def test_a_throttled_text_is_tried_again_by_the_sweep(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [NotSent("Throttling", retry=True)]
    world.deliver(case_id)
    world.deliver(case_id)
    assert world.carrier.sent == []
    world.pass_time(minutes=5)
    world.sweep()
    assert len(world.carrier.sent) == 2


def test_what_cannot_be_sent_in_four_tries_is_a_persons_task(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [NotSent("Throttling", retry=True)] * 4
    world.deliver(case_id)
    for hours in (1, 2, 13):
        world.pass_time(hours=hours)
        if world.at.hour >= 20 or world.at.hour < 8:
            world.pass_time(hours=12)
        world.sweep()
    assert world.proof(case_id).state == proofs.HANDED
    assert world.proof(case_id).reason == "Throttling"
    assert world.carrier.sent == []


def test_who_has_no_phone_is_told_by_a_person_at_once(world: World) -> None:
    case_id = world.file(phone="")
    world.deliver(case_id)
    proof = world.proof(case_id)
    assert (proof.state, proof.reason) == (proofs.HANDED, "没有手机号码")
    assert proof.inbox == (keys.inbox("bureau"), keys.by_time(world.at, case_id))


def test_a_unit_without_a_mobile_finds_it_in_its_own_inbox(world: World) -> None:
    world.mobiles = {}
    case_id = world.file()
    seq = world.forward(case_id)
    world.deliver(case_id, seq)
    assert world.proof(case_id, seq, "org:housing").state == proofs.HANDED
    assert world.table.count("lists", keys.inbox("housing")) == 1


def test_what_the_unit_failed_to_tell_is_its_own_task(world: World) -> None:
    case_id = world.file()
    world.forward(case_id)
    seq = world.accept(case_id)
    world.carrier.faults = [NotSent("OptedOut", retry=False)]
    world.deliver(case_id, seq)
    assert world.table.count("lists", keys.inbox("housing")) == 1


def test_a_text_that_cannot_be_worded_goes_to_a_person_and_does_not_stop_the_sweep(world: World) -> None:
    case_id = world.file()
    proof = world.proof(case_id)
    broken = proofs.item(replace(proof, texts=("S16",)))
    world.table.put(broken)
    world.deliver(case_id)
    assert world.proof(case_id).reason == "短信内容无法生成"


def test_a_two_part_notice_goes_on_where_a_crash_left_it(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [None, NotSent("Throttling", retry=True)]
    world.deliver(case_id)
    assert world.proof(case_id).part == 1
    world.pass_time(minutes=5)
    world.sweep()
    assert world.proof(case_id).state == proofs.SENT
    assert len(world.carrier.sent) == 2
    assert "查询码是" in world.carrier.sent[1][1]


def test_a_crash_in_the_second_text_never_repeats_the_first(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [None, Died()]
    with pytest.raises(Died):
        world.deliver(case_id)
    for _ in range(3):
        world.pass_time(minutes=5)
        world.sweep()
    assert len(world.carrier.sent) == 1
    assert world.proof(case_id).state == proofs.HANDED


def test_at_night_a_notice_waits_for_the_morning() -> None:
    world = World(at=datetime(2026, 11, 25, 21, 30, tzinfo=CHINA))
    case_id = world.file()
    world.deliver(case_id)
    assert world.carrier.sent == []
    assert world.proof(case_id).wake_at == datetime(2026, 11, 26, 8, 0, tzinfo=CHINA)
    version = world.proof(case_id).version
    world.deliver(case_id)
    assert world.proof(case_id).version == version
    world.pass_time(hours=10)
    assert world.sweep() == 0
    world.pass_time(minutes=30)
    world.sweep()
    assert len(world.carrier.sent) == 2


def test_hours_may_reach_over_midnight() -> None:
    world = World(at=datetime(2026, 11, 25, 23, 59, 50, tzinfo=CHINA)).with_window(time(20), time(2))
    case_id = world.file()
    world.pass_time(seconds=20)
    world.deliver(case_id)
    assert len(world.carrier.sent) == 2


def test_every_row_comes_to_an_end_within_four_days(world: World) -> None:
    case_id = world.file()
    world.carrier.faults = [NotSent("Throttling", retry=True)] * 3 + [Unknown("ReadTimeoutError")]
    end = world.at + timedelta(days=4)
    while world.at < end:
        world.pass_time(minutes=30)
        world.sweep()
    assert proofs.unended(world.table, case_id) == []


def test_the_index_may_be_behind_the_row_decides(world: World) -> None:
    case_id = world.file()
    pointer = dict(zip(("pk", "sk"), world.proof(case_id).key, strict=True))
    send_due(pointer, lambda: world.post)
    assert world.carrier.sent == []
    send_due({"pk": "CASE#000", "sk": "NOTICE#000001#petitioner#sms"}, lambda: world.post)


def test_a_row_that_fails_keeps_no_other_recipient_waiting(world: World) -> None:
    def unreachable(_org: str, _undertaker: str, _without: object) -> str:
        raise Busy("staff cannot be read now")

    case_id = world.file()
    seq = world.forward(case_id)
    world.post = replace(world.post, mobile_of=unreachable)
    with pytest.raises(Busy):
        world.deliver(case_id, seq)
    assert [phone for phone, _ in world.carrier.sent] == [PHONE]


@pytest.mark.parametrize(("role", "mobile"), [("clerk", "13900000001"), ("unit_head", "13900000003")])
def test_a_unit_is_reached_through_the_post_that_is_told(
    role: str, mobile: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "table", MemoryTable())
    monkeypatch.setattr(people, "held_keys", lambda: world.cases.keys)
    people.put_user(User("housing-head", "周某", "unit_head", "housing", phone="13900000003"))
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    assert mobile_of("housing", role) == mobile
    assert mobile_of("education", role) is None


def test_a_unit_without_a_head_is_reached_through_whoever_left_a_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "table", MemoryTable())
    monkeypatch.setattr(people, "held_keys", lambda: world.cases.keys)
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    assert mobile_of("housing", "unit_head") == "13900000001"
