"""Who acts, on which case, and how a step is taken: load, decide, commit, answer. One path for every step.

The invariant: visibility is decided before anything is told about the case, and a step is decided again when
the office tree moved under it.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, TypeVar

import msgspec

from chalicelib import clock, policy
from chalicelib.api import views
from chalicelib.api.http import answer, body, idempotency_key, if_match, session
from chalicelib.api.views.inspection import inspection
from chalicelib.domain import intake, procedures
from chalicelib.domain.case import (
    CODE,
    INSPECTION,
    PETITIONER,
    PRINCIPAL,
    PROXY,
    REPRESENTATIVE,
    SIGNER,
    Actor,
    Case,
    Change,
)
from chalicelib.domain.errors import NotFound, WrongStage
from chalicelib.domain.intake import Contact
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.people import code_version
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.domain.stages import UNDER_WAY
from chalicelib.domain.tables.own import is_open_to_join
from chalicelib.domain.values import value
from chalicelib.store import guard, offices
from chalicelib.store.cases import CaseFile, Command, Held, StaleTree
from chalicelib.store.table import Put
from chalicelib.store.tenant import cases, rules

Model = TypeVar("Model", bound=msgspec.Struct)
Written = TypeVar("Written")
TRIES = 3
"""How often a step is decided again because the office tree moved meanwhile: a profile is loaded once in months."""


@value
class Acting:
    """What a step function needs: the case, who, when, and by which rules.

    `texts` is what was said, by the number of its event, and `file` all that stands beside the case: for steps that
    read it, otherwise empty. Into `beside` a step puts what has to be written with it and is no part of the case.
    """

    case: Case
    by: Actor
    on: date
    tree: OfficeTree
    rules: Rules
    texts: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    file: CaseFile | None = None
    beside: list[Put] = field(default_factory=list)


def actor(case: Case | None = None, contact: Contact | None = None) -> Actor:
    """Who calls, as the domain knows it; of a petitioner also as whom, once there is a case."""
    me = session()
    if me.role != PETITIONER:
        return Actor(me.role, me.org, me.user)
    return Actor(me.role, standing=standing(case, contact) if case else PRINCIPAL)


def standing(case: Case, contact: Contact | None = None) -> str:
    """As whom a petitioner stands to a case; empty for a stranger. Joint signers are known by the sealed contact only:
    they see the case, and who filed or represents it acts for them.
    """
    me = session()
    if me.case_number == case.id:
        return CODE if me.code_version == code_version(case.facts) else ""
    if not me.phone_index:
        return ""
    known = case.facts.get("known", {})
    if me.phone_index == case.facts.get("person"):
        return PRINCIPAL
    if me.phone_index == known.get(intake.PROXY):
        return PROXY
    if me.phone_index in known.get(intake.REPRESENTATIVE, ()):
        return REPRESENTATIVE
    signers = contact.joint_signers if contact else ()
    return SIGNER if any(each.phone and guard.phone_index(each.phone) == me.phone_index for each in signers) else ""


def scope(action: str) -> str:
    """Whose Idempotency-Keys these are: nobody can meet another person's."""
    me = session()
    return f"{me.role}|{me.user or me.phone_index or me.case_number}|{action}"


def once(write: Callable[[], Written], taken: str) -> Written:
    """What a command wrote; WrongStage in these words when somebody else was faster."""
    from chalicelib.store.second_person import Taken  # few requests need it

    try:
        return write()
    except Taken:
        raise WrongStage(taken) from None


def see(case: Case, tree: OfficeTree, contact: Contact | None = None) -> None:
    """Raise NotFound unless the caller may see this case: unknown and forbidden look alike."""
    if not policy.may_see(actor(), case, tree, is_own=bool(standing(case, contact))):
        raise NotFound("没有找到这件信访事项")


def read(case_id: str) -> CaseFile:
    """The file of a petition the caller may see. Raises NotFound."""
    file = read_any(case_id)
    if file.case.procedure != PETITION.name:
        raise NotFound("没有找到这件信访事项")
    return file


def read_any(case_id: str) -> CaseFile:
    """The file of a case of any open procedure, if the caller may see it. Raises NotFound."""
    if not is_case_number(case_id):
        raise NotFound("没有找到这件信访事项")
    file = cases().read(case_id)
    if not may_join(file.case):
        see(file.case, offices.tree(), file.contact)
    return file


def may_join(case: Case) -> bool:
    """Somebody with a telephone may look at what he may join: what is asked for, and not by whom."""
    return bool(session().phone_index) and is_open_to_join(case) and case.stage in UNDER_WAY


def take(
    case_id: str, action: str, model: type[Model], decide: Callable[[Acting, Model], Change], *, reads: bool = False
) -> Any:
    """Take a step of a case as its body asks, and answer the case as it stands then.

    Raises NotFound, StaleCase, KeyReused and what the step's function raises.
    """
    asked, version = body(model), if_match()
    if not is_case_number(case_id):
        raise NotFound("没有找到这件信访事项")
    command = Command.of(scope(case_id), idempotency_key(), [action, version, msgspec.to_builtins(asked)])
    (held, file), tree = _loaded(case_id, reads), offices.tree()
    see(held.case, tree)
    procedures.of(held.case).step(action)  # a function of one procedure never meets a case of another
    for attempt in range(TRIES):
        if not cases().begin(held, version, command):
            break
        try:
            _decide_and_commit(held, file, asked, decide, command, tree)
            break
        except StaleTree:
            if attempt == TRIES - 1:
                raise
            offices.forget()
            (held, file), tree = _loaded(case_id, reads), offices.tree()
    return shown(cases().read(case_id))


def shown(file: CaseFile) -> Any:
    """A case as its caller sees it, with its version as ETag."""
    by, tree = actor(file.case, file.contact), offices.tree()
    if file.case.procedure == INSPECTION:
        return answer(inspection(file, by, tree, rules(), clock.today()), etag=file.case.version)
    view = views.case(file, by, tree, rules(), clock.today())
    if views.may_use_leading_opinion(file.case, by):
        view["merged_opinion"] = _opinion_of_leading(file.case, tree)
    return answer(view, etag=file.case.version)


def _opinion_of_leading(case: Case, tree: OfficeTree) -> dict[str, Any] | None:
    leading = cases().read(case.facts["merged_with"])
    return views.leading_opinion(leading, case) if policy.may_see(actor(), leading.case, tree) else None


def _loaded(case_id: str, reads: bool) -> tuple[Held, CaseFile | None]:
    """The case and, where a step reads it, all that stands beside it: one trip either way."""
    if not reads:
        return cases().load(case_id), None
    file = cases().read(case_id)
    return Held(file.case, file.key), file


def _decide_and_commit(
    held: Held,
    file: CaseFile | None,
    asked: Model,
    decide: Callable[[Acting, Model], Change],
    command: Command,
    tree: OfficeTree,
) -> None:
    at = clock.now()
    step = Acting(held.case, actor(held.case), at.date(), tree, rules(), file.texts if file else {}, file)
    change = decide(step, asked)
    cases().commit(held, change, command, at=at, tree=tree, rules=rules(), beside=step.beside)
