"""Every way to receive a case, for every kind of matter, every accused node and every target of a tree of 85 organs.

The oracle knows no tree: an organ's name is its path, and whoever stands below somebody begins with his name.
"""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from chalicelib import policy
from chalicelib.domain import intake, receiving, report
from chalicelib.domain.case import CLERK, LEADER, SUPERVISOR, UNIT_HEAD, Actor, Case, Change
from chalicelib.domain.errors import TakenInElsewhere, TargetRefused
from chalicelib.domain.limits.report import REPORT as REPORT_LIMITS
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import Rules
from chalicelib.store import keys, projection, reports
from tests.domain.county import CITIZEN, CONTACT, MARCH, NUMBER, RULES, filing, noon

BUREAU, DISCIPLINE = "c.bureau", "discipline"
ORGANS = [
    "c",
    *(f"c.{a}" for a in "1234"),
    *(f"c.{a}.{b}" for a, b in product("1234", repeat=2)),
    *(f"c.{a}.{b}.{d}" for a, b, d in product("1234", repeat=3)),
]
LEVELS = ("county", "county", "township", "village")
TREE = OfficeTree.of(
    [
        *(
            Office(each, each, each, LEVELS[each.count(".")], "department", each.rpartition(".")[0] or None)
            for each in ORGANS
        ),
        Office(BUREAU, "县信访局甲", "县信访局甲", "county", "bureau", "c"),
        Office(DISCIPLINE, "县纪委监委甲", "县纪委监委甲", "county", "discipline"),
    ]
)
BY = {BUREAU: Actor(CLERK, BUREAU, "bureau1"), DISCIPLINE: Actor(CLERK, DISCIPLINE, "discipline1")}
SEALED = Rules(RULES.calendar, REPORT_LIMITS)
KINDS = (intake.SUGGESTION, intake.GRIEVANCE, "report_of_misconduct")


def is_below(organ: str, accused: str) -> bool:
    """The oracle: by the letters of the name alone."""
    return f"{organ}.".startswith(f"{accused}.")


def listed_at(case: Case) -> set[str]:
    """Every organ in whose list the store would put the case."""
    if case.procedure == "report":
        return {projection.lead_entry(case)[0].removeprefix(keys.sealed(""))}
    names = [projection.lead_entry(case)[0], *(item.get("list_name", "") for item in projection.desks(None, case))]
    return {name.partition("#")[2] for name in names if name}


def told(change: Change) -> set[str]:
    """Every organ that is owed a notice."""
    notices = [notice for event in change.events for notice in owed(change.case, event)]
    return {notice.recipient.partition(":")[2] for notice in notices} - {""}


def sees(case: Case, organ: str) -> bool:
    """Anybody who works there, by any of the two interfaces."""
    posts = [Actor(role, organ, f"{organ}-{role}") for role in (CLERK, UNIT_HEAD, LEADER, SUPERVISOR)]
    return any(policy.may_see(by, case, TREE) or policy.may_read_report(by, case, TREE, name="旁人") for by in posts)


@cache
def reported(*accused: str) -> Change:
    """A report about an organ, taken in by whoever may."""
    said = report.Report("标题", "内容", accused, () if accused else ("某人",))
    office = report.intake(TREE, BUREAU, said.accused())
    return report.register_report(NUMBER, said, office, named=False, by=CITIZEN, at=noon(MARCH[2]), rules=SEALED)


def handed(change: Change, to: str) -> Change | None:
    """The report in the hands of another organ; None when that is refused."""
    by = BY[change.case.desks[0].org]
    try:
        return report.transfer_report(change.case, to, "unit", tree=TREE, by=by, on=MARCH[3], rules=SEALED)
    except TargetRefused:
        return None


@cache
def filed(kind: str) -> Case:
    """A petition that the bureau has registered."""
    bureau = TREE.offices[BUREAU]
    said = filing(kind=kind)
    return receiving.register(NUMBER, said, CONTACT, bureau, by=CITIZEN, at=noon(MARCH[2]), rules=RULES).case


def received_petition(kind: str, target: str) -> bool:
    """A suggestion or a grievance goes to the unit complained of as to any other (第二十二条、第二十三条)."""
    change = receiving.forward(filed(kind), target, tree=TREE, by=BY[BUREAU], on=MARCH[3], rules=RULES)
    ways = [
        target in change.granted,
        target in told(change),
        sees(change.case, target),
        target in listed_at(change.case),
    ]
    assert len(set(ways)) == 1
    return ways[0]


