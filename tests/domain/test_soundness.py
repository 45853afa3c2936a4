"""Every procedure is sound: whoever adds a row, a limit or an event and forgets its counterpart is told here which."""

import json
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import chain
from typing import get_type_hints

import pytest

from chalicelib.domain import events, limits
from chalicelib.domain.case import LAW, PETITIONER, ROLES, Case
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.owed import OWED, Silent, owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import BACK, NEW, STAY, Procedure, Step
from chalicelib.domain.stages import STAGES
from chalicelib.domain.tables.inspection import INSPECTION
from chalicelib.domain.tables.inspection import STAGES as INSPECTION_STAGES
from chalicelib.notices import wording
from infra.procedures.words import DESKS
from tests.domain import county
from tests.domain.county import CROWD
from tests.domain.scenes import HELD, SECRET, Scene, inspection, petition_scenes


@dataclass(frozen=True)
class Declared:
    """A procedure with everything that belongs to it."""

    procedure: Procedure
    limits: dict[str, TimeLimit]
    scenes: dict[str, Scene]
    stage_labels: dict[str, str]

    def __str__(self) -> str:
        return self.procedure.name


DECLARED = [
    Declared(PETITION, dict(limits.PETITION), petition_scenes(), STAGES),
    Declared(INSPECTION, dict(limits.INSPECTION), inspection.scenes(), INSPECTION_STAGES),
]
each_procedure = pytest.mark.parametrize("declared", DECLARED, ids=str)
each_step = pytest.mark.parametrize(
    ("declared", "step"), [(each, step) for each in DECLARED for step in each.procedure.steps],
    ids=lambda value: value.action if isinstance(value, Step) else "",
)  # fmt: skip
each_event = pytest.mark.parametrize("event", events.ALL, ids=lambda event: event.wire)


def targets(procedure: Procedure, step: Step, stage: str) -> set[str]:
    """Where a step may lead from a stage: `=` stays, `<` goes back to wherever that stage was entered from."""
    if step.to == STAY:
        return {stage}
    if step.to != BACK:
        return {step.to}
    return set(chain.from_iterable(other.frm for other in procedure.steps if other.to == stage))


