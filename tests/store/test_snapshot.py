"""A case comes back from its snapshot as it was, and on the whole main road its item fits into one write unit."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.clock import CHINA
from chalicelib.domain import gates, handling, intake, limits, opinion, receiving
from chalicelib.domain.case import CLERK, PETITIONER, UNIT_HEAD, Actor, Case, Change, Clock, Desk, Duty
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.stages import STAGES
from chalicelib.profiles.profile import Profile, load
from chalicelib.store import items, keys, snapshot
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Item
from tests.domain import county
from tests.domain.county import CITIZEN, NUMBER, RULES, noon
from tests.store.conftest import open_keys

WRITE_UNIT = 1024
"""Bytes that a write pays for at once; every step writes the whole CASE item."""
COUNTY = load("county")

dates = st.dates(date(2019, 1, 1), date(2030, 12, 31))
offices = st.sampled_from(["bureau", "housing", "development-reform", "town-qingshan"])
capacities = st.sampled_from([("intake",), ("lead",), ("intake", "lead")])
facts = st.dictionaries(
    st.sampled_from(["kind", "track", "claims", "direct", "came_from", "undertaker", "category", "replied_on"]),
    st.one_of(st.booleans(), st.integers(0, 99), st.sampled_from(["grievance", "城乡建设/物业管理", "2026-03-02"])),
)


duties = st.builds(
    Duty, st.just("order"), st.integers(1, 9), offices, st.sampled_from(["open", "done"]), st.integers(1, 99), facts
)


@st.composite
def clocks(draw: st.DrawFn, limit: str) -> Clock:
    """Any clock that the engine can make, and many that it cannot."""
    start = draw(dates)

    def later(most: int = 400) -> date:
        return start + timedelta(days=draw(st.integers(0, most)))

    pauses = tuple((later(), None if draw(st.booleans()) else later()) for _ in range(draw(st.integers(0, 3))))
    ending = draw(st.sampled_from(["", "met", "lapsed", "moot"]))
    return Clock(
        limit=limit,
        owner=draw(st.one_of(offices, st.just(PETITIONER))),
        start=start,
        due=later(),
        legal_due=later(),
        stat_due=later(),
        provisional=draw(st.booleans()),
        calendar=draw(st.sampled_from(["cn-2026.1", "cn-2027.1"])),
        days=draw(st.one_of(st.none(), st.integers(1, 999))),
        extended_by=draw(st.integers(0, 30)),
        pauses=pauses,
        reminded=draw(st.integers(0, 3)),
        told_overdue=draw(st.integers(0, 3)),
        ended_on=later() if ending else None,
        ending=ending,
        about=draw(st.sampled_from(["", "order.1"])),
        set_at=draw(st.none() | st.integers(1, 10**8).map(lambda s: noon(start) + timedelta(seconds=s))),
    )


@st.composite
def some_cases(draw: st.DrawFn) -> Case:
    """Any case."""
    running = draw(st.lists(st.sampled_from(sorted(limits.PETITION)), unique=True))
    desks = draw(st.lists(offices, unique=True))
    registered_at = draw(st.datetimes(datetime(2019, 1, 1), datetime(2030, 12, 31))).replace(microsecond=0)
    return Case(
        id=NUMBER,
        procedure=PETITION.name,
        stage=draw(st.sampled_from(sorted(STAGES))),
        received_on=draw(dates),
        registered_at=registered_at.replace(tzinfo=CHINA),
        office=draw(offices),
        version=draw(st.integers(1, 999)),
        head=draw(st.binary(min_size=32, max_size=32)),
        agency=draw(st.one_of(st.none(), offices)),
        facts=draw(facts),
        clocks=tuple(draw(clocks(limit)) for limit in running),
        desks=tuple(Desk(org, draw(capacities)) for org in desks),
        accused=tuple(draw(st.lists(offices, unique=True, max_size=2))),
        duties=tuple(draw(st.lists(duties, max_size=3))),
    )


@given(some_cases())
def test_a_case_comes_back_from_its_snapshot_as_it_was(case: Case) -> None:
    assert snapshot.unpack(case.id, snapshot.pack(case), case.version, case.head) == case


@given(some_cases())
def test_what_was_unpacked_is_packed_to_the_same_text(case: Case) -> None:
    packed = snapshot.pack(case)
    assert snapshot.pack(snapshot.unpack(case.id, packed, case.version, case.head)) == packed


def test_the_instant_of_registration_is_read_in_the_time_of_china() -> None:
    case = county.registered()
    again = snapshot.unpack(case.id, snapshot.pack(case), 1, b"")
    assert again.registered_at.isoformat() == "2026-03-02T12:00:00+08:00"


def size(item: Item) -> int:
    """Bytes as DynamoDB counts them: names and texts in UTF-8, a number by its digits, what is binary as it is."""
    total = 0
    for name, value in item.items():
        total += len(name.encode())
        if isinstance(value, int):
            total += (len(str(value)) + 1) // 2 + 1
        else:
            total += len(value if isinstance(value, bytes) else value.encode())
    return total


def longest(profile: Profile) -> tuple[str, str]:
    """The unit with the longest id, and the longest name of what a petition is about."""
    unit = max((office for office in profile.offices if office.kind == "department"), key=lambda office: len(office.id))
    matters = (f"{field.name}/{matter}" for field in profile.categories for matter in field.matters)
    return unit.id, max(matters, key=lambda matter: len(matter.encode()))


def the_longest_road() -> list[tuple[str, int]]:
    """Assigned, handed back, assigned again, extended, late, served, rated, lapsed: the size of the item each time."""
    unit, category = longest(COUNTY)
    tree = OfficeTree.of(COUNTY.offices)
    table, at = MemoryTable(), noon(date(2026, 3, 2))
    table.put({"pk": "ORG#", "sk": "TREE", "kind": items.TREE, "version": tree.version})
    cases = Cases(table, open_keys())
    bureau = Actor("bureau", COUNTY.bureau, "bureau1")
    clerk, head = Actor(CLERK, unit, f"{unit}-clerk"), Actor(UNIT_HEAD, unit, f"{unit}-head")
    filing = county.filing(category=category, channel="hotline_12345")
    registered = receiving.register(
        NUMBER, filing, county.CONTACT, tree.offices[COUNTY.bureau], by=bureau, at=at, rules=RULES
    )
    cases.file(registered, county.CONTACT, Command.of("p", "0", 0), at=at, tree=tree, rules=RULES)
    sizes = [("register", size(stored(table)))]

    def take(name: str, function: Any, *args: Any, day: date, **named: Any) -> None:
        held = cases.load(NUMBER)
        change: Change = function(held.case, *args, **named, on=day, rules=RULES)
        command = Command.of("s", str(held.case.version), name)
        cases.commit(held, change, command, at=noon(day), tree=tree, rules=RULES)
        sizes.append((name, size(stored(table))))

    def pass_time(day: date) -> None:
        held = cases.load(NUMBER)
        change = elapse(PETITION, held.case, at=noon(day), rules=RULES)
        if change is not None:
            command = Command.of("law", str(held.case.version), {})
            cases.commit(held, change, command, at=noon(day), tree=tree, rules=RULES)
            sizes.append((str(day), size(stored(table))))

    first, second, third = date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 10)
    until = date(2026, 5, 29)
    take("assign", receiving.assign, unit, until, by=bureau, tree=tree, day=first)
    take("object", receiving.object_to, "不属本局", by=clerk, tree=tree, day=second)
    take("uphold", receiving.uphold_objection, by=bureau, day=second)
    take("assign again", receiving.assign, unit, until, by=bureau, tree=tree, day=third)
    take("object again", receiving.object_to, "不属本局", by=clerk, tree=tree, day=third)
    take("reject", receiving.reject_objection, "属于该局", by=bureau, day=third)
    pass_time(date(2026, 3, 26))
    take("accept", receiving.accept, "petition_procedure", f"{unit}-clerk", by=clerk, day=date(2026, 3, 27))
    pass_time(date(2026, 5, 20))
    take("extend", handling.extend, 30, "情况复杂", by=head, day=date(2026, 5, 21))
    pass_time(date(2026, 6, 22))
    pass_time(date(2026, 6, 30))
    last = {"day": date(2026, 6, 30)}
    said = intake.Opinion("属实", tuple(intake.Answer(n, intake.EXPLAIN, "正在研究") for n in (1, 2)))
    reader = Actor(CLERK, unit, f"{unit}-reader")
    take("confirm", opinion.confirm_claims, ("退费", "公示"), by=clerk, **last)
    take("hear", opinion.hear_petitioner, "call", date(2026, 6, 30), "说明", by=clerk, **last)
    take("mark", opinion.mark_historical, "老问题", by=clerk, **last)
    take("lead", lambda case, **_: Change(case.with_facts(leader_led=True)), **last)
    take("investigate", opinion.investigate, "visit", date(2026, 6, 30), "走访", by=clerk, **last)
    take("draft", opinion.draft_reply, said, by=clerk, **last)
    take("return", opinion.return_draft, "再改", by=reader, **last)
    take("draft again", opinion.draft_reply, said, by=clerk, **last)
    take("read", opinion.second_read, "", "方案未定", by=reader, **last)
    take("sign", opinion.sign, said.text(), tuple(gates.CHECKS), "同意", by=head, **last)
    take("serve", handling.serve, "mail", date(2026, 6, 30), "签收单", "communication", by=clerk, **last)
    take("rate", handling.rate, "not_satisfied", "not_satisfied", False, by=CITIZEN, day=date(2026, 7, 2))
    pass_time(date(2026, 8, 15))
    return sizes


def stored(table: MemoryTable) -> Item:
    item = table.get(keys.case(NUMBER), keys.CASE)
    assert item is not None
    return item


def test_every_step_of_the_longest_road_pays_for_one_unit_of_its_case() -> None:
    road = the_longest_road()
    assert [name for name, bytes_ in road if bytes_ > WRITE_UNIT] == [], road


def test_an_ordinary_petition_leaves_room_in_its_unit() -> None:
    for case in (county.registered(), county.forwarded(), county.accepted(), county.replied(), county.served()):
        assert len(snapshot.pack(case)) < WRITE_UNIT * 3 // 4


@pytest.mark.parametrize("value", [0, 9, 10, 99, 100])
def test_a_number_takes_a_byte_for_two_digits_and_one_more(value: int) -> None:
    assert size({"n": value}) == {0: 3, 9: 3, 10: 3, 99: 3, 100: 4}[value]