def received_report(accused: str, target: str) -> bool:
    """By a transfer; by an accusation that comes after it; and by no notice or list in either case."""
    first = reported(accused)
    moved = handed(first, target)
    after = moved or first
    assert told(first) == told(after) == set()
    ways = {moved is not None, sees(after.case, target), target in listed_at(after.case)}
    forced = replace(first.case, desks=()).with_desk(target, "lead")
    try:
        reports._refuse_accused(forced, TREE)
    except TargetRefused:
        ways |= {False, sees(forced, target)}
    else:
        ways |= {True, sees(forced, target)}
    assert len(ways) == 1, (accused, target)
    return ways.pop()


def kept_after_accusation(accused: str, target: str) -> bool:
    """The target had the report first and is accused, or something above it is, afterwards."""
    held = handed(reported(), target)
    assert held is not None
    by = Actor(CLERK, target, f"{target}-clerk")
    change = report.name_accused(held.case, (accused,), (), (), tree=TREE, by=by, on=MARCH[4], rules=SEALED)
    assert told(change) == set()
    ways = {change.case.desks[0].org == target, sees(change.case, target), target in listed_at(change.case)}
    assert len(ways) == 1, (accused, target)
    return ways.pop()


@pytest.mark.parametrize("kind", KINDS)
def test_of_all_pairs_of_accused_and_target_not_one_is_wrong(kind: str) -> None:
    assert len(ORGANS) == 85
    attempts = wrong = refused = 0
    for accused, target in product(ORGANS, repeat=2):
        attempts += 1
        if kind in intake.KINDS:
            wrong += not received_petition(kind, target)
            continue
        expected = not is_below(target, accused)
        refused += not expected
        wrong += received_report(accused, target) != expected
    assert (attempts, wrong) == (85 * 85, 0)
    if kind not in intake.KINDS:
        # every organ below itself, the 16 + 64 + ... below those above: 85 + 84 + 4 * 20 + 16 * 4
        assert refused == 85 + 84 + 4 * 20 + 16 * 4


def test_of_all_pairs_where_the_accusation_comes_later_not_one_is_wrong() -> None:
    pairs = list(product(ORGANS, repeat=2))
    wrong = [pair for pair in pairs if kept_after_accusation(*pair) == is_below(pair[1], pair[0])]
    assert (len(pairs), wrong) == (85 * 85, [])


def test_the_bureau_and_whoever_is_above_it_are_passed_over_at_intake() -> None:
    for accused in ORGANS:
        expected = DISCIPLINE if is_below(BUREAU, accused) else BUREAU
        assert reported(accused).case.desks[0].org == expected
    assert reported(BUREAU).case.desks[0].org == DISCIPLINE
    with pytest.raises(TargetRefused, match="上一级纪检监察机关"):
        reported(BUREAU, DISCIPLINE)


def test_whoever_works_for_or_below_the_accused_writes_no_report_down_and_who_does_brings_it_to_nobody_accused() -> (
    None
):
    """All pairs of accused and of who would write it down at his window."""
    refused = wrong = 0
    for accused, taker in product(ORGANS, repeat=2):
        said = report.Report("标题", "内容", (accused,), channel="visit")
        try:
            report.may_take_in(TREE, taker, BUREAU, said.accused(), (), ())
        except TakenInElsewhere:
            refused += 1
            wrong += not is_below(taker, accused)
            continue
        holder = report.intake(TREE, BUREAU, said.accused(), taken_in_by=taker).id
        by = Actor(CLERK, taker, f"{taker}-clerk")
        change = report.register_report(
            NUMBER, said, TREE.offices[holder], named=False, by=by, at=noon(MARCH[2]), rules=SEALED
        )
        seen = {each for each in ORGANS if sees(change.case, each)}
        wrong += is_below(taker, accused) or seen != set() or holder not in (BUREAU, DISCIPLINE)
        wrong += listed_at(change.case) != {holder} or told(change) != set()
    assert (refused, wrong) == (85 + 84 + 4 * 20 + 16 * 4, 0)
