"""A notice for an office in which nobody is there who may know ends one level up, never in an inbox nobody opens."""

from dataclasses import replace

import pytest

from chalicelib.domain import own_steps
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.owed import SMS, Notice
from chalicelib.store import keys, people, proofs
from chalicelib.store.memory import MemoryTable
from chalicelib.store.people import User
from chalicelib.store.proofs import Proof
from chalicelib.triggers import notices
from chalicelib.triggers.notices import mobile_of
from tests.triggers.world import RULES, World

NUMBERS = {
    "housing": "13900000001",
    "bureau": "13900000002",
    "county": "13900000003",
}


@pytest.fixture
def world() -> World:
    return World(mobiles=dict(NUMBERS))


@pytest.fixture
def staff(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of people, empty at first."""
    monkeypatch.setattr(people, "table", MemoryTable())
    monkeypatch.setattr(people, "held_keys", lambda: world.cases.keys)


def owe(world: World, recipient: str, accused: tuple[str, ...] = (), **facts: object) -> Proof:
    """What one office is owed because of a forwarding, carried as far as it goes."""
    case_id = world.file()
    seq = world.forward(case_id)
    file = world.cases.read(case_id)
    file = replace(file, case=replace(file.case.with_facts(**facts), accused=accused))
    row = proofs.owed_item(case_id, seq, Notice(recipient, SMS, ("S15",)), world.at)
    world.table.put(row)
    notices.carry(world.post, file, proofs.proof(row))
    return world.proof(case_id, seq, recipient)


@pytest.mark.feature(60)
@pytest.mark.parametrize(
    ("recipient", "vacant", "reached"),
    [
        ("org:housing", set(), "housing"),
        ("org:housing", {"housing"}, "bureau"),
        ("head:housing", {"housing", "bureau"}, "county"),
        ("leader:housing", set(), "county"),
        ("supervisor:bureau", set(), "county"),
        ("leader:housing", {"county"}, "bureau"),
        ("org:village-shangxi", {"village-shangxi"}, "bureau"),
    ],
)
def test_a_vacant_office_is_passed_over(recipient: str, vacant: set[str], reached: str, world: World) -> None:
    world.vacant = {*vacant, "city", "province"}
    assert owe(world, recipient).state == proofs.SENT
    assert world.carrier.sent[-1][0] == NUMBERS[reached]


def test_where_nobody_left_a_number_it_is_a_task_of_who_is_there(world: World) -> None:
    world.vacant, world.mobiles = {"housing"}, {}
    assert owe(world, "org:housing").state == proofs.HANDED
    assert world.table.count("lists", keys.inbox("bureau")) == 1
    assert world.table.count("lists", keys.inbox("housing")) == 0


def test_with_nobody_anywhere_it_stands_in_the_inbox_of_who_registered_it(world: World) -> None:
    world.vacant = {"housing", "bureau", "county", "city", "province"}
    assert owe(world, "org:housing").state == proofs.HANDED
    assert world.table.count("lists", keys.inbox("bureau")) == 1


@pytest.mark.parametrize(("accused", "reached"), [(("housing",), "bureau"), (("housing", "bureau"), "county")])
def test_an_accused_office_is_passed_over(accused: tuple[str, ...], reached: str, world: World) -> None:
    assert owe(world, "head:housing", accused).state == proofs.SENT
    assert world.carrier.sent[-1][0] == NUMBERS[reached]


def test_with_everybody_accused_nobody_of_them_finds_it(world: World) -> None:
    world.vacant = {"city", "province"}
    assert owe(world, "org:housing", ("county",)).state == proofs.HANDED
    for office in ("housing", "bureau", "county"):
        assert world.table.count("lists", keys.inbox(office)) == 0


def test_what_stands_in_an_inbox_at_once_stands_in_that_of_the_next_above(world: World) -> None:
    case_id = world.file()
    world.forward(case_id)
    case = replace(world.cases.load(case_id).case, accused=("housing",))
    citizen = Actor(PETITIONER)
    world.take(case_id, own_steps.supplement(case, "补充材料", by=citizen, on=world.today, rules=RULES))
    assert world.table.count("lists", keys.inbox("housing")) == 0
    assert world.table.count("lists", keys.inbox("bureau")) == 1


def test_what_could_not_be_told_to_a_petitioner_is_no_task_of_an_office_without_people(world: World) -> None:
    world.vacant = {"housing"}
    case_id = world.file(phone="")
    world.forward(case_id)
    seq = world.accept(case_id)
    world.deliver(case_id, seq)
    assert world.table.count("lists", keys.inbox("housing")) == 0
    assert world.table.count("lists", keys.inbox("bureau")) == 1


def test_a_recused_head_is_not_replaced_by_his_own_clerk(staff: None) -> None:
    people.put_user(User("housing-head", "周某", "unit_head", "housing", phone="13900000003"))
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    assert mobile_of("housing", "unit_head", ("housing-head",)) is None
    assert mobile_of("housing", "clerk", ("housing-head",)) == "13900000001"
    assert mobile_of("housing", "clerk", ("housing-head", "housing-clerk")) is None
    assert mobile_of("housing", "clerk", ("housing-clerk",)) == "13900000003"


def test_two_leaders_of_whom_one_has_recused_himself(staff: None) -> None:
    people.put_user(User("leader1", "王某", "leader", "county", phone="13900000003"))
    people.put_user(User("leader2", "李某", "leader", "county", phone="13900000004"))
    assert mobile_of("county", "leader", ("leader1",)) == "13900000004"
    assert mobile_of("county", "leader", ("leader1", "leader2")) is None


def test_an_administrator_is_told_nothing_about_a_case(staff: None) -> None:
    people.put_user(User("admin1", "孙某", "system_admin", "bureau", phone="13900000009"))
    assert mobile_of("bureau", "clerk") is None
    people.put_user(User("window1", "李某", "window", "bureau", phone="13900000008"))
    people.put_user(User("bureau1", "陈某", "bureau", "bureau", phone="13900000007"))
    assert mobile_of("bureau", "clerk") == "13900000007"


def test_recused_people_are_named_to_whoever_looks_for_a_number(world: World) -> None:
    asked: list[object] = []
    looked = world.post.mobile_of
    world.post = replace(world.post, mobile_of=lambda *who: asked.append(who) or looked(*who))
    owe(world, "head:housing", recused=["housing-head"])
    assert asked[0] == ("housing", "unit_head", ["housing-head"])
