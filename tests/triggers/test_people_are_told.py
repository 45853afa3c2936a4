"""Several people behind one petition: each is told what he has to be told, once, and nobody is lost."""

from dataclasses import replace

import pytest

from chalicelib.domain import own, receiving
from chalicelib.domain.case import CLERK, PETITIONER, Actor
from chalicelib.domain.events import OpinionServed
from chalicelib.domain.intake import GRIEVANCE, WEB, Companion, Contact, Filing, Proxy
from chalicelib.domain.numbers import case_number
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import take
from chalicelib.domain.stages import REPLIED
from chalicelib.store import keys, proofs, spreading
from chalicelib.store.cases import Command
from chalicelib.store.table import Busy, Cancelled, Reason
from tests.triggers.world import PHONE, RULES, TREE, World

SON = "13933330001"
ONE = Contact("王某", PHONE, "青山县东街1号")
CROWD = replace(
    ONE,
    representatives=(Companion("赵大江", "13911110001"), Companion("钱小满")),
    joint_signers=(Companion("孙一", "13922220001"), Companion("孙二", "13922220002")),
    proxy=Proxy("王小某", SON, "儿子"),
)
UNIT = Actor(CLERK, "housing", "housing-clerk")


@pytest.fixture
def world() -> World:
    return World()


def file(world: World, contact: Contact) -> str:
    case_id = case_number(2026, lambda below: 123001785 % below)
    filing = Filing(GRIEVANCE, WEB, world.today, "楼道漏水", "三楼以上楼道漏水两个月。")
    change = receiving.register(
        case_id, filing, contact, TREE.offices["bureau"], by=Actor(PETITIONER), at=world.at, rules=RULES
    )
    return world.cases.file(change, contact, Command.of("p", case_id, {}), at=world.at, tree=TREE, rules=RULES)


def answered(world: World, contact: Contact) -> tuple[str, int]:
    """A petition whose opinion was served just now; its number, and that of the event."""
    case_id = file(world, contact)
    world.forward(case_id)
    world.accept(case_id)
    replied = replace(world.cases.load(case_id).case, stage=REPLIED)
    event = OpinionServed(org="housing", method="online", served_on=world.today, track="petition_procedure")
    return case_id, world.take(case_id, take(PETITION, replied, "serve", event, by=UNIT, on=world.today, rules=RULES))


def texts_to(world: World, phone: str) -> list[str]:
    return [text for to, text in world.carrier.sent if to == phone]


def states(world: World, case_id: str, seq: int) -> dict[str, str]:
    return {each.recipient: each.state for each in proofs.of_case(world.table, case_id) if each.seq == seq}


def test_representatives_and_proxy_are_told_of_the_registration_and_signers_are_not(world: World) -> None:
    case_id = file(world, CROWD)
    world.deliver(case_id)
    assert [len(texts_to(world, phone)) for phone in (PHONE, SON, "13911110001", "13922220001")] == [3, 2, 2, 0]
    assert "有人代您反映了一件事" in texts_to(world, PHONE)[0]
    assert "有人代您" not in "".join(texts_to(world, SON))


def test_a_representative_without_a_telephone_is_told_by_a_person(world: World) -> None:
    case_id = file(world, CROWD)
    world.deliver(case_id)
    row = world.proof(case_id, 1, "representative:2")
    assert (row.state, row.reason) == (proofs.HANDED, "没有手机号码")
    assert row.inbox is not None
    assert row.inbox[0] == keys.inbox("bureau"), "who has to tell him is who registered the matter"


def test_a_principal_without_a_telephone_is_told_on_paper_that_somebody_acts_for_him(world: World) -> None:
    case_id = file(world, replace(CROWD, phone=""))
    world.deliver(case_id)
    assert world.proof(case_id, 1).state == proofs.HANDED
    assert len(texts_to(world, SON)) == 2


def test_everybody_is_told_of_the_opinion_once(world: World) -> None:
    case_id, seq = answered(world, CROWD)
    for event in range(1, seq + 1):
        world.deliver(case_id, event)
    assert states(world, case_id, seq)["signers:1"] == proofs.SPREAD
    world.sweep()
    for phone in (PHONE, SON, "13911110001", "13922220001", "13922220002"):
        opinion, rating = texts_to(world, phone)[-2:]
        assert "处理意见书可凭查询码看" in opinion
        assert "评价是否满意" in rating
    assert len(texts_to(world, "13922220001")) == 2, "nothing else is told to who only signed"
    sent = len(world.carrier.sent)
    world.deliver(case_id, seq)
    world.pass_time(hours=1)
    world.sweep()
    assert len(world.carrier.sent) == sent


