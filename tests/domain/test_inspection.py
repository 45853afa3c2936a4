"""Tasks of supervision: what may be opened, who answers, who looks again, and what nobody may do."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib import policy
from chalicelib.domain import inspection, procedures
from chalicelib.domain.case import CLERK, JOINT_MEETING, LEADER, PETITIONER, SUPERVISOR, Actor
from chalicelib.domain.elapsing import elapse, wake_at
from chalicelib.domain.errors import (
    FieldsInvalid,
    NotYourStep,
    RuleBroken,
    TargetRefused,
    WrongStage,
)
from chalicelib.domain.events import ClockOverdue, ClockReminded
from chalicelib.domain.events.inspection import InspectionPassed, InspectionRechecked
from chalicelib.domain.events.passing import ClockStillOverdue
from chalicelib.domain.inspection import KINDS
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.tables.inspection import ANSWERED, CLOSED, INSPECTION, OPEN, stage_label
from tests.domain import county
from tests.domain.county import (
    A_LEADER,
    BUREAU_CLERK,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    TREE,
    WATER_CLERK,
)
from tests.domain.scenes.base import SECRET
from tests.domain.scenes.inspection import (
    A_SUPERVISOR,
    RULES,
    a_task,
    answered,
    nothing_to_answer,
    opened,
    opening,
    pointers,
    sampled,
)

ON_12TH = {"by": BUREAU_CLERK, "on": MARCH[12], "rules": RULES}
A_COLLEAGUE = replace(BUREAU_CLERK, user="bureau2")


@pytest.mark.feature(63)
def test_a_list_goes_to_one_unit_by_sms_and_starts_its_clock() -> None:
    change = opening()
    case = change.case
    assert (case.stage, case.facts["open"], case.facts["org"]) == (OPEN, [1, 2], "housing")
    clock = case.running("rectify")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("housing", MARCH[2], MARCH[16])
    assert change.granted == ("bureau", "housing")
    told = owed(case, change.events[0])
    assert [(each.recipient, each.texts) for each in told] == [("org:housing", ("S80",))]


@pytest.mark.feature(63)
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (HOUSING_CLERK, True),
        (HOUSING_HEAD, True),
        (BUREAU_CLERK, True),
        (A_LEADER, True),
        (A_SUPERVISOR, True),
        (WATER_CLERK, False),
        (Actor(CLERK, "property", "property-clerk"), False),
        (Actor(PETITIONER), False),
    ],
)
def test_only_the_unit_and_who_oversees_see_it(who: Actor, sees: bool) -> None:
    assert policy.may_see(who, opened(), TREE) == sees


@pytest.mark.parametrize("by", [BUREAU_CLERK, A_SUPERVISOR, Actor(JOINT_MEETING, "meeting", "joint1")])
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_oversees_may_open_every_kind(kind: str, by: Actor) -> None:
    if kind in inspection.LISTED:
        task = a_task(kind)
    else:
        task = nothing_to_answer(kind, org=None if kind == "reception" else "housing")
    case = opened(task, by)
    assert (case.office, case.facts["kind"]) == (by.org, kind)
    assert KINDS[kind][1].startswith("第")


@pytest.mark.parametrize("by", [HOUSING_CLERK, HOUSING_HEAD, A_LEADER, Actor(PETITIONER)])
def test_nobody_else_opens_one(by: Actor) -> None:
    with pytest.raises(NotYourStep) as refused:
        opened(by=replace(by, org=by.org or "bureau"))
    assert refused.value.law == "第三十八条第二款"


@pytest.mark.parametrize(
    ("task", "wrong"),
    [
        (a_task(org=None), {"/org"}),
        (a_task(items=()), {"/items", "/due"}),
        (a_task(items=(), due=None), {"/items"}),
        (a_task(due=None), {"/due"}),
        (a_task(due=MARCH[2]), {"/due"}),
        (a_task(due=MARCH[2].replace(year=2028)), {"/due"}),
        (a_task(inspection.APPRAISAL), {"/items"}),
        (a_task(inspection.RECEPTION), {"/items", "/org"}),
        (nothing_to_answer(inspection.SELF_CHECK, due=MARCH[16]), {"/due"}),
        (a_task(inspection.TRACE, org=None, items=(), due=None), {"/org"}),
    ],
)
def test_a_task_that_is_not_whole_is_refused_at_its_fields(task: inspection.Task, wrong: set[str]) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        opened(task)
    assert pointers(refused.value) == wrong


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_form_asks_of_a_kind_is_what_opening_it_takes(kind: str) -> None:
    """`sample_size` is the interface's own: the domain gets the sheets."""
    asked = {name: must for name, must in inspection.asked_of(kind).items() if name != "sample_size"}
    whole = {"org": "housing", "items": (SECRET,), "due": MARCH[16]}
    empty: dict[str, Any] = {"org": None, "items": (), "due": None}
    said = {name: held if name in asked else empty[name] for name, held in whole.items()}
    assert opened(a_task(kind, **said)).facts["kind"] == kind
    for name in whole:
        other = {"due": said["due"]} if name != "due" else {}
        changes = {name: empty[name] if name in asked else whole[name]} | other
        if name in asked and not asked[name]:
            assert opened(a_task(kind, **{"org": said["org"], "items": (), "due": None})).facts["items"] == 0
        else:
            with pytest.raises(FieldsInvalid) as refused:
                opened(a_task(kind, **said | changes))
            assert f"/{name}" in pointers(refused.value)