def reachable(procedure: Procedure, start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        stage = waiting.pop()
        next_stages = {to for step in procedure.steps if stage in step.frm for to in targets(procedure, step, stage)}
        next_stages |= {move.to for move in procedure.automatic if stage in move.frm}
        waiting += next_stages - found
        found |= next_stages
    return found


def leaving(procedure: Procedure, stage: str) -> set[str]:
    return reachable(procedure, stage) - {stage}


@each_procedure
def test_every_stage_can_be_reached_and_no_other(declared: Declared) -> None:
    assert reachable(declared.procedure, NEW) == {NEW, *declared.procedure.stages}


REOPENED = {"concluded": {"request_review", "request_rereview", "reopen"}}
"""What leads out of an end: a right that was used in time and arrived later, and what was not carried out.

A late one follows by itself, admitted."""


@each_procedure
def test_a_case_can_leave_every_stage_until_it_has_ended(declared: Declared) -> None:
    for stage in declared.procedure.stages:
        if stage not in declared.procedure.ends:
            assert leaving(declared.procedure, stage), stage
            continue
        out = {step.action for step in declared.procedure.steps if stage in step.frm and step.to not in (STAY, stage)}
        assert out == REOPENED.get(stage, set()), stage


@each_procedure
def test_every_stage_leads_to_an_end(declared: Declared) -> None:
    for stage in declared.procedure.stages:
        assert reachable(declared.procedure, stage) & set(declared.procedure.ends), stage


@each_procedure
def test_every_stage_has_its_label(declared: Declared) -> None:
    assert set(declared.stage_labels) >= set(declared.procedure.stages)


@each_procedure
def test_every_limit_that_is_started_is_known_and_every_known_one_is_started(declared: Declared) -> None:
    started = {start.limit for step in declared.procedure.steps for start in step.starts}
    assert started == set(declared.limits)


@each_procedure
def test_every_limit_that_is_started_can_be_met_from_there_or_runs_out_by_itself(declared: Declared) -> None:
    for step in declared.procedure.steps:
        moved_to = set(chain.from_iterable(targets(declared.procedure, step, stage) for stage in step.frm))
        after = set(chain.from_iterable(reachable(declared.procedure, stage) for stage in moved_to))
        for start in step.starts:
            meeting = [other for other in declared.procedure.steps if start.limit in other.meets]
            can_be_met = any(set(other.frm) & after for other in meeting)
            assert can_be_met or declared.limits[start.limit].then, f"{start.limit} of {step.action}"


@each_step
def test_a_step_stops_only_limits_that_some_step_starts(declared: Declared, step: Step) -> None:
    started = {start.limit for other in declared.procedure.steps for start in other.starts}
    assert {*step.meets, *step.drops, *step.resumes} <= started


@each_procedure
def test_what_the_law_does_when_a_limit_runs_out_is_a_step_of_the_law(declared: Declared) -> None:
    for limit in declared.limits.values():
        if limit.then:
            step = declared.procedure.step(limit.then)
            assert step.by == (LAW,), limit.name
            assert step.emits(limit=limit.name, due=date(2026, 3, 2)).facts()["limit"] == limit.name  # type: ignore[call-arg]


@each_procedure
def test_a_step_that_only_the_law_takes_is_what_some_limit_does(declared: Declared) -> None:
    driven = {limit.then for limit in declared.limits.values()}
    assert {step.action for step in declared.procedure.steps if step.by == (LAW,)} <= driven


@each_procedure
def test_every_step_has_its_function_and_every_action_stands_once(declared: Declared) -> None:
    actions = [step.action for step in declared.procedure.steps]
    assert sorted(actions) == sorted(declared.scenes)


@pytest.mark.feature(91)
@each_step
def test_the_function_of_a_step_cites_the_article_that_it_meets(declared: Declared, step: Step) -> None:
    assert re.match("第.+条", step.law)
    if step.by != (LAW,):
        assert re.search("第.+条", declared.scenes[step.action].function.__doc__ or ""), step.action


@each_step
def test_taking_a_step_does_what_its_row_says(declared: Declared, step: Step) -> None:
    scene_ = declared.scenes[step.action]
    change = scene_.take(scene_.before)
    assert type(change.events[0]) is step.emits
    assert change.case.stage in targets(declared.procedure, step, scene_.before.stage if scene_.before else NEW)
    assert not [limit for limit in (*step.meets, *step.drops) if limit in running(change.case, step)]
    wanted = {start.limit for start in step.starts if start.when is None or start.when(change.case)}
    assert {told.limit for told in change.events[0].clocks} >= wanted
    assert wanted <= {clock.limit for clock in change.case.clocks if clock.is_running}


def running(case: Case, step: Step) -> set[str]:
    started = {start.limit for start in step.starts}
    return {clock.limit for clock in case.clocks if clock.is_running} - started


@each_step
def test_every_post_and_every_desk_of_a_step_is_known(declared: Declared, step: Step) -> None:
    assert set(step.by) <= {*ROLES, PETITIONER, LAW}
    assert step.by
    assert step.desk is None or step.desk in DESKS


@each_procedure
def test_a_step_of_the_petitioner_needs_no_desk(declared: Declared) -> None:
    assert all(step.desk is None for step in declared.procedure.steps if PETITIONER in step.by)


@each_procedure
def test_every_event_of_a_procedure_is_known(declared: Declared) -> None:
    emitted = {step.emits for step in declared.procedure.steps}
    emitted |= {move.emits for move in declared.procedure.automatic}
    assert emitted <= set(events.ALL)


def test_every_event_says_whom_it_owes_a_notice_or_why_nobody() -> None:
    assert set(OWED) == set(events.ALL)
    for rule in OWED.values():
        assert not isinstance(rule, Silent) or is_chinese(rule.why)


def test_a_wire_name_stands_for_one_event() -> None:
    assert len(events.BY_WIRE) == len(events.ALL)
    assert all(re.fullmatch("[a-z]+[.][a-z_]+", wire) for wire in events.BY_WIRE)


@each_event
def test_every_event_has_words_for_staff_and_for_the_petitioner(event: type[events.Event]) -> None:
    assert is_chinese(event.label)
    assert is_chinese(event.shown)


@each_step
def test_whatever_a_step_owes_has_its_words(declared: Declared, step: Step) -> None:
    scene_ = declared.scenes[step.action]
    change = scene_.take(scene_.before)
    owing = [notice for event in change.events for notice in owed(change.case, event)]
    assert {text for notice in owing for text in notice.texts} <= set(wording.texts())


PLAIN = (int, bool, date, datetime, int | None, bool | None, date | None, datetime | None)
DUTY = re.compile("[a-z_]+[.][0-9]+")
"""What an event calls the duty it is about."""


@each_event
def test_an_open_field_of_an_event_is_a_number_a_date_or_a_code(event: type[events.Event]) -> None:
    hints = get_type_hints(event)
    for field in fields(event):
        if field.name in ("text", "clocks"):
            continue
        plain = hints[field.name] in PLAIN
        assert plain or field.name in HELD or field.name == "about", f"{event.wire}: {field.name} could hold free text"


@each_step
def test_nothing_said_or_personal_enters_the_open_part_of_a_case(declared: Declared, step: Step) -> None:
    scene_ = declared.scenes[step.action]
    change = scene_.take(scene_.before)
    opened = json.dumps([event.facts() for event in change.events], ensure_ascii=False) + repr(change.case)
    assert SECRET not in opened
    assert not any(said in opened for said in county.personal(CROWD))
    for name, value in chain.from_iterable(event.facts().items() for event in change.events):
        if name == "about":
            assert DUTY.fullmatch(value)
        elif name in HELD and not isinstance(value, bool):
            assert set(value if isinstance(value, list) else [value]) <= HELD[name], name


def is_chinese(text: str) -> bool:
    return bool(re.search("[一-鿿]", text))
