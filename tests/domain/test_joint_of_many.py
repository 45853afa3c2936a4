"""25 departments in one case: more are refused, and whatever happens to all of them at once is one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.case import Case
from chalicelib.domain.elapsing import MOST_AT_ONCE, elapse
from chalicelib.domain.errors import TargetRefused
from chalicelib.domain.petition import PETITION
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Write
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, CONTACT, HOUSING_CLERK, MARCH, NUMBER, RULES, TREE, noon
from tests.domain.test_joint import BIG, MANY, ask, offered
from tests.store.conftest import small_county


@pytest.mark.feature(27)
def test_at_most_25_departments_over_the_life_of_a_case() -> None:
    full = ask(county.accepted(), *(office.id for office in MANY[:25])).case
    assert len(full.duties) == 25
    with pytest.raises(TargetRefused, match="不能请这些单位协办") as refused:
        ask(full, "dept26", on=MARCH[6])
    assert refused.value.fields[0].message == "一件事项先后请协办的单位不超过25个，还可以请0个"
    assert "ask_departments" not in offered(full, HOUSING_CLERK)
    with pytest.raises(TargetRefused):
        ask(county.accepted(), *(office.id for office in MANY[:26]))


class Counting(MemoryTable):
    """The table in memory, and how many items its largest transaction wrote."""

    most = 0

    def transact(self, writes: Sequence[Write], token: str) -> None:
        self.most = max(self.most, len(writes))
        super().transact(writes, token)


@pytest.fixture
def table() -> Counting:
    """Empty."""
    return Counting()


def with_25_departments(table: Counting) -> tuple[Cases, Case]:
    """A case that 25 departments were asked in, committed."""
    cases = small_county(table)
    filing = county.receiving.register(
        NUMBER, county.filing(), CONTACT, BIG.offices["bureau"], by=CITIZEN, at=noon(MARCH[2]), rules=RULES
    )
    cases.file(filing, CONTACT, Command.of("p", "k", {}), at=noon(MARCH[2]), tree=BIG, rules=RULES)
    steps = (
        lambda case: county.receiving.forward(case, "housing", tree=BIG, by=BUREAU_CLERK, on=MARCH[3], rules=RULES),
        lambda case: county.receiving.accept(
            case, "petition_procedure", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
        ),
        lambda case: ask(case, *(office.id for office in MANY[:25])),
    )
    for number, step in enumerate(steps):
        held = cases.load(NUMBER)
        command = Command.of("s", str(number), {})
        cases.commit(held, step(held.case), command, at=noon(MARCH[5]), tree=BIG, rules=RULES)
    return cases, cases.load(NUMBER).case


def test_asking_25_departments_is_one_transaction_of_at_most_100_items(table: Counting) -> None:
    _, case = with_25_departments(table)
    assert len(case.duties) == 25
    assert table.most == 54  # CASE, EVENT, TEXT, the check of the tree; a NOTICE and a DESK for each department
    assert table.count("lists", "DESK#dept25") == 1


def test_25_departments_that_are_late_on_the_same_day_are_told_in_transactions_of_at_most_100_items(
    table: Counting,
) -> None:
    """Each is told to the department, its head and the bureau: 25 of them at once would be 101 items."""
    cases, case = with_25_departments(table)
    table.most, looks = 0, 0
    while (change := elapse(PETITION, case, at=noon(MARCH[17]), rules=RULES)) is not None:
        looks += 1
        assert len(change.events) <= MOST_AT_ONCE
        held = cases.load(NUMBER)
        cases.commit(held, change, Command.of("law", str(looks), {}), at=noon(MARCH[17]), tree=BIG, rules=RULES)
        case = cases.load(NUMBER).case
    late = [clock for clock in case.clocks if clock.limit == "joint_answer"]
    assert (looks, {clock.told_overdue for clock in late}, len(late)) == (2, {1}, 25)
    assert table.most <= 100


def test_an_accused_office_is_never_asked_for_support() -> None:
    cases = small_county(MemoryTable())
    filing = county.receiving.register(
        NUMBER, county.filing(), CONTACT, TREE.offices["bureau"], by=CITIZEN, at=noon(MARCH[2]), rules=RULES
    )
    cases.file(filing, CONTACT, Command.of("p", "k", {}), at=noon(MARCH[2]), tree=TREE, rules=RULES)
    held = cases.load(NUMBER)
    accused = replace(county.accepted(), accused=("water",), version=held.case.version, head=held.case.head)
    with pytest.raises(TargetRefused) as refused:
        cases.commit(
            held, ask(accused, "water", tree=TREE), Command.of("s", "1", {}), at=noon(MARCH[5]), tree=TREE, rules=RULES
        )
    assert refused.value.law == "第三十条第三款"


def test_the_last_rung_of_25_departments_is_told_in_transactions_of_at_most_100_items(table: Counting) -> None:
    """Whom nobody looked at for months is told of on every rung at once: an event and six notices for each."""
    cases, case = with_25_departments(table)
    table.most, looks, at = 0, 0, noon(date(2026, 8, 3))
    while (change := elapse(PETITION, case, at=at, rules=RULES)) is not None:
        looks += 1
        held = cases.load(NUMBER)
        cases.commit(held, change, Command.of("law", str(looks), {}), at=at, tree=BIG, rules=RULES)
        case = cases.load(NUMBER).case
    late = [clock.told_overdue for clock in case.clocks if clock.limit == "joint_answer"]
    assert late == [3] * 25
    assert table.most <= 100
