"""第三章: what comes in is registered, goes to who has the power to decide, and the petitioner is told in time."""

from datetime import date

import pytest

from chalicelib.domain import intake, receiving
from chalicelib.domain.case import INTAKE, LEAD, Case, Change, Clock, Desk
from chalicelib.domain.errors import (
    FieldsInvalid,
    NotYourStep,
    RuleBroken,
    TargetRefused,
    TrackMismatch,
)
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.stages import ACCEPTED, ASSIGNED, FORWARDED, REGISTERED
from tests.domain import county
from tests.domain.county import (
    A_LEADER,
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    MARCH,
    RULES,
    TREE,
    WATER_CLERK,
    WINDOW_CLERK,
    noon,
)

NOBODY_KNOWS_WHO = Contact(phone="", name="", address="")


def forward(case: Case, to: str, **changes: object) -> Change:
    said = {"tree": TREE, "by": BUREAU_CLERK, "on": MARCH[3], "rules": RULES} | changes
    return receiving.forward(case, to, **said)  # type: ignore[arg-type]


def clock(case: Case, limit: str) -> Clock:
    found = case.running(limit)
    assert found is not None, f"{limit} does not run"
    return found


def texts(change: Change) -> dict[str, tuple[str, ...]]:
    return {
        notice.recipient: notice.texts for event in change.events for notice in owed(change.case, event)
    }  # one event at a time in these tests


def test_what_came_to_the_bureau_has_fifteen_days_to_be_forwarded() -> None:
    case = county.registered()
    assert case.stage == REGISTERED
    assert case.desks == (Desk("bureau", (INTAKE, LEAD)),)
    assert (clock(case, "route").owner, clock(case, "route").due) == ("bureau", MARCH[17])
    assert case.running("inform_direct") is None


def test_what_came_to_a_unit_directly_is_answered_by_it_within_fifteen_days() -> None:
    case = county.registered(office="housing", by=HOUSING_CLERK)
    assert (clock(case, "inform_direct").owner, clock(case, "inform_direct").due) == ("housing", MARCH[17])
    assert case.running("route") is None


def test_a_letter_entered_later_counts_from_its_receipt() -> None:
    case = county.registered(by=BUREAU_CLERK, on=MARCH[12], received_on=MARCH[2], channel="letter")
    assert clock(case, "route").due == MARCH[17]
    assert (case.received_on, case.registered_at) == (MARCH[2], noon(MARCH[12]))


def test_nothing_is_received_in_the_future() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        county.registered(on=MARCH[2], received_on=MARCH[3])
    assert [field.pointer for field in refused.value.fields] == ["/received_on"]
    assert "至今天之间" in refused.value.fields[0].message


def test_a_leader_registers_nothing_himself() -> None:
    with pytest.raises(NotYourStep):
        county.registered(by=A_LEADER)


@pytest.mark.parametrize(
    ("contact", "notifiable"),
    [
        (Contact(name="张三丰", address="青山县东街1号"), True),
        (Contact(name="张三丰", phone="13800138000"), True),
        (Contact(name="张三丰"), False),
        (Contact(address="青山县东街1号", phone="13800138000"), False),
        (NOBODY_KNOWS_WHO, False),
    ],
)
def test_whoever_gives_a_name_and_a_way_to_be_reached_is_told(contact: Contact, notifiable: bool) -> None:
    """但信访人的姓名（名称）、住址不清的除外. -- 第二十三条第二款"""
    assert contact.is_notifiable is notifiable


@pytest.mark.parametrize("office", ["bureau", "housing"])
def test_without_a_name_or_an_address_nobody_is_told_and_no_time_for_telling_runs(office: str) -> None:
    case = county.registered(office=office, by=WINDOW_CLERK, contact=NOBODY_KNOWS_WHO)
    assert case.running("inform_direct") is None
    moved = forward(county.registered(by=WINDOW_CLERK, contact=NOBODY_KNOWS_WHO), "housing")
    assert moved.case.running("inform") is None
    assert moved.case.running("object") is not None
    assert "petitioner" not in texts(moved)
    assert "org:housing" in texts(moved)


def test_the_claims_are_counted_and_without_a_list_the_title_is_the_claim() -> None:
    assert county.registered().facts["claims"] == 2
    assert county.registered(claims=()).facts["claims"] == 1


@pytest.mark.parametrize(
    ("office", "by", "first"),
    [("bureau", CITIZEN, "S02"), ("housing", CITIZEN, "S02b"), ("bureau", WINDOW_CLERK, "S03")],
)
def test_the_petitioner_is_told_of_the_registration_and_gets_the_query_code(
    office: str, by: object, first: str
) -> None:
    change = receiving.register(
        county.NUMBER, county.filing(), county.CONTACT, TREE.offices[office], by=by, at=noon(MARCH[2]), rules=RULES
    )  # type: ignore[arg-type]
    assert texts(change) == {"petitioner": (first, "S02c")}


