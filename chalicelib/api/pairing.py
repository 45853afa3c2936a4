"""Steps that are not of one case alone: two cases together, a new case out of another, people who join.

The invariant is that of `acting.py`: both cases must be visible before anything is told about them, the version is
that of the case acted on, and what moved meanwhile is decided again.
"""

import secrets
from collections.abc import Callable
from typing import Any

import msgspec

from chalicelib import clock
from chalicelib.api import acting
from chalicelib.api.acting import TRIES, Acting
from chalicelib.api.http import body, idempotency_key, if_match, session
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import matters, numbers, procedures
from chalicelib.domain.case import Case
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound, RuleBroken
from chalicelib.domain.intake import Companion
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import check
from chalicelib.store import cases_pair, contacts, offices
from chalicelib.store.cases import CaseFile, Command, Held, NumberTaken, StaleTree
from chalicelib.store.cases_pair import StaleOther, Taken
from chalicelib.store.table import Absent, Put
from chalicelib.store.tenant import cases, rules

Once = Callable[[CaseFile, Any, Command], None]


def other_case(number: str, pointer: str = "/other") -> Held:
    """A second case that somebody named, if he may see it. Raises FieldsInvalid."""
    try:
        if not is_case_number(number):
            raise NotFound("")
        held = cases().load(number)
        acting.see(held.case, offices.tree())
        if held.case.procedure != PETITION.name:
            raise NotFound("")
    except NotFound:
        raise FieldsInvalid([FieldError(pointer, "没有找到这件信访事项，请核对编号", "unknown")]) from None
    return held


def with_other(case_id: str, action: str, call: StepCall) -> Any:
    """Take a step of two cases, the other of which the body names."""
    return _of_two(case_id, action, call, lambda case, asked: other_case(asked.other))


def with_leading(case_id: str, action: str, call: StepCall) -> Any:
    """Take a step of a case and the one it follows, wherever that has gone meanwhile."""

    def leading(case: Case, _asked: Any) -> Held:
        if not case.facts.get("merged_with"):
            raise RuleBroken("这件事项没有并入别的事项", law="第二十八条")
        return cases().load(case.facts["merged_with"])

    return _of_two(case_id, action, call, leading)


def _of_two(case_id: str, action: str, call: StepCall, other_of: Callable[[Case, Any], Held]) -> Any:
    def once(file: CaseFile, asked: Any, command: Command) -> None:
        at, tree, by = clock.now(), offices.tree(), acting.actor(file.case)
        check(procedures.of(file.case).step(action), file.case, by)
        other = other_of(file.case, asked)
        mine, its = call.decide(Acting(file.case, by, at.date(), tree, rules(), file.texts), asked, other.case)
        first, second = Taken(Held(file.case, file.key), mine), Taken(other, its)
        cases_pair.commit_pair(cases(), first, second, command, at=at, tree=tree, rules=rules())

    return _take(case_id, action, call, once)


def splitting(case_id: str, action: str, call: StepCall) -> Any:
    """Take a step that gives a part of a case its own number."""

    def once(file: CaseFile, asked: Any, command: Command) -> None:
        at, tree = clock.now(), offices.tree()
        number = numbers.case_number(at.year, secrets.randbelow)
        step = Acting(file.case, acting.actor(file.case), at.date(), tree, rules(), file.texts)
        new, kept = call.decide(step, asked, number, matters.current(file.texts, file.case.facts), file.contact, at)
        parent = Taken(Held(file.case, file.key), kept)
        cases_pair.split_off(cases(), parent, new, file.contact, command, at=at, tree=tree, rules=rules())

    return _take(case_id, action, call, once)


def joining(case_id: str, action: str, call: StepCall) -> Any:
    """Take the step by which one more person joins those who brought the matter."""

    def once(file: CaseFile, asked: Any, command: Command) -> None:
        at, held = clock.now(), Held(file.case, file.key)
        step = Acting(file.case, acting.actor(file.case, file.contact), at.date(), offices.tree(), rules())
        change = call.decide(step, asked)
        signer, place = Companion(asked.name, session().phone), change.case.facts["people"]["s"]
        rows = contacts.joining(file.case, signer, place, file.key, cases().person)
        beside = [Put(rows[0], Absent()), *map(Put, rows[1:])]
        cases().commit(held, change, command, at=at, tree=step.tree, rules=rules(), beside=beside)

    if not session().phone:
        raise FieldsInvalid([FieldError("/phone", "请用手机验证码登录后再一起反映", "phone_needed")])
    return _take(case_id, action, call, once)


def _take(case_id: str, action: str, call: StepCall, once: Once) -> Any:
    """Load, decide, commit; again where the office tree, the other case or a number moved. Answer the case.

    Raises NotFound, StaleCase, KeyReused and what the step's function raises.
    """
    asked, version = body(call.body), if_match()
    command = Command.of(acting.scope(case_id), idempotency_key(), [action, version, msgspec.to_builtins(asked)])
    for attempt in range(TRIES):
        file = acting.read(case_id)
        if not cases().begin(Held(file.case, file.key), version, command):
            break
        try:
            once(file, asked, command)
            break
        except (StaleTree, StaleOther, NumberTaken):
            if attempt == TRIES - 1:
                raise
            offices.forget()
    return acting.shown(acting.read(case_id))