def test_one_telephone_gets_one_text_however_many_share_it(world: World) -> None:
    family = replace(
        ONE,
        representatives=(Companion("王二", PHONE), Companion("王三", "13911110001"), Companion("王四", "13911110001")),
        joint_signers=(Companion("王五", PHONE), Companion("王六", "13911110001"), Companion("王七", "13922220001")),
    )
    case_id, seq = answered(world, family)
    world.deliver(case_id, seq)
    world.sweep()
    assert [len(texts_to(world, phone)) for phone in (PHONE, "13911110001", "13922220001")] == [2, 2, 2]
    found = states(world, case_id, seq)
    assert (found["representative:1"], found["representative:3"]) == (proofs.NEEDLESS, proofs.NEEDLESS)
    assert (found["signer:1"], found["signer:2"], found["signer:3"]) == (proofs.NEEDLESS, proofs.NEEDLESS, proofs.SENT)


def test_a_revoked_proxy_is_told_nothing_more_not_even_what_was_owed_before(world: World) -> None:
    case_id = file(world, CROWD)
    case = world.cases.load(case_id).case
    change = own.revoke_proxy(case, by=Actor(PETITIONER), on=world.today, rules=RULES)
    old = world.cases.query_code(case_id)
    seq = world.take(case_id, change)
    for event in (1, seq):
        world.deliver(case_id, event)
    assert texts_to(world, SON) == []
    assert states(world, case_id, 1)["proxy"] == proofs.NEEDLESS
    new = world.cases.query_code(case_id, 2)
    assert new != old
    assert f"编号{case_id}换了新查询码{new}，旧码作废。" in "".join(texts_to(world, PHONE))
    assert old not in str(world.carrier.sent), "a code that is void is not sent any more either"


def test_who_shares_a_number_with_a_proxy_revoked_before_his_text_went_is_told_himself(world: World) -> None:
    world.at = world.at.replace(hour=21)
    case_id = file(world, replace(CROWD, representatives=(Companion("赵大江", SON),)))
    world.deliver(case_id)
    world.pass_time(hours=1)
    change = own.revoke_proxy(world.cases.load(case_id).case, by=Actor(PETITIONER), on=world.today, rules=RULES)
    world.take(case_id, change)
    world.pass_time(hours=11)
    world.sweep()
    assert states(world, case_id, 1)["proxy"] == proofs.NEEDLESS
    assert states(world, case_id, 1)["representative:1"] == proofs.SENT
    assert texts_to(world, SON)


def crowd_of(signers: int) -> Contact:
    return replace(ONE, joint_signers=tuple(Companion(f"联名{n}", f"1390001{n:04}") for n in range(1, signers + 1)))


@pytest.mark.feature(97)
def test_two_hundred_signers_are_told_and_none_is_lost_between_transactions(world: World) -> None:
    case_id, seq = answered(world, crowd_of(200))
    world.deliver(case_id, seq)
    for _ in range(5):
        world.pass_time(minutes=5)
        world.sweep()
    for number in range(1, 201):
        assert len(texts_to(world, f"1390001{number:04}")) == 2
    assert [name for name in states(world, case_id, seq) if name.startswith("signers")] == [
        f"signers:{first}" for first in (1, 181, 91)
    ]


def test_a_row_for_many_is_spread_once_by_two_who_find_it_at_once(world: World) -> None:
    case_id, seq = answered(world, crowd_of(3))
    row = world.proof(case_id, seq, "signers:1")
    for _ in range(2):
        spreading.spread(world.table, row, 3, world.at)
    assert sorted(states(world, case_id, seq)) == ["petitioner", "signer:1", "signer:2", "signer:3", "signers:1"]


def test_what_could_not_be_spread_now_is_found_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, seq = answered(world, crowd_of(3))

    def conflict(*_: object) -> None:
        raise Cancelled((Reason("conflict"),) * 4)

    with monkeypatch.context() as broken:
        broken.setattr(type(world.table), "transact", conflict)
        with pytest.raises(Busy):
            world.deliver(case_id, seq)
    row = world.proof(case_id, seq, "signers:1")
    assert row.state == proofs.OWED
    world.pass_time(minutes=6)
    world.sweep()
    world.sweep()
    assert len(texts_to(world, "13900010003")) == 2


def test_the_same_text_to_several_people_has_an_out_id_each(world: World) -> None:
    case_id = file(world, CROWD)
    world.deliver(case_id)
    rows = [row for row in proofs.of_case(world.table, case_id) if row.attempts]
    ids = [attempt.out_id for row in rows for attempt in row.attempts]
    assert len(ids) == len(set(ids)) == 7
