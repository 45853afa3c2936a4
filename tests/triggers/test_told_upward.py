"""A notice for an office in which nobody is there who may know ends one level up, never in an inbox nobody opens."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import own_steps, watch
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.owed import SMS, Notice
from chalicelib.store import keys, people, proofs
from chalicelib.store.memory import MemoryTable
from chalicelib.store.people import User
from chalicelib.store.proofs import Proof
from chalicelib.triggers import notices, reaching
from chalicelib.triggers.reaching import gap_of, holder_of, mobile_of
from tests.triggers.world import RULES, World

NUMBERS = {
    "housing": "13900000001",
    "bureau": "13900000002",
    "county": "13900000003",
}
AWAY = {"away_from": "2026-01-01", "away_until": "2099-01-01"}


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


def late(world: World, rung_texts: tuple[str, ...] = ("S17",), recipient: str = "head:housing") -> tuple[str, Proof]:
    """A unit is late, and its head is told."""
    case_id = world.file()
    world.forward(case_id)
    world.accept(case_id)
    return case_id, late_again(world, case_id, recipient, rung_texts)


def late_again(world: World, case_id: str, recipient: str, rung_texts: tuple[str, ...] = ("S17",)) -> Proof:
    """Somebody is told of the lateness of a case that was accepted last."""
    file = world.cases.read(case_id)
    seq = next(event.seq for event in file.events if event.type == "petition.accepted")
    said = {"days": 3, "due": "2026-11-20"}
    events = (replace(each, data={**each.data, **said}) if each.seq == seq else each for each in file.events)
    file = replace(file, events=tuple(events))
    row = proofs.owed_item(case_id, seq, Notice(recipient, SMS, rung_texts), world.at)
    world.table.put(row)
    notices.carry(world.post, file, proofs.proof(row))
    return world.proof(case_id, seq, recipient)


def gaps(world: World, case_id: str) -> list[tuple[str, str, str, str]]:
    """What was put down of posts found empty."""
    return [
        (event.data["whom"], event.data["place"], event.data["gap"], event.data.get("instead", ""))
        for event in world.cases.read(case_id).events
        if event.type == "petition.post_empty"
    ]


@pytest.mark.feature(60)
def test_lateness_goes_past_a_vacant_post_and_the_gap_is_put_down(world: World) -> None:
    world.vacant = {"housing"}
    case_id, told = late(world)
    assert told.state == proofs.SENT
    assert world.carrier.sent[-1][0] == NUMBERS["bureau"]
    assert gaps(world, case_id) == [("head", "housing", "vacant", "bureau")]


def test_lateness_goes_past_who_left_no_number(world: World) -> None:
    world.mobiles = {"county": NUMBERS["county"]}
    case_id, told = late(world)
    assert told.state == proofs.SENT
    assert world.carrier.sent[-1][0] == NUMBERS["county"]
    assert gaps(world, case_id) == [
        ("head", "housing", "no_phone", "county"),
        ("head", "bureau", "no_phone", "county"),
    ]


def test_where_nobody_left_a_number_lateness_is_a_task_of_the_first_who_is_there(world: World) -> None:
    world.vacant, world.mobiles = {"housing"}, {}
    _, told = late(world)
    assert told.state == proofs.HANDED
    assert world.table.count("lists", keys.inbox("bureau")) == 1


def test_a_gap_is_put_down_once_and_is_a_finding_for_whoever_supervises(world: World) -> None:
    world.vacant = {"housing"}
    case_id, _ = late(world)
    file = world.cases.read(case_id)
    for seq in (2, 3):
        row = proofs.owed_item(case_id, seq, Notice("head:housing", SMS, ("S17",)), world.at)
        reaching.note_gaps(world.post, case_id, reaching.reach(world.post, file, proofs.proof(row)))
    assert len(gaps(world, case_id)) == 1
    case = world.cases.load(case_id).case
    found = [each for each in watch.findings(case, today=world.today, rules=RULES) if each.code == "post_empty"]
    assert [(each.org, each.detail) for each in found] == [("housing", "负责人无人在岗，超期告知改送上一级")]


def test_nothing_is_put_down_where_somebody_was_there_or_is_accused(world: World) -> None:
    case_id, _ = late(world)
    assert gaps(world, case_id) == []
    other = World(mobiles=dict(NUMBERS), vacant={"city", "province"})
    owe(other, "head:housing", ("housing",))
    case_id = other.file(number=999)
    file = replace(other.cases.read(case_id), case=replace(other.cases.load(case_id).case, accused=("housing",)))
    row = proofs.owed_item(case_id, 1, Notice("head:housing", SMS, ("S17",)), other.at)
    reaching.note_gaps(other.post, case_id, reaching.reach(other.post, file, proofs.proof(row)))
    assert gaps(other, case_id) == [], "nobody may learn of an accusation by it"


def test_ordinary_notices_leave_no_gaps(world: World) -> None:
    world.vacant = {"housing"}
    case_id, _ = late(world, ("S15",))
    assert gaps(world, case_id) == []


def test_why_a_post_is_empty_is_asked_only_where_it_is_put_down(world: World) -> None:
    def asked(*_who: object) -> str:
        raise AssertionError("nobody writes it down")

    world.vacant = {"housing"}
    world.post = replace(world.post, gap_of=asked)
    case_id, _ = late(world, ("S15",))
    assert gaps(world, case_id) == []


def test_a_post_that_nobody_holds_is_passed_over_though_the_office_has_a_number(world: World) -> None:
    world.unheld = {("housing", "unit_head")}
    case_id, _ = late(world)
    assert world.carrier.sent[-1][0] == NUMBERS["bureau"]
    assert gaps(world, case_id) == [("head", "housing", "vacant", "bureau")]


@pytest.fixture
def real(world: World, staff: None) -> World:
    """The county with people in the table in place of a list of numbers: nobody works anywhere yet."""
    world.post = replace(world.post, mobile_of=mobile_of, holder_of=holder_of, gap_of=gap_of)
    people.put_user(User("bureau1", "陈某", "bureau", "bureau", phone=NUMBERS["bureau"]))
    people.put_user(User("leader1", "王某", "leader", "county", phone=NUMBERS["county"]))
    return world


@pytest.mark.feature(60)
@pytest.mark.parametrize(
    ("head", "gap"),
    [
        (None, "vacant"),
        (User("housing-head", "周某", "unit_head", "housing"), "no_phone"),
        (User("housing-head", "周某", "unit_head", "housing", phone="13900000003", **AWAY), "absent"),
    ],
)
def test_the_clerk_who_is_late_never_gets_what_his_head_was_to_be_told(
    real: World, head: User | None, gap: str
) -> None:
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    if head:
        people.put_user(head)
    case_id, told = late(real)
    assert told.state == proofs.SENT
    assert real.carrier.sent[-1][0] == NUMBERS["bureau"]
    assert gaps(real, case_id) == [("head", "housing", gap, "bureau")]
    clerk = late_again(real, case_id, "org:housing")
    assert (clerk.state, real.carrier.sent[-1][0]) == (proofs.SENT, "13900000001"), "the clerk's own text is his"


def test_above_whoever_leads_or_supervises_is_told_and_nobody_below(real: World) -> None:
    people.put_user(User("window1", "李某", "window", "bureau", phone="13900000008"))
    people.put_user(replace(people.load_user("bureau1"), active=False))  # type: ignore[type-var]
    case_id, told = late(real)
    assert told.state == proofs.SENT
    assert real.carrier.sent[-1][0] == NUMBERS["county"]
    assert gaps(real, case_id) == [("head", "housing", "vacant", "county"), ("head", "bureau", "vacant", "county")]


def test_a_government_without_a_leader_is_passed_over_though_others_work_there(real: World) -> None:
    people.put_user(User("supervisor1", "赵某", "supervisor", "county", phone="13900000009"))
    people.put_user(replace(people.load_user("leader1"), active=False))  # type: ignore[type-var]
    _, told = late(real, ("S17b",), "leader:housing")
    assert told.state == proofs.SENT
    assert real.carrier.sent[-1][0] == NUMBERS["bureau"]


def test_with_nobody_anywhere_it_is_counted_once(real: World, capsys: pytest.CaptureFixture[str]) -> None:
    for user in ("bureau1", "leader1"):
        people.put_user(replace(people.load_user(user), active=False))  # type: ignore[type-var]
    _, told = late(real)
    assert told.state == proofs.HANDED
    assert capsys.readouterr().out.count('"NoticeForNobody": 1') == 1


def test_who_is_on_leave_is_passed_over_on_those_days_only(staff: None, monkeypatch: pytest.MonkeyPatch) -> None:
    away = {"away_from": "2026-12-01", "away_until": "2026-12-05"}
    people.put_user(User("housing-head", "周某", "unit_head", "housing", phone="13900000003", **away))
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    assert people.load_user("housing-head").away_until == "2026-12-05"  # type: ignore[union-attr]
    told = []
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 6)):
        monkeypatch.setattr(reaching.clock, "today", lambda day=day: day)
        told.append(mobile_of("housing", "unit_head"))
    assert told == ["13900000003", None, None, "13900000003"]
    monkeypatch.setattr(reaching.clock, "today", lambda: date(2026, 12, 1))
    assert mobile_of("housing", "clerk") == "13900000001"


def test_why_nobody_was_there(staff: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching.clock, "today", lambda: date(2026, 12, 1))
    people.put_user(User("housing-clerk", "陈某", "clerk", "housing", phone="13900000001"))
    assert gap_of("housing", ("unit_head",)) == "vacant", "a clerk at work is no head"
    people.put_user(
        User("housing-head", "周某", "unit_head", "housing", phone="1", away_from="2026-12-01", away_until="2026-12-01")
    )
    assert gap_of("housing", ("unit_head",)) == "absent"
    assert gap_of("housing", ("unit_head",), ("housing-head",)) == "recused"
