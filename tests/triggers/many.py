"""A table of many cases of many kinds, as the county's days leave it: petitions far and near, one that several
departments answer, one from above, a task of supervision, reports."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.domain import inspection, joint, limits, receiving, report
from chalicelib.domain.case import BUREAU, CLERK, PETITIONER, Actor
from chalicelib.domain.errors import NotFound
from chalicelib.domain.intake import GRIEVANCE, PROVINCE, WEB, Companion, Contact, Filing
from chalicelib.domain.limits.report import REPORT as REPORT_LIMITS
from chalicelib.domain.numbers import case_number
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.store import statistics
from chalicelib.store.cases import Command
from chalicelib.store.reports import Reports
from chalicelib.store.sealing import PUBLIC_HALF, Keys, new_pair
from chalicelib.store.table import INDEXES, Item
from chalicelib.triggers.deadlines import Sweeper
from chalicelib.triggers.notices import send_due
from tests.triggers.world import RULES, TREE, World

OPEN_RULES = Rules(Calendar.shipped(), limits.KNOWN)
REPORT_RULES = Rules(Calendar.shipped(), REPORT_LIMITS)


def pair_of_keys() -> Keys:
    """The tenant's keys with the public half of the pair, and without the private one."""
    _private, public = new_pair()
    return Keys(lambda kind: public if kind == PUBLIC_HALF else kind.encode().ljust(32, b"."), lambda: 0.0)


def days_of_the_county(count: int, *, seed: int = 1) -> World:
    """So many petitions over some weeks, each some way on, with whatever queue and sweep make of them."""
    chance, world = random.Random(seed), World()
    for number in range(count):
        signers = tuple(Companion(f"联名人{each}", f"1390000{each:04d}") for each in range(chance.choice((0, 0, 0, 3))))
        case_id = _filed(world, 100_000_000 + number, signers)
        if chance.random() < 0.7:
            world.forward(case_id)
            if chance.random() < 0.6:
                world.accept(case_id)
        if chance.random() < 0.8:
            for event in world.cases.read(case_id).events:
                world.deliver(case_id, event.seq)
        if number % 10 == 9:
            world.pass_time(hours=chance.randrange(1, 30))
            sweep(world)
    _by_several_departments(world)
    _from_above(world)
    _task_of_supervision(world)
    world.pass_time(hours=1)
    settle(world)
    return world


def settle(world: World) -> None:
    """Sweeps over everything due, and a row of statistics for every case."""
    sweep(world)
    for pk in sorted({item["pk"] for item in everything(world)}):
        if pk.startswith("CASE#"):
            try:
                case, events = world.cases.history(pk.removeprefix("CASE#"))
            except NotFound:  # a report of misconduct
                continue
            if case.procedure == PETITION.name:
                statistics.record(world.table, case, events)


def sweep(world: World) -> None:
    """Everything due, until nothing is."""
    sweeper = Sweeper(
        cases=world.cases, rules=OPEN_RULES, carry=lambda hit: send_due(hit, lambda: world.post), tree=lambda: TREE
    )
    while sweeper.run(world.at).examined:
        world.pass_time(minutes=5)


def everything(world: World) -> list[Item]:
    """Every row of the table in memory."""
    page = world.table.walk(limit=10**9)
    return [row for row in (world.table.get(key["pk"], key["sk"]) for key in page.items) if row]


def tamper(world: World, pk: str, sk: str, change: Callable[[Item], Item | None]) -> None:
    """Change or remove one row behind the program's back, in the row itself and in every index."""
    table, row = world.table, world.table.get(pk, sk)
    assert row is not None, (pk, sk)
    changed = change(dict(row))
    if changed is not None:
        table.put(changed)
        return
    del table._items[pk, sk]
    table._sorted[pk].remove(sk)
    for index, (hash_name, range_name) in INDEXES.items():
        if hash_name in row and range_name in row:
            table._index[index][row[hash_name]].remove((row[range_name], pk, sk))


def gone(_row: Item) -> None:
    """As if the row had never been."""


def a_report(world: World, number: int = 555_000_001) -> str:
    """A report of misconduct about the town, sealed for a key that is not here."""
    case_id = case_number(2026, lambda below: number % below)
    said = report.Report("截留补偿款", "每户少发两千元。", ("town-qingxi",), ("镇长马文举",))
    reports = Reports(world.table, pair_of_keys())
    change = report.register_report(
        case_id, said, TREE.offices["bureau"], named=True, by=Actor(PETITIONER), at=world.at, rules=REPORT_RULES
    )
    command = reports.command("anybody", case_id, [said.title])
    contact = Contact("何秀芝", "19900007777", "上溪村三组")
    return reports.file(change, contact, command, at=world.at, tree=TREE, rules=REPORT_RULES)


def _by_several_departments(world: World) -> str:
    """The unit that handles it asks another department: that one has a desk of its own."""
    case_id = _filed(world, 200_000_001, ())
    world.forward(case_id)
    world.accept(case_id)
    case, by = world.cases.load(case_id).case, Actor(CLERK, "housing", "housing-clerk")
    due = world.today + timedelta(days=14)
    asked = joint.ask_departments(
        case, ("water",), "排水设施由谁管理", due, tree=TREE, by=by, on=world.today, rules=RULES
    )
    world.deliver(case_id, world.take(case_id, asked))
    return case_id


def _from_above(world: World) -> str:
    """The province handed it down and wants the result by a day: it stands in the ledger."""
    day = world.today
    above: dict[str, Any] = {
        "external_number": "南信交〔2026〕17号",
        "from_above": PROVINCE,
        "above_received": {PROVINCE: day},
        "above_due": day + timedelta(days=40),
    }
    return _filed(world, 200_000_002, (), **above)


def _task_of_supervision(world: World) -> str:
    """The bureau lists two problems of a unit: a procedure of its own, found by both."""
    number = case_number(2026, lambda below: 200_000_003 % below)
    due = world.today + timedelta(days=10)
    task = inspection.Task(inspection.PROBLEM_LIST, "台账不全", "housing", ("台账缺少11月", "两件没有登记"), due)
    by = Actor(BUREAU, "bureau", "bureau1")
    change = inspection.open_inspection(number, task, tree=TREE, by=by, at=world.at, rules=OPEN_RULES)
    command = Command.of("bureau1", number, {})
    return world.cases.file(change, Contact(), command, at=world.at, tree=TREE, rules=OPEN_RULES)


def _filed(world: World, number: int, signers: tuple[Companion, ...], **above: Any) -> str:
    case_id = case_number(2026, lambda below: number % below)
    filing = Filing(GRIEVANCE, WEB, world.today, "楼道漏水", "三楼以上楼道漏水两个月。", **above)
    contact = Contact(
        name=f"王{number}", phone=f"139{number % 10**8:08d}", address="青山县东街1号", joint_signers=signers
    )
    office = TREE.offices["bureau"]
    change = receiving.register(case_id, filing, contact, office, by=Actor(PETITIONER), at=world.at, rules=RULES)
    world.cases.file(change, contact, Command.of("petitioner", case_id, {}), at=world.at, tree=TREE, rules=RULES)
    return case_id