def test_where_nothing_has_to_be_answered_no_answer_is_awaited() -> None:
    assert stage_label(opened()) == "待反馈"
    assert stage_label(answered()) == "已反馈，待复查"
    assert stage_label(sampled()) == "进行中"


@pytest.mark.parametrize("org", ["closed", "nowhere", "city", "county", "meeting"])
def test_an_office_that_handles_nothing_is_not_inspected(org: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        opened(a_task(org=org))
    assert pointers(refused.value) == {"/org"}


def test_an_office_outside_the_area_is_not_inspected() -> None:
    with pytest.raises(TargetRefused, match="本地区") as refused:
        opened(
            a_task(org="water"), by=replace(BUREAU_CLERK, org="property")
        )  # it looks after the housing office's area
    assert refused.value.law == "第三十八条第二款"
    assert pointers(refused.value) == {"/org"}


@pytest.mark.feature(63)
def test_a_unit_signs_once_and_another_unit_never() -> None:
    signed = inspection.sign_for(opened(), by=HOUSING_CLERK, on=MARCH[3], rules=RULES).case
    assert signed.facts["signed_on"] == "2026-03-03"
    with pytest.raises(RuleBroken, match="2026-03-03签收"):
        inspection.sign_for(signed, by=HOUSING_HEAD, on=MARCH[4], rules=RULES)
    for by in (WATER_CLERK, BUREAU_CLERK):
        with pytest.raises(NotYourStep):
            inspection.sign_for(opened(), by=by, on=MARCH[3], rules=RULES)


def test_the_first_answer_is_a_receipt() -> None:
    assert answered().facts["signed_on"] == "2026-03-10"


@pytest.mark.feature(64)
def test_an_answer_stops_the_clock_and_waits_for_the_recheck() -> None:
    case = answered()
    clock = case.clock("rectify")
    assert clock is not None
    assert (case.stage, clock.ending, clock.ended_on) == (ANSWERED, "met", MARCH[10])
    with pytest.raises(WrongStage):
        answered(case)


@pytest.mark.feature(64)
@pytest.mark.parametrize(
    ("answers", "who", "wrong"),
    [
        (("甲",), ("李工", "王工"), {"/answers"}),
        (("甲", "乙"), ("李工",), {"/responsible"}),
        (("甲", "乙", "丙"), ("李工", "王工", "赵工"), {"/answers", "/responsible"}),
    ],
)
def test_every_item_is_answered_with_who_is_responsible(answers, who, wrong) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        inspection.answer_inspection(opened(), answers, who, by=HOUSING_CLERK, on=MARCH[10], rules=RULES)
    assert pointers(refused.value) == wrong
    assert "第1、2项" in refused.value.fields[0].message


def test_what_asks_nothing_is_not_answered() -> None:
    case = opened(nothing_to_answer(inspection.SELF_CHECK))
    with pytest.raises(RuleBroken, match="没有需要反馈"):
        inspection.answer_inspection(case, ("甲",), ("李工",), by=HOUSING_CLERK, on=MARCH[10], rules=RULES)


@pytest.mark.feature(64)
def test_what_is_put_right_ends_by_itself_and_the_unit_is_told() -> None:
    change = inspection.recheck(answered(), (), "已核实", **ON_12TH)
    assert [type(each) for each in change.events] == [InspectionRechecked, InspectionPassed]
    assert (change.case.stage, change.case.due()) == (CLOSED, None)
    told = [each for event in change.events for each in owed(change.case, event)]
    assert [(each.recipient, each.texts) for each in told] == [("org:housing", ("M83",))]
    assert next_steps(INSPECTION, change.case, BUREAU_CLERK) == ()


@pytest.mark.feature(64)
def test_what_is_not_put_right_goes_back_alone_with_a_new_clock() -> None:
    change = inspection.recheck(answered(), (2,), "没有补", MARCH[20], **ON_12TH)
    case, clock = change.case, change.case.running("rectify")
    assert clock is not None
    assert (case.stage, case.facts["open"], clock.start, clock.due) == (OPEN, [2], MARCH[12], MARCH[20])
    assert [each.texts for each in owed(case, change.events[0])] == [("S80",)]
    again = inspection.answer_inspection(case, ("补了",), ("李工",), by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert again.events[0].facts()["items"] == [2]
    done = inspection.recheck(again.case, (), "已核实", by=BUREAU_CLERK, on=MARCH[18], rules=RULES).case
    assert done.stage == CLOSED


@pytest.mark.feature(64)
@pytest.mark.parametrize(
    ("failed", "due", "wrong"),
    [((3,), MARCH[20], "/failed"), ((1,), None, "/due"), ((1,), MARCH[12], "/due"), ((0,), None, "/failed")],
)
def test_a_recheck_that_is_not_whole_is_refused(failed, due, wrong) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        inspection.recheck(answered(), failed, "复查", due, **ON_12TH)
    assert pointers(refused.value) == {wrong}


def test_only_who_opened_it_rechecks_and_nobody_his_own_answer() -> None:
    for by in (HOUSING_CLERK, A_SUPERVISOR, A_LEADER):
        with pytest.raises(NotYourStep):
            inspection.recheck(answered(), (), "复查", by=by, on=MARCH[12], rules=RULES)
    own = opened(a_task(inspection.SELF_CHECK, org="bureau"))
    told = inspection.answer_inspection(own, ("甲", "乙"), ("李", "王"), by=BUREAU_CLERK, on=MARCH[10], rules=RULES)
    with pytest.raises(NotYourStep, match="不能自己复查"):
        inspection.recheck(told.case, (), "复查", **ON_12TH)
    assert inspection.recheck(told.case, (), "复查", **(ON_12TH | {"by": A_COLLEAGUE})).case.stage == CLOSED


@pytest.mark.feature(63)
def test_who_is_silent_is_reminded_three_days_before_and_late_on_the_day_after() -> None:
    case = opened()
    moments = []
    while (at := wake_at(case, RULES)) is not None and len(moments) < 3:
        change = elapse(procedures.of(case), case, at=at, rules=RULES)
        assert change is not None
        if not isinstance(change.events[0], ClockStillOverdue):  # the line of a day
            moments.append((at.date(), type(change.events[0])))
        case = change.case
    assert moments == [(MARCH[13], ClockReminded), (MARCH[17], ClockOverdue), (MARCH[20], ClockOverdue)]
    late = ClockOverdue(limit="rectify", owner="housing", due=MARCH[16], days=4, rung=2)
    assert [each.recipient for each in owed(case, late)] == [
        "org:housing", "head:housing", "org:bureau", "head:bureau",
    ]  # fmt: skip


def test_a_petition_has_no_step_of_a_task_and_a_task_none_of_a_petition() -> None:
    with pytest.raises(WrongStage):
        INSPECTION.step("forward")
    with pytest.raises(WrongStage):
        procedures.of(county.registered()).step("sign_for")
    assert {SUPERVISOR, JOINT_MEETING} <= set(policy.INSPECTORS)
    assert LEADER not in policy.INSPECTORS
