"""Handed down level by level: what each may take, whose every day was, and the date that nobody moves (第二十二条)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain import booking, handed_down, limits, receiving
from chalicelib.domain.case import PETITIONER, Case, Change
from chalicelib.domain.errors import FieldsInvalid, RuleBroken, WrongStage
from chalicelib.domain.intake import Contact
from tests.domain import county, routed
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK

FIRST = date(2026, 2, 24)


def due(case: Case, limit: str) -> date:
    clock = case.running(limit)
    assert clock is not None, f"{limit} does not run"
    return clock.due


@pytest.mark.feature(23, 61)
def test_the_shares_of_all_levels_are_the_fifteen_days_of_the_law() -> None:
    assert list(booking.SHARES.values()) == [5, 3, 3, 4]
    assert sum(booking.SHARES.values()) == limits.ROUTE.days


@pytest.mark.feature(61)
def test_the_county_has_four_days_of_its_own_beside_the_fifteen_of_the_law() -> None:
    case = county.registered(**routed.FROM_THE_PROVINCE)
    assert due(case, "relay_county") == MARCH[6]  # received on Monday the 2nd
    assert due(case, "route") == MARCH[17]
    sent = receiving.forward(case, "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES).case
    assert sent.running("relay_county") is None
    assert sent.clock("relay_county") is not None
    assert RULES.limits["relay_county"].kind == "service"


def test_a_matter_that_came_here_first_has_no_share() -> None:
    assert county.registered().clock("relay_county") is None


def test_an_objection_that_is_upheld_gives_the_share_the_days_that_were_left() -> None:
    """Received on the 2nd, out on the 4th, back on the 9th: two of four days are left."""
    back = routed.sent_back(county.registered(**routed.FROM_THE_PROVINCE), "housing", on=MARCH[4]).case
    assert due(back, "relay_county") == MARCH[6]
    later = receiving.forward(
        county.registered(**routed.FROM_THE_PROVINCE), "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[4], rules=RULES
    ).case
    later = receiving.object_to(later, "不属于我们", tree=TREE, by=HOUSING_CLERK, on=MARCH[5], rules=RULES).case
    later = receiving.uphold_objection(later, by=BUREAU_CLERK, on=MARCH[9], rules=RULES).case
    assert due(later, "relay_county") == MARCH[11]


@pytest.mark.feature(61)
def test_what_was_assigned_from_above_is_reported_by_the_date_that_was_set_there() -> None:
    case = routed.served_from_above()
    assert due(case, "report_above") == MARCH[31]
    change = handed_down.report_completion(case, "已经办结，多收的已退还。", by=BUREAU_CLERK, on=MARCH[20], rules=RULES)
    assert change.case.running("report_above") is None
    assert change.case.facts["reported_above"] == "2026-03-20"
    with pytest.raises(RuleBroken, match="已于2026-03-20提交"):
        handed_down.report_completion(change.case, "再报一次", by=BUREAU_CLERK, on=MARCH[21], rules=RULES)


def test_only_what_came_from_above_and_was_answered_is_reported_there() -> None:
    with pytest.raises(RuleBroken, match="不是上级转交的"):
        handed_down.report_completion(county.served(), "报告", by=BUREAU_CLERK, on=MARCH[20], rules=RULES)
    with pytest.raises(WrongStage):
        handed_down.report_completion(
            county.accepted(**routed.FROM_THE_PROVINCE), "报告", by=BUREAU_CLERK, on=MARCH[20], rules=RULES
        )


def test_a_matter_whose_rights_are_used_up_waits_for_its_report_before_it_is_concluded() -> None:
    """结案 comes when nothing is owed any more; the report upward is owed."""
    case = routed.served_from_above()
    assert case.running("report_above") is not None


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"external_number": ""}, "/external_number"),
        ({"above_received": {}}, "/province_received_on"),
        ({"above_received": {"province": FIRST, "national": FIRST}}, "/national_received_on"),
        ({"above_received": {"province": MARCH[1], "city": FIRST}}, "/city_received_on"),
        ({"above_received": {"province": MARCH[3]}}, "/province_received_on"),
        ({"above_due": MARCH[2]}, "/above_due"),
        ({"above_due": date(2027, 4, 1)}, "/above_due"),
        ({"from_above": ""}, "/from_above"),
    ],
)
def test_what_is_said_of_the_levels_above_fits_together(changes: dict[str, object], pointer: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        county.registered(**{**routed.FROM_THE_PROVINCE, **changes})
    assert [each.pointer for each in refused.value.fields] == [pointer]


@pytest.mark.feature(61)
def test_the_petitioners_date_counts_from_the_first_receipt_and_no_hand_over_moves_it() -> None:
    """Received by the province on the 24th of February: 15 + 15 days end on the 26th of March."""
    case = county.registered(**routed.FROM_THE_PROVINCE)
    assert booking.citizen_date(case) == date(2026, 3, 26)
    again = routed.sent_back(routed.sent_back(case, "housing", on=MARCH[4]).case, "water", on=MARCH[9]).case
    assert booking.citizen_date(again) == date(2026, 3, 26)


@pytest.mark.parametrize(("office", "expected"), [("bureau", date(2026, 4, 1)), ("housing", date(2026, 3, 17))])
def test_who_goes_to_the_unit_itself_waits_fifteen_days_and_not_thirty(office: str, expected: date) -> None:
    assert booking.citizen_date(county.registered(office=office)) == expected


def passed(changes: list[tuple[date, Change]]) -> list[booking.Passed]:
    return [(on, event.wire, event.facts()) for on, change in changes for event in change.events]


@pytest.mark.feature(61)
def test_every_day_is_somebodys() -> None:
    """Province 3 days, city 3, bureau 2, housing 1, bureau 4 for the objection and the second hand-over, water 6."""
    given_ = {"tree": TREE, "rules": RULES}
    said = county.filing(**routed.FROM_THE_PROVINCE)
    change = receiving.register(
        county.NUMBER,
        said,
        county.CONTACT,
        TREE.offices["bureau"],
        by=BUREAU_CLERK,
        at=county.noon(MARCH[2]),
        rules=RULES,
    )
    steps = [(MARCH[2], change)]
    for on, act in (
        (MARCH[4], lambda case, on: receiving.forward(case, "housing", by=BUREAU_CLERK, on=on, **given_)),
        (MARCH[5], lambda case, on: receiving.object_to(case, "不归我们", by=HOUSING_CLERK, on=on, **given_)),
        (MARCH[6], lambda case, on: receiving.uphold_objection(case, by=BUREAU_CLERK, on=on, rules=RULES)),
        (MARCH[9], lambda case, on: receiving.forward(case, "water", by=BUREAU_CLERK, on=on, **given_)),
    ):
        steps.append((on, act(steps[-1][1].case, on)))
    days = booking.booked_days(steps[-1][1].case, passed(steps), until=MARCH[15])
    assert days == {"province": 3, "city": 3, "bureau": 6, "housing": 1, "water": 6}


def test_after_the_answer_the_days_are_the_petitioners() -> None:
    case = county.served()
    events: list[booking.Passed] = [
        (MARCH[2], "petition.registered", {"office": "bureau"}),
        (MARCH[3], "petition.forwarded", {"to": "housing"}),
        (MARCH[4], "petition.accepted", {"org": "housing"}),
        (MARCH[17], "petition.served", {"org": "housing"}),
    ]
    assert booking.booked_days(case, events, until=MARCH[20]) == {"bureau": 1, "housing": 14, PETITIONER: 3}


def test_an_heirs_days_are_his_own() -> None:
    events: list[booking.Passed] = [
        (MARCH[2], "petition.registered", {"office": "housing"}),
        (MARCH[6], "petition.succeeded", {"org": "housing", "to": "water"}),
        (MARCH[9], "petition.forwarded", {"to": "property"}),
        (MARCH[10], "petition.objected", {"org": "property"}),
    ]
    found = booking.booked_days(county.registered(office="housing"), events, until=MARCH[12])
    assert found == {"housing": 4, "water": 5, "property": 1}


CLERKS = {"housing": HOUSING_CLERK, "water": WATER_CLERK}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("housing", "water")), st.booleans()), max_size=12),
    st.booleans(),
    st.integers(0, 40),
)
def test_on_any_route_the_days_of_all_are_the_days_since_the_first_receipt(
    moves: list[tuple[int, str, bool]], is_from_above: bool, more: int
) -> None:
    said = county.filing(**(routed.FROM_THE_PROVINCE if is_from_above else {}))
    on = MARCH[2]
    change = receiving.register(
        county.NUMBER, said, Contact(), TREE.offices["bureau"], by=BUREAU_CLERK, at=county.noon(on), rules=RULES
    )
    steps = [(on, change)]
    for wait, org, agrees in moves:
        on += timedelta(days=wait)
        moved = _moved(steps[-1][1].case, org, agrees, on)
        if moved is None:
            break
        steps.append((on, moved))
    until = on + timedelta(days=more)
    case = steps[-1][1].case
    days = booking.booked_days(case, passed(steps), until=until)
    assert sum(days.values()) == (until - booking.first_receipt(case)).days
    assert all(count > 0 for count in days.values())
    assert set(days) <= {"province", "city", "bureau", "housing", "water"}


def _moved(case: Case, org: str, agrees: bool, on: date) -> Change | None:
    """The next hand-over that is possible: out, an objection, its fate. None when somebody above has to decide."""
    if case.stage == "registered":
        if case.facts.get("bounces", 0) >= 2:
            return None
        return receiving.forward(case, org, tree=TREE, by=BUREAU_CLERK, on=on, rules=RULES)
    if case.stage == "objected":
        if agrees:
            return receiving.uphold_objection(case, by=BUREAU_CLERK, on=on, rules=RULES)
        return receiving.reject_objection(case, "属于你单位", by=BUREAU_CLERK, on=on, rules=RULES)
    clock = case.running("object")
    if clock is None or clock.is_overdue(on):
        return None
    return receiving.object_to(case, "不属于我们", tree=TREE, by=CLERKS[case.agency or ""], on=on, rules=RULES)