def test_forwarding_gives_the_unit_its_own_fifteen_days_and_five_working_days_to_object() -> None:
    change = forward(county.registered(), "housing", on=MARCH[6])
    assert (change.case.stage, change.case.agency, change.granted) == (FORWARDED, "housing", ("housing",))
    assert (clock(change.case, "inform").start, clock(change.case, "inform").due) == (MARCH[6], MARCH[21])
    assert clock(change.case, "object").due == MARCH[13]
    assert change.case.desk("housing") == Desk("housing", (LEAD,))
    assert change.case.desk("bureau") == Desk("bureau", (INTAKE,))
    assert texts(change) == {"petitioner": ("S06",), "org:housing": ("S15",)}


@pytest.mark.parametrize("to", ["nowhere", "closed", "city", "meeting", "bureau"])
def test_a_petition_goes_only_to_a_working_unit_of_the_county(to: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        forward(county.registered(), to)
    assert refused.value.fields[0].pointer == "/to"


def test_a_unit_hands_on_only_to_its_own_subordinates() -> None:
    direct = county.registered(office="housing", by=HOUSING_CLERK)
    assert forward(direct, "property", by=HOUSING_CLERK).case.agency == "property"
    with pytest.raises(TargetRefused, match="本系统下级") as refused:
        forward(direct, "water", by=HOUSING_CLERK)
    assert refused.value.law == "第二十三条第一款"


def test_a_unit_does_not_hand_a_petition_to_itself() -> None:
    with pytest.raises(TargetRefused):
        forward(county.registered(office="housing", by=HOUSING_CLERK), "housing", by=HOUSING_CLERK)


def test_whether_a_step_may_be_taken_is_told_before_what_is_wrong_with_its_target() -> None:
    with pytest.raises(NotYourStep):
        forward(county.registered(), "nowhere", by=WATER_CLERK)


def test_an_assignment_names_the_day_of_the_report() -> None:
    change = receiving.assign(
        county.registered(), "housing", MARCH[31], tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES
    )
    assert change.case.stage == ASSIGNED
    assert (clock(change.case, "report_back").due, clock(change.case, "report_back").owner) == (MARCH[31], "housing")
    assert change.events[0].facts()["report_by"] == "2026-03-31"


@pytest.mark.parametrize("due", [MARCH[3], MARCH[2]])
def test_the_day_of_the_report_lies_ahead(due: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        county.assigned(due=due)
    assert refused.value.fields[0].pointer == "/due"


@pytest.mark.parametrize(
    ("kind", "limit", "due", "text"),
    [
        ("grievance", "handle", date(2026, 5, 3), "S04"),
        ("suggestion", "suggestion_target", date(2026, 4, 3), "S04b"),
        ("consultation", "consultation_target", MARCH[18], "S04b"),
    ],
)
def test_acceptance_starts_the_period_of_its_track_and_no_other(kind: str, limit: str, due: date, text: str) -> None:
    change = receiving.accept(
        county.forwarded(kind=kind),
        intake.TRACK_OF_KIND[kind],
        "housing-clerk",
        by=HOUSING_CLERK,
        on=MARCH[4],
        rules=RULES,
    )
    assert change.case.stage == ACCEPTED
    assert [each.limit for each in change.case.clocks if each.is_running] == [limit]
    assert clock(change.case, limit).due == due
    assert texts(change) == {"petitioner": (text,)}


@pytest.mark.parametrize(("kind", "track"), [("grievance", "suggestion"), ("suggestion", "petition_procedure")])
def test_kind_and_track_go_together(kind: str, track: str) -> None:
    with pytest.raises(TrackMismatch, match=intake.TRACKS[intake.TRACK_OF_KIND[kind]]):
        receiving.accept(
            county.forwarded(kind=kind), track, "housing-clerk", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
        )


def test_a_bureau_does_not_handle_a_grievance_itself() -> None:
    with pytest.raises(RuleBroken, match="应当转送、交办"):
        receiving.accept(
            county.registered(), "petition_procedure", "bureau1", by=BUREAU_CLERK, on=MARCH[4], rules=RULES
        )


def test_a_bureau_answers_a_question_itself() -> None:
    case = receiving.accept(
        county.registered(kind="consultation"), "consultation", "bureau1", by=BUREAU_CLERK, on=MARCH[4], rules=RULES
    ).case
    assert (case.stage, case.agency) == (ACCEPTED, None)
    assert clock(case, "consultation_target").owner == "bureau"
    assert case.clock("route").ending == "met"  # type: ignore[union-attr]


def test_a_unit_handles_what_was_brought_to_it_directly() -> None:
    direct = county.registered(office="housing", by=HOUSING_CLERK)
    case = receiving.accept(
        direct, "petition_procedure", "housing-clerk", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
    ).case
    assert clock(case, "handle").owner == "housing"
    assert case.clock("inform_direct").ending == "met"  # type: ignore[union-attr]


def test_an_office_tree_without_a_parent_or_in_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        OfficeTree.of([Office("a", "甲", "甲", "county", "department", "b")])
    with pytest.raises(ValueError, match="stands under itself"):
        OfficeTree.of(
            [Office("a", "甲", "甲", "county", "department", "b"), Office("b", "乙", "乙", "county", "department", "a")]
        )


def test_the_agency_is_who_leads() -> None:
    desk = county.forwarded().desk("housing")
    assert desk is not None
    assert desk.capacities == (LEAD,)
