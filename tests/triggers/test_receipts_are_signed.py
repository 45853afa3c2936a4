"""A receipt for whatever came in and whoever was told, once, whatever the order and number of the messages."""

import json
from datetime import date, timedelta

import pytest

from chalicelib.domain import complaints, own_steps, reaching
from chalicelib.domain.case import BUREAU, PETITIONER, Actor
from chalicelib.store import keys, proofs, receipts
from chalicelib.triggers.receipts import issue
from infra.verify.signed import check_envelope
from tests.triggers.world import RULES, TREE, World
from tests.verify.signer import KEYS, SIGNER


@pytest.fixture
def world() -> World:
    return World()


def signed(world: World, case_id: str) -> list[dict[str, object]]:
    """What the receipts of a case say, each with a signature that holds."""
    return [check_envelope(each.envelope, KEYS) for each in receipts.of_case(world.table, case_id)]


def test_a_filing_is_signed_with_its_hash_and_the_next_date_the_law_sets(world: World) -> None:
    case_id = world.file()
    assert issue(world.cases, RULES, SIGNER, case_id) == 1
    (said,) = signed(world, case_id)
    first = world.cases.read(case_id).events[0]
    assert (said["of"], said["case"], said["seq"], said["hash"]) == ("filing", case_id, 1, first.hash.hex())
    assert said["next"] == {"limit": "route", "label": "转送、交办期限", "law": "第二十二条", "due": "2026-12-10"}


def test_whoever_was_told_has_a_receipt_for_it_and_who_is_only_owed_has_none(world: World) -> None:
    case_id = world.file()
    issue(world.cases, RULES, SIGNER, case_id)
    assert [said["of"] for said in signed(world, case_id)] == ["filing"]
    world.deliver(case_id)
    assert world.proof(case_id).state == proofs.SENT
    assert issue(world.cases, RULES, SIGNER, case_id) == 1
    told = signed(world, case_id)[-1]
    assert told["of"] == "notice"
    assert told["notice"]["provider_id"] == "sms-2"  # type: ignore[index]


def test_material_has_its_receipt_and_a_message_that_comes_again_adds_none(world: World) -> None:
    case_id = world.file()
    case = world.cases.load(case_id).case
    world.take(case_id, own_steps.supplement(case, "还有一张照片。", by=Actor(PETITIONER), on=world.today, rules=RULES))
    assert issue(world.cases, RULES, SIGNER, case_id) == 2
    assert issue(world.cases, RULES, SIGNER, case_id) == 0
    assert [said["of"] for said in signed(world, case_id)] == ["filing", "material"]


def test_who_was_told_by_a_person_has_the_day_and_the_way_that_he_recorded(world: World) -> None:
    case_id = world.file(phone="")
    world.deliver(case_id)
    handed = world.proof(case_id)
    assert handed.state == proofs.HANDED
    told_on = world.today
    world.at += timedelta(days=2)
    proofs.save(world.table, handed, proofs.record_told(handed, "mail"))
    assert issue(world.cases, RULES, SIGNER, case_id) == 1, "its event is not there yet: what day it was, nobody knows"
    by = Actor(BUREAU, "bureau", "bureau1")
    case = world.cases.load(case_id).case
    seq = world.take(case_id, reaching.record_notice(case, [1], "mail", told_on, by=by, on=world.today, rules=RULES))
    issue(world.cases, RULES, SIGNER, case_id)
    (notice,) = [said["notice"] for said in signed(world, case_id) if said["of"] == "notice"]
    assert notice == {
        "recipient": "petitioner",
        "channel": "sms",
        "texts": list(handed.texts),
        "state": "told",
        "owed_at": handed.owed_at,
        "at": told_on.isoformat(),
        "how": "mail",
        "recorded_by": seq,
    }


def test_the_next_date_is_one_of_the_road_and_of_the_law(world: World) -> None:
    case_id = world.file()
    world.forward(case_id)
    world.accept(case_id)
    case, me = world.cases.load(case_id).case, Actor(PETITIONER)
    complained = complaints.complain(
        case, "delay", "unit", "一直没有回音。", tree=TREE, by=me, on=world.today, rules=RULES
    )
    seq = world.take(case_id, complained)
    clock = world.cases.load(case_id).case.running("complaint", "complaint.1")
    assert clock is not None
    assert clock.due < date(2027, 1, 24)
    world.deliver(case_id, seq)
    issue(world.cases, RULES, SIGNER, case_id)
    nexts = [said["next"] for said in signed(world, case_id)]
    assert {said["limit"] for said in nexts} <= {"route", "handle"}  # type: ignore[index]
    assert all(RULES.limits[said["limit"]].kind == "statutory" for said in nexts)  # type: ignore[index]


def test_the_first_receipt_stands(world: World) -> None:
    case_id = world.file()
    issue(world.cases, RULES, SIGNER, case_id)
    before = receipts.of_case(world.table, case_id)
    world.at += timedelta(days=3)
    world.forward(case_id)
    issue(world.cases, RULES, SIGNER, case_id)
    assert receipts.of_case(world.table, case_id)[:1] == before


def test_a_receipt_holds_nothing_of_a_person_and_no_case_is_heavier_for_it(world: World) -> None:
    case_id = world.file()
    world.deliver(case_id)
    issue(world.cases, RULES, SIGNER, case_id)
    rows = json.dumps([row["state"] for row in world.table.query(keys.receipts(case_id)).items], ensure_ascii=False)
    for word in ("王某", "13900001111", "东街", "漏水"):
        assert word not in rows
    assert not [row for row in world.table.query(keys.case(case_id)).items if row["kind"] == "receipt"]
